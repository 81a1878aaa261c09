"""Screens on a wall: put up, looked at, taken down. The room's working state."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from unbroken.quality.models import WallScreen
from unbroken.staffing import queries as staffing
from unbroken.staffing.ids import AgentId

KEY_BYTES = 24
SEEN_EVERY = timedelta(minutes=5)
NAME_MAX = 80
BOARD, NETWORK = "board", "network"


@dataclass(frozen=True, slots=True)
class Wall:
    """A screen that is up."""

    id: int
    name: str
    teams: tuple[int, ...]
    shows: str
    made_by: int
    made_by_name: str
    made_at: datetime
    seen_at: datetime | None
    is_lit: bool
    """Whether whoever put it up may still see what it shows; else it is dark."""


def put_up(*, name: str, teams: Sequence[int], by: int, at: datetime, shows: str = BOARD) -> str:
    """A new screen; returns the secret of its address, which is shown only once."""
    key = secrets.token_urlsafe(KEY_BYTES)
    WallScreen.objects.create(
        key=_sum(key),
        name=name[:NAME_MAX],
        teams=sorted(teams),
        shows=shows,
        made_by_id=by,
        made_at=at,
    )
    return key


def wall_of(key: str, *, at: datetime) -> Wall | None:
    """The screen with this secret; None when it was taken down, or whoever put it up has left or
    may not see these teams any more."""
    found = _standing().filter(key=_sum(key)).first()
    if found is None or not _wall(found).is_lit:
        return None
    if found.seen_at is None or at - found.seen_at > SEEN_EVERY:
        WallScreen.objects.filter(pk=found.pk).update(seen_at=at)
    return _wall(found)


def walls() -> list[Wall]:
    """Every screen that is up, by name."""
    return [_wall(one) for one in _standing().order_by("name", "id")]


def take_down(wall_id: int, *, at: datetime) -> None:
    """Its address opens nothing any more."""
    WallScreen.objects.filter(pk=wall_id, ended_at__isnull=True).update(ended_at=at)


def _standing() -> QuerySet[WallScreen]:
    return WallScreen.objects.select_related("made_by").filter(
        ended_at__isnull=True, made_by__active=True
    )


def _wall(one: WallScreen) -> Wall:
    return Wall(
        one.pk, one.name, tuple(one.teams), one.shows, one.made_by_id, one.made_by.name,
        one.made_at, one.seen_at, _may_see(one.made_by_id, one.teams),
    )  # fmt: skip


def _may_see(agent_id: int, teams: Sequence[int]) -> bool:
    maker = staffing.agent(AgentId(agent_id))
    return maker is not None and (maker.sees_all or set(teams) <= set(maker.team_ids))


def _sum(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
