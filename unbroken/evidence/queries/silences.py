"""Elements that fell silent, as the live detector told them."""

from dataclasses import dataclass
from datetime import UTC, datetime

from unbroken.evidence.models import Silence
from unbroken.evidence.silence.telling import Standing
from unbroken.ground.events import LoggedEvent
from unbroken.ground.log import events_of


@dataclass(frozen=True, slots=True)
class SilenceRow:
    """A silence as it stands. `away`: since when each service is; `back`: when it was heard again,
    for those that came back last."""

    id: int
    element: str
    cause: str
    since: datetime
    detected_at: datetime
    until: datetime | None
    announced: str
    overran: bool
    merged_into: int | None
    away: dict[int, datetime]
    back: dict[int, datetime]


def silence(silence_id: int) -> SilenceRow | None:
    """One of them, with everybody it took along; None: there is none of this number."""
    row = Silence.objects.filter(pk=silence_id).first()
    if row is None:
        return None
    away, back = _services(events_of([f"silence:{silence_id}"]))
    return SilenceRow(
        row.id, row.element, row.cause, row.since, row.detected_at, row.until, row.announced,
        row.overran, row.merged_into,
        {one: _time(seconds) for one, seconds in away.items()},
        {one: _time(seconds) for one, seconds in back.items()},
    )  # fmt: skip


def open_silences() -> dict[int, tuple[Standing, datetime]]:
    """Those that were not over when last looked at, as they were told; and since when."""
    rows = Silence.objects.filter(until__isnull=True, merged_into__isnull=True).order_by("id")
    found: dict[int, tuple[Standing, datetime]] = {}
    for row in rows:
        away, _back = _services(events_of([f"silence:{row.id}"]))
        standing = Standing(row.element, row.cause, row.announced, row.overran, away)
        found[row.id] = (standing, row.since)
    return found


def _services(events: list[LoggedEvent]) -> tuple[dict[int, int], dict[int, int]]:
    away: dict[int, int] = {}
    back: dict[int, int] = {}
    for event in events:
        told = dict(zip(event.data.get("services", ()), event.data.get("seconds", ()), strict=True))
        if event.kind == "evidence.services_back":
            for one, at in told.items():
                away.pop(one, None)
                back[one] = at
        else:
            away |= told
            for one in told:
                back.pop(one, None)
    return away, back


def _time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
