"""Is it well again? Two buttons behind the link in the mail; the same on the portal's first page.

The link is the proof, and looking changes nothing: programs that look into mails press no button.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from unbroken.conversation.links import ticket_link
from unbroken.ground.clock import now
from unbroken.ground.pages import answer
from unbroken.ground.words import LANGUAGES, current_language, speaking
from unbroken.intake.well.answering import answer_well
from unbroken.intake.well.questions import Question, question, questions_for, read_well, well_token
from unbroken.outage import queries as outage
from unbroken.portal import access, state
from unbroken.portal.access import Visitor, is_zone
from unbroken.portal.clocks import Clock
from unbroken.portal.limits import LINKS_FROM_ONE_PLACE


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on the first page; `token` opens its page."""

    token: str
    question: Question


def asked_of(visitor: Visitor | None) -> list[Asked]:
    """What the reader has not answered yet. A link to one request shows no other trouble."""
    if visitor is None or not visitor.is_wide:
        return []
    found = questions_for(visitor.ids, at=now())
    return [Asked(well_token(one.id), one) for one in found]


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def well(request: HttpRequest, token: str) -> HttpResponse:
    """The question; with a button pressed, what follows from the answer."""
    number, at = read_well(token), now()
    place = request.META.get("REMOTE_ADDR", "")
    is_counted = number is None or request.method == "POST"
    if is_counted and not state.may_knock(LINKS_FROM_ONE_PLACE, place, at=at):
        return answer(request, "portal/link_dead.html", _shown(request), status=429)
    asked = question(number) if number else None
    if asked is None:
        return access.unknown(request)
    with speaking(_language(request, asked)):
        says = request.POST.get("says", "")
        if request.method == "POST" and says in ("yes", "no"):
            answer_well(asked, "yes" if says == "yes" else "no", at=at)
            asked = question(asked.id) or asked
        return _page(request, asked, token)


def _language(request: HttpRequest, asked: Question) -> str:
    """Of the signed-in reader; of who was mailed, for whom we do not know."""
    known = access.visitor_of(request) is not None
    return current_language() if known or asked.language not in LANGUAGES else asked.language


def _page(request: HttpRequest, asked: Question, token: str) -> HttpResponse:
    problem = outage.problem(asked.problem)
    goes_on = asked.ticket if asked.says == "no" else None
    shown = {
        **_shown(request),
        "asked": asked,
        "token": token,
        "until": (problem.until if problem else None) or asked.sent_at,
        "link": ticket_link(goes_on, asked.contact) if goes_on else "",
        "clock": Clock(asked.timezone if is_zone(asked.timezone) else ""),
    }
    return answer(request, "portal/well/show.html", shown)


def _shown(request: HttpRequest) -> dict[str, object]:
    return {"visitor": access.visitor_of(request), "place": "home"}
