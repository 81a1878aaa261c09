"""Who worked on the requests of the past: groups and colleagues of another desk.

A group is matched by its short name or its name, a colleague by address or name. Whom nobody
knows is kept as a closed team or a former colleague: old requests name them, nobody works there.
"""

import hashlib
import re
from collections.abc import Collection, Iterable
from datetime import datetime

from unbroken.ground.actor import HOUSE
from unbroken.ground.history import Historian
from unbroken.staffing.events import AgentHired, AgentRetired, TeamChanged, TeamOpened
from unbroken.staffing.models import Agent, Team
from unbroken.staffing.permissions import AGENT

NOWHERE = "old-desk.invalid"
"""No mail ever reaches this domain (RFC 2606): a former colleague whose address nobody knows."""

_TEAM = ("id", "version", "changed_at", "key", "name", "active")
_AGENT = ("id", "version", "changed_at", "name", "email", "role", "active")


def past_teams(
    names: Iterable[str], *, needed: Collection[str], historian: Historian, at: datetime
) -> dict[str, int]:
    """Teams by what another desk called them; `needed` are those that have work to do still."""
    known: dict[str, int] = {}
    for team_id, key, name in Team.objects.values_list("id", "key", "name"):
        known.setdefault(name.casefold(), team_id)
        known[key.casefold()] = team_id
    wanted = sorted({name for name in names if name})
    with historian.book() as book:
        for name in wanted:
            if name.casefold() in known:
                continue
            known[name.casefold()] = team_id = historian.draw(Team)
            is_open, stream = name in needed, f"team:{team_id}"
            book.tell(stream, 1, TeamOpened(), at=at, by=str(HOUSE))
            if not is_open:
                closed = TeamChanged(("active",), was={"active": True}, now={"active": False})
                book.tell(stream, 2, closed, at=at, by=str(HOUSE))
            book.put(Team, _TEAM, (team_id, 1 if is_open else 2, at, name, name, is_open))
    return {name: known[name.casefold()] for name in wanted}


def past_colleagues(names: Iterable[str], *, historian: Historian, at: datetime) -> dict[str, int]:
    """Colleagues by what another desk called them."""
    known: dict[str, int] = {}
    for agent_id, name, email in Agent.objects.order_by("active").values_list(
        "id", "name", "email"
    ):
        known[name.casefold()] = agent_id
        known[email.casefold()] = agent_id
    wanted = sorted({name for name in names if name})
    with historian.book() as book:
        for name in wanted:
            if name.casefold() in known:
                continue
            known[name.casefold()] = agent_id = historian.draw(Agent)
            stream = f"agent:{agent_id}"
            book.tell(stream, 1, AgentHired(role=AGENT), at=at, by=str(HOUSE))
            book.tell(stream, 2, AgentRetired(), at=at, by=str(HOUSE))
            book.put(Agent, _AGENT, (agent_id, 2, at, name, _address(name), AGENT, False))
    return {name: known[name.casefold()] for name in wanted}


def _address(name: str) -> str:
    """One that is theirs alone and that no mail can reach."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:40]
    digest = hashlib.sha256(name.casefold().encode()).hexdigest()[:8]
    return f"{plain or 'colleague'}-{digest}@{NOWHERE}"
