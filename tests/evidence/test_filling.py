"""When a link will be full: said with an interval that holds on links nothing was tuned on."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from town.network.filling import REPORT
from town.network.measure_filling import count, coverage
from unbroken.evidence.filling.becoming import LATER, OPEN, SAID, SOONER, UNKNOWN, WIDENED, became
from unbroken.evidence.filling.forecast import Filling, filling
from unbroken.evidence.filling.weeks import Link, Week

MONDAY = date(2026, 9, 7)


def weeks(shares: list[float], kbit: int = 100_000, random: Random | None = None) -> list[Week]:
    """Weeks up to MONDAY, each as full as told on every day, a little more or less."""
    chance = random or Random(1)
    first = MONDAY - timedelta(weeks=len(shares))
    return [
        Week(first + timedelta(weeks=n), kbit,
             tuple(round(share * chance.uniform(0.97, 1.03), 4) for _ in range(7)))
        for n, share in enumerate(shares)
    ]  # fmt: skip


def told_of(shares: list[float]) -> Filling | None:
    return filling(Link("l", tuple(weeks(shares))), MONDAY)


def test_eight_of_ten_links_are_full_within_what_was_said_on_links_nobody_tuned_on() -> None:
    """More are allowed: the interval says “not before”, and nobody sees the end of that."""
    few = replace(REPORT, links=30)

    found = count([923_001], few)

    assert sum(found.inside.values()) >= 10
    assert coverage(found) >= 0.7
    assert found.never[True] >= 0.9 * sum(found.never.values())


def test_a_link_that_grows_is_full_between_two_dates_and_one_that_does_not_is_not() -> None:
    grows = told_of([0.50 + 0.02 * n for n in range(12)])
    stands = told_of([0.45] * 12)

    assert grows is not None
    assert grows.soonest is not None
    assert grows.latest is not None
    assert grows.soonest <= 38 <= grows.latest
    assert 0.015 < grows.a_week < 0.025
    assert stands is not None
    assert (stands.soonest, stands.quarter) == (None, 0.0)


def test_too_little_known_is_no_forecast_and_a_wider_link_starts_anew() -> None:
    assert told_of([0.5, 0.6, 0.7]) is None

    before, after = weeks([0.7] * 12)[:8], weeks([0.7] * 12, 400_000)[8:]
    halved = [Week(one.monday, one.kbit, tuple((s or 0) / 4 for s in one.shares)) for one in after]
    wider = filling(Link("l", (*before, *halved)), MONDAY)

    assert wider is not None
    assert wider.level < 0.25
    assert wider.soonest is None


def test_the_same_weeks_give_the_same_forecast() -> None:
    shares = [0.6 + 0.01 * n for n in range(12)]
    assert told_of(shares) == told_of(shares)


def test_afterwards_it_is_known_whether_it_came_as_said() -> None:
    """Accidents: the counters fall silent; somebody makes the link wider meanwhile."""
    listed = MONDAY - timedelta(weeks=10)
    quiet, full = [0.6] * 6, [0.9] * 4
    some = weeks(quiet + full + [0.9] * 6)

    def what(soonest: int | None, latest: int | None, of: list[Week] = some) -> str:
        return became(of, listed, MONDAY, soonest=soonest, latest=latest).what

    assert what(None, None, weeks([0.6] * 20)) == OPEN
    assert what(0, 30, weeks([0.6] * 20)) == LATER
    assert what(0, 70) == SAID
    assert what(40, 70) == SOONER
    assert what(0, 70, some[:6]) == UNKNOWN
    wider = [*some[:6], *weeks([0.3] * 16, 200_000)[6:]]
    assert what(0, 70, wider) == WIDENED
