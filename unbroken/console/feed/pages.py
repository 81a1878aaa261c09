"""The calendar of promises: its address is signed, shown on one's own page, and can be ended.

Whoever has the address reads it without signing in, as calendar programs do. So it says numbers,
what was promised and by when, and never a word of a customer. A new address ends the old one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from unbroken.console import state
from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.tickets import labels
from unbroken.ground.clock import now
from unbroken.ground.ical import Occasion, calendar
from unbroken.ground.pages import go, tell
from unbroken.ground.sql import rows
from unbroken.ground.words import _, in_language, speaking
from unbroken.staffing import queries as staffing
from unbroken.staffing.ids import AgentId
from unbroken.staffing.shift_queries import kept_plans
from unbroken.staffing.shifts import shifts_between

LIMIT = 500
LASTS = timedelta(minutes=15)
"""How long an entry is drawn: it ends when the promise does."""
WORKED, AHEAD = timedelta(days=7), timedelta(days=60)
SHIFT = _("Shift")
NAME, TITLE = _("Promises to keep"), _("{promise}: #{number}")
MADE = _("The address is below. An older one shows nothing any more.")
ENDED = _("The calendar is switched off; its address leads nowhere now.")


@dataclass(frozen=True, slots=True)
class Due:
    """A promise that runs."""

    number: int
    measure: str
    due_at: datetime


@never_cache
@require_GET
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar program fetches; not found for an address that is not, or no longer, ours."""
    agent = staffing.agent(_agent_of(token))
    if agent is None or not agent.active:
        raise Http404("calendar")
    with speaking(agent.language):
        due = rows(Due, "console/feed/queries/due.sql", me=agent.id, limit=LIMIT)
        occasions = [_occasion(request, one) for one in due]
        occasions += _shifts(request, agent.id, now())
        body = calendar(in_language(NAME), occasions, at=now())
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="promises.ics"'
    return answer


@agent_required
@require_POST
def calendar_address(request: AgentRequest) -> HttpResponse:
    """A new address, or none any more."""
    is_wanted = "end" not in request.POST
    state.renew_calendar(request.agent.id, is_wanted=is_wanted)
    tell(request, in_language(MADE if is_wanted else ENDED))
    return go(reverse("console:habits") + "#calendar")


def address_of(request: HttpRequest, agent_id: int, edition: int) -> str:
    """The address for a calendar program; empty while there is none."""
    if edition <= 0:
        return ""
    token = _signer().sign(f"{agent_id}-{edition}")
    return request.build_absolute_uri(reverse("console:calendar_feed", args=[token]))


def _agent_of(token: str) -> AgentId:
    try:
        agent, _dash, edition = _signer().unsign(token).partition("-")
    except BadSignature as error:
        raise Http404("calendar") from error
    if state.calendar_edition(int(agent)) != int(edition):
        raise Http404("calendar")
    return AgentId(int(agent))


def _occasion(request: HttpRequest, one: Due) -> Occasion:
    return Occasion(
        uid=f"{one.number}-{one.measure}@{request.get_host().partition(':')[0]}",
        starts_at=one.due_at - LASTS,
        ends_at=one.due_at,
        title=in_language(TITLE, promise=labels.promise_word(one.measure), number=one.number),
        address=request.build_absolute_uri(reverse("console:ticket", args=[one.number])),
    )


def _shifts(request: HttpRequest, agent_id: int, at: datetime) -> list[Occasion]:
    """When they work, from a week ago on; one that was swapped or taken back is not among them."""
    plan = kept_plans().get(agent_id)
    if plan is None:
        return []
    host = request.get_host().partition(":")[0]
    return [
        Occasion(
            uid=f"shift-{agent_id}-{begins:%Y%m%dT%H%M}@{host}",
            starts_at=begins,
            ends_at=ends,
            title=in_language(SHIFT),
        )
        for begins, ends in shifts_between(plan, at - WORKED, at + AHEAD)
    ]


def _signer() -> Signer:
    return Signer(sep=".", salt="unbroken.console.calendar")
