"""What a rule is: one cause, what it predicts, and what else speaks for or against it. Pure.

A rule's `predicts` says how often each sign would be seen at a drop if this were the cause; held
against `ANYWAY`, how often it is seen whatever the cause, that gives a likelihood ratio. `weighs`
adds what is not seen at drops: rates, levels, rejected log-ins. Nothing depends on the order of
rules. The numbers are odds that people of the trade would give, tuned on towns of which the truth
was known (docs/diagnosis.md), and a sign that could not be seen counts neither way.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from unbroken.evidence.carried import Carried, carried
from unbroken.evidence.changes import ModeChange, visible_since
from unbroken.evidence.complaint import Complaint
from unbroken.evidence.drops import Drop, drops, looked_since
from unbroken.evidence.endings import CAUSES
from unbroken.evidence.facts import Element, Facts
from unbroken.evidence.finding import Record, Said
from unbroken.evidence.periods import keeps_clock, keeps_length
from unbroken.evidence.picture import Picture
from unbroken.evidence.priors import Factors
from unbroken.ground.words import Phrase

Odds = Mapping[str, Mapping[str, float]]

ANYWAY: Odds = {
    "cause": {
        "carrier": 0.42, "service": 0.06, "timeout": 0.14, "user": 0.2, "admin": 0.04,
        "nas": 0.05, "request": 0.04, "other": 0.02, "none": 0.03,
    },
    "period": {"none": 0.86, "length": 0.06, "clock": 0.04, "both": 0.04},
    "gap": {"seconds": 0.3, "minutes": 0.3, "hour": 0.2, "long": 0.15, "open": 0.05},
    "retrain": {"yes": 0.42, "no": 0.58},
    "power": {"lost": 0.15, "kept": 0.85},
    "light": {"lost": 0.3, "kept": 0.7},
    "company": {
        "alone": 0.62, "cable": 0.06, "splitter": 0.05, "port": 0.04, "access": 0.07,
        "nas": 0.06, "uplink": 0.04, "feeder": 0.04, "site": 0.02,
    },
    "restart": {"yes": 0.04, "no": 0.96},
    "work": {"yes": 0.04, "no": 0.95, "over": 0.01},
    "alarm": {
        "none": 0.86, "nas": 0.01, "uplink": 0.02, "feeder": 0.02, "port": 0.03,
        "cable": 0.01, "access": 0.05,
    },
    "their_power": {"lost": 0.25, "kept": 0.75},
    "rain": {"yes": 0.15, "no": 0.85},
    "quota": {"yes": 0.02, "no": 0.98},
    "software": {"changed": 0.06, "same": 0.94},
}  # fmt: skip
"""How often a sign is seen at a drop of which nothing else is known."""

RATIO_LEAST, RATIO_MOST = -4.5, 4.5
UNSURE_WHERE = 0.3


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a rule found beside the drops: a logarithm of a likelihood ratio, and the records."""

    weight: float = 0.0
    speaks_for: tuple[Record, ...] = ()
    speaks_against: tuple[Record, ...] = ()
    onset: datetime | None = None
    element: Element | None = None
    affected: int = 0
    values: Mapping[str, object] = field(default_factory=dict)


NOTHING = Weighed()


