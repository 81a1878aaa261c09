"""A request as it stood at each thing that happened to it, from how it stands now. Pure.

State, hands, type, priority and tags are known for every instant. Of a topic that was changed the
first one is not on record: until the change it counts as unknown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from unbroken.ground.events import LoggedEvent
from unbroken.routines.conditions import Facts

BECOMES: Final = {
    "ticket.acknowledged": "acknowledged",
    "ticket.started": "inProgress",
    "ticket.customer_asked": "pending",
    "ticket.customer_answered": "inProgress",
    "ticket.held": "held",
    "ticket.resumed": "inProgress",
    "ticket.resolved": "resolved",
    "ticket.reopened": "inProgress",
    "ticket.closed": "closed",
    "ticket.cancelled": "cancelled",
    "ticket.rejected": "rejected",
    "ticket.merged": "closed",
}


def stood(now: Facts, events: Sequence[LoggedEvent]) -> Iterator[tuple[LoggedEvent, Facts]]:
    """Each event of one ticket, oldest first, with the request as it stood right after it."""
    moved = any(event.data.get("topic") for event in events if event.kind == "ticket.classified")
    facts = replace(
        now,
        team="",
        is_taken=False,
        status="acknowledged",
        tags=_tags_at_first(now, events),
        topic=() if moved else now.topic,
        priority=_first(events, "priority", now.priority),
        type=_first(events, "ticket_type", now.type),
    )
    for event in events:
        facts = _after(facts, event, now)
        yield event, facts


def _after(facts: Facts, event: LoggedEvent, now: Facts) -> Facts:
    data: Any = event.data
    changed: dict[str, Any] = {}
    if event.kind in BECOMES:
        changed["status"] = BECOMES[event.kind]
    if event.kind == "ticket.queued":
        changed["team"] = str(data.get("team") or facts.team)
    elif event.kind == "ticket.assigned":
        changed |= {"team": str(data.get("team") or ""), "is_taken": bool(data.get("agent"))}
    elif event.kind == "ticket.tagged":
        changed["tags"] = (facts.tags | set(data.get("added", ()))) - set(data.get("removed", ()))
    elif event.kind == "ticket.classified":
        if data.get("priority"):
            changed["priority"] = data["priority"]
        if data.get("ticket_type"):
            changed["type"] = data["ticket_type"]
        if data.get("topic"):
            # Those above it are known only for the topic that it has now.
            topic = str(data["topic"])
            changed["topic"] = now.topic if topic in now.topic[:1] else (topic,)
    return replace(facts, **changed) if changed else facts


def _tags_at_first(now: Facts, events: Sequence[LoggedEvent]) -> frozenset[str]:
    tags = set(now.tags)
    for event in reversed(events):
        if event.kind == "ticket.tagged":
            tags = (tags - set(event.data.get("added", ()))) | set(event.data.get("removed", ()))
    return frozenset(tags)


def _first(events: Sequence[LoggedEvent], field: str, otherwise: str) -> str:
    for event in events:
        if event.kind in ("ticket.acknowledged", "ticket.classified") and event.data.get(field):
            return str(event.data[field])
    return otherwise
