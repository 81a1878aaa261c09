"""The record's loops: a wait or sleep whose date has come is over; counts are added up."""

from datetime import timedelta

from django.db import transaction

from unbroken.conversation import actions, projections, queries
from unbroken.ground.actor import HOUSE
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.loops import Loop, Stop, every

EVERY_SECONDS = 15.0
NAP_SECONDS_MAX = 60.0
"""However far away the next waking is: the machine's clock may be set meanwhile."""


def end_overdue_waits() -> None:
    """Tickets that waited until now are in progress again; somebody else may have been faster."""
    at = now()
    for ticket_id in queries.overdue_pendings(at=at):
        try:
            actions.resume_ticket(ticket_id=ticket_id, by=HOUSE, at=at)
        except Refused:
            continue


def wake_sleepers(stop: Stop) -> None:
    """Every sleep ends at its time: this sleeps as long as the shortest of them."""
    while not stop.is_asked:
        at = now()
        for ticket_id in queries.sleepers_due(at=at):
            actions.end_sleep(ticket_id=ticket_id, at=at)
        coming = queries.next_waking()
        rest = max(coming - now(), timedelta(0)) if coming else timedelta(days=1)
        stop.wait_for(rest, seconds_max=NAP_SECONDS_MAX)


def tend_approvals() -> None:
    """Those who approve are reminded once; what nobody decided in time is over."""
    at = now()
    for approval_id, ends in queries.approvals_due(at=at):
        with transaction.atomic():
            if ends:
                actions.expire_approval(approval_id=approval_id, at=at)
            else:
                actions.remind_approval(approval_id=approval_id, at=at)


LOOPS: tuple[Loop, ...] = (
    Loop("sleeping tickets", wake_sleepers, frozenset({"ticket.snoozed"})),
    every("overdue waits", EVERY_SECONDS, end_overdue_waits),
    every("approvals", 4 * EVERY_SECONDS, tend_approvals),
    every("ticket counts", EVERY_SECONDS, projections.add_up_counts),
)
