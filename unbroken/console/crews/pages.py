"""The links of one problem: make one, hand it on, take it back; who made each."""

from datetime import timedelta

import segno
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST
from markupsafe import Markup

from unbroken.console.access import AgentRequest, allowed
from unbroken.console.admin.frame import attempt, cleaned, done
from unbroken.console.outages.views import page
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.pages import go
from unbroken.ground.words import Phrase, _, in_language
from unbroken.intake.actions.crews import end_pass, give_pass
from unbroken.intake.crews.letters import send_pass
from unbroken.intake.crews.passes import Pass, pass_of, passes_of
from unbroken.outage import queries
from unbroken.outage.queries import Problem
from unbroken.staffing import queries as staffing
from unbroken.staffing.permissions import MANAGE_PROBLEMS

GIVEN = _("The link is made. Whoever has it may report on this problem.")
LASTING: dict[str, Phrase] = {
    "12": _("12 hours"),
    "24": _("24 hours"),
    "72": _("3 days"),
    "168": _("7 days"),
}

refusals({"crew_pass.address": _("This is no mail address.")})


@allowed(do=MANAGE_PROBLEMS)
@require_http_methods(["GET", "HEAD", "POST"])
def crew(request: AgentRequest, problem_id: int) -> HttpResponse:
    """Those there are, and the form for one more."""
    problem = queries.problem(problem_id)
    if problem is None:
        raise Http404("problem")
    if request.method != "POST":
        return _show(request, problem)
    wrong = attempt(lambda: _give(request, problem.id))
    if wrong:
        return _show(request, problem, wrong=wrong)
    return done(request, GIVEN, "console:crew", problem.id)


@allowed(do=MANAGE_PROBLEMS)
@require_POST
def ended(request: AgentRequest, problem_id: int, pass_id: int) -> HttpResponse:
    """It opens nothing any more."""
    given = pass_of(pass_id)
    if given is None or given.problem != problem_id:
        raise Http404("pass")
    end_pass(pass_id=pass_id, by=request.actor, at=now())
    return go(reverse("console:crew", args=[problem_id]))


def _give(request: AgentRequest, problem_id: int) -> None:
    address, at = cleaned(request.POST.get("email")), now()
    hours = request.POST.get("hours", "")
    if address:
        try:
            validate_email(address)
        except ValidationError as error:
            raise Refused("crew_pass.address") from error
    with transaction.atomic():
        number = give_pass(
            problem=problem_id,
            language=request.POST.get("language", ""),
            for_whom=cleaned(request.POST.get("whom")),
            lasts=timedelta(hours=int(hours) if hours in LASTING else 24),
            is_mailed=bool(address),
            by=request.actor,
            at=at,
        )
        given = pass_of(number)
        if address and given is not None:
            send_pass(given, to=address, zone=request.agent.timezone, at=at)


def _show(request: AgentRequest, problem: Problem, *, wrong: str = "") -> HttpResponse:
    at, found = now(), passes_of(problem.id)
    open_ones = [(one, whom, _square(one)) for one, whom in found if one.is_open(at)]
    agents = {Actor.parse(one.made_by).id for one, _whom in found}
    return page(
        request,
        "console/crews/show.html",
        wrong=wrong,
        problem=problem,
        open_ones=open_ones,
        over=[(one, whom) for one, whom in found if not one.is_open(at)],
        names=staffing.agent_names([one for one in agents if one is not None]),
        made_by=lambda one: Actor.parse(one.made_by).id,
        lasting=[(key, in_language(words)) for key, words in LASTING.items()],
    )


def _square(one: Pass) -> Markup:
    """The link for a phone's camera; made here, from our own letters."""
    square = segno.make(one.link, error="m").svg_inline(
        scale=4, border=2, dark="#000", light="#fff", omitsize=True
    )
    return Markup(square)
