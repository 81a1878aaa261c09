"""How common each cause is here, learned from causes that were confirmed. Pure.

The odds of the trade (`rule.prior`) are worth `HELD` confirmed cases. Cases on the same kind of
access are added to them in full, those on other kinds by `ELSEWHERE`. So a few move little, many
move much, and no cause becomes more than `FARTHEST` times rarer or more common than the trade says:
a rare one never vanishes.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

HELD = 100.0
ELSEWHERE = 0.5
FARTHEST = 4.0

Factors = Mapping[str, float]


class Confirmed(NamedTuple):
    """So many cases of a cause were confirmed on this kind of access, by their weights."""

    access: str
    cause: str
    cases: float


def factors(known: Mapping[str, float], confirmed: Iterable[Confirmed], access: str) -> Factors:
    """By how much each of these causes is commoner (or rarer) here than the trade says.

    `known`: the trade's odds of the causes that are possible on this kind of access.
    """
    cases: dict[str, float] = {}
    for one in confirmed:
        if one.cause in known:
            counts = 1.0 if one.access == access else ELSEWHERE
            cases[one.cause] = cases.get(one.cause, 0.0) + counts * one.cases
    if not cases:
        return {}
    total, many = sum(known.values()), sum(cases.values())
    shares = {cause: odds / total for cause, odds in known.items()}
    found = {
        cause: (HELD * share + cases.get(cause, 0.0)) / (HELD + many)
        for cause, share in shares.items()
    }
    return {
        cause: min(FARTHEST, max(1 / FARTHEST, found[cause] / share))
        for cause, share in shares.items()
    }
