"""People needed today against people on shift, by quarters of an hour.

What comes on such a day is taken from the same days of the last eight weeks, as the figures know
them. Where there is too little of that, the page says so instead of drawing a guess.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from unbroken.console import pictures
from unbroken.console.dashboards import days
from unbroken.console.dashboards.quarters import QUARTERS, Gap, gaps, hour_of, needed
from unbroken.console.many.choices import kept_agents
from unbroken.console.pictures import Picture, Series
from unbroken.ground.kept import KeptMany
from unbroken.ground.sql import row, rows
from unbroken.ground.words import _, current_language, in_language
from unbroken.quality.counting import desk_zone
from unbroken.staffing.permissions import ANSWER
from unbroken.staffing.shift_queries import kept_plans
from unbroken.staffing.shifts import shifts_between

QUERIES = "console/dashboards/queries"
WEEKS, WEEKS_MIN = 8, 4
LOOKED_AT_MAX = 20_000
"""Of more requests than this every second, third … is looked at."""

TIMED_MIN = 30
MINUTES_ASSUMED = 15.0
MINUTES_MIN, MINUTES_MAX = 1.0, 240.0
KEPT_SECONDS = 300.0
QUARTER = timedelta(minutes=15)

TITLE = _("People needed and people on shift, {day}")
NEEDED, ON, SHORT = _("Needed"), _("On shift"), _("Missing")
TOO_SHORT = _(
    "How many people such a day needs can be said once {weeks} weeks are counted. So far: {n}."
)
NOTHING_CAME = _("Nothing came on such days of the last {weeks} weeks.")
MEASURED = _(
    "From the same days of the last {weeks} weeks; {minutes} minutes for a request, as noted. "
    "Four of five are begun within a minute."
)
ASSUMED = _(
    "From the same days of the last {weeks} weeks; {minutes} minutes for a request are assumed, "
    "for too little time is noted. Four of five are begun within a minute."
)
NOBODY_PLANNED = _("No shifts are planned for this day, so there is nothing to compare with.")
ENOUGH = _("Enough people are on shift all day.")
MISSING = _("{first}–{last}: {needed} needed, {on} on shift")


@dataclass(frozen=True, slots=True)
class Need:
    """The picture (None: too little is known), what it rests on, and where people are missing."""

    picture: Picture | None
    basis: str
    verdict: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _History:
    since: date | None
    requests: int


@dataclass(frozen=True, slots=True)
class _Quarter:
    quarter: int
    requests: int
    timed: int
    minutes: int


_kept: KeptMany[Need] = KeptMany(KEPT_SECONDS)


def need_of(teams: Sequence[int] | None, *, at: datetime) -> Need:
    """Today's picture for these teams (None: all), made once in five minutes for all who look."""
    key = (None if teams is None else tuple(sorted(teams)), days.today(at), current_language())
    return _kept.get(key, lambda: _made(teams, at))


def _made(teams: Sequence[int] | None, at: datetime) -> Need:
    today = days.today(at)
    alike = [today - timedelta(weeks=n) for n in range(1, WEEKS + 1)]
    ids = None if teams is None else list(teams)
    past = row(_History, f"{QUERIES}/came_by_day.sql", days=alike, teams=ids)
    assert past is not None
    counted = [day for day in alike if past.since and day >= past.since]
    if len(counted) < WEEKS_MIN:
        return Need(None, in_language(TOO_SHORT, weeks=WEEKS_MIN, n=len(counted)), "")
    if not past.requests:
        return Need(None, in_language(NOTHING_CAME, weeks=len(counted)), "")
    every = past.requests // LOOKED_AT_MAX + 1
    found = rows(
        _Quarter, f"{QUERIES}/came_by_quarter.sql", days=counted, teams=ids, every=every,
        zone=str(desk_zone()),
    )  # fmt: skip
    minutes, is_noted = _minutes(found)
    came = {one.quarter: one.requests * every / len(counted) for one in found}
    people, on = needed(came, handling_seconds=60 * minutes), on_shift(teams, today)
    says = MEASURED if is_noted else ASSUMED
    basis = in_language(says, weeks=len(counted), minutes=f"{minutes:.0f}")
    return _drawn(today, people, on, basis)


def _minutes(found: Sequence[_Quarter]) -> tuple[float, bool]:
    """How long a request keeps somebody busy, and whether that was noted often enough."""
    timed = sum(one.timed for one in found)
    if timed < TIMED_MIN:
        return MINUTES_ASSUMED, False
    mean = sum(one.minutes for one in found) / timed
    return min(max(mean, MINUTES_MIN), MINUTES_MAX), True


def on_shift(teams: Sequence[int] | None, today: date) -> tuple[int, ...]:
    """How many of those who answer in these teams are planned, in each quarter of the day."""
    begins = datetime.combine(today, datetime.min.time(), desk_zone())
    ends, plans, on = begins + timedelta(days=1), kept_plans(), [0] * QUARTERS
    for one in kept_agents():
        is_here = teams is None or not set(teams).isdisjoint(one.team_ids)
        if ANSWER not in one.permissions or not is_here or one.id not in plans:
            continue
        for since, until in shifts_between(plans[one.id], begins, ends):
            first = -(-(since - begins) // QUARTER)
            for n in range(max(first, 0), min((until - begins) // QUARTER, QUARTERS)):
                on[n] += 1
    return tuple(on)


def _drawn(today: date, people: tuple[int, ...], on: tuple[int, ...], basis: str) -> Need:
    missing = gaps(people, on)
    short = {n for gap in missing for n in range(gap.first, gap.last) if people[n] > on[n]}
    less = tuple(float(people[n] - on[n]) if n in short else 0.0 for n in range(QUARTERS))
    picture = pictures.day(
        in_language(TITLE, day=days.weekday(today)),
        (
            Series(in_language(NEEDED), tuple(map(float, people)), "4"),
            Series(in_language(ON), tuple(map(float, on)), "1"),
            Series(in_language(SHORT), less, "risk"),
        ),
    )
    if not any(on):
        return Need(picture, basis, in_language(NOBODY_PLANNED))
    verdict = "" if missing else in_language(ENOUGH)
    return Need(picture, basis, verdict, tuple(map(_in_words, missing)))


def _in_words(gap: Gap) -> str:
    first, last = hour_of(gap.first), hour_of(gap.last)
    return in_language(MISSING, first=first, last=last, needed=gap.needed, on=gap.on)
