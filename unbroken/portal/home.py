"""The first page: how things stand, my requests, one button to ask. It asks nothing itself."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from unbroken.directory.cards import ServiceCard
from unbroken.directory.trouble import known_trouble
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go
from unbroken.ground.words import Phrase, current_language
from unbroken.portal import access, session
from unbroken.portal.clocks import Clock
from unbroken.portal.company.approvals import waiting_for
from unbroken.portal.ending import offers_for
from unbroken.portal.planned import planned_for
from unbroken.portal.prices.pages import may_reckon
from unbroken.portal.queries import RequestRow, my_requests, service_name
from unbroken.portal.status.as_json import INDICATORS, indicator
from unbroken.portal.status.reading import snapshot
from unbroken.portal.well.pages import asked_of
from unbroken.promise.queries.priced import in_portal

SHOWN = 10
SERVICES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Mine:
    """One of my services, and what is known of it: only what was reported."""

    id: int
    name: str
    access_name: str
    is_suspended: bool


def first_line(faults: int, services: list[Mine], *, is_known: bool = False) -> str:
    """What is said first: of the reader's own, and no more than is known.

    "trouble" that a room knows of at their services goes before all; then "faults" they reported,
    "suspended" services, or "quiet".
    """
    if is_known:
        return "trouble"
    if faults:
        return "faults"
    return "suspended" if any(one.is_suspended for one in services) else "quiet"


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What we know, and nothing that we do not know."""
    visitor = access.visitor_of(request)
    requests = my_requests(visitor, is_open=True, limit=SHOWN + 1) if visitor else []
    services = access.services_for(visitor) if visitor else []
    trouble = known_trouble([one.id for one in services], language=current_language(), at=now())
    mine = [_mine(one) for one in services]
    context = {
        "visitor": visitor,
        "place": "home",
        "trouble": trouble,
        "wider": None if trouble else _wider(),
        "ends": offers_for(visitor, trouble),
        "struck": {int(number) for one in trouble for number in one.services},
        "well": asked_of(visitor),
        "planned": planned_for(services, at=now()),
        "clock": Clock(visitor.zone if visitor else ""),
        "requests": requests[:SHOWN],
        "has_more": len(requests) > SHOWN,
        "approvals": len(waiting_for(visitor)) if visitor else 0,
        "faults": _faults(requests),
        "first": first_line(len(_faults(requests)), mine, is_known=bool(trouble)),
        "suspended": sum(one.state == "suspended" for one in services),
        "services": mine[:SERVICES_SHOWN],
        "services_more": max(0, len(services) - SERVICES_SHOWN),
        "may_reckon": may_reckon(visitor) and in_portal(),
    }
    return answer(request, "portal/home.html", context)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Nobody is known in this browser any more."""
    session.close(request)
    return go("/")


def _wider() -> Phrase | None:
    """What the status page says first while something is wrong; None: nothing that it tells."""
    found = snapshot()
    return INDICATORS[indicator(found)] if found.open_incidents else None


def _faults(requests: list[RequestRow]) -> list[RequestRow]:
    return [one for one in requests if one.ticket_type == "incident"]


def _mine(card: ServiceCard) -> Mine:
    return Mine(int(card.id), service_name(card), card.access_name, card.state == "suspended")
