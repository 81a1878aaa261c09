"""The room's working state: logins (what an agent signs in with) and who is at their desk."""

from datetime import datetime

from unbroken.staffing.ids import AgentId
from unbroken.staffing.models import Login, Presence

AVAILABILITIES = ("here", "writing", "call", "away", "off")
WORDS_MAX = 60


def make_login(agent_id: int, email: str) -> None:
    """A login nobody can use until a password is set."""
    login = Login(agent_id=agent_id, email=email)
    login.set_unusable_password()
    login.save(force_insert=True)


def rename_login(agent_id: AgentId, email: str) -> None:
    """The agent signs in with another address from now on."""
    Login.objects.filter(agent_id=agent_id).update(email=email)


def set_password(agent_id: AgentId, password: str) -> None:
    """Keep the hash of a new password; older sessions end with it."""
    login = Login.objects.get(agent_id=agent_id)
    login.set_password(password)
    login.save(update_fields=["password"])


def close_login(agent_id: AgentId) -> None:
    """Nobody signs in with this any more, and sessions made with it end."""
    login = Login.objects.get(agent_id=agent_id)
    login.is_active = False
    login.set_unusable_password()
    login.save(update_fields=["is_active", "password"])


def open_login(agent_id: AgentId) -> None:
    """They may sign in again, as soon as they have a password."""
    Login.objects.filter(agent_id=agent_id).update(is_active=True)


def note_presence(*, agent_id: AgentId, availability: str, words: str = "", at: datetime) -> None:
    """The agent is available ("here"), writing only, in a call, away or off, and says why."""
    if availability not in AVAILABILITIES:
        raise ValueError(f"not an availability: {availability}")
    said = " ".join(words.replace("\0", "").split())[:WORDS_MAX]
    Presence.objects.update_or_create(
        agent_id=agent_id, defaults={"state": availability, "words": said, "since_at": at}
    )
