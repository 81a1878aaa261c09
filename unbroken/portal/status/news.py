"""What somebody who wants the status page by mail has not been told yet. Pure.

What happens within two minutes is one letter, and what is over by then is none. Of an incident
they hear from the moment it touches a part of theirs; what is older than six hours is no news.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from unbroken.portal.status.components import Component
from unbroken.portal.status.reading import Incident, Snapshot, Update, Work

SETTLES = timedelta(minutes=2)
PATIENCE = timedelta(hours=6)
AHEAD = timedelta(days=14)
"""Planned work is told so long before, not earlier."""


@dataclass(frozen=True, slots=True)
class WorkNews:
    """Work that was announced, moved or called off; called off, nothing is left of it but when."""

    key: str
    kind: str
    since: datetime
    until: datetime
    work: Work | None = None

    @property
    def told_as(self) -> str:
        """Under which it is noted that they know."""
        return f"x{self.key[1:]}" if self.work is None else self.key


@dataclass(frozen=True, slots=True)
class News:
    """What to tell; `told`: what they know once they were told. `is_due`: it has settled."""

    incidents: tuple[tuple[Incident, tuple[Update, ...]], ...]
    work: tuple[WorkNews, ...]
    told: Mapping[str, str]
    is_due: bool

    def __bool__(self) -> bool:
        return bool(self.incidents or self.work)


def known(parts: Sequence[str], found: Snapshot) -> dict[str, str]:
    """All that the page says now of these parts: whoever begins to read it has seen it."""
    told = {
        incident_key(one): str(one.updates[-1].id)
        for one in found.incidents
        if one.updates and touches(parts, one.components, found)
    }
    works = [one for one in found.coming_work if touches(parts, one.components, found)]
    return told | {work_key(one): _span(one.since, one.until) for one in works}


def news(
    parts: Sequence[str],
    told: Mapping[str, str],
    found: Snapshot,
    upto: Mapping[str, str] | None = None,
) -> News:
    """What is new to them. `upto`: no more than this, a letter that says so may be on its way."""
    incidents, knows = [], {}
    for one in found.incidents:
        key = incident_key(one)
        if not one.updates or not (key in told or touches(parts, one.components, found)):
            continue
        last = int(told.get(key, "0"))
        until = int(upto.get(key, str(last))) if upto is not None else one.updates[-1].id
        new = tuple(update for update in one.updates if last < update.id <= until)
        knows[key] = str(max(last, until))
        is_missed = not last and not one.problem.is_open
        if new and not is_missed and new[-1].at > found.at - PATIENCE:
            incidents.append((one, new))
    works = [one for one in _of_work(parts, told, found) if upto is None or one.told_as in upto]
    now_told = {one.told_as: _span(one.since, one.until) for one in works}
    replaced = {one.key for one in works}
    kept = {
        key: span
        for key, span in told.items()
        if key[0] in "wx" and key not in replaced and _times(span)[1] > found.at
    }
    ages = [new[0].at for _one, new in incidents]
    ages += [one.work.changed_at for one in works if one.work is not None]
    is_due = any(at <= found.at - SETTLES for at in ages) or any(one.work is None for one in works)
    return News(tuple(incidents), tuple(works), knows | kept | now_told, is_due)


def touches(parts: Sequence[str], components: Iterable[Component], found: Snapshot) -> bool:
    """Whether something of these is theirs; who named no part wants all of it."""
    if not parts:
        return True
    mine = {reached for part in parts for reached in found.reaches.get(part, {part})}
    return any(one.id in mine for one in components)


def _of_work(parts: Sequence[str], told: Mapping[str, str], found: Snapshot) -> Iterable[WorkNews]:
    shown = {work_key(one): one for one in found.work}
    for key, one in shown.items():
        span, known_as = _span(one.since, one.until), told.get(key)
        if one.until <= found.at or known_as == span:
            continue
        if known_as is not None:
            yield WorkNews(key, "moved", one.since, one.until, one)
        elif one.since <= found.at + AHEAD and touches(parts, one.components, found):
            yield WorkNews(key, "announced", one.since, one.until, one)
    for key, span in told.items():
        if key.startswith("w") and key not in shown:
            since, until = _times(span)
            if since > found.at:
                yield WorkNews(key, "calledOff", since, until)


def incident_key(one: Incident) -> str:
    """Under which it is noted how far they know it."""
    return f"p{one.id}"


def work_key(one: Work) -> str:
    """The same of planned work."""
    return f"w{one.id}"


def _span(since: datetime, until: datetime) -> str:
    return f"{since.isoformat()}|{until.isoformat()}"


def _times(span: str) -> tuple[datetime, datetime]:
    since, _bar, until = span.partition("|")
    return datetime.fromisoformat(since), datetime.fromisoformat(until)
