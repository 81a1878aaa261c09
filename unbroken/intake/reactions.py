"""What the door does when something happens: read what came in, send what was said."""

from datetime import datetime
from typing import Any

from unbroken.conversation import queries as conversation
from unbroken.conversation import relay
from unbroken.conversation.ids import TicketId
from unbroken.ground.events import LoggedEvent
from unbroken.ground.letters import when
from unbroken.ground.log import words_of
from unbroken.intake import approvals, complaints, order_mails, outbox, paging, receipts
from unbroken.intake.foreseeing import ReadingAhead
from unbroken.intake.reading import read_intake, said_in
from unbroken.intake.telling import next_news, notices, plans


def _read(event: LoggedEvent) -> Any:
    return said_in(event.subject_id)


@when("intake.taken", prepare=_read, box="intake.reading", urgent=True, foresee=ReadingAhead())
def read(event: LoggedEvent, *, at: datetime, prepared: Any) -> None:
    """What was taken in is read, many at a time."""
    read_intake(event.subject_id, at=at, said=prepared, may_wait=False)  # type: ignore[arg-type]


@when(relay.finish())
def acknowledge(event: LoggedEvent, *, at: datetime) -> None:
    """The relay is through: the customer gets the number and the time."""
    receipts.send_receipt(ticket_id=TicketId(event.subject_id), at=at)


@when("ticket.classified")
def have_it_approved(event: LoggedEvent, *, at: datetime) -> None:
    """What an agent found to be an order may need somebody's approval."""
    if event.data.get("ticket_type") == "order":
        approvals.ask_if_needed(ticket_id=TicketId(event.subject_id), at=at)


@when("order.placed", "order.step_changed", "order.ended")
def tell_of_an_order(event: LoggedEvent, *, at: datetime) -> None:
    """The customer hears of their order at each step that matters to them."""
    order_mails.tell(event, at=at)


@when("ticket.approval_asked", "ticket.approval_reminded")
def ask_for_approval(event: LoggedEvent, *, at: datetime) -> None:
    """Those who approve get one mail with a link, and one reminder."""
    is_again = event.kind == "ticket.approval_reminded"
    approvals.ask_by_mail(approval_id=event.data["approval"], is_again=is_again, at=at)


@when("ticket.approved", "ticket.declined", "ticket.approval_expired")
def tell_who_ordered(event: LoggedEvent, *, at: datetime) -> None:
    """Whoever ordered learns what was decided."""
    number = event.data.get("words")
    words = words_of([number]).get(number, "") if number else ""
    approvals.tell_who_ordered(
        ticket_id=TicketId(event.subject_id), kind=event.kind, words=words or "", at=at
    )


@when(
    "ticket.replied",
    "ticket.receipted",
    "ticket.forwarded",
    "ticket.side_opened",
    "ticket.side_said",
)
def put_in_the_outbox(event: LoggedEvent, *, at: datetime) -> None:
    """What was said has to leave."""
    delivery = conversation.delivery(event.data.get("delivery") or 0)
    if delivery is not None and delivery.state == "waiting":
        outbox.put_in(
            delivery_id=delivery.id, ticket_id=delivery.ticket_id, due_at=delivery.not_before
        )


@when("ticket.reply_withdrawn")
def take_out_of_the_outbox(event: LoggedEvent, *, at: datetime) -> None:
    """What was taken back does not leave."""
    if event.data.get("delivery"):
        outbox.take_out([event.data["delivery"]])


@when(*notices.MESSAGE_OF, box="intake.telling")
def tell_whom_it_strikes(event: LoggedEvent, *, at: datetime) -> None:
    """Whoever suffers from it hears it from us, once for each step."""
    notices.tell_many(event, at=at)


@when("ticket.resolved")
def ask_for_the_word(event: LoggedEvent, *, at: datetime) -> None:
    """A complaint is over when the customer says so: they are asked."""
    ticket_id = TicketId(event.subject_id)
    complaints.ask_for_the_word(ticket_id=ticket_id, event_id=event.id, at=at)


@when(*plans.STEP_OF, box="intake.telling")
def tell_whom_a_plan_touches(event: LoggedEvent, *, at: datetime) -> None:
    """Whoever planned work touches hears it as early as their agreement says."""
    plans.tell_of_plan(event, at=at)


@when("problem.opened", "problem.news_given", "problem.reopened", box="intake.telling")
def promise_the_next_news(event: LoggedEvent, *, at: datetime) -> None:
    """The house promises the next news, where the operator wants it so."""
    next_news.promise_next(event, at=at)


@when(*next_news.SUBJECTS)
def tell_who_promised_news(event: LoggedEvent, *, at: datetime) -> None:
    """Whoever promised the next news hears before it is due, and when it was missed."""
    next_news.tell_who_promised(event, at=at)


@when("escalation.paged", box="intake.paging")
def send_pages(event: LoggedEvent, *, at: datetime) -> None:
    """Whoever was paged gets it outside the house too, by the ways of the step."""
    paging.send_pages(list(event.data["pages"]), step=event.data["step"], at=at)
