"""What follows on the screens: the bell rings for those whom it concerns, a code goes."""

from datetime import datetime

from unbroken.console.bell import state
from unbroken.console.first import code
from unbroken.ground.events import LoggedEvent
from unbroken.ground.letters import when
from unbroken.staffing import queries as staffing
from unbroken.staffing.heads import heads

SAID_BY_OTHERS = frozenset(
    {
        "ticket.message_added",
        "ticket.customer_answered",
        "ticket.remark_added",
        "ticket.bounced",
        "ticket.side_answered",
    }
)
MOVED = frozenset(
    {
        "ticket.replied",
        "ticket.side_ended",
        "ticket.customer_asked",
        "ticket.held",
        "ticket.resumed",
        "ticket.resolved",
        "ticket.reopened",
        "ticket.closed",
        "ticket.cancelled",
        "ticket.rejected",
        "ticket.merged",
    }
)
"""What those who follow a request want to hear of; sorting and tagging are not among it."""


@when(SAID_BY_OTHERS)
def ring_for_words(event: LoggedEvent, *, at: datetime) -> None:
    """Somebody outside or asked aside wrote: who holds it has to know, and who watches it."""
    state.ring(event, ticket_id=event.subject_id, mine="wrote", is_news=True)


@when(MOVED)
def ring_for_watchers(event: LoggedEvent, *, at: datetime) -> None:
    """News for those who watch; who answered by mail knows what they answered."""
    if event.kind == "ticket.replied":
        state.see_own(event)
    state.ring(event, ticket_id=event.subject_id, is_news=True)


@when("ticket.noted")
def ring_for_the_called(event: LoggedEvent, *, at: datetime) -> None:
    """A note calls colleagues by name."""
    state.see_own(event)
    called = event.data.get("mentions") or ()
    state.ring(event, ticket_id=event.subject_id, is_news=True, called=called)


@when("ticket.assigned")
def ring_for_the_next(event: LoggedEvent, *, at: datetime) -> None:
    """Somebody was given work, unless they took it themselves; who watches hears of it too."""
    agent = event.data.get("agent")
    given = (agent,) if agent and agent != event.data.get("agent_before") else ()
    state.ring(event, ticket_id=event.subject_id, given=given, is_news=True)


@when("ticket.watched")
def ring_for_the_asked(event: LoggedEvent, *, at: datetime) -> None:
    """Somebody else asked them to follow it: they would not know otherwise."""
    state.ring(event, ticket_id=event.subject_id, asked=(event.data["agent"],))


@when("chain.asked_back")
def ring_for_the_giver(event: LoggedEvent, *, at: datetime) -> None:
    """Whoever handed it over is asked before the work goes on."""
    others = [one for one in (event.data.get("of"),) if one]
    state.ring(event, ticket_id=event.data["ticket"], others=others, why="asked_back")


@when("chain.answered")
def ring_for_the_asker(event: LoggedEvent, *, at: datetime) -> None:
    """What they asked back was answered."""
    others = [one for one in (event.data.get("agent"),) if one]
    state.ring(event, ticket_id=event.data["ticket"], others=others, why="answered")


@when("chain.returned")
def ring_for_the_leads(event: LoggedEvent, *, at: datetime) -> None:
    """A second return to the same team: those who lead either team have to end the to and fro."""
    if event.data.get("times", 1) < 2:
        return
    teams = {event.data.get("team"), event.data.get("giver_team")}
    leads = [one.id for one in staffing.agents() if not teams.isdisjoint(one.lead_of)]
    state.ring(event, ticket_id=event.data["ticket"], others=leads, why="again")


@when("agent.hired")
def forget_the_first_code(event: LoggedEvent, *, at: datetime) -> None:
    """Somebody works here: the page of the first administrator is closed for ever."""
    code.forget()


@when("promise.missed")
def ring_for_the_missed(event: LoggedEvent, *, at: datetime) -> None:
    """A promise of theirs was missed."""
    state.ring(event, ticket_id=event.data["ticket"], mine="missed")


@when("complaint.opened", "complaint.given")
def ring_for_the_head(event: LoggedEvent, *, at: datetime) -> None:
    """Whoever answers for a complaint has to know at once."""
    owner = event.data.get("owner")
    state.ring(
        event, ticket_id=event.data["ticket"], others=[owner] if owner else [], why="complaint"
    )


@when("complaint.word_given")
def ring_for_the_word(event: LoggedEvent, *, at: datetime) -> None:
    """The customer says that it is not well: whoever answers for it goes on."""
    if event.data["word"] == "no":
        state.ring(event, ticket_id=event.data["ticket"], mine="not_well")


@when("escalation.paged")
def ring_for_the_paged(event: LoggedEvent, *, at: datetime) -> None:
    """Whoever is paged for a request hears it on their screen too."""
    ticket = event.data.get("ticket")
    if ticket and "bell" in event.data["ways"]:
        state.ring(event, ticket_id=ticket, others=event.data["agents"], why="paged")


@when("escalation.ended")
def ring_for_the_unheard(event: LoggedEvent, *, at: datetime) -> None:
    """The path is at its end and nobody answered: the heads of support have to know."""
    ticket = event.data.get("ticket")
    if ticket and event.data["state"] == "unheard":
        others = [int(one.id) for one in heads()]
        state.ring(event, ticket_id=ticket, others=others, why="unheard")
