"""How bad a problem is: by the services that suffer and by what was promised for them. Pure."""

from collections.abc import Iterable, Mapping

HURRY_SECONDS = 8 * 3600
"""Whoever is promised service within a working day works with it: a shop, a depot, a doctor."""

HURRIED_WEIGHT = 10
MAJOR, CRITICAL = 10, 250
"""A splitter or a shop is worth getting up for; a card, or twenty-five shops, wakes the house."""


def weight(promised_seconds: int | None) -> int:
    """What one service counts; `promised_seconds`: to restore it, None for no such promise."""
    hurried = promised_seconds is not None and promised_seconds <= HURRY_SECONDS
    return HURRIED_WEIGHT if hurried else 1


def severity(agreements: Iterable[str], promised: Mapping[str, int]) -> str:
    """`agreements`: of each service that suffers; `promised`: seconds to restore, by agreement."""
    heavy = sum(weight(promised.get(agreement)) for agreement in agreements)
    if heavy >= CRITICAL:
        return "critical"
    return "major" if heavy >= MAJOR else "minor"
