"""The record's loops: a wait whose date has come is over; what was counted is added up."""

from unbroken.conversation import actions, projections, queries
from unbroken.ground.actor import HOUSE
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.loops import Loop, every

EVERY_SECONDS = 15.0


def end_overdue_waits() -> None:
    """Tickets that waited until now are in progress again; somebody else may have been faster."""
    at = now()
    for ticket_id in queries.overdue_pendings(at=at):
        try:
            actions.resume_ticket(ticket_id=ticket_id, by=HOUSE, at=at)
        except Refused:
            continue


LOOPS: tuple[Loop, ...] = (
    every("overdue waits", EVERY_SECONDS, end_overdue_waits),
    every("ticket counts", EVERY_SECONDS, projections.add_up_counts),
)
