"""The list of links that fill up: when each is full, its picture, how often that came true."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from unbroken.console.access import AgentRequest, allowed, may
from unbroken.console.filling import offers
from unbroken.console.filling.offers import Offer
from unbroken.console.filling.words import BECAME, level, when
from unbroken.console.lines.access import lines_seen
from unbroken.console.planned.frame import page
from unbroken.console.tickets.export import as_file
from unbroken.directory.sizes import Size, sizes
from unbroken.evidence.filling.drawing import Fan, picture
from unbroken.evidence.queries import filling
from unbroken.evidence.queries.filling import FillingWeek, LinkRow
from unbroken.evidence.state import filling as kept
from unbroken.ground import sheet
from unbroken.ground.words import _, in_language
from unbroken.staffing import queries as staffing
from unbroken.staffing.permissions import ANSWER, PLAN_WORK, SEE_REPORTS

looking = allowed(do=SEE_REPORTS)
SHOWN_MAX = 60
EVERY, LINES, SHARED = _("All"), _("lines of customers"), _("ways that many share")
HEAD = (
    "monday", "link", "service", "customer", "product", "services", "kbit", "level", "a_week",
    "is_full", "soonest", "likely", "latest", "within_13_weeks", "became", "became_on", "request",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A link of the page; `offer`: what its customer may be offered, none for what is shared."""

    link: LinkRow
    when: str
    level: str
    picture: Fan
    can_open: bool
    offer: Offer | None


@looking
@require_GET
def links(request: AgentRequest) -> HttpResponse:
    """The latest list, or one of those before."""
    return show(request)


def show(request: AgentRequest, *, wrong: str = "") -> HttpResponse:
    """The page, with what was refused."""
    lists, kind = filling.latest_lists(), _kind(request)
    chosen = _chosen(lists, request.GET.get("week", ""))
    found = [one for one in _every(chosen) if _fits(one, kind)]
    some = found[:SHOWN_MAX]
    seen = lines_seen(request.agent, [one.service for one in some if one.service])
    every_size = sizes() if some else []
    said, decided = filling.came_as_said(lists)
    return page(
        request, "console/filling/links.html", "filling", wrong=wrong, lists=lists, chosen=chosen,
        kind=kind, kinds=[("", in_language(EVERY)), ("lines", in_language(LINES)),
                          ("shared", in_language(SHARED))],
        found=len(found), shown=[_shown(one, seen, every_size) for one in some], said=said,
        decided=decided, became=BECAME, is_latest=bool(lists and chosen == lists[0]),
        teams=[("", "–"), *((str(one.id), one.name) for one in staffing.teams())],
        planners=str(kept.planners() or ""), may_make=may(request.agent, ANSWER),
        may_plan_links=may(request.agent, PLAN_WORK),
    )  # fmt: skip


def _shown(link: LinkRow, seen: dict[str, int], every: Sequence[Size]) -> Shown:
    return Shown(
        link, when(link), level(link), picture(link.weeks, link.fan), link.service in seen,
        None if link.is_shared else offers.offer_for(link, every),
    )  # fmt: skip


def _every(chosen: FillingWeek | None) -> list[LinkRow]:
    return filling.links_on(chosen.monday) if chosen else []


def _kind(request: HttpRequest) -> str:
    kind = request.GET.get("kind", "")
    return kind if kind in ("lines", "shared") else ""


def _fits(link: LinkRow, kind: str) -> bool:
    return not kind or link.is_shared == (kind == "shared")


def _chosen(lists: Sequence[FillingWeek], week: str) -> FillingWeek | None:
    return next(
        (one for one in lists if one.monday.isoformat() == week), lists[0] if lists else None
    )


@looking
@require_GET
def table(request: AgentRequest) -> HttpResponse:
    """The same list for a spreadsheet."""
    chosen = _chosen(filling.latest_lists(), request.GET.get("week", ""))
    found = [one for one in _every(chosen) if _fits(one, _kind(request))]
    return as_file("links.csv", sheet.lines(HEAD, _cells(found)))


def _cells(found: Sequence[LinkRow]) -> Iterator[tuple[object, ...]]:
    for one in found:
        days: tuple[date | None, ...] = (
            one.on(one.soonest), one.on(one.likely), one.on(one.latest),
        )  # fmt: skip
        yield (
            one.monday, one.link, one.service, one.customer, one.product, one.services, one.kbit,
            one.level, one.a_week, int(one.is_full), *days, one.quarter, one.became, one.became_on,
            one.ticket_id,
        )  # fmt: skip
