"""Shifts over midnight, as people say them: 22:00–06:00 on the day on which it begins. Pure.

Kept are the hours of each day by themselves (22:00–24:00, and 00:00–06:00 on the next), since a
promise counts days. Only what begins later than it ends is taken for one night, so two whole days
in a row stay two.
"""

from collections.abc import Mapping, Sequence

from unbroken.calendars.definition import DAYS

Spans = Sequence[Sequence[str]]
MIDNIGHT, END = "00:00", "24:00"


def split(spans: Spans) -> tuple[list[list[str]], list[list[str]]]:
    """What of these spans is on the day itself, and what on the next."""
    today: list[list[str]] = []
    tomorrow: list[list[str]] = []
    for opens, closes in spans:
        if closes < opens:
            today.append([opens, END])
            if closes != MIDNIGHT:
                tomorrow.append([MIDNIGHT, closes])
        else:
            today.append([opens, closes])
    return today, tomorrow


def goes_on(day: Spans, following: Spans) -> bool:
    """Whether the last shift of a day ends on the next."""
    if not day or not following:
        return False
    last, first = _in_order(day)[-1], _in_order(following)[0]
    return last[1] == END and first[0] == MIDNIGHT and first[1] < last[0]


def begun(before: Spans, day: Spans, following: Spans) -> list[list[str]]:
    """The shifts that begin on this day, each to its end."""
    spans = _in_order(day)
    if goes_on(before, day):
        spans = spans[1:]
    if spans and goes_on(day, following):
        spans[-1] = [spans[-1][0], _in_order(following)[0][1]]
    return spans


def rest_of(before: Spans, day: Spans) -> list[list[str]]:
    """What of this day is the end of a shift that began on the day before."""
    return [_in_order(day)[0]] if goes_on(before, day) else []


def week_as_said(week: Mapping[str, Spans]) -> dict[str, list[list[str]]]:
    """A repeating week, by the day on which each shift begins."""
    return {
        day: begun(week.get(DAYS[number - 1], ()), week.get(day, ()), week.get(_after(day), ()))
        for number, day in enumerate(DAYS)
    }


def week_as_kept(said: Mapping[str, Spans]) -> dict[str, list[list[str]]]:
    """The other way round; Sunday's night ends on Monday."""
    parts = {day: split(said.get(day, ())) for day in DAYS}
    return {
        day: sorted([*parts[DAYS[number - 1]][1], *parts[day][0]])
        for number, day in enumerate(DAYS)
    }


def _in_order(spans: Spans) -> list[list[str]]:
    return sorted(list(one) for one in spans)


def _after(day: str) -> str:
    return DAYS[(DAYS.index(day) + 1) % len(DAYS)]
