"""The page of a line, a stretch of its records, and a session with its packets as they came."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.lines import access, annex
from unbroken.console.lines.showing import DAYS, page_of
from unbroken.console.lines.words import KINDS, RECORDS
from unbroken.directory.cards import ServiceCard
from unbroken.evidence.queries import records
from unbroken.evidence.queries.line_news import latest_of
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, wants_part

ZONES = ("Europe/Berlin", "Europe/London", "Europe/Moscow", "Europe/Rome", "UTC")
PART = "console/lines/_line.html"
WORDS = {"kinds": KINDS, "records": RECORDS}


@agent_required
@require_GET
def line(request: AgentRequest, service_id: int) -> HttpResponse:
    """One line now, or as it was to be seen at a moment in the past."""
    card = access.service_for(request.agent, service_id)
    asked = request.GET.get("at", "")
    moment = _moment(asked, request.agent.timezone)
    stamp = "" if moment else _stamp(card)
    if stamp and wants_part(request) and request.GET.get("seen") == stamp:
        return HttpResponse(status=204)
    page = page_of(request.agent, card, moment or now(), _days(request))
    context = {
        "agent": request.agent, "place": "", "page": page, "days": DAYS,
        "asked": asked if moment else "", "words": WORDS, "stamp": stamp,
    }  # fmt: skip
    return answer(request, "console/lines/show.html", context, parts=(PART,))


@agent_required
@require_GET
def paper(request: AgentRequest, service_id: int) -> HttpResponse:
    """The annex to a claim against a carrier, for paper."""
    card = access.service_for(request.agent, service_id)
    asked = request.GET.get("at", "")
    moment = _moment(asked, request.agent.timezone)
    zone = annex.zone_of(request.GET.get("zone", ""), card, request.agent.timezone)
    days = _days(request)
    context = {
        "agent": request.agent, "place": "", "days": days, "asked": asked if moment else "",
        "annex": annex.annex_of(card, moment or now(), days, zone), "words": WORDS,
        "zones": ZONES,
    }  # fmt: skip
    return answer(request, "console/lines/annex.html", context)


@agent_required
@require_GET
def stretch(request: AgentRequest, service_id: int) -> HttpResponse:
    """Everything that is kept of a day or a week: sessions, alarms, log lines, readings."""
    card = access.service_for(request.agent, service_id)
    zone = ZoneInfo(request.agent.timezone)
    days = 7 if request.GET.get("days") == "7" else 1
    try:
        on = request.GET.get("on") or _day_of(request.GET.get("at", ""), zone)
        since = datetime.strptime(on, "%Y-%m-%d").replace(tzinfo=zone)
        until = (since.replace(tzinfo=None) + timedelta(days=days)).replace(tzinfo=zone)
        before = (since.replace(tzinfo=None) - timedelta(days=days)).replace(tzinfo=zone)
    except (ValueError, OverflowError) as error:
        raise Http404("day") from error
    context = {
        "agent": request.agent, "place": "", "card": card, "since": since, "until": until,
        "before": before, "span": days, "words": WORDS, "is_last": until > now(),
        "records": records.records_between(card, since, until),
    }  # fmt: skip
    return answer(request, "console/lines/stretch.html", context)


@agent_required
@require_GET
def session(request: AgentRequest, service_id: int, session_id: int) -> HttpResponse:
    """One session of this line, and its accounting records with nothing left out."""
    card = access.service_for(request.agent, service_id)
    found = records.session_of(card, session_id)
    if found is None:
        raise Http404("session")
    context = {
        "agent": request.agent, "place": "", "card": card, "session": found,
        "raw": records.raw_of(found), "words": WORDS,
    }  # fmt: skip
    return answer(request, "console/lines/session.html", context)


def _stamp(card: ServiceCard) -> str:
    """What tells two states of what is known of a line apart: when the latest of it arrived."""
    latest = latest_of(card, now())
    return latest.isoformat() if latest else "none"


def _day_of(text: str, zone: ZoneInfo) -> str:
    """The reader's day of an instant; today when none is named."""
    at = datetime.fromisoformat(text) if text else now()
    return f"{at.astimezone(zone):%Y-%m-%d}"


def _days(request: HttpRequest) -> int:
    asked = request.GET.get("days", "")
    return int(asked) if asked in [str(one) for one in DAYS] else 30


def _moment(text: str, zone: str) -> datetime | None:
    """As a field for date and time sends it, in the agent's zone; the future is now."""
    try:
        found = datetime.fromisoformat(text)
        at = found if found.tzinfo else found.replace(tzinfo=ZoneInfo(zone))
        return at if datetime(2000, 1, 1, tzinfo=at.tzinfo) <= at < now() else None
    except (ValueError, OverflowError):
        return None
