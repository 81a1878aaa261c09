"""An agent corrects how words about the line were read, and records what it really was."""

from datetime import datetime

from unbroken.conversation.events_line import CauseRecorded, ClaimCorrected
from unbroken.conversation.ids import TicketId
from unbroken.conversation.models import TroubleTicket
from unbroken.conversation.queries.line import corrections_on, recorded_cause
from unbroken.ground.actor import Actor
from unbroken.ground.change import change


def correct_claim(
    *, ticket_id: TicketId, correction: ClaimCorrected, by: Actor, at: datetime
) -> None:
    """These words were read wrongly, rightly after all, or meant something else."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        if corrections_on(ticket.id).get(correction.claim) != correction:
            ticket.tell(correction)


def record_cause(*, ticket_id: TicketId, found: CauseRecorded, by: Actor, at: datetime) -> None:
    """What it really was. The same again changes nothing; another one takes its place."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        if recorded_cause(ticket.id) != found.cause:
            ticket.tell(found)
