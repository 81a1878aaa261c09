"""Learning on one log and answering for the open cases of another. Pure.

Each case of the second log is asked about at its last step. If that log is a picture of all that
was open at one instant, then silence since the last step tells something too: the request is one
of those that are still waiting. Whether it is such a picture shows in how long the cases have been
silent at its end.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from unbroken.routing.estimate.curve import kaplan_meier, share_by
from unbroken.routing.estimate.learning import SHARES, learn
from unbroken.routing.estimate.log import Case
from unbroken.routing.estimate.standing import standings

SURE = 0.5
"""By so much, a case, a picture of one instant has to explain the silences better."""


@dataclass(frozen=True, slots=True)
class Answer:
    """For one open case: seconds from its last step until half, and until four of five, end."""

    case: str
    at: str
    p50: float
    p80: float


def answers(train: Sequence[Case], ask: Sequence[Case]) -> Iterator[Answer]:
    """One for each case that is open, in the order in which the log names them."""
    asked = [case for case in ask if case.steps and case.end is None]
    last = max((case.steps[-1].at for case in asked), default=0.0)
    is_picture = _is_picture(train, asked, last)
    now = [standings(case)[-1] for case in asked]
    model = learn(train, like=now, as_picture=is_picture)
    for case, standing in zip(asked, now, strict=True):
        silent = last - case.steps[-1].at if is_picture else 0.0
        p50, p80 = model.both(standing, silent=silent, shares=SHARES)
        yield Answer(case.key, case.last_at, round(p50, 1), round(max(p50, p80), 1))


def _is_picture(train: Sequence[Case], asked: Sequence[Case], last: float) -> bool:
    """Whether the cases were all looked at when the log ended, not each after its last step."""
    silences = [last - case.steps[-1].at for case in asked]
    if len(silences) < 20:
        return False
    gaps = _gaps(train)
    steps = kaplan_meier(gaps)
    mean = sum(seconds for seconds, _ in gaps) / max(1, sum(ended for _, ended in gaps))
    spread = max(silences) or 1.0
    better = sum(
        log(max(1e-3, 1.0 - share_by(steps, silence)) / max(mean, 1.0)) + log(spread)
        for silence in silences
    )
    return better > SURE * len(silences)


def _gaps(cases: Sequence[Case]) -> list[tuple[float, bool]]:
    """How long cases are silent between two steps; the last silence of an open one goes on."""
    last = max(step.at for case in cases for step in case.steps)
    found: list[tuple[float, bool]] = []
    for case in cases:
        times = [step.at for step in case.steps]
        if case.end is not None:
            times.append(case.end)
        found += [(later - at, True) for at, later in pairwise(times)]
        if case.end is None and times:
            found.append((last - times[-1], False))
    return found
