"""How a request is handed over with words, for the rooms beside and above that do not know legs."""

from datetime import datetime

from unbroken.conversation.handing import Handed, handed_over_by
from unbroken.conversation.ids import TicketId
from unbroken.ground.actor import Actor
from unbroken.routing.actions import chain
from unbroken.routing.chain.parcel import Hands, Parcel


@handed_over_by
def hand_over(ticket_id: TicketId, handed: Handed, by: Actor, at: datetime) -> None:
    """The leg in hand is over, theirs begins."""
    parcel = Parcel(
        done=handed.done, needed=handed.needed, due_at=handed.due_at, language=handed.language
    )
    to = Hands(handed.team_id, handed.agent_id)
    chain.hand_over(ticket_id=ticket_id, to=to, parcel=parcel, by=by, at=at)
