"""What follows on the screens: the bell rings for those whom an event concerns."""

from datetime import datetime

from unbroken.console.bell import state
from unbroken.ground.events import LoggedEvent
from unbroken.ground.letters import when

SAID_BY_OTHERS = frozenset(
    {"ticket.message_added", "ticket.customer_answered", "ticket.remark_added", "ticket.bounced"}
)
MOVED = frozenset(
    {"ticket.replied", "ticket.resolved", "ticket.reopened", "ticket.closed", "ticket.held"}
)


@when(SAID_BY_OTHERS)
def ring_for_words(event: LoggedEvent, *, at: datetime) -> None:
    """Somebody outside wrote: whoever holds the request has to know, and who watches it."""
    state.ring(event, ticket_id=event.subject_id, mine="wrote", is_news=True)


@when(MOVED)
def ring_for_watchers(event: LoggedEvent, *, at: datetime) -> None:
    """News for those who watch."""
    state.ring(event, ticket_id=event.subject_id, is_news=True)


@when("ticket.noted")
def ring_for_the_called(event: LoggedEvent, *, at: datetime) -> None:
    """A note calls colleagues by name."""
    called = event.data.get("mentions") or ()
    state.ring(event, ticket_id=event.subject_id, is_news=True, called=called)


@when("ticket.assigned")
def ring_for_the_next(event: LoggedEvent, *, at: datetime) -> None:
    """Somebody was given work, unless they took it themselves."""
    agent = event.data.get("agent")
    if agent and agent != event.data.get("agent_before"):
        state.ring(event, ticket_id=event.subject_id, given=(agent,))


@when("promise.missed")
def ring_for_the_missed(event: LoggedEvent, *, at: datetime) -> None:
    """A promise of theirs was missed."""
    state.ring(event, ticket_id=event.data["ticket"], mine="missed")
