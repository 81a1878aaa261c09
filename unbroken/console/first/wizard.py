"""The first steps as pages: one small form each, left and taken up again at any time.

What is done is asked of the desk itself, never kept beside it: a step done elsewhere is done here.
The last one is a request that one can answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from unbroken.calendars import queries as calendars
from unbroken.console.access import AgentRequest, allowed, may
from unbroken.console.admin import channels, people, ways
from unbroken.console.admin.frame import Sent, attempt, cleaned, page
from unbroken.console.first.left import Step, by_key, steps
from unbroken.console.opening.forms import Who
from unbroken.console.opening.writing_down import open_request
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.pages import go, tell
from unbroken.ground.words import LANGUAGES, _, current_language, in_language
from unbroken.ground.zones import available_timezones
from unbroken.intake.mailboxes import stored_mailboxes
from unbroken.intake.trying import Tried
from unbroken.intake.ways import us
from unbroken.promise import actions as promise_actions
from unbroken.promise import queries as promise
from unbroken.routing.actions import set_queue
from unbroken.staffing import actions
from unbroken.staffing import queries as staffing
from unbroken.staffing.permissions import (
    ANSWER,
    MANAGE_CHANNELS,
    MANAGE_PEOPLE,
    MANAGE_PROMISES,
    MANAGE_QUEUES,
    READ_ADMINISTRATION,
)

KEPT = _("Kept. On to the next step.")
THERE = _("This is a request. Answer it: the answer goes to you by mail.")
SUBJECT = _("The first request")
refusals({"first.no_such_agreement": _("Choose one of these agreements.")})


@dataclass(frozen=True, slots=True)
class Form:
    """Who may do a step, what it keeps, and what its page shows besides what was typed."""

    needs: tuple[str, ...]
    keep: Callable[[AgentRequest], None]
    shows: Callable[[AgentRequest], dict[str, Any]]


@allowed(do=READ_ADMINISTRATION)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: AgentRequest, key: str) -> HttpResponse:
    """One step; kept, it leads to the next that is left."""
    known = by_key(key)
    if known is None:
        raise Http404("step")
    if request.method != "POST":
        return _page(request, known)
    if not _may(request, key):
        raise PermissionDenied
    if "try" in request.POST and key in TRIES:
        return _page(request, known, tried=TRIES[key](request))
    if key == "request":
        return _first_request(request, known)
    if key == "people":
        return _colleague(request, known)
    wrong = attempt(lambda: FORMS[key].keep(request))
    if wrong:
        return _page(request, known, wrong)
    tell(request, in_language(KEPT))
    return go(_next(key))


def _may(request: AgentRequest, key: str) -> bool:
    return all(may(request.agent, one) for one in FORMS[key].needs)


def _next(key: str) -> str:
    """The step behind this one that is still to be done; after the last, what there is at all."""
    every = steps()
    place = next(number for number, one in enumerate(every) if one.key == key)
    later = [one for one in every[place + 1 :] if not one.is_done]
    return reverse("console:first_step", args=[later[0].key]) if later else reverse("console:admin")


def _page(
    request: AgentRequest,
    known: Step,
    wrong: str = "",
    tried: Tried | None = None,
    password: str = "",
) -> HttpResponse:
    every = steps()
    place = next(number for number, one in enumerate(every) if one.key == known.key)
    shown = FORMS[known.key].shows(request)
    if request.method == "POST" and not password:
        shown["typed"] = Sent({**shown["typed"], **request.POST.dict()})
    return page(
        request,
        "console/first/step.html",
        "first",
        wrong=wrong,
        tried=tried,
        password=password,
        hired=request.POST.get("email", "") if password else "",
        step=known,
        steps=every,
        later=every[place + 1].key if place + 1 < len(every) else "",
        may_change=_may(request, known.key),
        **shown,
    )


# ── what each step keeps ──────────────────────────────────────────────────────


def _keep_mailbox(request: AgentRequest) -> None:
    boxes = stored_mailboxes()
    channels.keep_mailbox(
        request, boxes[0].key if boxes else "support", boxes[0] if boxes else None
    )


def _keep_team(request: AgentRequest) -> None:
    """A team of whoever does this, and a queue that takes everything."""
    name = cleaned(request.POST.get("team"), 120)
    if not name:
        raise Refused("admin.no_name")
    told: dict[str, Any] = {"by": request.actor, "at": now()}
    known = next(iter(staffing.teams()), None)
    team = (
        known.id
        if known
        else actions.open_team(key="first-line", name=name, languages=LANGUAGES, **told)
    )
    if request.agent.id not in {one.id for one in staffing.agents(team_id=team)}:
        actions.join_team(agent_id=request.agent.id, team_id=team, role="lead", **told)
    names = {current_language(): name}
    set_queue(key="first-line", name=name, names=names, team_id=int(team), is_default=True, **told)


def _colleague(request: AgentRequest, known: Step) -> HttpResponse:
    """One colleague in the first team; their password is shown once, to whoever does this."""
    password = people.new_password()

    def hire() -> None:
        number = people.hire(request, password)
        team = next(iter(staffing.teams()), None)
        if team is not None:
            told: dict[str, Any] = {"by": request.actor, "at": now()}
            actions.join_team(agent_id=number, team_id=team.id, role="member", **told)

    wrong = attempt(hire)
    return _page(request, known, wrong, password="" if wrong else password)


def _keep_hours(request: AgentRequest) -> None:
    zone = cleaned(request.POST.get("timezone"))
    if zone not in available_timezones():
        raise Refused("admin.no_such_zone")
    promise_actions.move_hours(timezone=zone, by=request.actor, at=now())


def _keep_agreement(request: AgentRequest) -> None:
    key = cleaned(request.POST.get("agreement"), 60)
    if key not in {one.key for one in promise.named_agreements()}:
        raise Refused("first.no_such_agreement")
    promise_actions.make_default(key=key, by=request.actor, at=now())


def _first_request(request: AgentRequest, known: Step) -> HttpResponse:
    """Somebody asks, as a customer would: whoever does this, at their own address."""
    agent, found = request.agent, []
    data = {
        "name": in_language(SUBJECT),
        "words": cleaned(request.POST.get("words"), 2000) or in_language(SUBJECT),
        "channel": "web", "type": "question", "topic": None, "urgency": "medium",
        "caller": agent.name, "email": agent.email, "phone": "", "language": agent.language,
    }  # fmt: skip

    def ask() -> None:
        with transaction.atomic():
            found.append(open_request(agent, data, Who(), keeps=True, at=now()))

    wrong = attempt(ask)
    if wrong:
        return _page(request, known, wrong)
    tell(request, in_language(THERE))
    return go(reverse("console:ticket", args=[found[0]]))


# ── what each page shows ──────────────────────────────────────────────────────


def _shows_us(request: AgentRequest) -> dict[str, Any]:
    known = us()
    typed = {"name": known.name, "telephone": known.telephone, "website": known.website}
    return {"typed": typed}


def _shows_mailbox(request: AgentRequest) -> dict[str, Any]:
    row = next(iter(stored_mailboxes()), None)
    return channels.form_of(request, row)


def _shows_out(request: AgentRequest) -> dict[str, Any]:
    return ways.form_of_out()


def _shows_team(request: AgentRequest) -> dict[str, Any]:
    known = next(iter(staffing.teams()), None)
    return {"typed": {"team": known.name if known else in_language(_("First line"))}}


def _shows_people(request: AgentRequest) -> dict[str, Any]:
    names = [one.name for one in staffing.people() if one.id != request.agent.id]
    return {"typed": {"name": "", "email": "", "language": request.agent.language}, "names": names}


def _shows_hours(request: AgentRequest) -> dict[str, Any]:
    stored = calendars.stored_calendars()
    zone = next((str(one.definition.get("timezone")) for one in stored), "UTC")
    return {
        "typed": {"timezone": request.agent.timezone if zone == "UTC" else zone},
        "zones": [(one, one) for one in sorted(available_timezones())],
        "calendars": stored,
    }


def _shows_agreement(request: AgentRequest) -> dict[str, Any]:
    named = promise.named_agreements()
    chosen = next((one.key for one in named if one.is_default), "")
    return {
        "typed": {"agreement": chosen},
        "agreements": [(one.key, one.name) for one in named],
    }


def _shows_request(request: AgentRequest) -> dict[str, Any]:
    words = in_language(_("Since this morning the internet breaks again and again. Can you help?"))
    return {"typed": {"words": words}}


def _nothing(request: AgentRequest) -> None:
    """Kept by a view of its own."""


FORMS = {
    "us": Form((MANAGE_CHANNELS,), ways.keep_us, _shows_us),
    "mailbox": Form((MANAGE_CHANNELS,), _keep_mailbox, _shows_mailbox),
    "out": Form((MANAGE_CHANNELS,), ways.keep_out, _shows_out),
    "team": Form((MANAGE_QUEUES, MANAGE_PEOPLE), _keep_team, _shows_team),
    "people": Form((MANAGE_PEOPLE,), _nothing, _shows_people),
    "hours": Form((MANAGE_PROMISES,), _keep_hours, _shows_hours),
    "agreement": Form((MANAGE_PROMISES,), _keep_agreement, _shows_agreement),
    "request": Form((ANSWER,), _nothing, _shows_request),
}
TRIES = {"mailbox": channels.try_typed, "out": ways.try_typed}
