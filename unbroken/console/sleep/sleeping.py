"""Putting requests off by a word ("tomorrow"), and taking that back exactly."""

from datetime import datetime

from unbroken.calendars import soon
from unbroken.calendars.working_time import Calendar
from unbroken.console.sleep.words import ANSWER, WAKE
from unbroken.conversation import actions as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.states import Sleep
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, refusals
from unbroken.ground.kept import Kept
from unbroken.ground.words import _
from unbroken.promise.queries.terms import present_book

refusals({"sleep.too_near": _("That time is too near to put it off, or there is no such time.")})


def _office() -> Calendar | None:
    """The calendar of the default agreement: when this desk is at work."""
    book = present_book()
    terms = book.terms.get(book.default)
    return terms.calendar if terms else None


kept_office = Kept(_office)


def naps(zone: str, at: datetime) -> list[soon.Soon]:
    """The times a reader in this zone is offered."""
    return soon.soon(at, zone=zone, hours=kept_office())


def until(key: str, *, zone: str, at: datetime) -> datetime | None:
    """What a word means to a reader in this zone; None: until the customer answers."""
    if key == ANSWER:
        return None
    found = soon.when_is(key, at, zone=zone, hours=kept_office())
    if found is None:
        raise Refused("sleep.too_near")
    return found


def put_off(ticket: TicketId, key: str, zone: str, *, by: Actor, at: datetime) -> None:
    """Until then, or until the customer answers if that is first; or awake again."""
    if key == WAKE:
        record.wake_ticket(ticket_id=ticket, by=by, at=at)
        return
    when = until(key, zone=zone, at=at)
    record.snooze_ticket(ticket_id=ticket, until=when, sleep="answer", by=by, at=at)


def as_before(
    ticket: TicketId, sleep: Sleep | str, sleeps_until: str | None, *, by: Actor, at: datetime
) -> None:
    """Asleep or awake as it was. What should have ended meanwhile has ended."""
    when = datetime.fromisoformat(sleeps_until) if sleeps_until else None
    if not sleep or (when is not None and when <= at):
        record.wake_ticket(ticket_id=ticket, by=by, at=at)
        return
    was: Sleep = "date" if sleep == "date" else "answer"
    record.snooze_ticket(ticket_id=ticket, until=when, sleep=was, by=by, at=at)
