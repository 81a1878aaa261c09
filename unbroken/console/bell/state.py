"""The bell's rows: written by what happened and by promises at risk, put out by looking."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from unbroken.console.models import Ring
from unbroken.ground.events import LoggedEvent
from unbroken.ground.sql import text_of

KEPT = timedelta(days=30)
KEPT_UNSEEN = timedelta(days=180)
CHANNEL = "unbroken"


def ring(
    event: LoggedEvent,
    *,
    ticket_id: int,
    mine: str = "",
    is_news: bool = False,
    called: Sequence[int] = (),
    given: Sequence[int] = (),
    asked: Sequence[int] = (),
    others: Sequence[int] = (),
    why: str = "",
) -> None:
    """An event rings for those it concerns; `mine` is what it is for whoever holds the request.

    `others` hear it for the reason `why`.
    """
    by = event.by.removeprefix("agent:")
    _write(
        "console/bell/queries/write_rings.sql",
        ticket=ticket_id, mine=mine, is_news=is_news, called=list(called), given=list(given),
        asked=list(asked), others=list(others), why=why,
        by=int(by) if by.isdigit() else 0, at=event.at, event=event.id,
        version=event.version if event.stream == f"ticket:{ticket_id}" else 2**31 - 1,
    )  # fmt: skip


def ring_warnings(*, at: datetime) -> None:
    """Promises, and targets within the house, that came near since the last look."""
    _write("console/bell/queries/write_warnings.sql", at=at)
    _write("console/bell/queries/write_leg_warnings.sql", at=at)
    _write("console/bell/queries/write_foreseen_warnings.sql", at=at)


def see(agent_id: int, ticket_id: int, *, at: datetime) -> None:
    """The agent has it before their eyes."""
    Ring.objects.filter(agent_id=agent_id, ticket_id=ticket_id, seen_at=None).update(seen_at=at)


def see_own(event: LoggedEvent) -> None:
    """Whoever says something on a request knows what rang there before, wherever they said it."""
    by = event.by.removeprefix("agent:")
    if by.isdigit() and by != event.by:
        mine = Ring.objects.filter(
            agent_id=int(by), ticket_id=event.subject_id, seen_at=None, event_id__lt=event.id
        )
        mine.update(seen_at=event.at)


def note_mailed(ring_id: int, event_id: int) -> None:
    """A mail told of it up to this event, or nobody is there to be told."""
    Ring.objects.filter(pk=ring_id).update(mailed_id=event_id)


def sweep(*, at: datetime) -> None:
    """What was seen long ago goes, and what nobody looked at for half a year."""
    Ring.objects.filter(seen_at__lt=at - KEPT).delete()
    Ring.objects.filter(seen_at=None, at__lt=at - KEPT_UNSEEN).delete()


def _write(path: str, **values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text_of(path), values)
        _tell(cursor, {agent for (agent,) in cursor.fetchall()})


def _tell(cursor: Any, agents: Iterable[int]) -> None:
    """Their open pages hear of it when this is committed."""
    for agent in sorted(agents):
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"bell:{agent}"])
