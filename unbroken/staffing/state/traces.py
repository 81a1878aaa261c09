"""What somebody did that changes nothing and has to be known all the same: signing in, reading
what only their permission shows them, taking data away.

A trace is never altered. Of a sign-in that failed it names the agent, if it was one's address; what
was typed is not kept, since people type passwords into the wrong field.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from unbroken.staffing.models import Agent, Trace

SIGNED_IN, SIGNED_OUT, FAILED = "signed_in", "signed_out", "sign_in_failed"
READ, EXPORTED = "read", "exported"
SAME_READING = timedelta(minutes=10)
"""Looking again within this time is the same reading."""

_READING = """
INSERT INTO trace (at, agent, kind, thing, note, why, place)
SELECT %(at)s, %(agent)s, %(kind)s, %(thing)s, %(note)s, %(why)s, ''
WHERE NOT EXISTS (
    SELECT 1 FROM trace
    WHERE thing = %(thing)s AND agent = %(agent)s AND at > %(since)s
      AND kind = %(kind)s AND note = %(note)s)
"""


def note_sign_in(agent_id: int, *, way: str, place: str, at: datetime) -> None:
    """They are in."""
    _keep(agent_id, SIGNED_IN, note=way, place=place, at=at)


def note_sign_out(agent_id: int, *, place: str, at: datetime) -> None:
    """They left by themselves."""
    _keep(agent_id, SIGNED_OUT, place=place, at=at)


def note_failure(*, email: str = "", agent_id: int = 0, way: str, place: str, at: datetime) -> None:
    """Somebody tried and did not come in; whose door it was, if that is known."""
    if not agent_id and email:
        found = Agent.objects.filter(email=email.strip().lower()).values_list("id", flat=True)
        agent_id = found.first() or 0
    _keep(agent_id or None, FAILED, note=way, place=place, at=at)


def note_reading(agent_id: int, thing: str, *, note: str = "", why: str, at: datetime) -> None:
    """They read what is not in their queues, by the permission that lets them."""
    values: dict[str, Any] = {
        "at": at,
        "agent": agent_id,
        "kind": READ,
        "thing": thing,
        "note": note,
        "why": why,
    }
    with connection.cursor() as cursor:
        cursor.execute(_READING, {**values, "since": at - SAME_READING})


def note_export(agent_id: int, thing: str, *, note: str = "", at: datetime) -> None:
    """They took data away as a file."""
    _keep(agent_id, EXPORTED, thing=thing, note=note, at=at)


def _keep(agent_id: int | None, kind: str, *, at: datetime, **more: str) -> None:
    kept = {name: value.replace("\0", "")[:200] for name, value in more.items()}
    Trace.objects.create(agent=agent_id, kind=kind, at=at, **kept)
