"""In which browsers an agent is signed in, and signing out there."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session

from unbroken.staffing.ids import AgentId
from unbroken.staffing.models import Browser

DEVICE_LETTERS = 200
OPEN_EVERY, LONG_AGO = timedelta(minutes=4), timedelta(days=1)


def note_browser(
    session_key: str, *, agent_id: AgentId, place: str, device: str, way: str, at: datetime
) -> None:
    """Somebody signed in here."""
    Browser.objects.update_or_create(
        session_key=session_key,
        defaults={
            "agent_id": agent_id,
            "place": place[:64],
            "device": device.replace("\0", "")[:DEVICE_LETTERS],
            "way": way,
            "since_at": at,
            "seen_at": at,
        },
    )


def note_seen(session_key: str, *, place: str, at: datetime) -> None:
    """They are still there."""
    Browser.objects.filter(session_key=session_key).update(seen_at=at, place=place[:64])


def note_open(session_key: str, *, at: datetime) -> None:
    """A page of theirs is open there; written down every few minutes at most."""
    old = Browser.objects.filter(session_key=session_key, seen_at__lt=at - OPEN_EVERY)
    old.update(seen_at=at)


def note_left(session_key: str, *, at: datetime) -> None:
    """They signed out there: nobody is seen in this browser any more."""
    Browser.objects.filter(session_key=session_key).update(seen_at=at - LONG_AGO)


def sign_out_there(agent_id: AgentId, browser_id: int) -> bool:
    """End one session; what was open there shows the door at the next click."""
    found = Browser.objects.filter(agent_id=agent_id, pk=browser_id)
    keys = list(found.values_list("session_key", flat=True))
    return _end(keys)


def sign_out_elsewhere(agent_id: AgentId, *, but: str = "") -> bool:
    """End every session of theirs but this one."""
    found = Browser.objects.filter(agent_id=agent_id).exclude(session_key=but)
    return _end(list(found.values_list("session_key", flat=True)))


def sign_out_of(agent_id: AgentId, way: str) -> bool:
    """End every session of theirs that began this way."""
    found = Browser.objects.filter(agent_id=agent_id, way=way)
    return _end(list(found.values_list("session_key", flat=True)))


def _end(keys: list[str]) -> bool:
    Session.objects.filter(session_key__in=keys).delete()
    return Browser.objects.filter(session_key__in=keys).delete()[0] > 0
