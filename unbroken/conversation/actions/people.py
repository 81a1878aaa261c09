"""Two entries of the card index turned out to be one: their tickets follow, and come back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from unbroken.conversation.actions.keep import keep_participant
from unbroken.conversation.events_beside import PeopleChanged
from unbroken.conversation.models import Participant, TroubleTicket
from unbroken.ground.actor import Actor
from unbroken.ground.change import change
from unbroken.ground.log import events_of


def follow_customer(*, was: int, becomes: int, by: Actor, at: datetime) -> None:
    """Every ticket of the one is the other's from now on."""
    for ticket_id in _ids(customer_id=was):
        _set(ticket_id, "customer_id", was, becomes, by=by, at=at)


def return_customer(*, was: int, becomes: int, by: Actor, at: datetime) -> None:
    """What came along when they were merged goes back; what was asked since stays."""
    for ticket_id in _came_along(_ids(customer_id=was), "customer_id", becomes, was):
        _set(ticket_id, "customer_id", was, becomes, by=by, at=at)


def follow_person(*, was: int, becomes: int, by: Actor, at: datetime) -> None:
    """Wherever the one takes part, the other does; theirs alone are theirs now."""
    for ticket_id in _taking_part(was):
        _set(ticket_id, "contact_id", was, becomes, by=by, at=at)


def return_person(*, was: int, becomes: int, by: Actor, at: datetime) -> None:
    """What came along when they were merged goes back."""
    for ticket_id in _came_along(_taking_part(was), "contact_id", becomes, was):
        _set(ticket_id, "contact_id", was, becomes, by=by, at=at)


def _set(ticket_id: int, column: str, was: int, becomes: int, *, by: Actor, at: datetime) -> None:
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        if getattr(ticket, column) == was:
            setattr(ticket, column, becomes)
        if column == "contact_id":
            _take_over(ticket, was, becomes, at)
        ticket.tell(PeopleChanged(was={column: was}, now={column: becomes}))


def _take_over(ticket: Any, was: int, becomes: int, at: datetime) -> None:
    """The part that one took is the other's: heard, told and following as they were."""
    known = {
        one.contact_id: one
        for one in Participant.objects.filter(ticket_id=ticket.id, contact_id__in=[was, becomes])
    }
    old, new = known.get(was), known.get(becomes)
    if old is None or old.left_at is not None:
        return
    if new is None:
        keep_participant(ticket, becomes, old.role, confirmed=old.confirmed)
    else:
        new.left_at, new.confirmed = None, new.confirmed or old.confirmed
        ticket.add(new)
    old.left_at = at
    ticket.add(old)


def _ids(**where: int) -> list[int]:
    return list(TroubleTicket.objects.filter(**where).order_by("id").values_list("id", flat=True))


def _taking_part(contact_id: int) -> list[int]:
    there = Participant.objects.filter(contact_id=contact_id, left_at=None)
    return sorted({*there.values_list("ticket_id", flat=True), *_ids(contact_id=contact_id)})


def _came_along(tickets: Iterable[int], column: str, was: int, now: int) -> list[int]:
    """Those that were carried from the one to the other, and by nothing else since."""
    last: dict[int, object] = {}
    for event in events_of([f"ticket:{number}" for number in tickets]):
        if event.kind == "ticket.people_changed" and column in event.data["now"]:
            last[event.subject_id] = (event.data["was"][column], event.data["now"][column])
    return sorted(number for number, moved in last.items() if moved == (was, now))
