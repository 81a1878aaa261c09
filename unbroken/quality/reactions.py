"""What happens to a ticket changes its figures within seconds.

A letter only puts the ticket aside: what happens to it meanwhile is counted once.
"""

from datetime import datetime

from unbroken.ground.events import LoggedEvent
from unbroken.ground.letters import when
from unbroken.quality import projections

COUNTS = frozenset(
    {
        "ticket.absorbed",
        "ticket.adopted",
        "ticket.assigned",
        "ticket.cancelled",
        "ticket.classified",
        "ticket.closed",
        "ticket.merged",
        "ticket.queued",
        "ticket.rejected",
        "ticket.reopened",
        "ticket.replied",
        "ticket.reply_withdrawn",
        "ticket.resolved",
    }
)
"""A new ticket is counted when it is sorted, which is one letter instead of two."""


@when(COUNTS)
def count_ticket(event: LoggedEvent, *, at: datetime) -> None:
    """It adds something else to its days now."""
    projections.put_aside([event.subject_id])


@when("promise.missed")
def count_miss(event: LoggedEvent, *, at: datetime) -> None:
    """A promise was missed while nothing happened."""
    projections.put_aside([int(event.data["ticket"])])
