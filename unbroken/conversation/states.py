"""The eight states of a trouble ticket, spelled as TMF621 v5.0.1 does, and what may follow what.

Pure. `pending` waits for the customer; `held` for a partner, an appointment or a date.
"""

from typing import Literal, get_args

Status = Literal[
    "acknowledged", "rejected", "pending", "held", "inProgress", "cancelled", "resolved", "closed"
]
TicketType = Literal["incident", "request", "question", "complaint", "order"]
Level = Literal["high", "medium", "low"]
Priority = Literal["critical", "high", "moderate", "low"]
WaitingFor = Literal["customer", "partner", "appointment", "date", "force_majeure", "other"]
HoldReason = Literal["partner", "appointment", "date", "force_majeure"]
Sleep = Literal["date", "answer"]
Relation = Literal["parent", "duplicate", "caused_by", "related", "split_from"]

STATUSES: tuple[Status, ...] = get_args(Status)
TICKET_TYPES: tuple[TicketType, ...] = get_args(TicketType)
LEVELS: tuple[Level, ...] = get_args(Level)
PRIORITIES: tuple[Priority, ...] = get_args(Priority)
HOLD_REASONS: tuple[HoldReason, ...] = get_args(HoldReason)
"""What a request may be held for so that clocks stand still; "other" stops none."""

RESERVED: tuple[HoldReason, ...] = ("force_majeure",)
"""Reasons that only some may give, until the operator says otherwise."""

SLEEPS: tuple[Sleep, ...] = get_args(Sleep)
RELATIONS: tuple[Relation, ...] = get_args(Relation)

OPEN: frozenset[Status] = frozenset({"acknowledged", "inProgress", "pending", "held"})
ENDED: frozenset[Status] = frozenset({"resolved", "closed", "cancelled", "rejected"})

FOLLOWS: dict[Status, frozenset[Status]] = {
    "acknowledged": frozenset(
        {"inProgress", "pending", "held", "resolved", "cancelled", "rejected", "closed"}
    ),
    "inProgress": frozenset({"pending", "held", "resolved", "cancelled", "rejected", "closed"}),
    "pending": frozenset(
        {"inProgress", "pending", "held", "resolved", "cancelled", "rejected", "closed"}
    ),
    "held": frozenset(
        {"inProgress", "pending", "held", "resolved", "cancelled", "rejected", "closed"}
    ),
    "resolved": frozenset({"inProgress", "closed"}),
    "closed": frozenset({"inProgress"}),
    "cancelled": frozenset({"inProgress"}),
    "rejected": frozenset({"inProgress"}),
}

# Impact by urgency; the common denominator of the real logs (facts: 3 x 3 with four results).
DEFAULT_MATRIX: dict[str, Priority] = {
    "high/high": "critical",
    "high/medium": "high",
    "high/low": "moderate",
    "medium/high": "high",
    "medium/medium": "moderate",
    "medium/low": "low",
    "low/high": "moderate",
    "low/medium": "low",
    "low/low": "low",
}


def may_follow(now: Status, then: Status) -> bool:
    """Whether a ticket may go from one state straight to another."""
    return then in FOLLOWS[now]


def matrix_problem(cells: dict[str, str]) -> str | None:
    """What is wrong with an edited matrix, as "cell: value"; None when it is whole."""
    for cell in DEFAULT_MATRIX:
        if cells.get(cell) not in PRIORITIES:
            return f"{cell}: {cells.get(cell)}"
    strangers = cells.keys() - DEFAULT_MATRIX.keys()
    return f"{sorted(strangers)[0]}: ?" if strangers else None
