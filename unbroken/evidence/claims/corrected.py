"""The customer's words as agents read them again: set aside, or with what was really meant. Pure.

A correction names a claim by its kind and a checksum of the words, so that the same words of the
same request stay corrected whatever is written after them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from unbroken.evidence.claims.reading import Claim

ABOUT = "about"
RIGHT, WRONG, OTHER = "right", "wrong", "other"
READINGS = (RIGHT, WRONG, OTHER)


class Correction(Protocol):
    """As it is kept on the request; see ticket.claim_corrected."""

    @property
    def reading(self) -> str: ...
    @property
    def at(self) -> datetime | None: ...
    @property
    def number(self) -> float | None: ...
    @property
    def clock(self) -> int | None: ...
    @property
    def state(self) -> str: ...
    @property
    def kinds(self) -> tuple[str, ...]: ...


Corrections = Mapping[str, Correction]


def corrected(claims: Sequence[Claim], known: Corrections) -> tuple[Claim, ...]:
    """As they are meant; those that were set aside are left out."""
    return tuple(
        _as_meant(one, known.get(one.key))
        for one in claims
        if (said := known.get(one.key)) is None or said.reading != WRONG
    )


def set_aside(claims: Sequence[Claim], known: Corrections) -> tuple[Claim, ...]:
    """Those that claim nothing of the kind after all."""
    return tuple(
        one for one in claims if (said := known.get(one.key)) is not None and said.reading == WRONG
    )


def _as_meant(claim: Claim, said: Correction | None) -> Claim:
    if said is None or said.reading != OTHER:
        return claim
    return replace(
        claim,
        at=said.at or claim.at,
        number=claim.number if said.number is None else said.number,
        clock=claim.clock if said.clock is None else said.clock,
        state=said.state or claim.state,
    )


def kinds_meant(read: frozenset[str], known: Corrections) -> frozenset[str]:
    """What is complained of, as an agent put it right."""
    said = known.get(ABOUT)
    if said is None or said.reading != OTHER:
        return read
    return frozenset(said.kinds)
