"""What the words of another desk mean here: states, priorities, channels, steps. Pure.

Desks call the same things "Awaiting User Info", "Wait - User" or "pending". A word that nobody
knows is not guessed at: the row is refused and says so.
"""

import re
from typing import Literal, get_args

from unbroken.conversation.states import Level, Priority, Status

Meaning = Literal["opened", "assigned", "resolved", "closed", "reopened", "cancelled", "rejected"]

_STATES: tuple[tuple[Status, frozenset[str]], ...] = (
    ("cancelled", frozenset({"cancelled", "canceled", "withdrawn", "duplicate"})),
    ("rejected", frozenset({"rejected", "declined", "refused", "spam", "invalid"})),
    ("closed", frozenset({"closed", "archived", "done"})),
    ("resolved", frozenset({"resolved", "solved", "completed", "complete", "fixed", "verified"})),
    ("acknowledged", frozenset({"assignment", "unassigned", "queued"})),
    ("held", frozenset({"vendor", "partner", "supplier", "third", "problem", "evidence"})),
    ("pending", frozenset({"pending", "user", "customer", "caller", "requester", "reply"})),
    ("held", frozenset({"held", "hold", "onhold", "wait", "waiting", "awaiting", "stalled"})),
    ("held", frozenset({"suspended", "blocked", "paused", "scheduled"})),
    ("inProgress", frozenset({"progress", "inprogress", "active", "accepted", "assigned", "work"})),
    ("inProgress", frozenset({"working", "started", "processing", "reopened", "escalated"})),
    ("acknowledged", frozenset({"acknowledged", "new", "open", "opened", "created", "registered"})),
    ("acknowledged", frozenset({"received", "logged", "submitted"})),
)  # fmt: skip
_OPEN_AGAIN = frozenset(
    {"progress", "inprogress", "active", "accepted", "queued", "open", "wait", "waiting"}
    | {"awaiting", "pending", "hold", "held"}
)
_PRIORITIES: dict[str, Priority] = {
    "critical": "critical", "highest": "critical", "urgent": "critical", "emergency": "critical",
    "high": "high", "major": "high", "important": "high",
    "moderate": "moderate", "medium": "moderate", "normal": "moderate", "standard": "moderate",
    "low": "low", "lowest": "low", "minor": "low", "planning": "low", "trivial": "low",
    "1": "critical", "p1": "critical", "2": "high", "p2": "high", "3": "moderate",
    "p3": "moderate", "4": "low", "p4": "low", "5": "low", "p5": "low",
}  # fmt: skip
LEVELS_OF: dict[Priority, tuple[Level, Level]] = {
    "critical": ("high", "high"),
    "high": ("high", "medium"),
    "moderate": ("medium", "medium"),
    "low": ("low", "low"),
}
"""Impact and urgency that the matrix gives this priority for, unless the operator changed it."""

_CHANNELS = {
    "email": "mail", "e-mail": "mail", "mail": "mail", "phone": "phone", "telephone": "phone",
    "call": "phone", "self service": "web", "web": "web", "portal": "web", "website": "web",
    "api": "api", "chat": "chat", "fax": "fax", "walk-in": "counter", "counter": "counter",
}  # fmt: skip
_FILLING = frozenset({"ticket", "incident", "request", "case", "the", "status", "state", "is"})
_MEANINGS: dict[str, Meaning] = {
    "create": "opened", "created": "opened", "open": "opened", "opened": "opened",
    "new": "opened", "insert": "opened", "registered": "opened", "acknowledged": "opened",
    "assign": "assigned", "assigned": "assigned", "reassigned": "assigned", "queued": "assigned",
    "resolve": "resolved", "resolved": "resolved", "solved": "resolved", "completed": "resolved",
    "completed resolved": "resolved", "resolved completed": "resolved",
    "close": "closed", "closed": "closed", "completed closed": "closed",
    "reopen": "reopened", "reopened": "reopened", "re opened": "reopened", "re open": "reopened",
    "cancelled": "cancelled", "canceled": "cancelled", "completed cancelled": "cancelled",
    "rejected": "rejected",
}  # fmt: skip


def status_of(word: str) -> Status | None:
    """The state of TMF621 that a desk's own word stands for; None when nobody knows."""
    spoken = set(_words(word))
    for state in get_args(Status):
        if word.casefold() == state.casefold():
            return state  # type: ignore[no-any-return]
    return next((state for state, known in _STATES if spoken & known), None)


def priority_of(word: str) -> Priority | None:
    """One of the four, from "2 - High", "P2", "urgent"; None when nobody knows."""
    spoken = _words(word)
    named = (one for one in spoken if not one.isdigit() and one in _PRIORITIES)
    found = next(named, None) or next((one for one in spoken if one in _PRIORITIES), None)
    return _PRIORITIES[found] if found else None


def channel_of(word: str) -> str:
    """The medium; one that this desk has no word for keeps the one it came with."""
    return _CHANNELS.get(word.casefold(), word.casefold() or "import")


def meaning_of(activity: str) -> Meaning | None:
    """What a step did to a request, if it is one of the things that every desk does."""
    said = " ".join(one for one in _words(activity) if one not in _FILLING)
    return _MEANINGS.get(said)


def is_work(activity: str) -> bool:
    """Whether a request that had ended is open again because this happened to it."""
    return not _OPEN_AGAIN.isdisjoint(_words(activity))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())
