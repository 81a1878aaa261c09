"""Learning with a look at oneself: what would have been answered before is held against what came.

The log is cut at two instants. Up to each, a smaller model learns as if the log ended there; what
happened afterwards shows which way of counting time serves better and by how much the answers were
too early or too late. The last model learns from everything and answers with that correction.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from unbroken.routing.estimate.curve import kaplan_meier_weighted, share_by
from unbroken.routing.estimate.forest import SAMPLE_MAX
from unbroken.routing.estimate.log import Case
from unbroken.routing.estimate.model import TREES, Model, Seen, fit, seen_in
from unbroken.routing.estimate.standing import Standing, standings
from unbroken.routing.estimate.week import Week

SHARES = (0.5, 0.8)
CUTS = (0.6, 0.8)
"""Of all steps, so many lie before each cut."""

TRIAL_TREES = 12
TRIAL_SAMPLE = 5000
TRIED_MAX = 4000
PICTURES = 8
LEAST = 20
"""Fewer ends than this before a cut teach nothing worth a trial."""

STAGES = 10
ALIKE = 0.12
"""By so much two shares of stages may differ and still be taken for the same."""

TRUST = 60.0
"""With so many ends seen after the cuts, half of the correction is believed."""


class TooLittle(Exception):
    """Nothing can be learned from a log in which nothing ended."""


def learn(
    cases: Sequence[Case],
    *,
    like: Sequence[Standing] = (),
    as_picture: bool = False,
    trees: int = TREES,
    sample: int = SAMPLE_MAX,
) -> Model:
    """A model of everything in a log, set right by what its earlier parts got wrong.

    `like`: how those stand for whom it will answer, so that the trials count what resembles them.
    `as_picture`: they will be asked about at any instant, not just after a step.
    """
    times = sorted(step.at for case in cases for step in case.steps)
    ends = [case.end for case in cases if case.end is not None]
    if not times or not ends:
        raise TooLittle("nothing in this log has ended, so nothing can be learned from it")
    last = max(times[-1], *ends)
    even = _is_even(cases, like)
    weeks = _weeks(cases)
    tried: dict[int, list[tuple[Model, list[Seen]]]] = {number: [] for number in range(len(weeks))}
    for cut in CUTS:
        at = times[int(len(times) * cut)]
        before = seen_in(cases, at, even=even)
        after = _pictures(cases, at, last) if as_picture else _after(cases, at, last, even)
        if sum(one.ended for one in before) < LEAST or not after:
            continue
        after = _resembling(after, like)
        for number, week in list(enumerate(weeks)):
            tried[number].append((fit(before, week, trees=TRIAL_TREES, sample=TRIAL_SAMPLE), after))
        best = min(tried, key=lambda number: sum(_loss(*trial) for trial in tried[number]))
        weeks, tried = [weeks[best]], {0: tried[best]}
    model = fit(seen_in(cases, last, even=even), weeks[0], trees=trees, sample=sample)
    model.levels = _levels(tried[0])
    return model


def _is_even(cases: Sequence[Case], like: Sequence[Standing]) -> bool:
    """Whether those who are asked about look as if each had been cut after any of its steps.

    Then a case that is asked about early is more often a short one, and counts so in the past too.
    """
    sizes = [len(case.steps) for case in cases if case.end is not None and case.steps]
    if not like or not sizes:
        return False
    cut: Counter[int] = Counter()
    for size in sizes:
        for steps in range(1, size + 1):
            cut[min(steps, STAGES)] += 1.0 / size / len(sizes)  # type: ignore[assignment]
    asked = Counter(min(standing.steps, STAGES) for standing in like)
    return sum(abs(asked[stage] / len(like) - cut[stage]) for stage in cut) / 2 < ALIKE


def _weeks(cases: Sequence[Case]) -> list[Week]:
    """Plain time, and the rhythm of the desk."""
    return [Week.plain(), Week.of(step.wall for case in cases for step in case.steps)]


def _after(cases: Sequence[Case], cut: float, last: float, even: bool) -> list[Seen]:
    """Standings after a cut; thinned when there are many."""
    found: list[Seen] = []
    for case in cases:
        all_of_it = zip(case.steps, seen_in([case], last, even=even), strict=False)
        found += [one for step, one in all_of_it if step.at >= cut]
    return found[:: max(1, len(found) // TRIED_MAX)]


def _pictures(cases: Sequence[Case], cut: float, last: float) -> list[Seen]:
    """What was open at some instants after a cut, as it stood then."""
    found: list[Seen] = []
    for picture in range(PICTURES):
        at = cut + (last - cut) * picture / PICTURES
        for case in cases:
            end = last if case.end is None else case.end
            steps = sum(step.at <= at for step in case.steps)
            if steps and end > at:
                step = case.steps[steps - 1]
                standing = standings(replace(case, steps=case.steps[:steps]))[-1]
                found.append(Seen(standing, end - step.at, case.end is not None, 1.0, at - step.at))
    return found[:: max(1, len(found) // TRIED_MAX)]


def _resembling(after: Sequence[Seen], like: Sequence[Standing]) -> list[Seen]:
    """The same, weighed so that requests after as many steps count as often as in `like`."""
    if not like:
        return list(after)
    wanted = Counter(_stage(standing) for standing in like)
    there: Counter[int] = Counter()
    for one in after:
        there[_stage(one.standing)] += one.weight  # type: ignore[assignment]
    return [
        replace(one, weight=one.weight * wanted[stage] / there[stage])
        for one in after
        if wanted[stage := _stage(one.standing)]
    ]


def _stage(standing: Standing) -> int:
    """After how many steps, roughly."""
    return min(int(standing.steps), 4) if standing.steps < 7 else 5


def _loss(model: Model, after: Sequence[Seen]) -> float:
    """How far the answers lie off, the 80 % ones weighed as such (pinball loss)."""
    total = count = 0.0
    for one in after[:: max(1, len(after) // 800)]:
        if not one.ended:
            continue
        both = model.both(one.standing, silent=one.silent)
        for share, told in zip(SHARES, both, strict=True):
            off = one.seconds - told
            total += one.weight * max(share * off, (share - 1) * off)
        count += one.weight
    return total / count if count else 0.0


def _levels(trials: Sequence[tuple[Model, Sequence[Seen]]]) -> dict[float, float]:
    """Which point of a curve was in truth reached by each share, as far as it can be believed."""
    reached = [
        (model.share_ended(one), one.ended, one.weight) for model, after in trials for one in after
    ]
    heavy = sum(weight for _, ended, weight in reached if ended)
    squares = sum(weight * weight for _, ended, weight in reached if ended)
    ends = heavy * heavy / squares if squares else 0.0
    trust = ends / (ends + TRUST)
    curve = kaplan_meier_weighted(reached)
    levels = {}
    for share in SHARES:
        found = next((level for level, by in curve if by >= share), None)
        if found is None:
            found = min(0.98, share + (share - share_by(curve, share)))
        levels[share] = min(0.985, max(0.02, share + trust * (found - share)))
    return levels
