"""What was told of the time to the end."""

from datetime import datetime

from unbroken.conversation.events_told import EstimateTold
from unbroken.conversation.ids import TicketId
from unbroken.conversation.models import TroubleTicket
from unbroken.conversation.queries.told import told_of
from unbroken.conversation.states import OPEN
from unbroken.ground.actor import Actor
from unbroken.ground.change import change


def tell_estimate(
    *, ticket_id: TicketId, by_when: datetime, why: str, mailed: bool, by: Actor, at: datetime
) -> bool:
    """Probably over by then. The same time again, or of what is over, changes nothing."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        before = told_of([ticket_id]).get(ticket_id)
        if ticket.status not in OPEN or (before is not None and before.by == by_when):
            return False
        ticket.tell(
            EstimateTold(
                by=by_when,
                was=before.by if before else None,
                why=why if before else "",
                team=ticket.team_id,
                mailed=mailed,
            )
        )
    return True
