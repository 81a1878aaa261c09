"""Who fell silent together, and at which element. Pure; verdicts and outages share it.

The element named is the lowest that explains everybody who was lost (facts.md 8): most of the
services on it that were up are gone, and going further up adds nobody. One customer is no crowd.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from unbroken.evidence.facts import Element, Neighbour, Session

WITHIN = timedelta(seconds=150)
SHARE_MIN = 0.6
LOST_MIN = 2


@dataclass(frozen=True, slots=True)
class Crowd:
    """Those on one element at one moment: `lost` with their ends, out of `active` that were up."""

    element: Element
    active: int
    lost: tuple[Session, ...]

    @property
    def share(self) -> float:
        """How many of those who were up were lost."""
        return len(self.lost) / self.active if self.active else 0.0


@dataclass(frozen=True, slots=True)
class Company:
    """At which elements many were lost at once, lowest first; empty: nobody but this one.

    `known`: how many neighbours were up to be lost, so that "alone" is told from "no neighbours".
    """

    crowds: tuple[Crowd, ...]
    known: int
    nearest: Crowd | None = None

    @property
    def lowest(self) -> Crowd | None:
        """The lowest element that explains all who were lost."""
        return self.crowds[0] if self.crowds else None


def company(at: datetime, chain: Sequence[Element], neighbours: Sequence[Neighbour]) -> Company:
    """Whether those on the same elements were lost within the same minutes."""
    up: list[tuple[Neighbour, Session | None]] = []
    for neighbour in neighbours:
        was = _up_before(neighbour, at)
        if was is not None:
            up.append((neighbour, was if _is_lost(was, at) else None))
    crowds = []
    for element in chain:
        on_it = [lost for neighbour, lost in up if element.key in neighbour.shared]
        if on_it:
            gone = tuple(lost for lost in on_it if lost is not None)
            crowds.append(Crowd(element, len(on_it), gone))
    nearest = min(crowds, key=lambda crowd: crowd.element.distance, default=None)
    return Company(_explaining(crowds), len(up), nearest)


def _explaining(crowds: Sequence[Crowd]) -> tuple[Crowd, ...]:
    """The widest crowd that holds together, at the lowest element that has all of it.

    Others with the same people follow it: from the sessions alone they cannot be told apart.
    """
    struck = [
        crowd
        for crowd in crowds
        if crowd.share >= SHARE_MIN
        and len(crowd.lost) >= min(LOST_MIN, crowd.active)
        and (len(crowd.lost) >= LOST_MIN or crowd.element.services <= 2)
    ]
    if not struck:
        return ()
    most = max(len(crowd.lost) for crowd in struck)
    same = [crowd for crowd in struck if len(crowd.lost) >= 0.9 * most]
    return tuple(sorted(same, key=lambda crowd: (crowd.active, crowd.element.distance)))


def _up_before(neighbour: Neighbour, at: datetime) -> Session | None:
    """The session this neighbour had just before, if it had one."""
    since, until = at - WITHIN, at + WITHIN
    for session in reversed(neighbour.sessions):
        if session.started < since and (session.ended is None or session.ended >= since):
            return session
        if session.ended is not None and session.ended < since - timedelta(days=1):
            return None
        if session.started < since and until < session.started:
            return None
    return None


def _is_lost(session: Session, at: datetime) -> bool:
    return session.ended is not None and abs(session.ended - at) <= WITHIN
