"""What routing does when something happens below."""

from datetime import datetime

from unbroken.conversation import relay
from unbroken.conversation.ids import TicketId
from unbroken.ground.events import LoggedEvent
from unbroken.ground.letters import when
from unbroken.routing import actions
from unbroken.routing.actions import assign


@when(relay.begins("queued"))
def triage(event: LoggedEvent, *, at: datetime) -> None:
    """A new ticket needs a queue."""
    if relay.is_turn("queued", event):
        actions.triage_ticket(ticket_id=TicketId(event.subject_id), at=at)


@when("ticket.queued", "ticket.assigned", "ticket.reopened", "ticket.customer_answered")
def give(event: LoggedEvent, *, at: datetime) -> None:
    """What lies with a team whose queue gives work is given to somebody."""
    if event.kind != "ticket.assigned" or event.data.get("agent") is None:
        assign.assign_if_nobodys(ticket_id=TicketId(event.subject_id), at=at)
