"""How a request stands after each of its steps, as numbers that trees can ask about. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log1p

from unbroken.routing.estimate.log import Case, Step
from unbroken.routing.estimate.week import HOUR, WEEK

WORDS = ("activity", "group", "topic", "priority", "before")
"""What is a word; the trees see how long requests with that word usually take."""

SHRINK = 12.0
"""A word that was seen so often counts half for itself, half for all the others."""


@dataclass(frozen=True, slots=True)
class Standing:
    """After one step: words, numbers, the instant on the wall, how many steps there were."""

    words: tuple[str, ...]
    numbers: tuple[float, ...]
    wall: float
    steps: int


def standings(case: Case) -> list[Standing]:
    """One for each step of a case."""
    found: list[Standing] = []
    groups: list[str] = []
    seen: dict[str, int] = {}
    handovers = returns = 0
    held_since = 0.0
    before = Step(case.steps[0].at, case.steps[0].wall, "", "") if case.steps else None
    for number, step in enumerate(case.steps, start=1):
        assert before is not None
        group = step.group or (groups[-1] if groups else "")
        if not groups or group != groups[-1]:
            handovers += bool(groups)
            returns += group in groups
            groups.append(group)
            held_since = step.at
        seen[step.activity] = seen.get(step.activity, 0) + 1
        numbers = (
            log1p(step.at - case.steps[0].at),
            log1p(step.at - before.at),
            float(number),
            float(len(set(groups))),
            float(handovers + returns),
            log1p(step.at - held_since),
            step.wall % WEEK // HOUR,
            step.wall % (24 * HOUR) // HOUR,
            float(seen[step.activity]),
            float(len(seen)),
        )
        words = (step.activity, group, case.topic, case.priority, before.activity)
        found.append(Standing(words, numbers, step.wall, number))
        before = step
    return found


class Lexicon:
    """What a word says about the time that remains: the mean rank of the requests that had it."""

    def __init__(self, ranked: Iterable[tuple[Standing, float]]) -> None:
        sums: list[dict[str, list[float]]] = [{} for _ in WORDS]
        count = total = 0.0
        for standing, rank in ranked:
            count, total = count + 1, total + rank
            for place, word in enumerate(standing.words):
                entry = sums[place].setdefault(word, [0.0, 0.0])
                entry[0] += 1
                entry[1] += rank
        self.middle = total / count if count else 0.5
        self.ranks = [
            {
                word: (entry[1] + SHRINK * self.middle) / (entry[0] + SHRINK)
                for word, entry in place.items()
            }
            for place in sums
        ]

    def numbers(self, standing: Standing) -> list[float]:
        """A standing as the trees see it; a word that nobody has met counts as the middle."""
        known = [
            self.ranks[place].get(word, self.middle) for place, word in enumerate(standing.words)
        ]
        return [*known, *standing.numbers]


def cuts_of(columns: Sequence[Sequence[float]], most: int) -> list[list[float]]:
    """Where each number is cut into at most so many pieces of like size."""
    found = []
    for column in columns:
        ordered = sorted(column)
        size = len(ordered)
        cuts = {ordered[size * piece // most] for piece in range(1, most)}
        found.append(sorted(cut for cut in cuts if cut > ordered[0]))
    return found
