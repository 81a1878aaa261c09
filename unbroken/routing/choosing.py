"""Who gets a request, and why. Pure.

First whoever cannot be given it is set aside, each with the first reason that holds; then the rest
are put in order. Language gives way when nobody who is there writes it, and a skill or an authority
that nobody in the team has cannot be asked for. When nobody can take it now, it is for whoever of
them comes next, so that no request is without an owner because all are away.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

PULL, PUSH, TURN = "pull", "push", "turn"
WAYS: Final = (PULL, PUSH, TURN)
"""People take work themselves; it is given to who has least in hand; it goes round."""

IN_HAND_MAX: Final = 12
"""How much somebody has in hand at once who has no limit of their own."""

ENDS_SOON: Final = timedelta(minutes=15)
"""Before the end of a shift nobody is given anything new."""

SPOKEN: Final = frozenset({"phone", "chat"})
"""Channels in which somebody who only writes, or is in a call, cannot begin now."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What whoever gets it has to know, at which level, and what they must be able to grant."""

    skills: Mapping[str, int] = field(default_factory=dict)
    grants: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be given: `before` are those who dealt with the caller, the latest first.

    `but`: from whom it was just taken, or who may not have it.
    """

    language: str
    channel: str = ""
    needs: Needs = field(default_factory=Needs)
    named: int | None = None
    before: Sequence[int] = ()
    but: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody of the team. `has_plan`: their shifts are known; else they are on when signed in.

    `on_until` is the end of the shift that runs, `on_at` when they are on next.
    """

    id: int
    languages: frozenset[str]
    skills: Mapping[str, int]
    grants: Mapping[str, int]
    capacity: Mapping[str, int]
    availability: str
    has_plan: bool
    on_until: datetime | None
    on_at: datetime | None
    in_hand: Mapping[str, int]
    given_at: datetime | None = None

    @property
    def load(self) -> int:
        """How much they have in hand."""
        return sum(self.in_hand.values())

    @property
    def most(self) -> int:
        """How much they may have."""
        return self.capacity.get("all") or IN_HAND_MAX

    def level(self, skill: str) -> int:
        """How well they know it, 0 not at all."""
        return self.skills.get(skill, 0)


