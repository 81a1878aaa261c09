"""The legs of a request within the house, as its page of clocks tells them to agents."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from unbroken.console.clocks.drawing import Exact
from unbroken.directory import queries as directory
from unbroken.ground.words import _, in_language
from unbroken.promise.queries.within import LegRow, legs_counted

SOMEBODY = _("a partner")
LATE, DONE, RUNS = _("took longer"), _("in time"), _("running")


@dataclass(frozen=True, slots=True)
class ShownLeg:
    """A leg: who had it, from when to when, how much is used of how much, and how it stands."""

    who: str
    since: str
    until: str
    due: str
    used: str
    target: str
    state: str
    word: str
    percent: int


def legs_shown(ticket_id: int, zone: str, teams: Mapping[int, str], at: datetime) -> list[ShownLeg]:
    """Every leg with a target, in order."""
    found = legs_counted(ticket_id)
    partners: dict[int, str] = {}
    if any(leg.whose == "partner" for leg in found):
        partners = {one.id: one.name for one in directory.partners()}
    exact = Exact(zone)
    return [_shown(leg, exact, teams if leg.whose == "team" else partners, at) for leg in found]


def _shown(leg: LegRow, exact: Exact, names: Mapping[int, str], at: datetime) -> ShownLeg:
    is_late = leg.is_late(at)
    state = "late" if is_late else "kept" if leg.ended_at else "running"
    word = LATE if is_late else DONE if leg.ended_at else RUNS
    return ShownLeg(
        who=names.get(leg.whose_id) or in_language(SOMEBODY),
        since=exact.time(leg.started_at),
        until=exact.time(leg.ended_at) if leg.ended_at else "",
        due=exact.time(leg.due_at) if leg.due_at else "",
        used=exact.span(leg.used_seconds),
        target=exact.span(leg.target_seconds),
        state=state,
        word=in_language(word),
        percent=round(100 * min(1.0, leg.used_seconds / max(1, leg.target_seconds))),
    )
