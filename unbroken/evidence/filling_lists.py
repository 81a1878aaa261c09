"""Adds up the busy hours of every week, and says each Monday which links will be full, and when.

On the first Monday the weeks whose readings are still kept are added up too, and the lists of the
Mondays before are made from what had been recorded before each: so a desk knows from the first day
how often such forecasts come true here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings

from unbroken.evidence.ageing_lists import monday_of
from unbroken.evidence.filling.becoming import OPEN, Became, became
from unbroken.evidence.filling.forecast import WEEKS_MIN, WINDOW_WEEKS, Filling, filling
from unbroken.evidence.filling.weeks import Link
from unbroken.evidence.queries import link_days
from unbroken.evidence.queries.link_days import Place
from unbroken.evidence.state import filling as kept
from unbroken.evidence.state.filling import Entry, Listed, Made
from unbroken.evidence.state.outside import mark_of, set_mark

WEEK = timedelta(days=7)
BACK_WEEKS = 8
FOLLOWED = timedelta(weeks=60)
SOURCE = "weeks of links"
LISTED_DAYS = 182
LISTED_CHANCE = 0.3


@dataclass
class _List:
    """A list in the making."""

    monday: date
    is_backcast: bool
    looked_at: int = 0
    calm: int = 0
    entries: list[Listed] = field(default_factory=list)


def make_due(at: datetime, *, is_over: Callable[[], bool] = lambda: False) -> int:
    """The weeks that are over and the list of this one, if not made yet; how many lists were made.

    Between batches `is_over` may rest; once it is true, nothing more is kept.
    """
    monday = monday_of(at.date())
    there = kept.mondays()
    if monday in there:
        return 0
    places = link_days.places()
    if not places or not _add_weeks(places, monday, at, is_over):
        return 0
    lists = [_List(monday, False)]
    first = kept.first_week()
    if first is None:
        return 0
    if not there:
        since = max(first + WEEKS_MIN * WEEK, monday - BACK_WEEKS * WEEK)
        lists = [
            _List(since + n * WEEK, True) for n in range(max(0, (monday - since).days // 7))
        ] + lists  # fmt: skip
    return _make(lists, places, at, is_over)


def is_listed(told: Filling) -> bool:
    """Whether somebody should see it: it is full, or likely so within half a year."""
    return (
        told.is_full
        or (told.likely is not None and told.likely <= LISTED_DAYS)
        or told.quarter >= LISTED_CHANCE
    )


def _add_weeks(
    places: Sequence[Place], monday: date, at: datetime, is_over: Callable[[], bool]
) -> bool:
    """All weeks that are over and were not added up yet; False when it was told to stop."""
    mark = mark_of(SOURCE)
    oldest = monday_of((at - timedelta(days=settings.UNBROKEN.readings_days)).date()) + WEEK
    start = monday - (WINDOW_WEEKS + BACK_WEEKS) * WEEK
    week = date.fromisoformat(mark) if mark else max(oldest, start)
    while week < monday:
        for n in range(0, len(places), link_days.BATCH):
            kept.keep_weeks(list(link_days.weeks_of(places[n : n + link_days.BATCH], week)))
            if n and is_over():
                return False
        week += WEEK
        set_mark(SOURCE, week.isoformat(), at=at)
    return True


def _make(
    lists: Sequence[_List], places: Sequence[Place], at: datetime, is_over: Callable[[], bool]
) -> int:
    monday = lists[-1].monday
    by_link = {one.link: one for one in places}
    watched: dict[str, list[Entry]] = {}
    for entry in kept.open_entries():
        watched.setdefault(entry.link, []).append(entry)
    found: dict[int, Became] = {}
    known = [key for key, _service in kept.known_links() if key in by_link or key in watched]
    for n in range(0, len(known), link_days.BATCH):
        for link in kept.links_of(known[n : n + link_days.BATCH], monday - FOLLOWED):
            if link.key in by_link:
                _judge(lists, by_link[link.key], link)
            for entry in watched.get(link.key, ()):
                found[entry.id] = _became(entry, link, monday)
        if n and is_over():
            return 0
    kept.keep(
        [Made(one.monday, one.is_backcast, len(known), one.looked_at, one.calm, one.entries)
         for one in lists],
        {number: what for number, what in found.items() if what.what != OPEN}, at=at,
    )  # fmt: skip
    _follow_backcasts(lists, at)
    return len(lists)


def _judge(lists: Sequence[_List], place: Place, link: Link) -> None:
    for one in lists:
        before = link.until(one.monday)
        told = filling(before, one.monday)
        if told is None:
            continue
        one.looked_at += 1
        one.calm += told.soonest is None and not told.is_full
        if is_listed(told):
            kbit = before.weeks[-1].kbit
            one.entries.append(Listed(told, place.service_id, place.services, kbit))


def _became(entry: Entry, link: Link, today: date) -> Became:
    return became(link.weeks, entry.monday, today, soonest=entry.soonest, latest=entry.latest)


def _follow_backcasts(lists: Sequence[_List], at: datetime) -> None:
    """What became of lists made afterwards is known at once."""
    monday = lists[-1].monday
    entries = [one for one in kept.open_entries() if one.monday < monday]
    if len(lists) == 1 or not entries:
        return
    links = {one.key: one for one in kept.links_of(
        sorted({one.link for one in entries}), monday - FOLLOWED)}  # fmt: skip
    told = {one.id: _became(one, links[one.link], monday) for one in entries}
    kept.keep([], {key: what for key, what in told.items() if what.what != OPEN}, at=at)
