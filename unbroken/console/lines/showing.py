"""Everything the page of a line shows, from one reading of its facts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from unbroken.console.lines import access, drawing, neighbours
from unbroken.console.lines.drawing import Hours, Ribbon, Span
from unbroken.console.lines.gaps import Gaps, gaps
from unbroken.console.lines.levels import Curve, curves
from unbroken.console.lines.neighbours import Around, around, shared_with
from unbroken.console.lines.words import NOW
from unbroken.console.verdict.seen import Seen, worded
from unbroken.directory.cards import ServiceCard
from unbroken.evidence.looking import look
from unbroken.evidence.picture import Picture
from unbroken.evidence.ribbon import Break, breaks, stretches
from unbroken.ground.words import Phrase
from unbroken.staffing.queries import AgentCard

DAYS = (7, 30, 90, 365)
SHORT = timedelta(days=14)
LATEST = 12


@dataclass(frozen=True, slots=True)
class Short:
    """The last fortnight, as the request's own page has it."""

    ribbon: Ribbon
    since: datetime


@dataclass(frozen=True, slots=True)
class LinePage:
    """One line at one moment."""

    card: ServiceCard
    seen: Seen
    span: Span
    state: str
    state_words: Phrase
    state_since: datetime | None
    ribbon: Ribbon
    hours: Hours
    curves: tuple[Curve, ...]
    gaps: Gaps | None
    around: tuple[Around, ...]
    around_since: datetime
    latest: tuple[Break, ...]
    count: int
    without: timedelta


def page_of(agent: AgentCard, card: ServiceCard, at: datetime, days: int) -> LinePage:
    """Judged and drawn by what had arrived at that moment."""
    found = look(card, at)
    picture = found.case.picture
    span = Span(at - timedelta(days=days), at, ZoneInfo(agent.timezone))
    broken = breaks(picture, at - timedelta(days=366))
    here = tuple(one for one in broken if one.at >= span.since)
    parts = stretches(picture, span.since)
    facts = picture.facts
    shared = shared_with(facts)
    lines = access.lines_seen(agent, [one.service for _e, some in shared for one in some])
    near = Span(max(span.since, at - neighbours.LOOKED_AT), at, span.zone)
    return LinePage(
        card=card,
        seen=worded(found),
        span=span,
        state=picture.state,
        state_words=NOW[picture.state],
        state_since=_since(picture),
        ribbon=drawing.ribbon(span, parts, here),
        hours=drawing.hours(span, here),
        curves=curves(picture, span),
        gaps=gaps(picture, broken, found.verdict.since),
        around=around(facts, shared, lines, near),
        around_since=near.since,
        latest=here[-LATEST:][::-1],
        count=len(here),
        without=sum((p.until - p.since for p in parts if p.state == "down"), timedelta()),
    )


def _since(picture: Picture) -> datetime | None:
    last = picture.last
    if last is None:
        return None
    if picture.state == "down":
        return last.ended
    return last.started if picture.state == "up" else last.heard_at or last.started


def short_of(picture: Picture, zone: str) -> Short:
    """The small ribbon of a request's page."""
    span = Span(picture.at - SHORT, picture.at, ZoneInfo(zone))
    parts, found = stretches(picture, span.since), breaks(picture, span.since)
    return Short(drawing.ribbon(span, parts, found), span.since)
