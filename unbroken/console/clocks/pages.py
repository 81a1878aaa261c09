"""Why is this due at 17:30? Start, calendar, pauses and whose time it was, to the second."""

from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from unbroken.console import access
from unbroken.console.access import AgentRequest, agent_required, allowed
from unbroken.console.admin.frame import attempt, cleaned
from unbroken.console.admin.history import actor_names
from unbroken.console.clocks import drawing, goodwill, within
from unbroken.console.credits.words import EXCUSES, STATES, WHENCE
from unbroken.console.saved_lists.queries import kept_teams
from unbroken.console.tickets import labels
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go
from unbroken.ground.words import in_language
from unbroken.promise import by_hand, credits
from unbroken.promise.measures import all_measures
from unbroken.promise.queries import owed
from unbroken.promise.queries.telling_why import as_json
from unbroken.promise.queries.why import Why, why
from unbroken.staffing.permissions import ANSWER, APPROVE_CREDITS


@agent_required
@require_GET
def clocks(request: AgentRequest, number: int) -> HttpResponse:
    """Every promise of a request, walked through from its start to its end."""
    return _page(request, _found(request, number))


@allowed(do=APPROVE_CREDITS)
@require_POST
def excuse(request: AgentRequest, number: int, miss_id: int) -> HttpResponse:
    """Nothing is owed for a miss: whose fault it was, and the message that shows it."""
    found = _found(request, number)
    if miss_id not in {one.id for one in owed.misses_of(found.ticket_id)}:
        raise Http404("miss")
    evidence = cleaned(request.POST.get("evidence"), 18)
    wrong = attempt(
        lambda: credits.excuse_miss(
            violation_id=miss_id,
            because=request.POST.get("because", ""),
            evidence=int(evidence) if evidence.isascii() and evidence.isdigit() else 0,
            reason=cleaned(request.POST.get("reason"), 500),
            by=request.actor,
            at=now(),
        )
    )
    return _done(request, found, wrong)


@allowed(do=ANSWER)
@require_POST
def give(request: AgentRequest, number: int) -> HttpResponse:
    """A credit by hand: at once as far as the agent's authority goes, else it waits."""
    found = _found(request, number)
    wrong = attempt(
        lambda: by_hand.give_credit(
            ticket_id=TicketId(found.ticket_id),
            amount=cleaned(request.POST.get("amount"), 20),
            reason=cleaned(request.POST.get("reason"), 500),
            by=request.actor,
            at=now(),
        )
    )
    return _done(request, found, wrong)


@allowed(do=ANSWER)
@require_POST
def decide(request: AgentRequest, number: int, credit_id: int) -> HttpResponse:
    """A credit of this request that waits, approved or refused by whoever may grant so much."""
    found = _found(request, number)
    waiting = {one.id for one in owed.credits(ticket_id=found.ticket_id) if one.state == "waits"}
    if credit_id not in waiting:
        raise Http404("credit")
    wrong = attempt(
        lambda: credits.decide_credit(
            credit_id=credit_id,
            state=request.POST.get("state", ""),
            reason=cleaned(request.POST.get("reason"), 500),
            by=request.actor,
            at=now(),
        )
    )
    return _done(request, found, wrong)


def _done(request: AgentRequest, found: Why, wrong: str) -> HttpResponse:
    if wrong:
        return _page(request, found, wrong)
    return go(reverse("console:clocks", args=[found.ticket_id]))


def _page(request: AgentRequest, found: Why, wrong: str = "") -> HttpResponse:
    made_by = actor_names(one.by for told in found.promises for one in told.earlier)
    misses = owed.misses_of(found.ticket_id)
    all_of_them = owed.credits(ticket_id=found.ticket_id)
    names: dict[int, str] = {one.id: one.name for one in kept_teams()}
    context = {
        "agent": request.agent,
        "place": "work",
        "number": found.ticket_id,
        "found": found,
        "walks": drawing.told(found, request.agent.timezone, names),
        "made_by": made_by,
        "labels": labels,
        "misses": misses,
        "credits": all_of_them,
        "given": goodwill.shown(request.agent, all_of_them),
        "may_answer": access.may(request.agent, ANSWER),
        "shown": _evidence(found.ticket_id) if misses else [],
        "may_excuse": access.may(request.agent, APPROVE_CREDITS),
        "excuses": [(key, in_language(word)) for key, word in EXCUSES.items()],
        "excuse_words": EXCUSES,
        "states": STATES,
        "kinds": WHENCE,
        "measures": {key: one.label for key, one in all_measures().items()},
        "wrong": [wrong] if wrong else [],
        "typed": {key: request.POST.get(key, "")[:500] for key in ("amount", "reason")}
        if "amount" in request.POST
        else {},
        "exact": drawing.Exact(request.agent.timezone),
        "legs": within.legs_shown(found.ticket_id, request.agent.timezone, names, found.at),
    }
    status = 422 if wrong else 200
    return answer(request, "console/clocks/show.html", context, status=status)


@agent_required
@require_GET
def clocks_json(request: AgentRequest, number: int) -> HttpResponse:
    """The same for another program."""
    return JsonResponse(as_json(_found(request, number)))


def _evidence(ticket_id: int) -> list[tuple[int, str]]:
    """The messages and notes that may show whose fault it was, the newest first."""
    return [
        (one.id, f"{one.at:%Y-%m-%d %H:%M} · {' '.join((one.words or '').split())[:60]}")
        for one in reversed(record.messages_of(ticket_id))
    ]


def _found(request: AgentRequest, number: int) -> Why:
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    found = why(ticket_id, at=now())
    assert found is not None  # it was just seen
    return found
