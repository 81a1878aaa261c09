"""A week of shifts: covered where people suffice, gaps said where not, rules kept, judged 0–100."""

from collections import defaultdict
from itertools import pairwise

from unbroken.staffing.planning import (
    HOURS,
    REST_HOURS,
    Planned,
    Shift,
    Worker,
    choices,
    marks,
    people_there,
    plan,
    quality,
)

SHIFTS = tuple(one for one in choices() if one.begins in (6, 14, 22))


def needed(by_day: int, at_night: int = 0) -> list[int]:
    return [by_day if 6 <= hour % 24 < 22 else at_night for hour in range(HOURS)]


def planned(need: list[int], people: int, **values: object) -> tuple[Planned, list[Worker]]:
    workers = [Worker(n, **values) for n in range(people)]  # type: ignore[arg-type]
    return plan(need, workers, SHIFTS, seconds_max=5), workers


def test_enough_people_leave_no_gap_and_nobody_works_more_than_their_hours() -> None:
    found, workers = planned(needed(1, 1), 6)

    assert found.missing == 0
    assert all(found.hours_of(one.id) <= 40 for one in workers)
    assert quality(marks(found.shifts, found.need, workers)) > 80


def test_nobody_begins_before_eleven_hours_of_rest() -> None:
    found, _workers = planned(needed(2, 1), 5)

    theirs = defaultdict(list)
    for (who, day), shift in found.shifts.items():
        theirs[who].append((24 * day + shift.begins, 24 * day + shift.ends))
    for spans in theirs.values():
        spans.sort()
        for (_begins, ends), (begins, _ends) in pairwise(spans):
            assert begins - ends >= REST_HOURS


def test_too_few_people_leave_a_gap_that_is_said() -> None:
    found, workers = planned(needed(3, 1), 2)

    told = marks(found.shifts, found.need, workers)
    assert found.missing == sum(found.need) - 2 * 40
    assert next(one for one in told if one.key == "cover").value == found.missing
    assert quality(told) < 80


def test_whoever_is_away_is_not_planned() -> None:
    found, _workers = planned(needed(1), 2, away=frozenset({0, 1}))

    assert not [day for _who, day in found.shifts if day in (0, 1)]


def test_sundays_night_ends_on_monday() -> None:
    there = people_there({(1, 6): Shift(22, 30)})

    assert [hour for hour, count in enumerate(there) if count] == [*range(6), 166, 167]


def test_a_roster_that_tires_overloads_and_leaves_gaps_is_worth_little() -> None:
    bad = {(1, 0): Shift(22, 30), **{(1, day): Shift(6, 18) for day in range(1, 7)}}
    workers = [Worker(1, hours_max=40), Worker(2)]

    told = {one.key: one for one in marks(bad, needed(4, 2), workers)}

    assert told["rest"].value == 1, "from a night straight into the next morning"
    assert told["overload"].value == 80 - 40
    assert quality(list(told.values())) < 50
