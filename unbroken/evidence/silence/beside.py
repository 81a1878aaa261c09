"""Who fell silent together with one line, asked about one moment: the detector's measures.

A verdict sees a sample of the neighbours on what its line hangs on, and only that line's way up;
the detector hears everybody. What belongs together, how many make a crowd, what share of an element
must be gone and which of several elements is named are the same functions and limits. Two things
are the detector's alone: its baseline, since here one is known to be lost, and other branches of
an element, which a verdict does not see.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from unbroken.evidence.facts import Element, Neighbour, Session
from unbroken.evidence.silence import limits, naming
from unbroken.evidence.silence.found import Cluster
from unbroken.evidence.silence.lines import Loss

ITSELF = ""
"""The line that is asked about, among those that were lost."""

NEAR = timedelta(seconds=limits.LINK_GAP + limits.SETTLE)
"""Further apart than a loss may follow another and be settled, two are not looked at together."""

PAIR = 2
"""Where only two hang on an element, the other one is all the company there can be."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Those on one element at one moment: `lost` with their ends, out of `active` that were up."""

    element: Element
    active: int
    lost: tuple[Session, ...]
    cluster: Cluster

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
    up = [(one, was) for one in neighbours if (was := _up_before(one, at)) is not None]
    lost = {one.service: was for one, was in up if _is_lost(was, at)}
    losses = {key: Loss(was.ended.timestamp(), []) for key, was in lost.items() if was.ended}
    losses[ITSELF] = Loss(at.timestamp(), [])
    together = next(one for one in naming.groups(losses) if any(key == ITSELF for key, _ in one))
    with_it = {key: loss for key, loss in together if key != ITSELF}
    crowds = []
    for element in chain:
        there = [one.service for one, _ in up if element.key in one.shared]
        if there:
            crowds.append(_crowd(element, there, with_it, lost, losses[ITSELF]))
    nearest = min(crowds, key=lambda crowd: crowd.element.distance, default=None)
    return Company(_explaining(crowds), len(up), nearest)


def _crowd(
    element: Element, there: Sequence[str], with_it: Mapping[str, Loss],
    lost: Mapping[str, Session], itself: Loss,
) -> Crowd:  # fmt: skip
    gone = tuple((key, with_it[key]) for key in there if key in with_it)
    cluster = Cluster(element.key, ((ITSELF, itself), *gone), len(there) - len(gone))
    return Crowd(element, len(there), tuple(lost[key] for key, _ in gone), cluster)


def _explaining(crowds: Iterable[Crowd]) -> tuple[Crowd, ...]:
    """The widest crowd that holds together, at the lowest element that has all of it.

    Others with the same people follow it: from the sessions alone they cannot be told apart.
    """
    struck = {crowd.element.key: crowd for crowd in crowds if _is_struck(crowd)}
    same = naming.widest([one.cluster for one in struck.values()], nearly=limits.NEARLY)
    found = [struck[cluster.element] for cluster in same]
    return tuple(sorted(found, key=lambda crowd: (crowd.active, crowd.element.distance)))


def _is_struck(crowd: Crowd) -> bool:
    least = PAIR if crowd.element.services <= PAIR else limits.MEMBERS_MIN
    return crowd.cluster.size >= least and crowd.share >= limits.SHARE_MIN


def _up_before(neighbour: Neighbour, at: datetime) -> Session | None:
    """The session this neighbour had just before, if it had one."""
    since, until = at - NEAR, at + NEAR
    for session in reversed(neighbour.sessions):
        if session.started < since and (session.ended is None or session.ended >= since):
            return session
        if session.ended is not None and session.ended < since - timedelta(days=1):
            return None
        if session.started < since and until < session.started:
            return None
    return None


def _is_lost(session: Session, at: datetime) -> bool:
    return session.ended is not None and abs(session.ended - at) <= NEAR
