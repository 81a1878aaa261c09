"""How good the estimates are: coverage and error beside the naive answers, on logs of six desks.

    .venv/bin/python bench/estimate.py [--desks chains,queues] [--asked prefix,first,picture]

Every desk is invented and works in a way of its own (chains of teams by day, round the clock with
heavy tails, a clock that closes after a month, a pace that drifts, few cases, real queues). The
model learns from the first 70 % of the steps; it is asked about cases that began later, cut after
any step or after the first, or about all that were open at that instant. Lines are printed as they
come; the last line on standard output is a JSON document. Errors are mean absolute ones, in hours;
times are processor time.
"""

import argparse
import heapq
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import fmean, median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from unbroken.routing.estimate.backtest import answers
from unbroken.routing.estimate.log import Case, step_at

HOUR, DAY = 3600.0, 86400.0
MONDAY = datetime(2025, 1, 6, tzinfo=UTC).timestamp()
WEEKDAYS = range(5)

Told = tuple[str, str, list[tuple[float, str, str]], float]
"""Topic, priority, steps (time, activity, group), end."""


def opens(at: float, days: range, first: int, last: int) -> float:
    """The next instant in working hours."""
    while True:
        day = (at - MONDAY) // DAY
        gone = at - MONDAY - day * DAY
        if int(day) % 7 in days:
            if gone < first * HOUR:
                return MONDAY + day * DAY + first * HOUR
            if gone < last * HOUR:
                return at
        at = MONDAY + (day + 1) * DAY


