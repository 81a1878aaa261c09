"""What another system wants to be different on a ticket: each wish is one of the record's verbs."""

from datetime import datetime

from unbroken.api.errors import Wrong
from unbroken.api.shapes import TicketChange
from unbroken.api.tickets.opening import category_id, service_id
from unbroken.conversation import actions
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.queries import TicketFacts
from unbroken.conversation.words import cannot_go
from unbroken.ground.actor import Actor
from unbroken.ground.words import _
from unbroken.routing import actions as routing
from unbroken.routing.actions import chain
from unbroken.routing.chain.parcel import Hands, Parcel
from unbroken.staffing import queries as staffing

NO_GROUP = _("There is no group {key}.")
GOES_WITH = _("{field} goes with the status {status}.")
MISSING = _("{field} has to be filled in before the ticket ends.")
LEFT = _("Not everything is done: {left} of the things to do are open.")
ENDS = ("resolved", "closed", "cancelled", "rejected")


def change_ticket(facts: TicketFacts, wish: TicketChange, *, by: Actor, at: datetime) -> None:
    """All of it or nothing; the caller holds the transaction."""
    _check(wish)
    number = TicketId(facts.id)
    actions.classify_ticket(
        ticket_id=number,
        ticket_type=wish.ticket_type,
        topic_id=category_id(wish.category) if wish.category else None,
        impact=wish.impact,
        urgency=wish.urgency,
        service_id=service_id(wish.service, facts.customer_id) if wish.service else None,
        name=wish.name,
        by=by,
        at=at,
    )
    if wish.tags is not None:
        wanted = {tag.strip().lower() for tag in wish.tags}
        gone = set(facts.tags) - wanted
        actions.tag_ticket(ticket_id=number, add=wanted, remove=gone, by=by, at=at)
    if wish.characteristic is not None:
        typed = {one.name: one.value for one in wish.characteristic}
        actions.fill_fields(ticket_id=number, typed=typed, by=by, at=at)
    _hand_over(facts, wish, by=by, at=at)
    if wish.status is not None:
        _move(facts, wish, by=by, at=at)


def _check(wish: TicketChange) -> None:
    """A reason to wait without waiting would be silently lost, so it is refused."""
    if wish.waiting_for is not None and wish.status not in ("held", "pending"):
        raise Wrong(409, "ticket.goes_with", GOES_WITH, field="waitingFor", status="held")
    if wish.pending_until is not None and wish.status not in ("held", "pending"):
        raise Wrong(409, "ticket.goes_with", GOES_WITH, field="pendingUntil", status="pending")
    if wish.status_change_reason and wish.status not in ("cancelled", "rejected"):
        raise Wrong(
            409, "ticket.goes_with", GOES_WITH, field="statusChangeReason", status="cancelled"
        )
    if wish.hand_over is not None and wish.group is None:
        raise Wrong(409, "ticket.goes_with", GOES_WITH, field="handOver", status="group")
    if wish.status == "pending" and wish.waiting_for not in (None, "customer"):
        raise Wrong(409, "ticket.goes_with", GOES_WITH, field="waitingFor", status="held")


def _hand_over(facts: TicketFacts, wish: TicketChange, *, by: Actor, at: datetime) -> None:
    number = TicketId(facts.id)
    if wish.group is not None:
        team = staffing.team_by_key(wish.group)
        if team is None:
            raise Wrong(409, "group.unknown", NO_GROUP, key=wish.group)
        if wish.hand_over is not None:
            given = wish.hand_over
            parcel = Parcel(
                done=given.done,
                needed=given.needed,
                due_at=given.due,
                facts=tuple(given.facts.items()),
                language=given.language,
            )
            to = Hands(team.id, wish.assignee_id)
            chain.hand_over(ticket_id=number, to=to, parcel=parcel, by=by, at=at)
            return
        if team.id != facts.team_id:
            routing.give_to_team(ticket_id=number, team_id=team.id, by=by, at=at)
    if wish.assignee_id is not None:
        routing.give_to_agent(
            ticket_id=number,
            agent_id=wish.assignee_id,
            by=by,
            at=at,
        )


def _move(facts: TicketFacts, wish: TicketChange, *, by: Actor, at: datetime) -> None:
    """Into the state that is wanted; the one it is in already changes nothing."""
    number, reason = TicketId(facts.id), wish.status_change_reason
    waits = wish.waiting_for or facts.waiting_for
    if (wish.status, waits, wish.pending_until) == (
        facts.status,
        facts.waiting_for,
        facts.pending_until,
    ):
        return
    if wish.status == "pending":
        actions.ask_customer(ticket_id=number, until=wish.pending_until, by=by, at=at)
    elif wish.status == "held":
        actions.hold_ticket(
            ticket_id=number,
            waiting_for=wish.waiting_for or "other",
            until=wish.pending_until,
            by=by,
            at=at,
        )
    elif wish.status == "inProgress":
        _go_on(facts, by=by, at=at)
    elif wish.status == "resolved":
        _check_ending(facts, wish)
        actions.resolve_ticket(ticket_id=number, by=by, at=at)
    elif wish.status == "closed":
        _check_ending(facts, wish)
        actions.close_ticket(ticket_id=number, by=by, at=at)
    elif wish.status == "cancelled":
        actions.cancel_ticket(ticket_id=number, reason=reason, by=by, at=at)
    elif wish.status == "rejected":
        actions.reject_ticket(ticket_id=number, reason=reason, by=by, at=at)
    else:
        raise cannot_go(facts.status, "acknowledged")


def _check_ending(facts: TicketFacts, wish: TicketChange) -> None:
    """What people are asked before a ticket ends, programs are asked too, by the field's name."""
    topic_id = category_id(wish.category) if wish.category else facts.topic_id
    wanting = record.missing_at_closing(facts.id, topic_id)
    if wanting:
        raise Wrong(422, "field.missing", MISSING, field=wanting[0].key)
    left = record.open_items(facts.id)
    if left:
        raise Wrong(422, "ticket.things_left", LEFT, left=left)


def _go_on(facts: TicketFacts, *, by: Actor, at: datetime) -> None:
    """`inProgress` means: begin, go on after waiting, or open again."""
    number = TicketId(facts.id)
    if facts.status == "acknowledged":
        actions.start_work(ticket_id=number, by=by, at=at)
    elif facts.status in ENDS:
        actions.reopen_ticket(ticket_id=number, by=by, at=at)
    else:
        actions.resume_ticket(ticket_id=number, by=by, at=at)
