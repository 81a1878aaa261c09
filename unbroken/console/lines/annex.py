"""The annex to a claim against a carrier: what the records show of a line, to be printed.

Everything stands in the carrier's time, with its offset, as no clock of ours is theirs. Nobody's
name stands in it: whom it happened to is not the carrier's to know.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from unbroken.console.lines import drawing
from unbroken.console.lines.drawing import Ribbon, Span
from unbroken.console.verdict.seen import Seen, worded
from unbroken.directory.cards import ServiceCard
from unbroken.directory.queries import partner_by_key
from unbroken.evidence.facts import Element
from unbroken.evidence.looking import look
from unbroken.evidence.ribbon import Break, breaks, stretches

BREAKS_MAX = 200
OURS = ("us", "customer", "")


@dataclass(frozen=True, slots=True)
class Carrier:
    """Who answers for a part of this line, and under which names they know it."""

    name: str
    circuits: tuple[str, ...]
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lost:
    """One break, in the carrier's time. `back` empty while it goes on; `minutes` in tenths."""

    number: int
    at: str
    back: str
    minutes: str
    kind: str
    cause: str
    nas: str
    session: str


@dataclass(frozen=True, slots=True)
class Annex:
    """The paper. `records`: those that show the leading cause, with their times.

    `lost`: every break but those by design, which `kinds` and `count` hold too.
    """

    card: ServiceCard
    carrier: Carrier | None
    zone: str
    since: str
    until: str
    seen: Seen
    onset: str
    records: tuple[tuple[str, str, str, str], ...]
    ribbon: Ribbon
    lost: tuple[Lost, ...]
    left_out: int
    count: int
    kinds: tuple[tuple[str, int], ...]
    without: timedelta


def annex_of(card: ServiceCard, at: datetime, days: int, zone: str) -> Annex:
    """By what had arrived at that moment."""
    place = ZoneInfo(zone)
    found = look(card, at)
    picture = found.case.picture
    span = Span(at - timedelta(days=days), at, place)
    broken = breaks(picture, span.since)
    faults = [one for one in broken if one.kind != "design"]
    parts = stretches(picture, span.since)
    seen = worded(found)
    cause = seen.causes[0] if seen.causes else None
    return Annex(
        card, _carrier(card, picture.facts.chain, found.verdict.element), zone,
        told(span.since, place), told(at, place), seen,
        told(seen.since, place) if seen.since else "",
        tuple(
            (told(one.at, place), one.kind, one.words, one.thing)
            for one in (cause.speaks_for if cause else ())
        ),
        drawing.ribbon(span, parts, broken),
        tuple(_lost(n, one, place) for n, one in enumerate(faults[-BREAKS_MAX:], start=1)),
        max(0, len(faults) - BREAKS_MAX), len(broken),
        tuple(Counter(one.kind for one in broken).most_common()),
        sum((p.until - p.since for p in parts if p.state == "down"), timedelta()),
    )  # fmt: skip


def zone_of(asked: str, card: ServiceCard, mine: str) -> str:
    """The carrier's zone as it was asked for; else that of the line's place, else one's own."""
    if asked in available_timezones():
        return asked
    return card.timezone or mine


def told(at: datetime, zone: ZoneInfo) -> str:
    """To the second, with the offset: `2026-05-24 06:10:12+02:00`."""
    return at.astimezone(zone).isoformat(sep=" ", timespec="seconds")


def _carrier(
    card: ServiceCard, chain: tuple[Element, ...], named: Element | None
) -> Carrier | None:
    """Whose the element is that the verdict names, else the nearest party on the way but us."""
    others = [one for one in chain if one.owner not in OURS]
    if not others:
        return None
    # Who feeds a cabinet with current is asked only where the verdict says so.
    others.sort(key=lambda one: (one != named, one.kind == "feeder", one.distance))
    owner = others[0].owner
    theirs = [one for one in chain if one.owner == owner]
    partner = partner_by_key(owner)
    circuits = dict.fromkeys(one.circuit for one in theirs if one.circuit)
    if card.circuit:
        circuits[card.circuit] = None
    return Carrier(
        partner.name if partner else owner, tuple(circuits), tuple(one.key for one in theirs)
    )


def _lost(number: int, one: Break, zone: ZoneInfo) -> Lost:
    return Lost(
        number, told(one.at, zone), told(one.back_at, zone) if one.back_at else "",
        f"{one.seconds / 60:.1f}" if one.seconds is not None else "", one.kind,
        one.session.cause, one.session.nas, one.session.session,
    )  # fmt: skip
