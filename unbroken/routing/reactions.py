"""What routing does when something happens below."""

from datetime import datetime

from unbroken.conversation import queries as record
from unbroken.conversation import relay
from unbroken.conversation.ids import TicketId
from unbroken.ground.events import LoggedEvent
from unbroken.ground.letters import when
from unbroken.routing import actions
from unbroken.routing import handing as handing
from unbroken.routing.actions import assign, beside, complaints, escalate, following


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


@when("ticket.assigned")
def follow_the_hands(event: LoggedEvent, *, at: datetime) -> None:
    """Where the work is counted leg by leg, moving it without a word is a leg too."""
    agent = event.data.get("agent")
    following.follow_hands(
        ticket_id=TicketId(event.subject_id),
        taken_by=agent if event.by == f"agent:{agent}" else None,
        at=at,
    )


@when("ticket.resolved", "ticket.closed", "ticket.cancelled", "ticket.rejected", "ticket.merged")
def end_the_chain(event: LoggedEvent, *, at: datetime) -> None:
    """Nothing of the work is left to do."""
    following.end_chain(ticket_id=TicketId(event.subject_id), at=at)


@when("ticket.resolved", "ticket.closed", "ticket.cancelled", "ticket.rejected", "ticket.merged")
def page_nobody_more(event: LoggedEvent, *, at: datetime) -> None:
    """The request is over: nobody is paged for it any more."""
    escalate.end_escalations(ticket_id=event.subject_id, at=at)


@when("ticket.side_opened")
def add_the_asked(event: LoggedEvent, *, at: datetime) -> None:
    """Somebody outside or another team works beside."""
    child = event.data.get("child")
    theirs = record.ticket_facts(child) if child else None
    following.add_beside(
        ticket_id=TicketId(event.subject_id),
        kind="child" if child else "side",
        beside=int(event.data["side"]),
        team_id=theirs.team_id if theirs else None,
        at=at,
    )


@when("ticket.side_answered", "ticket.side_ended")
def end_the_asked(event: LoggedEvent, *, at: datetime) -> None:
    """They answered, or ended what they were asked."""
    side, ticket = int(event.data["side"]), TicketId(event.subject_id)
    for kind in ("side", "child"):
        following.end_beside(ticket_id=ticket, kind=kind, beside=side, at=at)


@when("ticket.side_said", "ticket.side_withdrawn")
def ask_once_more(event: LoggedEvent, *, at: datetime) -> None:
    """They were written to again, or took their answer back: it is their turn again."""
    following.ask_again(ticket_id=TicketId(event.subject_id), beside=int(event.data["side"]), at=at)


@when("ticket.approval_asked")
def wait_for_approval(event: LoggedEvent, *, at: datetime) -> None:
    """The customer's company has to agree first."""
    following.add_beside(
        ticket_id=TicketId(event.subject_id),
        kind="approval",
        beside=int(event.data["approval"]),
        due_at=datetime.fromisoformat(event.data["until"]),
        at=at,
    )


@when("ticket.approved", "ticket.declined", "ticket.approval_expired")
def end_the_approval(event: LoggedEvent, *, at: datetime) -> None:
    """It was decided, or its time is over."""
    following.end_beside(
        ticket_id=TicketId(event.subject_id),
        kind="approval",
        beside=int(event.data["approval"]),
        state="done" if event.kind == "ticket.approved" else "returned",
        words=event.data.get("words"),
        at=at,
    )


@when("chain.handed_over", "chain.leg_ended", "chain.leg_added")
def begin_what_runs_beside(event: LoggedEvent, *, at: datetime) -> None:
    """What other teams do at the same time begins when what it waited for is over."""
    beside.begin_beside(ticket_id=TicketId(event.data["ticket"]), at=at)


@when("ticket.acknowledged", "ticket.classified", "ticket.related")
def bring_to_the_head(event: LoggedEvent, *, at: datetime) -> None:
    """A complaint reaches the head of support by name, whichever way it came."""
    if event.kind == "ticket.related" or event.data.get("ticket_type") == "complaint":
        complaints.receive_complaint(ticket_id=TicketId(event.subject_id), at=at)


@when("complaint.named")
def keep_from_the_named(event: LoggedEvent, *, at: datetime) -> None:
    """Whom a complaint is about does not have it."""
    complaints.keep_from_the_named(ticket_id=TicketId(event.data["ticket"]), at=at)


@when("promise.missed")
def escalate_the_missed(event: LoggedEvent, *, at: datetime) -> None:
    """A promise was missed: paths that begin with it begin."""
    cause, ticket = f"missed:{event.subject_id}", int(event.data["ticket"])
    escalate.escalate(why="promise_missed", cause=cause, ticket_id=ticket, at=at)


@when("complaint.opened")
def escalate_the_complaint(event: LoggedEvent, *, at: datetime) -> None:
    """Somebody complained."""
    cause, ticket = f"complaint:{event.subject_id}", int(event.data["ticket"])
    escalate.escalate(why="complaint", cause=cause, ticket_id=ticket, at=at)


@when("problem.opened", "problem.rated")
def escalate_the_problem(event: LoggedEvent, *, at: datetime) -> None:
    """Many services are away, as badly as a path asks for."""
    problem, severity = event.subject_id, str(event.data["severity"])
    escalate.escalate(
        why="problem", cause=f"problem:{problem}", problem=problem, severity=severity, at=at
    )


@when("problem.ended", "problem.closed", "problem.cancelled", "problem.merged")
def page_nobody_for_the_problem(event: LoggedEvent, *, at: datetime) -> None:
    """Service is back, or it was none."""
    escalate.end_escalations(problem=event.subject_id, at=at)
