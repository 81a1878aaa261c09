"""A town whose lines grow old: what their devices tell day by day, and the truth about each.

Nothing here knows how the judge works. A line has a level that its fault moves; breaks, errors
and trainings follow from the level; weather, seasons, new ports, gaps in the records and the
mending of what broke lie over it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from unbroken.evidence.ageing.days import Line, Told, days_of

BEGINS = date(2026, 3, 2)
FAULTS = ("corroding", "fading", "noise", "sudden")
HARMLESS = ("step", "wet", "pause", "low")


@dataclass(frozen=True, slots=True)
class Ways:
    """How such towns differ; from the least to the most."""

    lines: int
    days: int
    faulty: float
    harmless: float
    heat_db: tuple[float, float]
    weather_db: tuple[float, float]
    wobble_db: tuple[float, float]
    rainy: tuple[float, float]
    gaps: tuple[float, float]
    fade_db_a_week: tuple[float, float]


TUNING = Ways(200, 182, 0.18, 0.25, (0.3, 1.2), (0.1, 0.5), (0.1, 0.5), (0.15, 0.4), (0.0, 0.1),
              (0.4, 1.5))  # fmt: skip
REPORT = Ways(240, 196, 0.14, 0.35, (0.2, 2.0), (0.1, 0.8), (0.1, 0.8), (0.1, 0.6), (0.0, 0.25),
              (0.25, 2.0))  # fmt: skip


@dataclass
class Grown:
    """One line: its records, and what was true. `failed`: its first day with a fault felt."""

    line: Line
    fault: str
    failed: date | None = None


@dataclass
class _Home:
    key: str
    is_fibre: bool
    level: float
    heat: float
    wobble: float
    fault: str
    begins: int
    a_day: float
    mended: int | None = None
    failed: int | None = None
    told: list[Told] = field(default_factory=list)
    drops: dict[date, int] = field(default_factory=dict)


def town(seed: int, ways: Ways) -> list[Grown]:
    """All its lines over all its days."""
    random = Random(f"ageing {seed}")
    weather = _weather(random, ways)
    rainy = random.uniform(*ways.rainy)
    wet = [random.random() < rainy for _ in range(ways.days)]
    gap = random.uniform(*ways.gaps)
    blind = random.randrange(40, ways.days) if random.random() < 0.5 else -9
    found = []
    for number in range(ways.lines):
        home = _home(random, ways, number)
        _live(random, home, weather, wet, gap, blind)
        dampened = frozenset(BEGINS + timedelta(n) for n, one in enumerate(wet) if one)
        line = Line(home.key, home.key, days_of(home.told, home.drops, dampened))
        failed = None if home.failed is None else BEGINS + timedelta(home.failed)
        found.append(Grown(line, home.fault, failed))
    return found


def _weather(random: Random, ways: Ways) -> list[float]:
    """What the season and single warm weeks take from every margin, as the middle line feels it."""
    heat, wobble = random.uniform(*ways.heat_db), random.uniform(*ways.weather_db)
    phase, spell, found = random.uniform(0, math.tau), 0.0, []
    for day in range(ways.days):
        spell = 0.8 * spell + random.gauss(0, wobble * 0.6)
        found.append(heat * math.sin(math.tau * day / 365 + phase) + spell)
    return found


def _home(random: Random, ways: Ways, number: int) -> _Home:
    is_fibre = random.random() < 0.4
    drawn, fault = random.random(), ""
    if drawn < ways.faulty:
        fault = random.choice(("fading", "fading", "sudden") if is_fibre else
                              ("corroding", "corroding", "noise", "sudden"))  # fmt: skip
    elif drawn < ways.faulty + ways.harmless:
        fault = random.choice(("step", "pause") if is_fibre else HARMLESS)
    level = random.uniform(-24, -15) if is_fibre else random.uniform(6, 13)
    if fault == "low":
        level = random.uniform(4.2, 5.5)
    a_day = random.uniform(*ways.fade_db_a_week) / 7 * (0.7 if is_fibre else 1.0)
    return _Home(
        f"line-{number}", is_fibre, level, random.uniform(0.3, 1.8),
        random.uniform(*ways.wobble_db), fault, random.randrange(20, ways.days), a_day,
    )  # fmt: skip


def _live(
    random: Random, home: _Home, weather: list[float], wet: list[bool], gap: float, blind: int
) -> None:
    errored, retrains = random.randrange(9000), random.randrange(400)
    base = random.uniform(2, 60)
    for day, felt in enumerate(weather):
        level = home.level - _lost(home, day)
        noise = 0.35 * home.wobble if home.is_fibre else home.wobble
        shown = level + random.gauss(0, noise)
        if not home.is_fibre:
            shown -= home.heat * felt
        breaks = _breaks(random, home, day, shown, is_wet=wet[day])
        _note_failure(random, home, day, breaks, shown)
        if home.fault == "noise" and day >= home.begins and home.mended is None:
            base = min(20_000.0, base * (1 + home.a_day / 1.5))
        elif home.mended is not None and day >= home.mended:
            base = min(base, 40.0)
        stress = 0 if home.is_fibre else 500 * 2 ** (-(max(shown, 0.5) - 2) * 1.5)
        today = round(random.gauss(1, 0.25) * base + stress + 8 * breaks)
        today = max(0, today) + (
            random.randrange(300, 1500) if home.fault == "wet" and wet[day] else 0
        )
        errored, retrains = errored + today, retrains + breaks
        if random.random() < 0.004:  # it was started anew: counters begin at nought
            errored, retrains = today, breaks
        on = BEGINS + timedelta(day)
        home.drops[on] = breaks
        if random.random() < gap or blind <= day < blind + 6:
            continue
        copper = not home.is_fibre
        home.told.append(
            Told(on, round(max(0.0, shown), 1) if copper else None,
                 None if copper else round(shown, 2),
                 float(errored) if copper else None, float(retrains) if copper else None)
        )  # fmt: skip


def _lost(home: _Home, day: int) -> float:
    """What its fault has taken from its level by this day."""
    if home.mended is not None and day >= home.mended:
        return 0.0
    age = day - home.begins
    if age < 0:
        return 0.0
    if home.fault in ("corroding", "fading"):
        return home.a_day * age * (1 + age / 200)
    if home.fault == "step":
        return 2.0
    if home.fault == "pause":  # it sank for a while, and then no more
        return home.a_day * min(age, 10)
    if home.fault == "sudden":
        return 0.0 if age < 1 else 14.0
    return 0.0


def _breaks(random: Random, home: _Home, day: int, shown: float, *, is_wet: bool) -> int:
    """How often its session broke because of the line."""
    expected = 0.05 if random.random() < 0.9 else 0.6
    floor = -27.2 if home.is_fibre else 2.6
    expected += min(9.0, 3.0 * math.exp(2.2 * (floor - shown)))
    if home.fault == "noise" and day >= home.begins and home.mended is None:
        expected += min(9.0, 0.02 * math.exp((day - home.begins) * home.a_day * 0.8))
    if home.fault == "wet" and is_wet:
        expected += 0.7
    count, left = 0, random.expovariate(1)
    while left < expected and count < 40:
        count, left = count + 1, left + random.expovariate(1)
    return count


def _note_failure(random: Random, home: _Home, day: int, breaks: int, shown: float) -> None:
    """The customer had it; some days later it is mended."""
    is_faulty = home.fault in FAULTS and day >= home.begins
    dark = home.is_fibre and shown < -28.5
    if is_faulty and home.failed is None and (breaks >= 3 or dark):
        home.failed = day
        home.mended = day + random.randrange(3, 15)


def truth(found: list[Grown]) -> Mapping[str, Grown]:
    """By line."""
    return {one.line.service: one for one in found}