def work(at: float, need: float, days: range = WEEKDAYS, first: int = 8, last: int = 18) -> float:
    """When so many seconds of work are done."""
    while True:
        at = opens(at, days, first, last)
        left = MONDAY + ((at - MONDAY) // DAY) * DAY + last * HOUR - at
        if need <= left:
            return at + need
        need, at = need - left, at + left + 1


def chains(luck: Random, count: int = 2500) -> Iterator[Told]:
    """Half stay in one team; legs by day, waits for customers, closed five days after."""
    groups = [f"G{number}" for number in range(25)]
    speed = {group: luck.lognormvariate(0, 0.6) for group in groups}
    begins_in = {f"T{number}": luck.choice(groups[:8]) for number in range(12)}
    factors = {"critical": 0.35, "high": 0.6, "moderate": 1.0, "low": 1.6}
    for _ in range(count):
        at = opens(MONDAY + luck.random() * 150 * DAY, range(7), 7, 20)
        topic = luck.choice(list(begins_in))
        priority = luck.choices(list(factors), [1, 3, 10, 6])[0]
        group, factor = begins_in[topic], factors[priority]
        steps = [(at, "opened", group)]
        for leg in range(luck.choices([1, 2, 3, 4, 6, 9], [49, 29, 15, 4, 2, 1])[0]):
            if leg:
                back = [one for _, _, one in steps if one != group]
                group = luck.choice(back) if back and luck.random() < 0.35 else luck.choice(groups)
                steps.append((at, "assigned", group))
            at = work(at, factor * speed[group] * luck.lognormvariate(0, 0.9) * 1.2 * HOUR)
            steps.append((at, "in progress", group))
            at = work(at, factor * speed[group] * luck.lognormvariate(0, 1.1) * 2 * HOUR)
            if luck.random() < 0.25:
                steps.append((at, "awaiting user", group))
                at += luck.lognormvariate(0, 1.3) * 20 * HOUR
                steps.append((at, "in progress", group))
        steps.append((at, "resolved", group))
        rest = 5 * DAY + luck.random() * HOUR if luck.random() < 0.8 else luck.random() * 2 * DAY
        yield topic, priority, steps, at + rest


def heavy(luck: Random, count: int = 2500) -> Iterator[Told]:
    """Round the clock, waits without a mean, more and more of it."""
    groups = [f"L{luck.randrange(1, 4)} {number}" for number in range(60)]
    words = ["Accepted/In Progress", "Queued/Awaiting Assignment", "Accepted/Wait - User"]
    for _ in range(count):
        at = MONDAY + 500 * DAY * luck.random() ** 0.4
        group = luck.choice(groups)
        steps = [(at, words[0], group)]
        for _ in range(luck.choices([1, 2, 3, 5, 8, 14], [20, 25, 20, 15, 12, 8])[0]):
            at += min(60 * DAY, 900 * luck.paretovariate(0.55))
            group = luck.choice(groups) if luck.random() < 0.3 else group
            steps.append((at, luck.choices(words, [5, 2, 3])[0], group))
        at += min(40 * DAY, HOUR * luck.paretovariate(0.7))
        steps.append((at, "Completed/Resolved", group))
        yield "", "", steps, at + (7 * DAY if luck.random() < 0.7 else luck.random() * DAY)


def helpdesk(luck: Random, count: int = 2500) -> Iterator[Told]:
    """Few steps without a group; most are closed by a clock a month after."""
    for _ in range(count):
        at = MONDAY + luck.random() * 900 * DAY
        steps = [(at, "Assign seriousness", "")]
        at = work(at, luck.lognormvariate(0, 1.5) * HOUR)
        steps.append((at, "Take in charge ticket", ""))
        while luck.random() < 0.3:
            at = work(at, luck.lognormvariate(0, 1.4) * 6 * HOUR)
            steps.append((at, luck.choice(["Wait", "Require upgrade"]), ""))
        at = work(at, luck.lognormvariate(0, 1.6) * 8 * HOUR)
        steps.append((at, "Resolve ticket", ""))
        days = luck.gauss(29, 2) if luck.random() < 0.75 else luck.random() * 29
        yield luck.choice("abcd"), "", steps, at + days * DAY


def drift(luck: Random, count: int = 2500) -> Iterator[Told]:
    """It gets slower month by month, then people are hired."""
    groups = [f"D{number}" for number in range(10)]
    for _ in range(count):
        part = luck.random()
        at = MONDAY + part * 120 * DAY
        factor = 1 + 1.2 * part if part < 0.7 else 1.84 - 0.9 * (part - 0.7)
        group = luck.choice(groups)
        steps = [(at, "opened", group)]
        for leg in range(luck.choice([1, 1, 2, 3])):
            if leg:
                group = luck.choice(groups)
                steps.append((at, "assigned", group))
            at = work(at, factor * luck.lognormvariate(0, 1) * 6 * HOUR, range(6), 7, 22)
            steps.append((at, "work", group))
        end = work(at, factor * luck.lognormvariate(0, 1) * 5 * HOUR, range(6), 7, 22)
        yield luck.choice("pqrs"), luck.choice("123"), steps, end


def small(luck: Random) -> Iterator[Told]:
    """A desk with a few hundred cases."""
    yield from chains(luck, 350)


def queues(luck: Random, count: int = 3000) -> Iterator[Told]:
    """Few people by day; who waits longest is next; Mondays are full."""
    free = [[MONDAY + 8 * HOUR] * people for people in (6, 4, 3, 2)]
    waiting: list[tuple[float, int, list[int], list[tuple[float, str, str]]]] = []
    for number in range(count):
        at = MONDAY + luck.random() * 60 * DAY
        legs = [0, luck.randrange(1, 4)] if luck.random() < 0.5 else [0]
        waiting.append((at, number, legs, [(at, "opened", "Q0")]))
    heapq.heapify(waiting)
    while waiting:
        at, number, legs, steps = heapq.heappop(waiting)
        team = free[legs[0]]
        who = min(range(len(team)), key=team.__getitem__)
        began = opens(max(at, team[who]), WEEKDAYS, 8, 17)
        steps.append((began, "started", f"Q{legs[0]}"))
        team[who] = work(began, luck.lognormvariate(-0.3, 0.8) * 0.6 * HOUR, WEEKDAYS, 8, 17)
        if len(legs) > 1:
            steps.append((team[who], "assigned", f"Q{legs[1]}"))
            heapq.heappush(waiting, (team[who], number, legs[1:], steps))
        else:
            yield "", "", steps, team[who]


DESKS: dict[str, Callable[[Random], Iterator[Told]]] = {
    "chains": chains, "heavy": heavy, "helpdesk": helpdesk, "drift": drift, "small": small,
    "queues": queues,
}  # fmt: skip


def log_of(desk: str, seed: int) -> list[Case]:
    """Every case of a desk with its end, in the order in which they began."""
    found = []
    for number, (topic, priority, steps, end) in enumerate(DESKS[desk](Random(seed))):
        taken = [
            step_at(datetime.fromtimestamp(at, UTC), activity, group)
            for at, activity, group in steps
        ]
        found.append(Case(str(number), taken, topic, priority, end))
    return sorted(found, key=lambda case: case.steps[0].at)


def as_of(cases: list[Case], cut: float) -> list[Case]:
    """The log as it stood at an instant."""
    seen = [
        replace(
            case,
            steps=[step for step in case.steps if step.at < cut],
            end=case.end if case.end is not None and case.end < cut else None,
        )
        for case in cases
    ]
    return [case for case in seen if case.steps]


def asked_of(cases: list[Case], cut: float, how: str, luck: Random) -> list[Case]:
    """Who is asked about, cut so that the end is not seen."""
    if how == "picture":
        return [case for case in as_of(cases, cut) if case.end is None]
    late = [case for case in cases if case.steps[0].at >= cut]
    sizes = [1 if how == "first" else luck.randint(1, len(case.steps)) for case in late]
    return [
        replace(case, steps=case.steps[:size], end=None)
        for case, size in zip(late, sizes, strict=True)
    ]


def measure(desk: str, how: str, seed: int) -> dict[str, object]:
    """One desk asked in one way."""
    cases = log_of(desk, seed)
    times = sorted(step.at for case in cases for step in case.steps)
    cut = times[int(len(times) * 0.7)]
    train = as_of(cases, cut)
    ask = asked_of(cases, cut, how, Random(seed + 1))
    ends = {case.key: case.end or 0.0 for case in cases}
    truth = {case.key: ends[case.key] - case.steps[-1].at for case in ask}
    began = time.process_time()
    told = {one.case: one for one in answers(train, ask)}
    took = time.process_time() - began
    past = [
        (step.group, case.end - step.at)
        for case in train
        if case.end is not None
        for step in case.steps
    ]
    of_all = median(seconds for _, seconds in past)
    by_group = {
        group: median(seconds for one, seconds in past if one == group)
        for group in {group for group, _ in past}
    }
    guess = {case.key: by_group.get(case.steps[-1].group, of_all) for case in ask}
    return {
        "desk": desk,
        "asked": how,
        "cases": len(truth),
        "within_p80": round(fmean(truth[key] <= told[key].p80 for key in truth), 3),
        "within_p50": round(fmean(truth[key] <= told[key].p50 for key in truth), 3),
        "error": round(fmean(abs(told[key].p50 - truth[key]) for key in truth) / HOUR, 1),
        "error_median": round(fmean(abs(of_all - truth[key]) for key in truth) / HOUR, 1),
        "error_group": round(fmean(abs(guess[key] - truth[key]) for key in truth) / HOUR, 1),
        "seconds": round(took, 1),
    }


def main() -> None:
    """Every desk in every way."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--desks", default=",".join(DESKS))
    parser.add_argument("--asked", default="prefix,first,picture")
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    found = []
    for desk in args.desks.split(","):
        for how in args.asked.split(","):
            found.append(measure(desk, how, args.seed))
            print(found[-1], file=sys.stderr, flush=True)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
