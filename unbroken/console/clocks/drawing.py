"""The walk of a promise as lines and as one bar whose parts are its stretches."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton

from unbroken.console.tickets import labels
from unbroken.ground.words import Phrase, _, current_language, in_language
from unbroken.promise.queries.promises import PromiseRow
from unbroken.promise.queries.why import Explained, Why
from unbroken.promise.why import Earlier, Step

KINDS: dict[str, Phrase] = {
    "counts": _("Counts"),
    "closed": _("Closed, does not count"),
    "folded": _("Many stretches alike"),
    "late": _("After the due time"),
}
WAITS: dict[str, Phrase] = {
    "customer": _("We waited for the customer"),
    "partner": _("We waited for a partner"),
    "appointment": _("We waited for an appointment"),
    "date": _("We waited for a date"),
    "force_majeure": _("Force majeure: nobody could help it"),
    "ended": _("It had ended, nothing was owed"),
}
OWNERS: dict[str, Phrase] = {
    "us": _("our time"),
    "customer": _("the customer's time"),
    "partner": _("the partner's time"),
    "force_majeure": _("nobody's time"),
}
OUR_TEAM = _("our time: {team}")
STATES: dict[str, Phrase] = {
    "running": _("running"),
    "paused": _("stands still"),
    "met": _("kept"),
    "missed": _("missed"),
    "cancelled": _("nothing is owed any more"),
}


@dataclass(frozen=True, slots=True)
class Exact:
    """Times and spans to the second, in the reader's zone and language."""

    zone: str
    teams: Mapping[int, str] = field(default_factory=dict)

    def time(self, at: datetime, *, year: bool = True) -> str:
        """Mon, 4 May 2026, 08:15:00."""
        local = at.astimezone(ZoneInfo(self.zone))
        skeleton = "yMMMEd" if year else "MMMEd"
        day = format_skeleton(skeleton, local.date(), locale=current_language())
        return f"{day}, {local:%H:%M:%S}"

    def span(self, seconds: float) -> str:
        """2 h 05 min 07 s: hours are working hours and never become days."""
        whole = round(seconds)
        hours, rest = divmod(whole, 3600)
        parts = [(hours, _("h")), (rest // 60, _("min")), (rest % 60, _("s"))]
        said = [f"{count} {in_language(unit)}" for count, unit in parts if count]
        return " ".join(said) or f"0 {in_language(_('s'))}"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the bar, in thousandths of its length."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """A step as it is read: from when to when, what it was, whose time, how much counted."""

    kind: str
    since: str
    until: str
    what: str
    owner: str
    counted: str
    total: str


@dataclass(frozen=True, slots=True)
class Told:
    """A promise with its walk."""

    promise: PromiseRow
    label: Phrase
    state: str
    due: str
    target: str
    used: str
    started: str
    ended: str
    lines: tuple[Line, ...]
    parts: tuple[Part, ...]
    earlier: tuple[Earlier, ...]


def told(found: Why, zone: str, teams: Mapping[int, str]) -> list[Told]:
    """Those still owed first, the one due first before the others."""
    exact = Exact(zone, teams)
    far = found.at + timedelta(days=365_000)
    ordered = sorted(
        found.promises,
        key=lambda one: (not one.promise.is_owed, one.promise.due or far, one.promise.started_at),
    )
    return [_told(one, exact, found.at) for one in ordered]


def _told(one: Explained, exact: Exact, at: datetime) -> Told:
    row = one.promise
    return Told(
        promise=row,
        label=one.label,
        state=in_language(STATES[row.state]),
        due=exact.time(row.due) if row.due else "",
        target=exact.span(row.target_seconds),
        used=exact.span(row.used_seconds),
        started=exact.time(row.started_at),
        ended=exact.time(row.ended_at) if row.ended_at else "",
        lines=tuple(_line(step, exact) for step in one.steps),
        parts=tuple(_parts(one.steps, at)),
        earlier=one.earlier,
    )


def _line(step: Step, exact: Exact) -> Line:
    counts = step.kind in ("counts", "late", "folded")
    return Line(
        kind=step.kind,
        since=exact.time(step.since, year=False),
        until=exact.time(step.until, year=False) if step.until else "",
        what=_what(step),
        owner=_owner(step, exact),
        counted=exact.span(step.seconds) if counts else "",
        total=exact.span(step.total) if counts else "",
    )


def _owner(step: Step, exact: Exact) -> str:
    """Whose time it was; of our own, which team's."""
    if step.kind not in ("counts", "waits", "late"):
        return ""
    team = exact.teams.get(step.team or 0)
    if step.owner == "us" and team:
        return in_language(OUR_TEAM, team=team)
    return in_language(OWNERS[step.owner])


def _what(step: Step) -> str:
    if step.kind == "waits":
        known = WAITS.get(step.reason)
        return in_language(known or labels.WAITING_FOR.get(step.reason, labels.WAITING_FOR[""]))
    return in_language(KINDS[step.kind])


def _parts(steps: Sequence[Step], at: datetime) -> Iterator[Part]:
    """Parts in proportion to real time; what goes on reaches until now."""
    if not steps:
        return
    begins = steps[0].since
    ends = max((step.until or max(at, step.since)) for step in steps)
    whole = (ends - begins).total_seconds() or 1.0
    for step in steps:
        until = step.until or max(at, step.since)
        x = 1000 * (step.since - begins).total_seconds() / whole
        width = 1000 * (until - step.since).total_seconds() / whole
        if width > 0:
            yield Part(step.kind, round(x, 2), round(width, 2))
