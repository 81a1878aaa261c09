"""The states of a problem, spelled as TM Forum spells them, and the other words it is told in."""

from collections.abc import Mapping

OPEN = frozenset({"acknowledged", "inProgress", "held"})
"""Service is not back yet: we know of it, we work on it, a partner does."""

RESOLVED, CLOSED, CANCELLED = "resolved", "closed", "cancelled"

MOVES: Mapping[str, frozenset[str]] = {
    "acknowledged": frozenset({"inProgress", "held", RESOLVED, CANCELLED}),
    "inProgress": frozenset({"held", RESOLVED, CANCELLED}),
    "held": frozenset({"inProgress", RESOLVED, CANCELLED}),
    RESOLVED: frozenset({"acknowledged", CLOSED}),
    CLOSED: frozenset(),
    CANCELLED: frozenset(),
}

ORIGINS = frozenset({"silence", "alarm", "agent"})
SEVERITIES = ("minor", "major", "critical")
STEPS = ("left", "minutes", "working", "done", "notDone")
BACKUPS = ("failover", "mobileRouter")
BACKUP_STATES = ("asked", "sent", "inUse", "returned", "refused")


def can_go(state: str, wanted: str) -> bool:
    """Whether a problem in this state may come into that one."""
    return wanted in MOVES[state]
