"""What follows inside the record: the relay goes on, a parent's news reaches its children."""

from datetime import datetime

from unbroken.conversation import actions, queries, relay
from unbroken.conversation.actions.reply import HELD
from unbroken.conversation.ending import check_fields
from unbroken.conversation.events_looked import LineLookedAt
from unbroken.conversation.ids import MessageId, TicketId
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.change import Refused
from unbroken.ground.events import LoggedEvent
from unbroken.ground.letters import when


@when(relay.begins("looked"), after=relay.PATIENCE, box="conversation.relay")
def go_on_without_evidence(event: LoggedEvent, *, at: datetime) -> None:
    """The look at the line takes long, or is stopped: nobody waits for it."""
    if relay.is_turn("looked", event):
        actions.note_looked(
            ticket_id=TicketId(event.subject_id), found=LineLookedAt(skipped=True), by=HOUSE, at=at
        )


@when(relay.begins("matched"), after=relay.PATIENCE, box="conversation.relay")
def go_on_without_outages(event: LoggedEvent, *, at: datetime) -> None:
    """Nobody looked for a known problem in time: the request is sorted as any other."""
    if relay.is_turn("matched", event):
        actions.note_matched(
            ticket_id=TicketId(event.subject_id), problem=None, skipped=True, by=HOUSE, at=at
        )


@when(relay.begins("queued"), after=relay.PATIENCE, box="conversation.relay")
def go_on_without_routing(event: LoggedEvent, *, at: datetime) -> None:
    """Routing was too slow, or stopped: the customer's receipt does not wait for it."""
    if relay.is_turn("queued", event):
        actions.note_queued(
            ticket_id=TicketId(event.subject_id), team_id=None, skipped=True, by=HOUSE, at=at
        )


@when("ticket.replied")
def tell_the_children(event: LoggedEvent, *, at: datetime) -> None:
    """An answer to a parent is an answer to each of its open children that was not left out."""
    if event.data.get("tell_children"):
        for child in _not_spared(event):
            actions.pass_on_to_child(
                child_id=child,
                parent_message_id=MessageId(event.data["message"]),
                goes_to=queries.reply_goes_to(child),
                by=Actor.parse(event.by),
                at=at,
                not_before=event.at + HELD,
                in_languages=event.data.get("in_languages"),
            )


@when("ticket.replied")
def answer_who_asked_aside(event: LoggedEvent, *, at: datetime) -> None:
    """A team that was asked aside answered on its own request: it stands where it was asked."""
    actions.flow_back(
        child_id=TicketId(event.subject_id),
        message_id=MessageId(event.data["message"]),
        by=Actor.parse(event.by),
        at=at,
    )


@when("ticket.reply_withdrawn")
def take_it_back_aside(event: LoggedEvent, *, at: datetime) -> None:
    """The team that was asked aside took its answer back."""
    actions.take_back_aside(
        child_id=TicketId(event.subject_id),
        message_id=MessageId(event.data["message"]),
        by=Actor.parse(event.by),
        at=at,
    )


@when("ticket.resolved", "ticket.closed", "ticket.cancelled", "ticket.rejected")
def end_it_aside(event: LoggedEvent, *, at: datetime) -> None:
    """The team that was asked aside is done with it."""
    actions.end_aside(child_id=TicketId(event.subject_id), by=Actor.parse(event.by), at=at)


@when("ticket.reply_withdrawn")
def take_it_back_from_from_the_children(event: LoggedEvent, *, at: datetime) -> None:
    """What was taken back from the parent is taken back from its children.

    In time when the parent's was: what has not left is stopped, however late this letter is read.
    """
    actions.take_back_from_children(
        parent_message_id=MessageId(event.data["message"]), by=Actor.parse(event.by), at=event.at
    )


@when("ticket.resolved")
def resolve_the_children(event: LoggedEvent, *, at: datetime) -> None:
    """What solved the parent solved its children; one that lacks something stays open."""
    for child in _ready_to_end(event):
        actions.resolve_ticket(
            ticket_id=child, parent=TicketId(event.subject_id), by=Actor.parse(event.by), at=at
        )


def _ready_to_end(event: LoggedEvent) -> list[TicketId]:
    """Those that a person would be let to end: a field that has to be filled in keeps it open."""
    return [child for child in _not_spared(event) if not _lacks_field(child)]


def _not_spared(event: LoggedEvent) -> list[TicketId]:
    spared = event.data.get("spared") or ()
    return [child for child in queries.children_of(event.subject_id) if child not in spared]


def _lacks_field(ticket_id: TicketId) -> bool:
    """Also a complaint: it ends by itself, whatever it stands below."""
    facts = queries.ticket_facts(ticket_id)
    if facts is not None and facts.ticket_type == "complaint":
        return True
    try:
        check_fields(ticket_id)
    except Refused:
        return True
    return False


@when("ticket.closed")
def close_the_children(event: LoggedEvent, *, at: datetime) -> None:
    """A parent closed without being resolved first takes its open children along.

    What is open below one that was resolved before was left out then, or opened again since.
    """
    facts = queries.ticket_facts(event.subject_id)
    if facts is None or facts.closed_at is None or facts.resolved_at != facts.closed_at:
        return
    for child in _ready_to_end(event):
        actions.close_ticket(
            ticket_id=child, parent=TicketId(event.subject_id), by=Actor.parse(event.by), at=at
        )


@when("ticket.reopened")
def reopen_the_children(event: LoggedEvent, *, at: datetime) -> None:
    """Resolving a parent was taken back: its children are open again, if it was moments ago."""
    if event.data.get("message") is None:
        actions.reopen_along(
            parent_id=TicketId(event.subject_id),
            since=event.at - HELD,
            by=Actor.parse(event.by),
            at=at,
        )


@when("customer.merged")
def take_the_tickets_along(event: LoggedEvent, *, at: datetime) -> None:
    """Two customers are one: the tickets follow."""
    actions.follow_customer(
        was=event.subject_id, becomes=event.data["into"], by=Actor.parse(event.by), at=at
    )


@when("contact.merged")
def take_the_persons_part_along(event: LoggedEvent, *, at: datetime) -> None:
    """Two contacts are one person: wherever one took part, the other does."""
    actions.follow_person(
        was=event.subject_id, becomes=event.data["into"], by=Actor.parse(event.by), at=at
    )


@when("customer.parted")
def give_the_tickets_back(event: LoggedEvent, *, at: datetime) -> None:
    """They are two again: what came along goes back."""
    actions.return_customer(
        was=event.data["other"], becomes=event.subject_id, by=Actor.parse(event.by), at=at
    )


@when("contact.parted")
def give_the_persons_part_back(event: LoggedEvent, *, at: datetime) -> None:
    """They are two again: what came along goes back."""
    if event.data["back"]:
        actions.return_person(
            was=event.data["other"], becomes=event.subject_id, by=Actor.parse(event.by), at=at
        )
