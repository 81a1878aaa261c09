"""The files that are handed to people: asked for, made by a worker, gone after a week."""

from datetime import datetime, timedelta

from unbroken.console.models import PersonExport
from unbroken.console.privacy import export

LASTS = timedelta(days=7)
WAITING, READY, FAILED, OVER = "waiting", "ready", "failed", "over"


def ask(contact_id: int, *, agent_id: int, at: datetime) -> int:
    """One more is to be made; returns its number."""
    sweep(at=at)
    found = PersonExport.objects.create(
        contact=contact_id, agent=agent_id, state=WAITING, asked_at=at, ends_at=at + LASTS
    )
    return int(found.pk)


def make(number: int, *, at: datetime) -> None:
    """Make what was asked for; safe to call twice."""
    asked = PersonExport.objects.filter(pk=number, state=WAITING, ends_at__gt=at).first()
    if asked is None:
        return
    waiting = PersonExport.objects.filter(pk=number, state=WAITING)
    try:
        data = export.as_zip(asked.contact, at=at)
    except export.TooLarge:
        waiting.update(state=FAILED)
        return
    waiting.update(state=READY, data=data, size=len(data), made_at=at)


def of(contact_id: int, *, at: datetime) -> list[PersonExport]:
    """What was made of this person and is still there, the newest first."""
    found = PersonExport.objects.filter(contact=contact_id, ends_at__gt=at).exclude(state=OVER)
    return list(found.defer("data").order_by("-id"))


def data_of(number: int, *, at: datetime) -> tuple[int, bytes] | None:
    """Whose it is, and the file; None once its time is over."""
    found = PersonExport.objects.filter(pk=number, state=READY, ends_at__gt=at).first()
    return (found.contact, bytes(found.data)) if found is not None and found.data else None


def sweep(*, at: datetime) -> int:
    """Empty what nobody may fetch any more."""
    old = PersonExport.objects.filter(ends_at__lte=at).exclude(state=OVER)
    return old.update(state=OVER, data=None, size=0)
