"""The network now, beside the list of problems and on a whole screen; and what was, in figures."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from unbroken.console.access import AgentRequest, allowed, may
from unbroken.console.news import latest_event
from unbroken.console.outages import views, wording
from unbroken.console.overview import after, offenders
from unbroken.console.overview.now import present
from unbroken.console.tickets.export import as_file
from unbroken.ground import sheet
from unbroken.ground.clock import now
from unbroken.ground.pages import answer
from unbroken.quality.counting import desk_zone
from unbroken.staffing.permissions import SEE_REPORTS

PART = ("console/overview/_now.html",)


@views.looking
@require_GET
def network(request: AgentRequest) -> HttpResponse:
    """What is wrong now, and where."""
    shown = {**views.words_shown(request), **_context(request, is_wall=False), "section": "now"}
    more = {"wrong": [], "may_put_up": may(request.agent, SEE_REPORTS)}
    return answer(request, "console/overview/now.html", {**shown, **more}, parts=PART)


@views.looking
@require_GET
def full(request: AgentRequest) -> HttpResponse:
    """The same in big type, with nothing around it."""
    shown = {**views.words_shown(request), **_context(request, is_wall=True)}
    return answer(request, "console/overview/full.html", shown, parts=PART)


@allowed(do=SEE_REPORTS)
@require_GET
def outages(request: AgentRequest) -> HttpResponse:
    """How soon they were noticed, told and over, and what they cost."""
    span = after.asked(request.GET.get("by", ""), request.GET.get("months", ""), at=now())
    found = after.outages(span)
    return views.page(
        request,
        "console/overview/after.html",
        section="after",
        span=span,
        found=found,
        groups=after.groups(found, span),
        total=after.total(found),
        pictures=after.pictures(found, span),
        often=offenders.offenders(found, span, request.agent),
        by_choices=after.choices(),
        cause_words=wording.cause_words,
        months_choices=after.MONTHS,
    )


@allowed(do=SEE_REPORTS)
@require_GET
def table(request: AgentRequest) -> HttpResponse:
    """One line for each, for a spreadsheet."""
    span = after.asked(request.GET.get("by", ""), request.GET.get("months", ""), at=now())
    return as_file("outages.csv", sheet.lines(after.HEAD, after.lines(after.outages(span))))


def on_a_wall(request: HttpRequest, key: str) -> HttpResponse:
    """The same for a screen that knows its secret address and nothing else."""
    words = {
        "states": wording.STATES,
        "severities": wording.SEVERITIES,
        "steps": wording.STEPS,
    }
    shown = {
        **words, **_seen(request, desk_zone().key), "is_wall": True, "is_open": True,
        "live": f"{reverse('console:live')}?wall={key}", "back": "",
    }  # fmt: skip
    return answer(request, "console/overview/full.html", shown, parts=PART)


def _context(request: AgentRequest, *, is_wall: bool) -> dict[str, object]:
    return {
        **_seen(request, request.agent.timezone),
        "agent": request.agent,
        "is_wall": is_wall,
        "is_open": False,
        "live": f"{reverse('console:live')}?problems=1",
        "back": reverse("console:network_now"),
    }


def _seen(request: HttpRequest, zone: str) -> dict[str, object]:
    return {
        "seen": present(at=now()),
        "address": request.path,
        "zone": zone,
        "since": latest_event(),
        "cause_words": wording.cause_words,
    }
