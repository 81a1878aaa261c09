"""How much longer it takes: learned from what was, honest about what is still open."""

import csv
import json
import random
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import fmean, median

import pytest

from unbroken.routing.commands import eta_backtest
from unbroken.routing.estimate.backtest import Answer, answers
from unbroken.routing.estimate.curve import kaplan_meier, quantile
from unbroken.routing.estimate.learning import TooLittle, learn
from unbroken.routing.estimate.log import Case, NotALog, cases_of, read_log, step_at
from unbroken.routing.estimate.standing import standings
from unbroken.routing.estimate.stored import from_bytes, to_bytes
from unbroken.routing.estimate.week import HOUR, WEEK, Week

MONDAY = datetime(2025, 1, 6, tzinfo=UTC)
DAY = 24 * HOUR


def some_cases(count: int, *, seed: int, first: int = 0) -> Iterator[Case]:
    """Routers take a day or so, billing takes an hour; both work by day only."""
    luck = random.Random(seed)
    for number in range(first, first + count):
        at = MONDAY + timedelta(hours=number * 0.8 // 8 * 24 + 8 + luck.random() * 8)
        group = luck.choice(["routers", "billing"])
        seconds = luck.lognormvariate(0, 0.6) * (30 if group == "routers" else 1) * HOUR
        steps = [
            step_at(at, "opened", "first line"),
            step_at(at + timedelta(minutes=9), "given", group),
        ]
        yield Case(f"c{number}", steps, end=steps[-1].at + seconds, last_at=at.isoformat())


def until(cases: list[Case], at: float) -> list[Case]:
    """The log as it stood at an instant."""
    seen = [
        Case(
            one.key,
            [s for s in one.steps if s.at <= at],
            end=one.end if (one.end or 0) <= at else None,
        )
        for one in cases
    ]
    return [one for one in seen if one.steps]


@pytest.fixture(scope="module")
def told() -> tuple[dict[str, Answer], dict[str, float]]:
    """What is answered for cases of the future, and what came of them."""
    before = list(some_cases(240, seed=1))
    after = list(some_cases(120, seed=2, first=250))
    ask = [Case(one.key, one.steps, last_at=one.last_at) for one in after]
    found = {answer.case: answer for answer in answers(until(before, before[-1].steps[0].at), ask)}
    return found, {one.key: (one.end or 0) - one.steps[-1].at for one in after}


def test_four_of_five_end_within_the_time_that_was_told(
    told: tuple[dict[str, Answer], dict[str, float]],
) -> None:
    found, truth = told

    assert 0.68 < fmean(truth[key] <= found[key].p80 for key in truth) < 0.9


def test_the_middle_answer_is_nearer_than_the_middle_of_all(
    told: tuple[dict[str, Answer], dict[str, float]],
) -> None:
    found, truth = told
    middle = median(truth.values())

    off = fmean(abs(found[key].p50 - truth[key]) for key in truth)
    assert off < 0.8 * fmean(abs(middle - seconds) for seconds in truth.values())
    assert all(answer.p50 <= answer.p80 for answer in found.values())


def test_what_is_still_open_counts_as_longer_not_as_this_long() -> None:
    """Accident: the slow half is still open, is left out, and everything looks quick."""
    lasted = [(HOUR, True)] * 50 + [(2 * HOUR, False)] * 50

    steps = kaplan_meier(lasted)

    assert steps == [(HOUR, pytest.approx(0.5))]
    curve, grid = [0.0, 0.5], [HOUR / 2, HOUR]
    assert quantile(curve, grid, 0.8) > HOUR


def test_nights_and_weekends_are_as_nothing_where_nobody_works_then() -> None:
    week = Week.of(
        day * DAY + hour * HOUR for day in range(5) for hour in range(8, 18) for _ in "abcd"
    )

    friday, monday = 4 * DAY + 17 * HOUR, 7 * DAY + 9 * HOUR
    assert week.between(friday, monday - friday) < week.between(DAY + 9 * HOUR, 6 * HOUR)
    for wall in (0.0, friday, monday, WEEK * 3 + 12345.0):
        assert week.wall(week.own(wall)) == pytest.approx(wall)


def test_a_desk_that_never_sleeps_keeps_its_plain_time() -> None:
    week = Week.of(hour * HOUR for hour in range(168) for _ in range(3))

    assert week.between(5 * DAY, 7 * HOUR) == pytest.approx(7 * HOUR)


def test_a_request_that_waits_in_silence_takes_longer_than_one_just_moved() -> None:
    model = learn(list(some_cases(120, seed=3)))
    case = next(one for one in some_cases(9, seed=4) if one.steps[-1].group == "routers")
    now = standings(case)[-1]

    fresh = model.remaining(now, 0.5)
    silent = model.remaining(now, 0.5, silent=3 * DAY)

    assert silent > 3 * DAY + HOUR
    assert silent > fresh
    assert from_bytes(to_bytes(model)).remaining(now, 0.5) == pytest.approx(fresh, rel=0.01)  # type: ignore[union-attr]
    assert model.remaining(now, 0.8, silent=90 * DAY) > 91 * DAY, "like no other, yet not over"


def test_a_row_closed_ends_a_case_and_any_other_leaves_it_open() -> None:
    rows: list[tuple[int, Mapping[str, object]]] = [
        (2, {"case": "a", "at": "2025-01-06T09:00:00+01:00", "activity": "opened", "group": "x"}),
        (3, {"case": "a", "at": "2025-01-06T11:00:00+01:00", "activity": "Closed"}),
        (4, {"case": "b", "at": "2025-01-06T09:00:00+01:00", "activity": "resolved"}),
    ]

    ended, still_open = cases_of(rows)

    assert ended.end == datetime(2025, 1, 6, 10, tzinfo=UTC).timestamp()
    assert [step.activity for step in ended.steps] == ["opened"]
    assert still_open.end is None
    assert still_open.last_at == "2025-01-06T09:00:00+01:00"


def test_a_log_that_is_none_or_teaches_nothing_is_refused_with_the_reason(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("number,created\n1,2\n", encoding="utf-8")

    with pytest.raises(NotALog, match="no columns case, at, activity"):
        read_log(table)
    with pytest.raises(TooLittle):
        learn([Case("a", [step_at(MONDAY, "opened")])])


def test_the_command_answers_for_each_open_case(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    train, ask = tmp_path / "train.csv", tmp_path / "ask.csv"
    with train.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["case", "at", "activity", "group", "person"])
        for case in some_cases(60, seed=5):
            for step in case.steps:
                at = datetime.fromtimestamp(step.at, UTC).isoformat()
                rows.writerow([case.key, at, step.activity, step.group, "somebody"])
            rows.writerow(
                [case.key, datetime.fromtimestamp(case.end or 0, UTC).isoformat(), "closed"]
            )
    ask.write_text(
        "case,at,activity,group,person\nq,2025-03-03T09:00:00Z,opened,first line,\n"
        "over,2025-03-03T09:00:00Z,opened,,\nover,2025-03-03T10:00:00Z,closed,,\n",
        encoding="utf-8",
    )
    args = eta_backtest.argparse.Namespace(train=train, ask=ask, json=True)

    assert eta_backtest.run(args) == 0
    (line,) = capsys.readouterr().out.splitlines()
    answer = json.loads(line)
    assert answer.keys() == {"case", "at", "p50", "p80"}
    assert (answer["case"], answer["at"]) == ("q", "2025-03-03T09:00:00Z")
    assert 0 < answer["p50"] < answer["p80"]
