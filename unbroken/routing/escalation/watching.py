"""What begins a path by the hours that pass: promises come near, nobody takes a request."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from unbroken.ground.sql import rows
from unbroken.routing.actions.escalate import escalate
from unbroken.routing.models_escalation import EscalationPath

LOOKED_AT_MAX = 500


@dataclass(frozen=True, slots=True)
class Found:
    """A request, and what about it tells this time from another."""

    ticket_id: int
    cause: str


def watch(*, at: datetime) -> int:
    """Begin what the hours begin; how much. Where no path asks for it, nothing is looked at."""
    begins = list(EscalationPath.objects.filter(active=True).values_list("begins", flat=True))
    begun = 0
    if any("promise_at_risk" in one for one in begins):
        for one in rows(Found, "routing/queries/at_risk.sql", at=at, limit=LOOKED_AT_MAX):
            begun += _begin("promise_at_risk", one, at)
    if any("promise_foreseen" in one for one in begins):
        breaking = rows(Found, "routing/queries/foreseen_to_break.sql", at=at, limit=LOOKED_AT_MAX)
        for one in breaking:
            begun += _begin("promise_foreseen", one, at)
    waits = [one["no_owner"].get("minutes", 30) for one in begins if "no_owner" in one]
    if waits:
        until = at - timedelta(minutes=min(waits))
        for one in rows(
            Found, "routing/queries/without_owner.sql", until=until, limit=LOOKED_AT_MAX
        ):
            begun += _begin("no_owner", one, at)
    return begun


def _begin(why: str, found: Found, at: datetime) -> int:
    cause = f"{why}:{found.ticket_id}:{found.cause}"
    return escalate(why=why, cause=cause, ticket_id=found.ticket_id, at=at)