class Case:
    """One question: the picture of the line, its drops and what the customer says.

    `learned`: by how much causes are commoner here than `Rule.prior`, from confirmed ones.
    """

    def __init__(
        self, facts: Facts, complaint: Complaint | None = None, learned: Factors | None = None
    ) -> None:
        self.picture = Picture(facts)
        self.facts = facts
        self.complaint = complaint
        self.learned = learned or {}
        self.at = facts.at

    @cached_property
    def drops(self) -> tuple[Drop, ...]:
        """Those that are weighed, oldest first."""
        return drops(self.picture, looked_since(self.picture))

    @cached_property
    def breaks(self) -> tuple[tuple[datetime, str, str], ...]:
        """Every end by a session's own record, oldest first: when, its period, its cause."""
        return tuple(self._breaks())

    def _breaks(self) -> Iterator[tuple[datetime, str, str]]:
        picture = self.picture
        for session, at, _back in picture.ends:
            if session.ended_by.startswith("accounting"):
                continue
            length = keeps_length(session, at, picture.lengths) is not None
            clock = keeps_clock(at, picture.zone, picture.nights) is not None
            period = ("both" if clock else "length") if length else "clock" if clock else "none"
            yield at, period, CAUSES.get(session.cause, "none" if not session.cause else "other")

    @property
    def is_down(self) -> bool:
        """There was a session and there is none now."""
        return self.picture.state == "down"

    @cached_property
    def carried(self) -> Carried:
        """What flows and probes say of this line."""
        return carried(self.picture)

    def prior(self, key: str, odds: float) -> float:
        """How common a cause is here, where the trade says these odds."""
        return odds * self.learned.get(key, 1.0)

    @cached_property
    def mode_changed(self) -> ModeChange | None:
        """Since when breaks are felt that were bridged before, if the gaps show such a day."""
        return visible_since(self.picture)

    @cached_property
    def last_drop(self) -> Drop | None:
        """The latest, if the line came down lately."""
        return self.drops[-1] if self.drops else None


@dataclass(frozen=True, slots=True)
class Rule:
    """One cause.

    `prior`: how often it is the cause where customers complain, as a share. `is_harmless`: it
    happens by design, so that a fault beside it is the verdict. `access`: families of access on
    which it can be; empty: all. `settled_by`: without one of these signs seen it is a guess.
    `sentence`, `next_check`, `refuted_by`, `ask` are worded at the face; `ask` is what only the
    customer can know. `examples`: drops, sign by sign, that this cause explains best of all.
    """

    key: str
    label: Phrase
    prior: float
    sentence: Phrase
    next_check: Phrase
    refuted_by: Phrase
    predicts: Odds | None = None
    weighs: Callable[[Case], Weighed] | None = None
    access: tuple[str, ...] = ()
    settled_by: tuple[str, ...] = ()
    is_harmless: bool = False
    ask: Phrase | None = None
    examples: Sequence[Mapping[str, str]] = ()

    def fits(self, case: Case) -> bool:
        """Whether it can happen on this kind of access."""
        return not self.access or not case.picture.access or case.picture.access in self.access

    def ratio(self, drop: Drop) -> float:
        """Logarithm of how much likelier the signs of this drop are if this is its cause."""
        assert self.predicts is not None
        return ratio(self.predicts, drop)

    def said(self, values: Mapping[str, object]) -> Said:
        """Its sentence with the values of this case."""
        return Said(self.sentence, values)


def ratio(predicts: Odds, drop: Drop) -> float:
    """Logarithm of the likelihood ratio of a drop's signs, kept within bounds for each sign."""
    return sum(shares_of(predicts, drop))


def shares_of(predicts: Odds, drop: Drop) -> list[float]:
    """Each sign's share in it, in the order of the drop's signs."""
    known = _RECKONED.get(id(predicts))
    if known is None:
        known = _RECKONED[id(predicts)] = _Shares(predicts)
    return [known[sign.name, sign.value] for sign in drop.signs]


class _Shares(dict[tuple[str, str], float]):
    """The share of each sign seen so far; there are only so many."""

    def __init__(self, predicts: Odds) -> None:
        super().__init__()
        self.predicts = predicts

    def __missing__(self, sign: tuple[str, str]) -> float:
        share = self[sign] = part(self.predicts, *sign)
        return share


_RECKONED: dict[int, _Shares] = {}
"""By rule, whose tables live as long as we do."""


def part(predicts: Odds, name: str, value: str) -> float:
    """One sign's share in it; a sign the rule says nothing about has none."""
    expected = predicts.get(name)
    if expected is None:
        return 0.0
    if "|" in value:
        return max(part(predicts, name, one) for one in value.split("|")) - UNSURE_WHERE
    rest = max(0.0, 1.0 - sum(expected.values()))
    others = [key for key in ANYWAY[name] if key not in expected]
    likely = expected.get(value)
    if likely is None:
        likely = rest * ANYWAY[name][value] / max(1e-9, sum(ANYWAY[name][key] for key in others))
    odds = max(likely, 0.003) / ANYWAY[name][value]
    return min(RATIO_MOST, max(RATIO_LEAST, math.log(odds)))
