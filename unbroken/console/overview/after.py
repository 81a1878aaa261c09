"""Outages that were: how soon each was noticed, told and over, what it cost; by month, element,
kind, cause or partner. Times are medians, so that one bad night does not hide a year."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from babel.dates import format_skeleton

from unbroken.console import pictures as drawing
from unbroken.console.outages import wording
from unbroken.console.pictures import Picture, Series
from unbroken.ground.sql import rows
from unbroken.ground.words import Phrase, _, current_language, in_language
from unbroken.quality.counting import desk_zone

LIMIT = 2000
MONTHS = (3, 6, 12, 24)
DRAWN_MAX = 12
MINUTE, HOUR = 60.0, 3600.0

BY: dict[str, Phrase] = {
    "month": _("Month"),
    "element": _("Element"),
    "kind": _("Kind of element"),
    "cause": _("Cause"),
    "partner": _("Partner"),
}
OURS = _("none: we repaired it")
LOST = _("Minutes lost by all services together")
SOON = _("Minutes until it was noticed, and until customers were told")
RESTORED = _("Hours until service was back")
MINUTES, NOTICED, TOLD, OVER = _("Minutes"), _("Noticed"), _("Told"), _("Back")

HEAD = (
    "problem", "element", "kind", "cause", "confirmed", "partner", "origin", "severity", "since",
    "detected_at", "until", "announced", "detect_seconds", "tell_seconds", "restore_seconds",
    "services", "service_minutes", "requests", "promises_missed", "credits", "currency",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """What was asked: grouped by what, over how many months, from when to when."""

    by: str
    months: int
    since: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Outage:
    """One of them, with what it took and caused."""

    id: int
    element: str
    kind: str
    cause: str
    is_confirmed: bool
    partner: str
    origin: str
    severity: str
    since: datetime
    detected_at: datetime
    until: datetime | None
    is_announced: bool
    first_at: datetime | None
    told_seconds: float | None
    services: int
    minutes: int
    requests: int
    missed: int
    credits: float
    currency: str

    @property
    def noticed_seconds(self) -> float:
        """From its beginning until we knew."""
        return max(0.0, (self.detected_at - self.since).total_seconds())

    @property
    def over_seconds(self) -> float | None:
        """From its beginning until service was back; None while it lasts."""
        return (self.until - self.since).total_seconds() if self.until else None


@dataclass(frozen=True, slots=True)
class Group:
    """Some of them together. Times are medians; None: of none of them known."""

    name: str
    outages: int
    services: int
    minutes: int
    noticed: timedelta | None
    told: timedelta | None
    over: timedelta | None
    requests: int
    missed: int
    credits: float
    currency: str


def asked(by: str, months: str, *, at: datetime) -> Span:
    """What was asked for in the address; twelve months by month for anything odd."""
    count = int(months) if months.isascii() and months.isdigit() and len(months) < 4 else 0
    count = count if count in MONTHS else 12
    local = at.astimezone(desk_zone()).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    number = local.year * 12 + local.month - 1 - (count - 1)
    since = local.replace(year=number // 12, month=number % 12 + 1)
    return Span(by if by in BY else "month", count, since, at)


def choices() -> list[tuple[str, str]]:
    """By what they may be put together."""
    return [(key, in_language(word)) for key, word in BY.items()]


def outages(span: Span) -> list[Outage]:
    """All of this span that were none by mistake; the latest first."""
    until = span.at + timedelta(seconds=1)
    return rows(
        Outage, "console/overview/queries/after.sql", since=span.since, until=until, at=span.at,
        limit=LIMIT,
    )  # fmt: skip


def groups(found: Sequence[Outage], span: Span) -> list[Group]:
    """Put together: months in order, everything else by the minutes that it cost."""
    together: dict[str, list[Outage]] = defaultdict(list)
    for one in reversed(found):
        together[_key(one, span.by)].append(one)
    made = [_group(_name(key, span.by), some) for key, some in together.items()]
    return made if span.by == "month" else sorted(made, key=lambda one: (-one.minutes, one.name))


def total(found: Sequence[Outage]) -> Group:
    """All of them together."""
    return _group("", found)


def _key(one: Outage, by: str) -> str:
    if by == "month":
        return f"{one.since.astimezone(desk_zone()):%Y-%m}"
    return str(getattr(one, by))


def _name(key: str, by: str) -> str:
    if by == "month":
        first = datetime(int(key[:4]), int(key[5:]), 1)  # noqa: DTZ001  a month has no zone
        return str(format_skeleton("yMMM", first, locale=current_language()))
    if by == "cause":
        return wording.cause_words(key)
    if by == "partner" and not key:
        return in_language(OURS)
    return key or "–"


def _group(name: str, some: Sequence[Outage]) -> Group:
    return Group(
        name=name,
        outages=len(some),
        services=sum(one.services for one in some),
        minutes=sum(one.minutes for one in some),
        noticed=_middle([one.noticed_seconds for one in some]),
        told=_middle([one.told_seconds for one in some]),
        over=_middle([one.over_seconds for one in some]),
        requests=sum(one.requests for one in some),
        missed=sum(one.missed for one in some),
        credits=sum(one.credits for one in some),
        currency=next((one.currency for one in some if one.currency), ""),
    )


def _middle(values: Sequence[float | None]) -> timedelta | None:
    known = [one for one in values if one is not None]
    return timedelta(seconds=median(known)) if known else None


def _in(spans: Sequence[timedelta | None], unit: float) -> tuple[float, ...]:
    return tuple(round(one.total_seconds() / unit, 2) if one else 0.0 for one in spans)


def pictures(found: Sequence[Outage], span: Span) -> list[Picture]:
    """What it cost, how soon we knew and told, how soon it was over."""
    some = groups(found, span)
    some = some[-DRAWN_MAX:] if span.by == "month" else some[:DRAWN_MAX]
    names = [one.name for one in some]
    if not some:
        return []
    lost = Series(in_language(MINUTES), tuple(float(one.minutes) for one in some))
    noticed = Series(in_language(NOTICED), _in([one.noticed for one in some], MINUTE), "1")
    told = Series(in_language(TOLD), _in([one.told for one in some], MINUTE), "2")
    over = Series(in_language(OVER), _in([one.over for one in some], HOUR), "3")
    return [
        drawing.beside(in_language(LOST), names, [lost]),
        drawing.beside(in_language(SOON), names, [noticed, told]),
        drawing.beside(in_language(RESTORED), names, [over]),
    ]


def lines(found: Sequence[Outage]) -> Iterator[tuple[object, ...]]:
    """Each as a line of the table; times in seconds, empty where not known."""
    for one in found:
        yield (
            one.id, one.element, one.kind, one.cause, int(one.is_confirmed), one.partner,
            one.origin, one.severity, one.since.isoformat(), one.detected_at.isoformat(),
            one.until.isoformat() if one.until else "", int(one.is_announced),
            round(one.noticed_seconds), _whole(one.told_seconds), _whole(one.over_seconds),
            one.services, one.minutes, one.requests, one.missed, f"{one.credits:.2f}",
            one.currency,
        )  # fmt: skip


def _whole(seconds: float | None) -> object:
    return "" if seconds is None else round(seconds)
