"""An order waits for somebody who may say yes."""

from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.events import event
from unbroken.ground.words import _

T = "2026-05-24T08:05:00+02:00"


@event(
    "ticket.approval_asked",
    says=_("The customer's company has to approve"),
    sample={"approval": 3, "amount": "80.00", "limit": "50.00", "until": T},
)
@dataclass(frozen=True)
class ApprovalAsked:
    """The order is above what this person may order alone; those who approve are asked."""

    approval: int
    limit: str
    until: datetime
    amount: str | None = None


@event(
    "ticket.approval_reminded",
    says=_("Those who approve were reminded, once"),
    sample={"approval": 3},
)
@dataclass(frozen=True)
class ApprovalReminded:
    """Nobody has decided yet."""

    approval: int


@event(
    "ticket.approved",
    says=_("The customer's company approved"),
    sample={"approval": 3, "words": 17},
)
@dataclass(frozen=True)
class OrderApproved:
    """Work may begin. `words`: what they said with it, if anything."""

    approval: int
    words: int | None = None


@event(
    "ticket.declined",
    says=_("The customer's company declined"),
    sample={"approval": 3, "words": 17},
)
@dataclass(frozen=True)
class OrderDeclined:
    """The order is not to be carried out. `words`: why, if they said."""

    approval: int
    words: int | None = None


@event(
    "ticket.approval_expired",
    says=_("Nobody approved in time"),
    sample={"approval": 3},
)
@dataclass(frozen=True)
class ApprovalExpired:
    """The time to decide is over; the order is not to be carried out."""

    approval: int
