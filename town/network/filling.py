"""Links whose traffic grows, or seems to: their busy hours week by week, and when they were full.

Nothing here knows how the forecast works. Traffic grows by so much, by so many per cent or in
steps, or it grows for a while and then no more; over it lie weekdays, summers, holidays, a match
on television, days that are missing, a node that was split. Links are followed for two years.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from unbroken.evidence.filling.weeks import Link, Week

BEGINS = date(2025, 1, 6)
WAYS = ("steady", "by_percent", "saturating", "steps", "flat", "sinking")
PRESENT_WEEK = 40
WEEKS = PRESENT_WEEK + 56


@dataclass(frozen=True, slots=True)
class Ways:
    """How such links differ; from the least to the most. `growth`: of a year, as a share."""

    links: int
    growth: tuple[float, float]
    wobble: tuple[float, float]
    weekday: tuple[float, float]
    summer: tuple[float, float]
    gaps: tuple[float, float]
    events: tuple[float, float]
    turns: float


TUNING = Ways(300, (0.1, 0.9), (0.02, 0.08), (0.0, 0.12), (0.0, 0.08), (0.0, 0.08), (0.0, 0.02),
              0.25)  # fmt: skip
REPORT = Ways(400, (0.05, 1.2), (0.02, 0.12), (0.0, 0.2), (0.0, 0.12), (0.0, 0.2), (0.0, 0.04),
              0.35)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grown:
    """One link: all its weeks, and how its traffic really grew."""

    link: Link
    way: str
    present: date

    @property
    def full_in(self) -> int | None:
        """Weeks from the present until the first full one; None: in none of those followed."""
        for one in self.link.weeks:
            if one.monday >= self.present and one.is_full:
                return (one.monday - self.present).days // 7
        return None


def links(seed: int, ways: Ways) -> list[Grown]:
    """All of them over all their weeks."""
    random = Random(f"filling {seed}")
    return [_link(random, ways, n) for n in range(ways.links)]


def _link(random: Random, ways: Ways, number: int) -> Grown:
    way = random.choice(WAYS)
    level = random.uniform(0.25, 0.85)
    growth = random.uniform(*ways.growth)
    turn = random.randrange(PRESENT_WEEK - 8, WEEKS) if random.random() < ways.turns else WEEKS
    again = random.uniform(0, 1.5)
    base = _trend(random, way, level, growth, turn, again)
    weekday = [random.uniform(0, 1) * random.uniform(*ways.weekday) for _ in range(7)]
    wobble, gap = random.uniform(*ways.wobble), random.uniform(*ways.gaps)
    summer, phase = random.uniform(*ways.summer), random.uniform(0, math.tau)
    events, spell = random.uniform(*ways.events), 0.0
    weeks = []
    for n in range(WEEKS):
        season = 1 - summer * max(0.0, math.sin(math.tau * n / 52 + phase)) ** 2
        shares: list[float | None] = []
        for day in range(7):
            spell = 0.4 * spell + random.gauss(0, wobble)
            share = base[n] * season * (1 - weekday[day]) * (1 + spell)
            if random.random() < events:  # a match on television, a large update
                share *= random.uniform(1.05, 1.3)
            # Nobody carries more than there is: the last tenth is bent.
            share = share if share < 0.9 else 0.9 + 0.1 * math.tanh((share - 0.9) / 0.1)
            shares.append(None if random.random() < gap else round(max(0.0, share), 4))
        weeks.append(Week(BEGINS + timedelta(weeks=n), 100_000, tuple(shares)))
    present = BEGINS + timedelta(weeks=PRESENT_WEEK)
    return Grown(Link(f"link-{number}", tuple(weeks)), way, present)


def _trend(
    random: Random, way: str, level: float, growth: float, turn: int, again: float
) -> list[float]:
    """The level of each week; `level` is that of the present. From `turn` on it grows otherwise."""
    found, now = [], 1.0
    for n in range(WEEKS):
        rate = growth / 52 * (again if n >= turn else 1.0)
        if way == "steady":
            now += rate
        elif way == "by_percent":
            now *= 1 + rate
        elif way == "saturating":
            now += 2.5 * rate * max(0.0, 1 - max(0, n - 20) / 40)
        elif way == "steps" and random.random() < 0.04:
            now *= 1 + random.uniform(0.05, 0.25)
        elif way == "sinking":
            now *= 1 - 0.3 * rate
        found.append(now)
    return [level * one / found[PRESENT_WEEK] for one in found]
