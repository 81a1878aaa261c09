"""What we see on one of the reader's own lines: is it up, since when, its breaks, what we think."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from unbroken.directory.cards import ServiceCard
from unbroken.directory.trouble import known_trouble
from unbroken.evidence.filling.drawing import picture as fan_of
from unbroken.evidence.judging import UNKNOWN as UNKNOWN_KEY
from unbroken.evidence.looking import look
from unbroken.evidence.picture import Picture
from unbroken.evidence.queries import filling
from unbroken.evidence.ribbon import breaks, stretches
from unbroken.ground.clock import now
from unbroken.ground.pages import answer
from unbroken.ground.words import current_language
from unbroken.portal import access
from unbroken.portal.access import KnownRequest, known_required
from unbroken.portal.clocks import Clock
from unbroken.portal.lines.words import STATES, THINK, UNKNOWN, fullness
from unbroken.portal.queries import my_requests, service_name

DAYS = 14
SURE_ENOUGH = 0.6
"""Below it a customer is told that we do not know, rather than a guess."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of the ribbon, in per cent."""

    x: float
    width: float
    state: str


@known_required
@never_cache
@require_safe
def line(request: KnownRequest, service_id: int) -> HttpResponse:
    """Only of one's own services; any other is not found."""
    own = {int(one.id): one for one in access.services_for(request.visitor)}
    if service_id not in own:
        raise Http404("line")
    card = own[service_id]
    found = look(card, now())
    picture, verdict = found.case.picture, found.verdict
    since = picture.at - timedelta(days=DAYS)
    fills = filling.latest_of(int(card.id))
    felt = [one for one in breaks(picture, since) if one.kind != "design"]
    is_sure = verdict.key != UNKNOWN_KEY and verdict.certainty >= SURE_ENOUGH
    context = {
        "visitor": request.visitor, "place": "", "clock": Clock(request.visitor.zone),
        "service": card, "name": service_name(card), "days": DAYS,
        "state": picture.state, "state_words": STATES[picture.state],
        "since": _since(picture), "bars": _bars(picture, since),
        "breaks": felt[-8:][::-1], "count": len(felt),
        "think": THINK.get(verdict.key, UNKNOWN) if is_sure else UNKNOWN,
        "trouble": known_trouble([card.id], language=current_language(), at=now()),
        "open": _open(request, card),
        "fan": fan_of(fills.weeks, fills.fan) if fills else None,
        "fullness": fullness(fills) if fills else "",
    }  # fmt: skip
    return answer(request, "portal/lines/show.html", context)


def _open(request: KnownRequest, card: ServiceCard) -> list[object]:
    """Their open faults: what happens next stands there."""
    found = my_requests(request.visitor, is_open=True, limit=5)
    return [one for one in found if one.ticket_type == "incident"]


def _since(picture: Picture) -> datetime | None:
    last = picture.last
    if last is None:
        return None
    if picture.state == "down":
        return last.ended
    return last.started if picture.state == "up" else last.heard_at or last.started


def _bars(picture: Picture, since: datetime) -> list[Bar]:
    whole = (picture.at - since).total_seconds()
    found = []
    for one in stretches(picture, since):
        x = 100 * (one.since - since).total_seconds() / whole
        width = 100 * (one.until - one.since).total_seconds() / whole
        found.append(Bar(round(x, 3), round(max(width, 0.3), 3), one.state))
    return sorted(found, key=lambda one: one.state == "down")
