"""Lines that will soon fail: what is said of one, what is not, and what became of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from town.network.ageing import TUNING, town
from town.network.measure_ageing import count
from unbroken.evidence.ageing.becoming import became
from unbroken.evidence.ageing.climate import climate
from unbroken.evidence.ageing.days import Day, Line, Told, days_of, values
from unbroken.evidence.ageing.judging import Ageing, ageing
from unbroken.evidence.ageing.slope import slope

MONDAY = date(2026, 6, 1)
FIRST = MONDAY - timedelta(days=70)
WOBBLE = (0.1, -0.2, 0.15, 0.0, -0.1, 0.2, -0.15)


def line(margin: Callable[[int], float], *, drops: int = 0) -> Line:
    """Ten weeks of a copper line."""
    return Line("s-1", "line-1", tuple(
        Day(FIRST + timedelta(n), margin=margin(n) + WOBBLE[n % 7], drops=drops) for n in range(70)
    ))  # fmt: skip


def said(one: Line, **climates: dict[date, float]) -> Ageing | None:
    return ageing(one, MONDAY, climates)


def test_a_margin_that_sinks_week_by_week_is_named_with_the_days_that_are_left() -> None:
    found = said(line(lambda n: 10 - 0.09 * n))

    assert found is not None
    assert found.chance > 0.6
    (sign,) = found.signs
    assert sign.kind == "margin"
    assert -0.75 < sign.a_week < -0.5
    assert sign.soonest is not None
    assert sign.soonest < 10 < (sign.latest or 999)
    assert len(sign.weeks) == 10


def test_what_is_steady_low_mended_or_switched_over_once_is_not_named() -> None:
    """Accident: a crew for a line that got another profile, or that was always low."""
    assert said(line(lambda n: 10.0)) is None
    assert said(line(lambda n: 4.5)) is None
    assert said(line(lambda n: 10.0 if n < 40 else 6.0)) is None
    assert said(line(lambda n: 10 - 0.1 * n if n < 50 else 10.0)) is None


def test_a_summer_that_all_lines_feel_is_no_fault_and_hides_none() -> None:
    heat = {FIRST + timedelta(n): -0.04 * n + WOBBLE[n % 7] * 2 for n in range(70)}

    warm = Line("s", "l", tuple(
        Day(day, margin=9 + felt + 0.05 * (day.toordinal() % 3)) for day, felt in heat.items()
    ))  # fmt: skip
    fading = Line("s", "l", tuple(
        Day(day, margin=11 + felt - 0.08 * n) for n, (day, felt) in enumerate(heat.items())
    ))  # fmt: skip

    assert said(warm, margin=heat) is None
    assert said(fading, margin=heat) is not None


def test_nothing_is_said_of_a_line_that_is_hardly_known_or_fails_already() -> None:
    sinking = line(lambda n: 10 - 0.09 * n)
    assert said(Line("s", "l", sinking.days[-10:])) is None
    assert said(Line("s", "l", sinking.days[:50])) is None
    assert said(line(lambda n: 10 - 0.09 * n, drops=3)) is None


def test_a_counter_that_began_anew_is_not_taken_for_less_than_nothing() -> None:
    """Accident: the device restarted, and its counter stands at five again."""
    told = [Told(FIRST + timedelta(n), None, None, total, None)
            for n, total in enumerate((100.0, 130.0, 5.0, 25.0))]  # fmt: skip
    assert [one.errored for one in days_of(told, {})] == [None, 30.0, 5.0, 20.0]


def test_a_third_of_nonsense_does_not_bend_the_slope() -> None:
    points = [(FIRST + timedelta(n), 60.0 if n % 4 == 1 else 10 - 0.1 * n) for n in range(40)]
    found = slope(points)
    assert found is not None
    assert abs(found.a_day + 0.1) < 0.02


def test_what_became_of_a_line_is_told_from_its_days_and_its_customers_reports() -> None:
    before = line(lambda n: 6.0).days

    def days(after: Callable[[int], Day]) -> tuple[Day, ...]:
        return (*before, *(after(n) for n in range(30)))

    def what(found: tuple[Day, ...], **more: object) -> tuple[str, date | None]:
        told = became(found, MONDAY, MONDAY + timedelta(30), kinds=("margin",), **more)  # type: ignore[arg-type]
        return told.what, told.on

    on = [MONDAY + timedelta(n) for n in range(30)]
    calm = days(lambda n: Day(on[n], margin=6.0))
    assert what(calm) == ("held", MONDAY + timedelta(28))
    assert what(calm, reported=[on[9]]) == ("failed", on[9])
    assert what(days(lambda n: Day(on[n], margin=5.0, drops=5 * (n == 12)))) == ("failed", on[12])
    assert what(days(lambda n: Day(on[n], margin=6.0 if n < 8 else 10.0))) == ("mended", on[8])
    assert what(before)[0] == "unknown"
    assert became(calm, MONDAY, on[5], kinds=("margin",)).what == "open"


def test_in_a_town_most_that_are_named_fail_and_most_that_fail_slowly_are_named() -> None:
    """The figures of docs/diagnosis.md in small: a change of a threshold shows here first."""
    found = count([0], replace(TUNING, lines=90, faulty=0.3), weeks=2)

    came = sum(one for _, one in found.entries)
    assert came / len(found.entries) >= 0.8
    slow = sum(found.announced[one] for one in ("corroding", "fading", "noise"))
    assert sum(found.foreseen.values()) / slow >= 0.6
    assert found.foreseen["sudden"] <= 1


def test_what_all_lines_share_needs_many_lines() -> None:
    people = town(3, replace(TUNING, lines=30))
    lines = [values(one.line.days, "margin", dry=False) for one in people]
    assert climate(lines[:5]) == {}
    assert len(climate(lines)) > 100
