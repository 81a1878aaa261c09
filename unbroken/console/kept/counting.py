"""How promises ended, added up: figures, each with the address of the requests behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from unbroken.console.access import sight
from unbroken.console.dashboards.naming import naming
from unbroken.console.kept.asking import Asked, next_month
from unbroken.console.pictures import Picture, Series, stacked
from unbroken.console.tickets import labels
from unbroken.directory import queries as directory
from unbroken.ground.sql import rows
from unbroken.ground.words import _, in_language
from unbroken.promise.measures import all_measures
from unbroken.promise.queries import agreements, named_agreements
from unbroken.quality.counting import desk_zone
from unbroken.staffing.queries import AgentCard

QUERIES = "console/kept/queries"
WORST_MAX = 20
KEPT, MISSED = _("Kept"), _("Missed")
PICTURE = _("Promises kept and missed, by month")
NOT_NAMED = _("a partner that nobody named")


@dataclass(frozen=True, slots=True)
class _Stat:
    key: str
    ended: int
    kept: int
    missed: int
    mean: float | None
    median: float | None
    p80: float | None
    p95: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """A line: what it is of, how many and how many in time, seconds, and the requests behind it."""

    key: str
    name: str
    ended: int
    kept: int
    missed: int
    lengths: tuple[float | None, float | None, float | None, float | None]
    """Mean, median, 80th and 95th percentile."""
    address: str
    missed_address: str

    @property
    def share(self) -> float | None:
        """Percent that were kept, of those that had a target."""
        judged = self.kept + self.missed
        return 100 * self.kept / judged if judged else None


@dataclass(frozen=True, slots=True)
class _Month:
    month: str
    kept: int
    missed: int


@dataclass(frozen=True, slots=True)
class Share:
    """Something promised over a month, and what was reached."""

    id: int
    agreement: str
    name: str
    measure: str
    percent: Decimal
    seconds: int | None
    month: str
    judged: int
    reached: int

    @property
    def is_reached(self) -> bool:
        """Whether the month kept it, to the last of them."""
        return Decimal(100 * self.reached) >= self.percent * self.judged

    @property
    def got(self) -> float:
        """Percent that were reached."""
        return 100 * self.reached / self.judged


@dataclass(frozen=True, slots=True)
class Available:
    """A service that did not work for a while in a month."""

    service_id: int
    service: str
    customer: str
    tickets: list[int]
    seconds: float
    whole_seconds: float
    percent: Decimal | None

    @property
    def got(self) -> float:
        """Percent of the month in which it worked."""
        return 100 * (1 - self.seconds / self.whole_seconds) if self.whole_seconds else 100.0

    @property
    def is_reached(self) -> bool:
        """Whether that is what was promised, if anything was."""
        return self.percent is None or self.got >= float(self.percent)


def figures(
    agent: AgentCard, asked: Asked, *, kind: str = "promise", by: str = "", wall: bool = False
) -> list[Figures]:
    """A line for each promise, topic, team … of these months."""
    by = by or asked.by
    if by == "partner":
        kind = "partner"
    found = rows(
        _Stat, f"{QUERIES}/stats.sql", by=by, kind=kind, wall=wall, since=asked.since,
        until=asked.until, what=asked.promise if kind == "promise" else "", **_seen(agent),
    )  # fmt: skip
    names = _names(by, kind)
    return [_line(one, by, kind, asked, names) for one in found]


def _line(one: _Stat, by: str, kind: str, asked: Asked, names: Mapping[str, str]) -> Figures:
    asks = {
        "kind": kind, "since": asked.since.isoformat(), "until": asked.until.isoformat(),
        "what": asked.promise if kind == "promise" else "",
    }  # fmt: skip
    if by == "month":
        month = date.fromisoformat(f"{one.key}-01")
        last = date.fromordinal(next_month(month).toordinal() - 1)
        asks |= {"since": month.isoformat(), "until": last.isoformat()}
    else:
        asks[by if by in ("topic", "team", "agreement", "priority") else "what"] = one.key
    return Figures(
        key=one.key, name=names.get(one.key, one.key), ended=one.ended, kept=one.kept,
        missed=one.missed, lengths=(one.mean, one.median, one.p80, one.p95),
        address=_behind(asks), missed_address=_behind({**asks, "kept": "no"}),
    )  # fmt: skip


def _behind(asks: Mapping[str, str]) -> str:
    given = {name: value for name, value in asks.items() if value}
    return f"{reverse('console:promises_behind')}?{urlencode(given)}"


def _seen(agent: AgentCard) -> dict[str, Any]:
    seen = sight(agent)
    return {"sees_all": seen["sees_all"], "teams": seen["teams"]}


def _names(by: str, kind: str) -> Mapping[str, str]:
    """What the keys are called."""
    if by == "team" or kind == "team":
        return {key: name for (level, key), name in naming().names.items() if level == "team"}
    if by == "topic":
        return {key: name for (level, key), name in naming().names.items() if level == "topic"}
    if by == "agreement":
        return {one.key: one.name for one in named_agreements()}
    if by == "priority":
        return {key: in_language(word) for key, word in labels.PRIORITIES.items()}
    if kind == "partner":
        known = {str(one.id): one.name for one in directory.partners()}
        return {"0": in_language(NOT_NAMED), **known}
    return measure_names()


def measure_names() -> dict[str, str]:
    """What each promise is called."""
    return {key: in_language(one.label) for key, one in all_measures().items()}


def picture(agent: AgentCard, asked: Asked) -> Picture:
    """Kept and missed, month by month."""
    found = {
        one.month: one
        for one in rows(
            _Month, f"{QUERIES}/months.sql", since=asked.since, until=asked.until,
            what=asked.promise, **_seen(agent),
        )
    }  # fmt: skip
    none = _Month("", 0, 0)
    return stacked(
        in_language(PICTURE),
        asked.each,
        (
            Series(in_language(KEPT), tuple(found.get(m, none).kept for m in asked.each), "good"),
            Series(
                in_language(MISSED), tuple(found.get(m, none).missed for m in asked.each), "alarm"
            ),
        ),
    )


def shares(asked: Asked) -> list[Share]:
    """What agreements promise over a month, with what each month reached."""
    return rows(Share, f"{QUERIES}/shares.sql", since=asked.since, until=asked.until)


def availability(agent: AgentCard, month: date, *, at: datetime) -> list[Available]:
    """The services that worked least in a month; those that always worked are not among them."""
    zone = desk_zone()
    begins, ends = (
        datetime(day.year, day.month, 1, tzinfo=zone) for day in (month, next_month(month))
    )
    default = next((one.key for one in agreements() if one.is_default), "")
    if begins >= at:
        return []
    return rows(
        Available, f"{QUERIES}/availability.sql", begins=begins.astimezone(UTC),
        ends=ends.astimezone(UTC), at=at, default=default, limit=WORST_MAX, **_seen(agent),
    )  # fmt: skip


def total(found: Sequence[Figures]) -> tuple[int, int]:
    """Kept and missed in all."""
    return sum(one.kept for one in found), sum(one.missed for one in found)
