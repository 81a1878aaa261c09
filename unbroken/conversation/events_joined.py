"""A request and a problem that many share: found, joined, parted. The problem is a number here."""

from dataclasses import dataclass

from unbroken.ground.events import event
from unbroken.ground.words import _


@event("ticket.matched", says=_("Looked up among known problems"), sample={"problem": 12})
@dataclass(frozen=True)
class TicketMatched:
    """Stage of the relay: it belongs to this problem, or to none. `skipped`: it was too slow."""

    problem: int | None = None
    skipped: bool = False


@event("ticket.joined", says=_("Joined to a problem"), sample={"problem": 12})
@dataclass(frozen=True)
class TicketJoined:
    """It turned out to suffer from this problem."""

    problem: int


@event("ticket.parted", says=_("Taken out of a problem"), sample={"problem": 12})
@dataclass(frozen=True)
class TicketParted:
    """It does not belong to this problem, or is not over with it: it stands alone again."""

    problem: int
