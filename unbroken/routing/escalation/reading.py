"""Paths, rotas and what climbs, as faces and doors see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from unbroken.ground.sql import rows
from unbroken.routing.escalation.rota import RotaRow
from unbroken.routing.escalation.targets import rota_row
from unbroken.routing.models_escalation import EscalationPath, Page, Rota


@dataclass(frozen=True, slots=True)
class PathRow:
    """A path as it is kept."""

    id: int
    version: int
    key: str
    name: str
    begins: Mapping[str, Any]
    teams: Sequence[int]
    priorities: Sequence[str]
    steps: Sequence[Mapping[str, Any]]
    rounds: int
    one_tap: bool
    hook: str
    hook_secret: str
    active: bool


@dataclass(frozen=True, slots=True)
class PageRow:
    """One page with what it is about. `state` is that of the escalation."""

    id: int
    escalation_id: int
    agent_id: int
    ways: Sequence[str]
    at: datetime
    why: str
    state: str
    ticket_id: int | None
    problem: int | None
    path_id: int
    by_agent: int | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Climbing:
    """An escalation with its last page, for lists. `agents`: who was paged, the first first."""

    id: int
    path: str
    why: str
    state: str
    ticket_id: int | None
    subject: str | None
    problem: int | None
    begun_at: datetime
    next_at: datetime | None
    ended_at: datetime | None
    by_agent: str | None
    agents: Sequence[str]
    paged_at: datetime | None
    is_mine: bool


_PATH = (
    "id", "version", "key", "name", "begins", "teams", "priorities", "steps", "rounds", "one_tap",
    "hook", "hook_secret", "active",
)  # fmt: skip
_PAGE = (
    "id", "escalation_id", "agent", "ways", "at", "escalation__why", "escalation__state",
    "escalation__ticket_id", "escalation__problem", "escalation__path_id",
    "escalation__by_agent", "escalation__ended_at",
)  # fmt: skip


def paths() -> list[PathRow]:
    """Every path, closed ones last."""
    found = EscalationPath.objects.order_by("-active", "name", "id").values_list(*_PATH)
    return [PathRow(*one) for one in found]


def path(path_id: int) -> PathRow | None:
    """One of them."""
    row = EscalationPath.objects.filter(pk=path_id).values_list(*_PATH).first()
    return PathRow(*row) if row is not None else None


def rotas() -> list[RotaRow]:
    """Every rota, closed ones last."""
    return [rota_row(one) for one in Rota.objects.order_by("-active", "name", "id")]


def rota(rota_id: int) -> RotaRow | None:
    """One of them."""
    row = Rota.objects.filter(pk=rota_id).first()
    return rota_row(row) if row is not None else None


def page(page_id: int) -> PageRow | None:
    """One page."""
    row = Page.objects.filter(pk=page_id).values_list(*_PAGE).first()
    return PageRow(*row) if row is not None else None


def climbing(*, me: int, sees_all: bool, teams: Sequence[int], ticket: int = 0) -> list[Climbing]:
    """What climbs now, then what did lately; of one request if asked, as far as the reader sees."""
    return rows(
        Climbing, "routing/queries/climbing.sql",
        me=me, sees_all=sees_all, teams=list(teams), ticket=ticket, limit=60,
    )  # fmt: skip
