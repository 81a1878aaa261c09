"""What the evidence room does when something happens below: it looks before anybody speaks."""

from datetime import datetime

from unbroken.conversation import actions as conversation
from unbroken.conversation import relay
from unbroken.conversation.events_looked import LineLookedAt
from unbroken.conversation.ids import TicketId
from unbroken.evidence import outcomes
from unbroken.evidence.of_tickets import finding_on
from unbroken.ground.actor import HOUSE
from unbroken.ground.events import LoggedEvent
from unbroken.ground.letters import when


def _look(event: LoggedEvent) -> LineLookedAt | None:
    return finding_on(event.subject_id, event.at) if relay.is_turn("looked", event) else None


@when(relay.begins("looked"), prepare=_look, box="evidence.looking")
def look_first(event: LoggedEvent, *, at: datetime, prepared: LineLookedAt | None) -> None:
    """The line is judged before the request reaches a queue; the look holds no lock."""
    if prepared is not None:
        conversation.note_looked(
            ticket_id=TicketId(event.subject_id), found=prepared, by=HOUSE, at=at
        )


@when("ticket.cause_recorded")
def keep_the_cause(event: LoggedEvent, *, at: datetime) -> None:
    """Verdicts learn from what it really was, and are judged by it."""
    outcomes.of_ticket(event.subject_id, dict(event.data), event.at)


@when("problem.cause_confirmed")
def keep_the_causes(event: LoggedEvent, *, at: datetime) -> None:
    """What a problem was, every request about it was."""
    outcomes.of_problem(event.subject_id, dict(event.data), event.at)
