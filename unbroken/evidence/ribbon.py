"""A line's time as one ribbon: stretches up, down or unheard, and each break with its kind. Pure.

A kind says what was seen at the break itself and is no verdict: the line trained anew, the power
went, the session alone was lost. What nobody read stays `unsaid`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from unbroken.evidence.endings import CAUSES
from unbroken.evidence.facts import Session
from unbroken.evidence.periods import keeps_clock, keeps_length
from unbroken.evidence.picture import Picture
from unbroken.evidence.sightings import light, power, retrain

Kind = Literal["design", "line", "light", "power", "network", "session", "user", "unsaid"]
State = Literal["up", "down", "unheard"]

KINDS: tuple[Kind, ...] = (
    "line", "light", "power", "network", "session", "unsaid", "user", "design",
)  # fmt: skip
"""In the order in which they matter."""

BREAKS_MAX = 1200
ALARMS_REACH = timedelta(days=21)
"""Older alarms are not at hand (`queries/line_facts.py`)."""


@dataclass(frozen=True, slots=True)
class Break:
    """One end of a session. `back_at` is None while there was none after it."""

    at: datetime
    back_at: datetime | None
    kind: Kind
    session: Session

    @property
    def seconds(self) -> float | None:
        """How long it lasted; None while it goes on."""
        return max(0.0, (self.back_at - self.at).total_seconds()) if self.back_at else None


@dataclass(frozen=True, slots=True)
class Stretch:
    """From when to when the line was in one state."""

    since: datetime
    until: datetime
    state: State


def breaks(picture: Picture, since: datetime) -> tuple[Break, ...]:
    """The breaks since then, the newest `BREAKS_MAX`, oldest first."""
    found = [end for end in picture.ends if end[1] >= since][-BREAKS_MAX:]
    return tuple(
        Break(at, back, _kind(picture, session, at, back), session) for session, at, back in found
    )


def _kind(picture: Picture, session: Session, at: datetime, back: datetime | None) -> Kind:
    if session.ended_by.startswith("accounting"):
        return "network"
    if picture.at - at <= ALARMS_REACH:
        dark = light(picture, at, back) if picture.access == "fibre" else None
        gone = power(picture, at)
        if gone is not None and gone.value == "lost":
            return "power"
        if dark is not None and dark.value == "lost":
            return "light"
    trained = retrain(picture, session, at, back)
    if trained is not None and trained.value == "yes":
        return "line"
    if _is_periodic(picture, session, at) or session.cause == "Session-Timeout":
        return "design"
    return _by_cause(session, trained is not None)


def _is_periodic(picture: Picture, session: Session, at: datetime) -> bool:
    length = keeps_length(session, at, picture.lengths)
    return length is not None or keeps_clock(at, picture.zone, picture.nights) is not None


def _by_cause(session: Session, is_line_well: bool) -> Kind:
    """What the NAS said, where nothing else was seen."""
    meant = CAUSES.get(session.cause, "")
    if meant == "user":
        return "user"
    if meant in ("nas", "admin", "request"):
        return "network"
    return "session" if is_line_well else "unsaid"


def stretches(picture: Picture, since: datetime) -> tuple[Stretch, ...]:
    """From then until the moment of the picture, without holes; before all records: unheard."""
    found: list[Stretch] = []
    reached = since
    for begun, ended, state in _covered(picture):
        begun, ended = max(begun, reached), min(ended, picture.at)
        if ended <= begun:
            continue
        if begun > reached:
            found.append(Stretch(reached, begun, "down" if found else _before(picture, since)))
        found.append(Stretch(begun, ended, state))
        reached = ended
    if reached < picture.at:
        heard = bool(picture.sessions)
        found.append(Stretch(reached, picture.at, "down" if heard else "unheard"))
    return tuple(found)


def _before(picture: Picture, since: datetime) -> State:
    first = picture.sessions[0].started if picture.sessions else None
    return "down" if first is not None and first < since else "unheard"


def _covered(picture: Picture) -> Iterator[tuple[datetime, datetime, State]]:
    """Times with a session, in order; an open one without news is unheard after its last."""
    every: Sequence[Session] = picture.sessions
    for index, one in enumerate(every):
        following = every[index + 1].started if index + 1 < len(every) else None
        if one.ended is not None:
            yield one.started, one.ended, "up"
        elif following is not None:
            yield one.started, max(one.started, one.heard_at or one.started), "up"
        elif picture.state == "silent":
            heard = one.heard_at or one.started
            yield one.started, heard, "up"
            yield heard, picture.at, "unheard"
        else:
            yield one.started, picture.at, "up"
