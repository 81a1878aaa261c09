"""What routing has learned; it can be learned anew from the record at any time."""

from datetime import datetime

from unbroken.routing.models import Learned, Turn


def keep_learned(what: str, data: bytes, *, at: datetime) -> None:
    """In place of what was learned before."""
    Learned.objects.update_or_create(what=what, defaults={"data": data, "learned_at": at})


def note_turn(agent_id: int, *, at: datetime) -> None:
    """They were given something now."""
    Turn.objects.update_or_create(agent_id=agent_id, defaults={"given_at": at})
