"""A complaint is made good step by step; the customer has the last word.

Whoever it is about, or worked on what it is about, ends nothing here: not the request, not a step,
not what kind of request it is.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from unbroken.conversation.actions.move import close_ticket, reopen_ticket
from unbroken.conversation.complaints import STEPS
from unbroken.conversation.events_complaint import (
    ComplaintGiven,
    ComplaintNamed,
    ComplaintOpened,
    StepTaken,
    WordGiven,
)
from unbroken.conversation.ids import TicketId
from unbroken.conversation.models import TroubleTicket
from unbroken.conversation.models_complaint import Complaint
from unbroken.conversation.states import ENDED
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change

LESSON_MAX = 2000
UNDONE_BY_NO: Final = ("fix", "tell")
"""What was not done after all when the customer says no."""


def open_complaint(
    *, ticket_id: TicketId, owner_id: int | None, barred: Collection[int], by: Actor, at: datetime
) -> int:
    """From now on somebody answers for it by name. Opened already, it only names whom it is about.

    Returns its own number.
    """
    TroubleTicket.objects.select_for_update(no_key=True).only("id").get(pk=ticket_id)
    known = _known(ticket_id)
    if known is not None:
        name_people(ticket_id=ticket_id, add=barred, by=by, at=at)
        return known
    with begin(Complaint, by=by, at=at) as complaint:
        complaint.ticket_id, complaint.owner_id = ticket_id, owner_id
        complaint.barred = sorted(set(barred))
        complaint.tell(ComplaintOpened(ticket_id, owner_id, tuple(complaint.barred)))
    return int(complaint.id)


def name_people(
    *,
    ticket_id: TicketId,
    add: Collection[int] = (),
    remove: Collection[int] = (),
    by: Actor,
    at: datetime,
) -> None:
    """It is about these people, or not about those. As it is already changes nothing."""
    with change(Complaint, _id_of(ticket_id), by=by, at=at) as complaint:
        was = set(complaint.barred)
        if remove:
            _check_not_about(complaint, by)
        now = (was | set(add)) - set(remove)
        if now == was:
            return
        complaint.barred = sorted(now)
        complaint.tell(
            ComplaintNamed(ticket_id, tuple(sorted(now - was)), tuple(sorted(was - now)))
        )


def give_complaint(*, ticket_id: TicketId, owner_id: int | None, by: Actor, at: datetime) -> None:
    """Somebody else answers for it."""
    with change(Complaint, _id_of(ticket_id), by=by, at=at) as complaint:
        before = complaint.owner_id
        if before == owner_id:
            return
        if owner_id in complaint.barred:
            raise Refused("complaint.about_them")
        complaint.owner_id = owner_id
        complaint.tell(ComplaintGiven(ticket_id, owner_id, before))


def take_step(
    *,
    ticket_id: TicketId,
    step: str,
    is_taken: bool = True,
    words: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """One of the steps was taken, or was not after all. As it is already changes nothing."""
    if step not in STEPS:
        raise Refused("complaint.no_such_step")
    with change(Complaint, _id_of(ticket_id), by=by, at=at) as complaint:
        _check_not_about(complaint, by)
        if (step in complaint.steps) == is_taken:
            return
        if step == "learn" and is_taken and not words.strip():
            raise Refused("complaint.say_what")
        lesson = complaint.said(words.strip()[:LESSON_MAX], whose=by) if words.strip() else None
        if step == "learn":
            complaint.lesson_id = lesson
        complaint.steps = _with(complaint.steps, step, is_taken, by, complaint.at)
        complaint.tell(StepTaken(ticket_id, step, is_taken, lesson))


def give_word(*, ticket_id: TicketId, is_well: bool, by: Actor, at: datetime) -> None:
    """The customer says whether it is well now: then it is over; else it goes on."""
    ticket = TroubleTicket.objects.only("id", "status").get(pk=ticket_id)
    word, is_over = "yes" if is_well else "no", ticket.status in ENDED
    with transaction.atomic():
        with change(Complaint, _id_of(ticket_id), by=by, at=at) as complaint:
            if complaint.word != word or (is_over and not is_well):
                complaint.word, complaint.word_at = word, complaint.at
                if not is_well:
                    left = complaint.steps.items()
                    complaint.steps = {key: one for key, one in left if key not in UNDONE_BY_NO}
                complaint.tell(WordGiven(ticket_id, word))
        if is_well and ticket.status not in ("closed", "cancelled", "rejected"):
            close_ticket(ticket_id=ticket_id, by=by, at=at)
        elif not is_well and is_over:
            reopen_ticket(ticket_id=ticket_id, by=by, at=at)


def _with(
    steps: Mapping[str, Any], step: str, is_taken: bool, by: Actor, at: datetime
) -> dict[str, Any]:
    left = {key: one for key, one in steps.items() if key != step}
    return {**left, step: {"by": str(by), "at": at.isoformat()}} if is_taken else left


def _check_not_about(complaint: Any, by: Actor) -> None:
    if by.kind == "agent" and by.id in complaint.barred:
        raise Refused("complaint.about_you")


def _known(ticket_id: int) -> int | None:
    found = Complaint.objects.filter(ticket_id=ticket_id).values_list("id", flat=True).first()
    return int(found) if found is not None else None


def _id_of(ticket_id: int) -> int:
    known = _known(ticket_id)
    if known is None:
        raise Refused("complaint.none")
    return known
