"""How well each cause explains the drops, beside what happens by design and by chance. Pure.

Everything that is the same for all causes is reckoned once: twenty causes ask for it.
"""

import math
from collections.abc import Sequence

from unbroken.evidence.drops import Drop
from unbroken.evidence.rule import Case, Odds, Rule, ratio

MINE, BY_DESIGN = 0.8, 0.12
WEIGHED_MOST = 4.0
LEAST = 1e-7

CHANCE: Odds = {
    "cause": {"user": 0.5, "carrier": 0.32, "none": 0.05, "admin": 0.04, "timeout": 0.01},
    "period": {"none": 0.97},
    "gap": {"seconds": 0.25, "minutes": 0.62, "hour": 0.1},
    "company": {"alone": 0.97},
    "restart": {"yes": 0.01, "no": 0.99},
    "work": {"yes": 0.02, "no": 0.98},
    "alarm": {"none": 0.98},
}  # fmt: skip
"""A single harmless break: somebody switched the device off and on."""

RESETS = ("planned_reset", "cpe_scheduled_reconnect")


class Explanations:
    """For each drop its likelihood ratio under each cause that predicts drops, and by chance."""

    def __init__(self, case: Case, rules: Sequence[Rule]) -> None:
        self.drops = case.drops
        self.of = {
            rule.key: [math.exp(rule.ratio(drop)) for drop in case.drops]
            for rule in rules
            if rule.predicts is not None
        }
        harmless = [rule.key for rule in rules if rule.is_harmless and rule.key in self.of]
        self._harmless = frozenset(harmless)
        self._design = self._highest(harmless)
        self._chance = [math.exp(ratio(CHANCE, drop)) for drop in case.drops]
        self._weights = [_weight_of(case, drop) for drop in case.drops]

    def _highest(self, keys: Sequence[str]) -> list[float]:
        return [
            max((self.of[key][index] for key in keys), default=0.0)
            for index in range(len(self.drops))
        ]

    def all_by(self, key: str | None, has_own: bool = True) -> float:
        """Logarithm of how well this cause explains all of them, beside design and chance."""
        own = self.of.get(key) if key is not None else None
        by_design = key in self._harmless
        mine = 0.0
        if own is not None:
            mine = MINE + BY_DESIGN if by_design else MINE if has_own else 0.0
        rest = 1.0 - mine
        total = 0.0
        chances = 0
        for index, weight in enumerate(self._weights):
            chance = rest * 0.4 * self._chance[index]
            mixed = chance + (mine * own[index] if own is not None else 0.0)
            if not by_design:
                mixed += rest * 0.6 * self._design[index]
            chances += chance > 0.5 * mixed
            total += weight * math.log(max(mixed, LEAST))
        weights = sum(self._weights)
        scale = min(1.0, WEIGHED_MOST / weights) if weights else 1.0
        return total * scale - 0.9 * max(0, chances - 1)

    def own_drops(self, key: str) -> list[Drop]:
        """The drops this cause explains better than chance and design do."""
        if key not in self.of:
            return []
        design = self._highest([one for one in RESETS if one in self.of and one != key])
        return [
            drop
            for drop, mine, other in zip(self.drops, self.of[key], design, strict=True)
            if mine > 1.0 and (mine >= other or (not math.isclose(mine, other) and mine > 3))
        ]


def _weight_of(case: Case, drop: Drop) -> float:
    """How much a drop counts: the one that lasts most, old ones less."""
    if drop.back_at is None and (case.is_down or drop is case.last_drop):
        return 2.5
    age = (case.at - drop.at).total_seconds() / 86400
    return 1.0 if age < 2 else 0.6 if age < 4 else 0.35
