"""The second proof after the password: the code of an app, or one of the ten for a lost phone."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from unbroken.console import state
from unbroken.console.doors import entering
from unbroken.console.pauses import keys_of
from unbroken.console.signing import TOO_OFTEN
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go
from unbroken.ground.time_words import how_long
from unbroken.ground.words import _, in_language
from unbroken.staffing import actions
from unbroken.staffing import queries as staffing
from unbroken.staffing.cards import AgentCard
from unbroken.staffing.state import keys

WRONG_CODE = _("This code is not right, or was used already. Wait for the next one.")


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Six digits, or a recovery code; tries are counted like those of passwords."""
    agent, after = entering.halfway(request)
    if agent is None:
        return go(reverse("console:sign_in"))
    if request.method != "POST":
        return _page(request, agent)
    at, counted = now(), keys_of(f"code of {agent.id}", entering.place_of(request))
    if pause := state.count_try(counted.values(), at=at):
        return _page(request, agent, in_language(TOO_OFTEN, time=how_long(pause)), 429)
    code = request.POST.get("code", "").replace("\0", "").strip()[:40]
    if not _is_right(agent, code):
        entering.note_failure(request, way=entering.CODE, agent=agent)
        return _page(request, agent, in_language(WRONG_CODE), 422)
    state.forget_tries(counted.values(), at=at)
    return entering.enter(request, agent, way=entering.CODE, after=after)


def _is_right(agent: AgentCard, code: str) -> bool:
    digits = code.replace(" ", "")
    if digits.isascii() and digits.isdigit():
        return keys.use_code(agent.id, digits, at=now())
    return actions.use_recovery_code(agent_id=agent.id, code=code, at=now())


def _page(
    request: HttpRequest, agent: AgentCard, wrong: str = "", status: int = 200
) -> HttpResponse:
    kinds = {key.kind for key in staffing.keys(agent.id)}
    context = {"kinds": kinds, "wrong": [wrong] if wrong else []}
    return answer(request, "console/doors/code.html", context, status=status)
