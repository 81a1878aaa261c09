"""The link of a page: one tap says "I have it", without signing in where the path allows it.

Following the link changes nothing, so that programs that look into mails acknowledge nothing; it
shows no word of a customer. It is worth nothing once somebody has it.
"""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from unbroken.console.access import AgentRequest, agent_required
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go
from unbroken.ground.words import in_language, speaking
from unbroken.intake import paging
from unbroken.routing.actions.escalate import acknowledge
from unbroken.routing.escalation import reading
from unbroken.routing.escalation.reading import PageRow, PathRow
from unbroken.routing.escalation.steps import TRIGGERS
from unbroken.staffing import queries as staffing
from unbroken.staffing.ids import AgentId
from unbroken.staffing.queries import AgentCard

OPEN = ("open", "unheard")


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def tapped(request: HttpRequest, token: str) -> HttpResponse:
    """The page for whoever was paged; its one button is the tap."""
    found = paging.read_page(token)
    row = reading.page(found[0]) if found else None
    card = staffing.agent(AgentId(found[1])) if found else None
    path = reading.path(row.path_id) if row else None
    if row is None or path is None or card is None or row.agent_id != card.id or not card.active:
        return answer(request, "console/escalation/tapped.html", {"row": None}, status=404)
    if not path.one_tap:
        return _signed_in(request, row.id)
    with speaking(card.language):
        if request.method == "POST":
            _have_it(row, card, "link")
            return go(request.path)
        return _show(request, row, path, card, token)


def _have_it(row: PageRow, card: AgentCard, way: str) -> None:
    try:
        acknowledge(
            escalation_id=row.escalation_id, agent_id=int(card.id), way=way,
            by=Actor.agent(card.id), at=now(),
        )  # fmt: skip
    except Refused:
        return  # the page says who has it


def _show(
    request: HttpRequest, row: PageRow, path: PathRow, card: AgentCard, token: str
) -> HttpResponse:
    names = staffing.agent_names([row.by_agent] if row.by_agent else [])
    context = {
        "row": row,
        "token": token,
        "path": path,
        "card": card,
        "what": paging.what(row, card.language),
        "why": in_language(TRIGGERS[row.why]),
        "is_open": row.state in OPEN,
        "is_mine": row.by_agent == card.id,
        "holder": names.get(row.by_agent or 0, ""),
    }
    return answer(request, "console/escalation/tapped.html", context)


@agent_required
def _signed_in(request: AgentRequest, page_id: int) -> HttpResponse:
    """Who has to sign in first says it on the desk."""
    return go(f"{reverse('console:escalations')}#page-{page_id}")
