"""The explanation of a ticket's promises as JSON: times with their offset, spans in seconds."""

from datetime import datetime
from typing import Any

from unbroken.promise.queries.why import Explained, Why
from unbroken.promise.why import Earlier, Step

Json = dict[str, Any]


def as_json(found: Why) -> Json:
    """One document."""
    return {
        "ticket": found.ticket_id,
        "at": found.at.isoformat(),
        "priority": found.priority,
        "ticket_type": found.ticket_type,
        "agreement": found.agreement or None,
        "reason": found.reason,
        "calendar": found.calendar or None,
        "timezone": found.zone,
        "promises": [_promise(one) for one in found.promises],
    }


def _promise(one: Explained) -> Json:
    row = one.promise
    return {
        "key": row.key,
        "state": row.state,
        "started_at": row.started_at.isoformat(),
        "target_seconds": row.target_seconds,
        "used_seconds": row.used_seconds,
        "due": _text(row.due),
        "warn_at": _text(row.warn_at),
        "ended_at": _text(row.ended_at),
        "steps": [_step(step) for step in one.steps],
        "earlier": [_earlier(earlier) for earlier in one.earlier],
    }


def _step(step: Step) -> Json:
    return {
        "kind": step.kind,
        "from": step.since.isoformat(),
        "to": _text(step.until),
        "seconds": step.seconds,
        "total": step.total,
        "owner": step.owner if step.kind in ("counts", "waits") else None,
        "reason": step.reason or None,
        "team": step.team,
    }


def _earlier(earlier: Earlier) -> Json:
    return {
        "until": earlier.changed_at.isoformat(),
        "changed_by": earlier.by,
        "priority": earlier.priority,
        "ticket_type": earlier.ticket_type,
        "topic": earlier.topic or None,
        "target_seconds": earlier.target_seconds,
        "due": _text(earlier.due_at),
    }


def _text(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