@dataclass(frozen=True, slots=True)
class InsteadOf:
    """Who is named for the customer and does not get it: why not, and when they are on next."""

    agent_id: int
    why: str
    until: datetime | None = None

    def as_kept(self) -> dict[str, object]:
        """As it lies with the assignment."""
        until = {"until": self.until.isoformat()} if self.until else {}
        return {"agent": self.agent_id, "why": self.why, **until}


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who gets it, why, and why each of the others does not; nobody when all have too much.

    `from_at`: when they begin, if that is not now.
    """

    agent_id: int | None
    reasons: tuple[str, ...]
    aside: Mapping[int, str]
    from_at: datetime | None = None
    instead_of: "InsteadOf | None" = None

    def because(self, way: str) -> dict[str, object]:
        """As it is kept with the assignment."""
        told: dict[str, object] = {"way": way, "reasons": list(self.reasons)}
        if self.instead_of is not None:
            told["instead_of"] = self.instead_of.as_kept()
        if self.aside:
            told["aside"] = dict(sorted(Counter(self.aside.values()).items()))
        return told


def choose(work: Work, people: Sequence[Candidate], *, way: str, at: datetime) -> Chosen:
    """Whom of these people this work is given to: who is named for the customer, if they can."""
    found = _choose(work, people, way=way, at=at)
    named = next((one for one in people if one.id == work.named), None)
    if named is None or found.agent_id in (None, named.id) or named.id not in found.aside:
        return found
    why = found.aside[named.id]
    until = named.on_at if why == "off" else None
    return replace(found, instead_of=InsteadOf(named.id, why, until))


def _choose(work: Work, people: Sequence[Candidate], *, way: str, at: datetime) -> Chosen:
    needs = _askable(work.needs, people)
    aside: dict[int, str] = {}
    for one in people:
        if why := _cannot_ever(one, work, needs) or _too_much(one, work):
            aside[one.id] = why
    left = [one for one in people if one.id not in aside]
    there = []
    for one in left:
        if why := _not_now(one, work, at):
            aside[one.id] = why
        else:
            there.append(one)
    if there:
        return _of_those(there, work, aside, way)
    return _comes_next(left, work, aside)


def _askable(needs: Needs, people: Sequence[Candidate]) -> Needs:
    """What somebody of the team has: to ask for more would leave the request with nobody."""
    return Needs(
        {
            skill: min(level, best)
            for skill, level in needs.skills.items()
            if (best := max((one.level(skill) for one in people), default=0))
        },
        {
            what: amount
            for what, amount in needs.grants.items()
            if any(one.grants.get(what, 0) >= amount for one in people)
        },
    )


def _cannot_ever(one: Candidate, work: Work, needs: Needs) -> str:
    """Why it is not for them, today or tomorrow."""
    if one.id in work.but:
        return "had_it"
    if any(one.level(skill) < level for skill, level in needs.skills.items()):
        return "skill"
    if any(one.grants.get(what, 0) < amount for what, amount in needs.grants.items()):
        return "authority"
    return ""


def _too_much(one: Candidate, work: Work) -> str:
    """Whether they have as much as they may have, in all or by this channel."""
    by_channel = one.capacity.get(work.channel)
    if one.load >= one.most:
        return "full"
    return "full" if by_channel and one.in_hand.get(work.channel, 0) >= by_channel else ""


def _not_now(one: Candidate, work: Work, at: datetime) -> str:
    """Why they cannot begin now."""
    if one.has_plan and one.on_until is None:
        return "off"
    if one.on_until is not None and one.on_until - at < ENDS_SOON:
        return "ends_soon"
    if one.availability in ("away", "off"):
        return one.availability
    if work.channel in SPOKEN and one.availability in ("writing", "call"):
        return one.availability
    return ""


def _of_those(there: Sequence[Candidate], work: Work, aside: dict[int, str], way: str) -> Chosen:
    writing = [one for one in there if work.language in one.languages]
    reasons: list[str] = ["skill"] if work.needs.skills else []
    # Whoever named them knew which language they write.
    if any(one.id == work.named for one in there):
        return Chosen(work.named, (*reasons, "named"), aside)
    if writing:
        aside |= {one.id: "language" for one in there if one not in writing}
        reasons += ["language"] if len(writing) < len(there) else []
    else:
        reasons.append("nobody_writes")
    able = writing or list(there)
    known = {one.id: one for one in able}
    if before := next((who for who in work.before if who in known), None):
        return Chosen(before, (*reasons, "before"), aside)
    best = min(able, key=_by_turn if way == TURN else lambda one: _by_load(one, work.needs))
    return Chosen(best.id, (*reasons, "turn" if way == TURN else "least"), aside)


def _by_turn(one: Candidate) -> tuple[float, float, int]:
    """Whoever was given something longest ago; then who has less."""
    return (one.given_at.timestamp() if one.given_at else 0.0, one.load / one.most, one.id)


def _by_load(one: Candidate, needs: Needs) -> tuple[float, int, float, int]:
    """Who has the smallest part of what they may have; then who would waste the fewest skills."""
    spare = sum(one.skills.values()) - sum(needs.skills.values())
    given = one.given_at.timestamp() if one.given_at else 0.0
    return (round(one.load / one.most, 2), spare, given, one.id)


def _comes_next(left: Sequence[Candidate], work: Work, aside: Mapping[int, str]) -> Chosen:
    """Nobody is there: whoever could, in the order in which they come; of the same hour, who has
    least. Those who are on but away come before those whose shift is yet to begin."""
    coming = [one for one in left if one.on_until or one.on_at or not one.has_plan]
    if not coming:
        return Chosen(None, ("nobody",), aside)
    first = min(
        coming,
        key=lambda one: (
            _comes_in(one),
            work.language not in one.languages,
            one.load / one.most,
            one.id,
        ),
    )
    return Chosen(
        first.id,
        ("comes_next",),
        {who: why for who, why in aside.items() if who != first.id},
        from_at=first.on_at if first.on_until is None else None,
    )


def _comes_in(one: Candidate) -> float:
    """The hour in which they begin: those who are on first, those without a plan last."""
    if one.on_until is not None:
        return 0.0
    return one.on_at.timestamp() // 3600 if one.on_at is not None else math.inf
