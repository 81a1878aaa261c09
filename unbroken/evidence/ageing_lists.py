"""Makes the weekly list of lines that will soon fail, and looks what became of the earlier ones.

On the first Monday the lists of the six before are made too, each from what had been recorded
before its own Monday: so a desk knows from the first day how often such lists come true here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from unbroken.evidence.ageing.becoming import Became, became, first_failure
from unbroken.evidence.ageing.climate import Climate, climate
from unbroken.evidence.ageing.days import LIGHT, MARGIN, Line, values
from unbroken.evidence.ageing.judging import AHEAD_DAYS, LOOKED_AT, Ageing, ageing
from unbroken.evidence.queries import line_days
from unbroken.evidence.queries.line_days import LinePlace
from unbroken.evidence.state import ageing as kept
from unbroken.evidence.state.ageing import Entry, Made

WEEK = timedelta(days=7)
BACK_WEEKS = 6
SAMPLE = 400
"""So many lines, spread over the network, tell what all have in common."""

REPORTED_AFTER = timedelta(days=14)
FOLLOWED = timedelta(days=AHEAD_DAYS) + REPORTED_AFTER


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


@dataclass
class _Week:
    """A list in the making."""

    monday: date
    is_backcast: bool
    before: frozenset[int] = frozenset()
    looked_at: int = 0
    failed: list[int] = field(default_factory=list)
    entries: list[tuple[LinePlace, Ageing]] = field(default_factory=list)


def make_due(at: datetime, *, is_over: Callable[[], bool] = lambda: False) -> int:
    """The list of this week, if it was not made yet; how many lists were made.

    Between batches `is_over` may rest; once it is true, nothing is kept.
    """
    monday, there = monday_of(at.date()), kept.mondays()
    if monday in there:
        return 0
    weeks = [_Week(monday, False)]
    if not there:
        weeks = [_Week(monday - n * WEEK, True) for n in range(BACK_WEEKS, 0, -1)] + weeks
    places = line_days.line_places()
    since = weeks[0].monday - LOOKED_AT
    climates = _climates(places, [one.monday for one in weeks], since)
    open_ = kept.open_entries(since=monday - FOLLOWED - WEEK)
    watched: dict[int, list[Entry]] = {}
    for entry in open_:
        watched.setdefault(entry.service_id, []).append(entry)
    reports = line_days.reports_of([one.service_id for one in places], since, monday)
    told: dict[int, tuple[Became, int]] = {}
    for n in range(0, len(places), line_days.BATCH):
        some = places[n : n + line_days.BATCH]
        for place, line in zip(some, line_days.lines_of(some, since, monday), strict=True):
            if not line.days:
                continue
            _judge(weeks, place, line, climates)
            for entry in watched.get(place.service_id, ()):
                told[entry.id] = _became(entry, line, monday, reports.get(place.service_id, ()))
        if is_over():
            return 0
    kept.keep(_made(weeks, open_, len(places)), told, at=at)
    _follow_backcasts(weeks, places, reports, at)
    return len(weeks)


def _climates(
    places: Sequence[LinePlace], mondays: Sequence[date], since: date
) -> Mapping[date, Mapping[str, Climate]]:
    """What lines had in common, as it looked on each Monday."""
    step = max(1, len(places) // SAMPLE)
    sample = list(line_days.lines_of(places[::step][:SAMPLE], since, max(mondays)))
    found = {}
    for monday in mondays:
        there = [one.until(monday) for one in sample]
        days = [[d for d in one.days if d.on >= monday - LOOKED_AT] for one in there]
        found[monday] = {
            kind: climate(values(some, kind, dry=False) for some in days)
            for kind in (MARGIN, LIGHT)
        }
    return found


def _judge(
    weeks: Sequence[_Week], place: LinePlace, line: Line,
    climates: Mapping[date, Mapping[str, Climate]],
) -> None:  # fmt: skip
    for week in weeks:
        known = line.until(week.monday)
        if not known.days or known.days[-1].on < week.monday - WEEK:
            continue
        week.looked_at += 1
        found = ageing(known, week.monday, climates[week.monday])
        if found is not None:
            week.entries.append((place, found))
        if first_failure(line.days, week.monday - WEEK, week.monday) is not None:
            week.failed.append(place.service_id)


def _became(entry: Entry, line: Line, today: date, reported: Sequence[date]) -> tuple[Became, int]:
    after = [day for day in reported if day >= entry.monday]
    what = became(line.days, entry.monday, today, kinds=entry.kinds, reported=after)
    until = (what.on or entry.monday + timedelta(days=AHEAD_DAYS)) + REPORTED_AFTER
    return what, sum(day < until for day in after)


def _made(weeks: Sequence[_Week], open_: Sequence[Entry], lines: int) -> list[Made]:
    """What failed in the week before was foreseen if a list of the four before that named it."""
    listed = {(one.service_id, one.monday) for one in open_}
    listed |= {(place.service_id, week.monday) for week in weeks for place, _ in week.entries}
    found = []
    for week in weeks:
        earlier = [week.monday - n * WEEK for n in range(1, 5)]
        foreseen = [one for one in week.failed if any((one, day) in listed for day in earlier)]
        found.append(Made(week.monday, week.is_backcast, lines, week.looked_at,
                          len(week.failed), len(foreseen), week.entries))  # fmt: skip
    return found


def _follow_backcasts(
    weeks: Sequence[_Week], places: Sequence[LinePlace],
    reports: Mapping[int, Sequence[date]], at: datetime,
) -> None:  # fmt: skip
    """What became of lists made afterwards is known at once."""
    monday = weeks[-1].monday
    entries = [one for one in kept.open_entries(since=weeks[0].monday) if one.monday < monday]
    if len(weeks) == 1 or not entries:
        return
    watched = {one.service_id for one in entries}
    some = [one for one in places if one.service_id in watched]
    lines = line_days.lines_of(some, weeks[0].monday - LOOKED_AT, monday)
    by_number = {place.service_id: line for place, line in zip(some, lines, strict=True)}
    kept.keep([], {
        one.id: _became(one, by_number[one.service_id], monday, reports.get(one.service_id, ()))
        for one in entries if one.service_id in by_number
    }, at=at)  # fmt: skip
