"""Every figure anew, batch by batch in the order of tickets, going on where it stopped."""

from collections.abc import Callable
from dataclasses import dataclass

from unbroken.ground.clock import now
from unbroken.quality import projections

BATCH = 500
MARK = "rebuild"


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many tickets were counted, and how many of them had other figures before."""

    tickets: int
    differed: int


def rebuild(*, again: bool, told: Callable[[int], None]) -> Rebuilt:
    """Everything; the desk may go on meanwhile."""
    after = 0 if again else projections.progress_of(MARK)
    done = differed = 0
    while tickets := projections.next_tickets(after=after, limit=BATCH):
        differed += len(projections.count(tickets, at=now()))
        after = tickets[-1]
        projections.note_progress(MARK, after)
        done += len(tickets)
        told(done)
    projections.add_up_days()
    projections.note_progress(MARK, 0)
    return Rebuilt(done, differed)
