"""What was found on the line of a request is noted on it."""

from datetime import datetime

from unbroken.conversation.events_looked import LineLookedAt
from unbroken.conversation.ids import TicketId
from unbroken.conversation.models import TroubleTicket
from unbroken.conversation.queries.looked import finding_of
from unbroken.ground.actor import Actor
from unbroken.ground.change import change
from unbroken.ground.log import has_happened


def note_looked(
    *, ticket_id: TicketId, found: LineLookedAt, by: Actor, at: datetime, is_anew: bool = False
) -> None:
    """Stage of the relay: the line was looked at, or the relay goes on without.

    A look that comes late is noted too; the same one again, or a skip after any, changes nothing.
    `is_anew`: the customer says that it is not well after all, so the line was looked at again.
    """
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        if found.skipped:
            is_known = has_happened(ticket.stream, "ticket.looked")
        else:
            is_known = not is_anew and finding_of(ticket.id) is not None
        if not is_known:
            ticket.tell(found)
