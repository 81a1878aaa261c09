"""Work as it comes through a week: which hours are open, who is needed in them. Pure.

A week has 672 quarters of an hour, from Monday 0:00. It falls into three bands that are staffed and
paid differently: the day (Monday to Friday, 8 to 18), the evening (what else lies between 8 and
22) and the night.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from unbroken.staffing.erlang import Load, need, service

QUARTERS_A_DAY: Final = 96
QUARTERS_A_WEEK: Final = 7 * QUARTERS_A_DAY
WEEKS_A_MONTH: Final = 365.25 / 12 / 7
DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY, EVENING, NIGHT = "day", "evening", "night"
BANDS: Final = (DAY, EVENING, NIGHT)

Week = Mapping[str, Sequence[Sequence[str]]]
Hours = Mapping[str, float]
"""Hours a week, or anything else, by band."""


def band_of(quarter: int) -> str:
    """In which band a quarter of the week lies."""
    day, place = divmod(quarter, QUARTERS_A_DAY)
    if 32 <= place < 72 and day < 5:
        return DAY
    return EVENING if 32 <= place < 88 else NIGHT


def open_quarters(week: Week) -> frozenset[int]:
    """Which quarters of a week lie in these hours, begun ones too."""
    found: set[int] = set()
    for number, day in enumerate(DAYS):
        for opens, closes in week.get(day, ()):
            first = _minutes(opens) // 15
            last = -(-_minutes(closes) // 15)
            found.update(number * QUARTERS_A_DAY + place for place in range(first, last))
    return frozenset(found)


def hours_by_band(quarters: Iterable[int]) -> dict[str, float]:
    """How many hours a week that is, band by band."""
    hours = dict.fromkeys(BANDS, 0.0)
    for quarter in quarters:
        hours[band_of(quarter)] += 0.25
    return hours


def spread(a_month: float, hours: Hours, pace: Hours) -> dict[str, float]:
    """How many an hour come in each band, of so many a month that are dealt with in these hours.

    They come at the pace at which all others come; what comes outside these hours waits for them.
    """
    weights = {band: hours[band] * pace[band] for band in BANDS}
    whole = math.fsum(weights.values())
    if not whole:
        weights, whole = dict(hours), math.fsum(hours.values())
    if not whole:
        return dict.fromkeys(BANDS, 0.0)
    a_week = a_month / WEEKS_A_MONTH
    return {
        band: a_week * weights[band] / whole / hours[band] if hours[band] else 0.0 for band in BANDS
    }


def people(
    load: Load, *, within_seconds: float, service_level: float, occupancy_max: float
) -> float:
    """How many people a load needs, parts of a person too: what the next request costs.

    Between two whole numbers the share answered in time is taken to grow evenly, so a little more
    work needs a little more of somebody. Nothing needs nobody.
    """
    if not load.calls:
        return 0.0
    found = need(
        load,
        within_seconds=within_seconds,
        service_level=service_level,
        occupancy_max=occupancy_max,
    )
    fewer = found.agents - 1
    busy = min(load.erlangs / occupancy_max, float(found.agents))
    less = service(load, fewer, within_seconds=within_seconds).service_level if fewer else 0.0
    if less >= service_level:  # quick enough, but overloaded
        return max(float(fewer), busy)
    part = (service_level - less) / (found.service_level - less)
    return max(fewer + part, busy)


def _minutes(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)
