"""A crew's page: where, what, and one tap each for left, so many minutes, working, done, not done.

The link is the proof; looking changes nothing, so programs that look into mails press nothing. It
needs no cookie and no script, and tells nothing of customers.
"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go
from unbroken.ground.words import LANGUAGES, Phrase, _, speaking
from unbroken.intake.crews.first_word import NOTE_LETTERS_MAX, Reported
from unbroken.intake.crews.letters import place_of
from unbroken.intake.crews.passes import Pass, pass_of, read_pass
from unbroken.intake.crews.reporting import report, seen_of
from unbroken.outage import queries as outage
from unbroken.outage.queries import Problem
from unbroken.portal import access, state
from unbroken.portal.clocks import Clock
from unbroken.portal.limits import LINKS_FROM_ONE_PLACE

MINUTES = (15, 30, 60)
STANDS: dict[str, Phrase] = {
    "left": _("You are on your way."),
    "minutes": _("You arrive soon."),
    "working": _("You are at work."),
    "done": _("You are done."),
    "notDone": _("You could not finish."),
}
STEPS = frozenset({"left", "working", "done", "notDone"})


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def crew(request: HttpRequest, token: str) -> HttpResponse:
    """One problem, for whoever was handed its link."""
    number, at = read_pass(token), now()
    place = request.META.get("REMOTE_ADDR", "")
    if number is None and not state.may_knock(LINKS_FROM_ONE_PLACE, place, at=at):
        return answer(request, "portal/crew/over.html", {}, status=429)
    given = pass_of(number) if number else None
    problem = outage.problem(given.problem) if given else None
    if given is None or problem is None:
        return access.unknown(request)
    wish = request.GET.get("in", "")
    with speaking(wish if wish in LANGUAGES else given.language):
        if not given.is_open(at):
            return answer(request, "portal/crew/over.html", {}, status=410)
        if request.method == "POST":
            return _tapped(request, given, problem)
        return _page(request, given, problem)


def _tapped(request: HttpRequest, given: Pass, problem: Problem) -> HttpResponse:
    """What was tapped counts for what the page showed; anything else shows the page anew."""
    said = _said(request)
    try:
        if said is None or request.POST.get("seen") != seen_of(problem):
            raise Refused("crew.stale")
        report(given, said, at=now())
    except Refused as refusal:
        return _page(request, given, problem, wrong=[refusal.in_words()])
    wish = request.GET.get("in", "")
    return go(request.path + (f"?in={wish}" if wish in LANGUAGES else ""))


def _said(request: HttpRequest) -> Reported | None:
    tapped = request.POST.get("step", "")
    note = request.POST.get("note", "").replace("\0", "").strip()[:NOTE_LETTERS_MAX]
    if tapped in STEPS:
        return Reported(tapped, None, note)
    minutes = {str(one): one for one in MINUTES}.get(tapped)
    return Reported("minutes", minutes, note) if minutes else None


def _page(
    request: HttpRequest, given: Pass, problem: Problem, *, wrong: list[str] | None = None
) -> HttpResponse:
    context = {
        "problem": problem,
        "where": place_of(problem.element),
        "away": len({one.service_id for one in outage.affected_by(problem.id, only_away=True)}),
        "stands": STANDS.get(problem.step),
        "minutes": MINUTES,
        "seen": seen_of(problem),
        "given": given,
        "clock": Clock(""),
        "wrong": wrong or [],
    }
    return answer(request, "portal/crew/show.html", context, status=409 if wrong else 200)
