"""What agents said about the line of a request: readings of words, and the true cause."""

import json
from datetime import datetime
from typing import Any

from unbroken.conversation.events_line import ClaimCorrected
from unbroken.ground.sql import planned_once

_TOLD = """
-- How an agent read the customer's words again, in order. Planned once.
SELECT data FROM ground_event
WHERE stream = %s AND kind = 'ticket.claim_corrected' ORDER BY version
"""
_CAUSE = """
-- The true cause as it was recorded last. Planned once.
SELECT data->>'cause' FROM ground_event
WHERE stream = %s AND kind = 'ticket.cause_recorded' ORDER BY version DESC LIMIT 1
"""


def corrections_on(ticket_id: int) -> dict[str, ClaimCorrected]:
    """By claim, as it was said last."""
    with planned_once() as cursor:
        cursor.execute(_TOLD, [f"ticket:{ticket_id}"])
        told = [_read(row[0]) for row in cursor.fetchall()]
    return {one.claim: one for one in told}


def recorded_cause(ticket_id: int) -> str:
    """A key of causes; empty while nobody recorded one."""
    with planned_once() as cursor:
        cursor.execute(_CAUSE, [f"ticket:{ticket_id}"])
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def _read(data: Any) -> ClaimCorrected:
    if isinstance(data, str):
        data = json.loads(data)
    at = data.get("at")
    return ClaimCorrected(
        data["claim"], data["reading"], datetime.fromisoformat(at) if at else None,
        data.get("number"), data.get("clock"), data.get("state") or "",
        tuple(data.get("kinds") or ()),
    )  # fmt: skip
