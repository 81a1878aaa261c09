"""News to many: how far it is, to whom it went, what it says; stop it, approve it."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from unbroken.console.access import AgentRequest, allowed, may
from unbroken.console.admin.frame import attempt
from unbroken.console.dashboards.frame import page
from unbroken.ground.clock import now
from unbroken.ground.pages import go, tell
from unbroken.ground.words import Phrase, _, current_language
from unbroken.intake.actions.news import approve_notice, stop_notice
from unbroken.intake.telling.overview import NoticeRow, latest_notices, letters_of, preview
from unbroken.intake.telling.overview import notice as one_notice
from unbroken.intake.telling.policy import BY_KEY
from unbroken.staffing.permissions import MANAGE_CHANNELS, SEE_REPORTS

STATES: dict[str, Phrase] = {
    "going": _("goes out"),
    "waits": _("waits for approval"),
    "stopped": _("stopped"),
}
LETTERS: dict[str, Phrase] = {
    "sent": _("left"),
    "waiting": _("on its way"),
    "over": _("not sent: it was over by then"),
    "joined": _("not sent: newer news stood for it"),
    "receipt": _("not sent: the acknowledgement said it"),
    "wish": _("not sent: they chose not to get such mail"),
    "portal": _("not sent: they look themselves"),
    "returned": _("came back"),
    "call": _("to be called"),
    "called": _("called"),
    "address": _("not sent: no address works"),
    "limit": _("not sent: they heard enough within a day"),
    "late": _("not sent: too old to be news"),
}


@allowed(do=SEE_REPORTS)
@require_GET
def notices(request: AgentRequest) -> HttpResponse:
    """The latest, each with how far it is."""
    context = {"notices": latest_notices(), "policy": BY_KEY, "states": STATES}
    return page(request, "console/telling/notices.html", "notices", context)


@allowed(do=SEE_REPORTS)
@require_GET
def notice(request: AgentRequest, notice_id: int) -> HttpResponse:
    """What it says, and to whom it went."""
    found = _found(notice_id)
    context = {
        "one": found,
        "policy": BY_KEY,
        "states": STATES,
        "letter_words": LETTERS,
        "letters": letters_of(found.id),
        "preview": preview(found, language=current_language(), zone=request.agent.timezone),
        "may_stop": may(request.agent, MANAGE_CHANNELS),
    }
    return page(request, "console/telling/notice.html", "notices", context)


@allowed(do=MANAGE_CHANNELS)
@require_POST
def stop(request: AgentRequest, notice_id: int) -> HttpResponse:
    """Nobody more is told."""
    found = _found(notice_id)
    stop_notice(notice_id=found.id, by=request.actor, at=now())
    return go(reverse("console:notice", args=[found.id]))


@allowed(do=MANAGE_CHANNELS)
@require_POST
def approval(request: AgentRequest, notice_id: int) -> HttpResponse:
    """Read by somebody else than its author: it goes out."""
    found = _found(notice_id)
    wrong = attempt(lambda: approve_notice(notice_id=found.id, by=request.actor, at=now()))
    if wrong:
        tell(request, wrong)
    return go(reverse("console:notice", args=[found.id]))


def _found(notice_id: int) -> NoticeRow:
    found = one_notice(notice_id)
    if found is None:
        raise Http404("notice")
    return found
