"""Who watches a ticket, and how long somebody worked on it."""

from datetime import datetime

from unbroken.conversation.events_beside import (
    TicketUnwatched,
    TicketWatched,
    TimeCorrected,
    TimeWasSpent,
)
from unbroken.conversation.ids import TicketId
from unbroken.conversation.models import TroubleTicket
from unbroken.conversation.models_beside import TimeSpent, Watcher
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, change

MINUTES_MAX = 24 * 60
"""Of one entry: nobody works longer than a day at a stretch."""


def watch_ticket(*, ticket_id: TicketId, agent_id: int, by: Actor, at: datetime) -> None:
    """An agent hears from now on what becomes of it. Twice changes nothing."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        known = Watcher.objects.filter(ticket_id=ticket_id, agent_id=agent_id).first()
        if known is not None and known.left_at is None:
            return
        if known is None:
            known = Watcher(ticket_id=ticket_id, agent_id=agent_id)
        known.left_at = None
        ticket.add(known)
        ticket.tell(TicketWatched(agent=agent_id))


def unwatch_ticket(*, ticket_id: TicketId, agent_id: int, by: Actor, at: datetime) -> None:
    """They hear nothing more of it. Twice changes nothing."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        known = Watcher.objects.filter(
            ticket_id=ticket_id, agent_id=agent_id, left_at__isnull=True
        ).first()
        if known is None:
            return
        known.left_at = at
        ticket.add(known)
        ticket.tell(TicketUnwatched(agent=agent_id))


def spend_time(
    *, ticket_id: TicketId, agent_id: int, minutes: int, words: str, by: Actor, at: datetime
) -> int:
    """An agent worked on it so long. Returns the entry's id, by which it can be corrected."""
    if not 0 < minutes <= MINUTES_MAX:
        raise Refused("ticket.minutes_wrong", most=MINUTES_MAX)
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        entry: TimeSpent = ticket.add(
            TimeSpent(
                ticket_id=ticket_id,
                agent_id=agent_id,
                minutes=minutes,
                words_id=ticket.said(words.strip(), whose=by) if words.strip() else None,
                at=at,
            )
        )
        ticket.tell(TimeWasSpent(entry=entry.pk, agent=agent_id, minutes=minutes))
    return int(entry.pk)


def correct_time(
    *, ticket_id: TicketId, entry_id: int, minutes: int, by: Actor, at: datetime
) -> None:
    """The entry was wrong; nought minutes take it back. What it said before stays on record."""
    if not 0 <= minutes <= MINUTES_MAX:
        raise Refused("ticket.minutes_wrong", most=MINUTES_MAX)
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        entry = TimeSpent.objects.filter(pk=entry_id, ticket_id=ticket_id).first()
        if entry is None:
            raise Refused("ticket.no_such_entry")
        before = entry.minutes
        if before == minutes:
            return
        entry.minutes = minutes
        ticket.add(entry)
        ticket.tell(
            TimeCorrected(
                entry=entry_id, agent=entry.agent_id, minutes=minutes, minutes_before=before
            )
        )
