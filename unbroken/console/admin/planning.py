"""The plan of a week: what comes, whom it needs, where people are missing, and how good it is.

A proposal is made by a solver, in a job that is asked for here, and kept until somebody takes it
over or asks for another.
Swaps: a colleague agrees, a lead approves, and the shifts change hands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from unbroken.console import pictures
from unbroken.console.access import ANYBODY, AgentRequest, allowed, may
from unbroken.console.admin.frame import CHANGED, attempt, cleaned, page
from unbroken.console.pictures import Picture, Series
from unbroken.console.saved_lists.queries import kept_teams
from unbroken.console.tasks import propose_plan
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.pages import go, tell
from unbroken.ground.words import Phrase, _, current_language, in_language
from unbroken.quality.counting import desk_zone
from unbroken.quality.foreseeing import (
    Foreseen,
    foreseen,
    people_who_answer,
    rostered,
    workers,
)
from unbroken.staffing import actions, shift_queries
from unbroken.staffing.cards import AgentCard
from unbroken.staffing.forecast import DAYS_MIN, TooLittle
from unbroken.staffing.ids import AgentId
from unbroken.staffing.permissions import ANSWER, PLAN_SHIFTS
from unbroken.staffing.planning import (
    Mark,
    Shift,
    Worker,
    has_solver,
    marks,
    people_there,
    quality,
)
from unbroken.staffing.state.plans import draft_of, forget_draft, is_wanted, want_draft

MARKS: Mapping[str, tuple[Phrase, Phrase]] = {
    "cover": (_("Enough people"), _("{n} hours of people missing")),
    "overload": (_("Nobody overloaded"), _("{n} hours above the week of somebody")),
    "rest": (_("Eleven hours of rest"), _("{n} rests too short")),
    "shared": (_("Nights and weekends shared"), _("{n} between who has most and who has fewest")),
    "fit": (_("Nobody there for nothing"), _("{n} hours of people more than needed")),
}
STATES = {"asked": _("asked"), "agreed": _("agreed, waits for a lead")}
refusals(
    {
        "plan.too_little": _("It takes {least} days of history to foretell a week; there are {n}."),
        "plan.no_solver": _("Proposals need the package highspy, which is not installed."),
    }
)

reading = allowed(do=PLAN_SHIFTS, read=ANYBODY)
doing = allowed(do=PLAN_SHIFTS)
answering = allowed(do=ANSWER)


@dataclass(frozen=True, slots=True)
class Line:
    """A person's week: hours of each day, all together, and whether that is too many."""

    name: str
    cells: tuple[str, ...]
    hours: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One reason of the quality, in words."""

    label: str
    says: str
    points: str


@reading
@require_GET
def plan(request: AgentRequest) -> HttpResponse:
    """A week as it is planned, or as it was proposed."""
    return _page(request)


@doing
@require_POST
def propose(request: AgentRequest) -> HttpResponse:
    """A new proposal for a week."""
    team = _planned_team(request)
    monday = monday_of(request.POST.get("week", ""))
    wrong = attempt(lambda: _propose(monday, team))
    if wrong:
        return _page(request, wrong)
    return go(f"{reverse('console:plan')}?week={monday}{_of(team)}&what=draft")


@doing
@require_POST
def take(request: AgentRequest) -> HttpResponse:
    """The proposal is the plan from now on, or it is thrown away."""
    team = _planned_team(request)
    monday = monday_of(request.POST.get("week", ""))
    draft = draft_of(monday, team)
    if draft is None:
        raise Http404("draft")
    if request.POST.get("do") == "drop":
        forget_draft(monday, team)
        return go(f"{reverse('console:plan')}?week={monday}{_of(team)}")
    zones = {int(one.id): one.timezone for one in people_who_answer(team)}
    wrong = attempt(
        lambda: actions.take_plan(
            monday=monday, shifts=draft.shifts, agents=zones, zone=desk_zone(), by=request.actor,
            at=now(), team=team,
        )
    )  # fmt: skip
    if wrong:
        return _page(request, wrong)
    tell(request, in_language(CHANGED))
    return go(f"{reverse('console:plan')}?week={monday}{_of(team)}")


@answering
@require_POST
def ask(request: AgentRequest) -> HttpResponse:
    """I ask a colleague to take my shift."""
    wrong = attempt(lambda: _ask(request))
    if wrong:
        return _page(request, wrong)
    tell(request, in_language(CHANGED))
    return go(f"{reverse('console:plan')}#swaps")


@answering
@require_POST
def answer(request: AgentRequest, swap_id: int) -> HttpResponse:
    """The other agrees or refuses, a lead approves or refuses, who asked takes it back."""
    row = shift_queries.swap(swap_id)
    if row is None:
        raise Http404("swap")
    state = request.POST.get("state", "")
    if state not in _may_say(request, row):
        raise PermissionDenied
    told = {"swap_id": swap_id, "state": state, "by": request.actor, "at": now()}
    wrong = attempt(lambda: actions.answer_swap(**told))  # type: ignore[arg-type]
    if wrong:
        return _page(request, wrong)
    tell(request, in_language(CHANGED))
    return go(f"{reverse('console:plan')}#swaps")


def _plans(agent: AgentCard, team: int) -> bool:
    """Who plans everybody's week sees every queue; a lead plans the weeks of their teams."""
    return may(agent, PLAN_SHIFTS) and (agent.sees_all or team in agent.lead_of)


def _planned_team(request: AgentRequest) -> int:
    """The team whose week it is, 0 for everybody's; not for whoever may not plan it."""
    team = _team(request.POST)
    if not _plans(request.agent, team):
        raise PermissionDenied
    return team


def _team(sent: Mapping[str, Any]) -> int:
    """What the address or the form says, among the teams there are; 0 for none of them."""
    asked = str(sent.get("team", ""))
    return next((int(one.id) for one in kept_teams() if str(one.id) == asked), 0)


def _of(team: int) -> str:
    return f"&team={team}" if team else ""


def _propose(monday: date, team: int) -> None:
    """What can be known to fail is refused at once; the rest is a job's."""
    try:
        foreseen(monday, team, at=now())
    except TooLittle as little:
        raise Refused("plan.too_little", n=little.days, least=DAYS_MIN) from little
    if not has_solver():
        raise Refused("plan.no_solver")
    with transaction.atomic():
        want_draft(monday, team, at=now())
        propose_plan.defer(monday=monday.isoformat(), team=team)


def _ask(request: AgentRequest) -> None:
    other = request.POST.get("other", "")
    known = {str(one.id): one.id for one in people_who_answer()}
    if other not in known:
        raise Refused("swap.same")
    back = cleaned(request.POST.get("back"), 10)
    actions.ask_swap(
        asker=AgentId(request.agent.id), other=AgentId(known[other]),
        day=_date(request.POST.get("day")), back=_date(back) if back else None,
        by=request.actor, at=now(),
    )  # fmt: skip


def _date(text: str | None) -> date:
    try:
        found = date.fromisoformat(cleaned(text, 10))
    except ValueError as error:
        raise Refused("admin.bad_date") from error
    if not 2000 < found.year < 2200:
        raise Refused("admin.bad_date")
    return found


def _may_say(request: AgentRequest, row: shift_queries.SwapRow) -> list[str]:
    """What this reader may make of a swap."""
    me, found = int(request.agent.id), []
    if row.state == "asked" and me == row.other_id:
        found += ["agreed", "refused"]
    if row.state == "agreed" and _leads(request, row):
        found += ["approved", "refused"]
    if me == row.asker_id:
        found.append("withdrawn")
    return found


def _leads(request: AgentRequest, row: shift_queries.SwapRow) -> bool:
    """A lead of both, or who sees every queue; nobody approves a swap of their own."""
    agent = request.agent
    if not may(agent, PLAN_SHIFTS) or int(agent.id) in (row.asker_id, row.other_id):
        return False
    teams = {int(one.id): set(one.team_ids) for one in people_who_answer()}
    theirs = [teams.get(who, set()) for who in (row.asker_id, row.other_id)]
    return agent.sees_all or all(not set(agent.lead_of).isdisjoint(one) for one in theirs)


# ── what the page shows ───────────────────────────────────────────────────────


def monday_of(text: str) -> date:
    """The Monday of the week that was asked for; of this week otherwise."""
    try:
        asked = date.fromisoformat(text)
        asked = asked if 2000 < asked.year < 2200 else now().astimezone(desk_zone()).date()
    except ValueError:
        asked = now().astimezone(desk_zone()).date()
    return asked - timedelta(days=asked.weekday())


def _page(request: AgentRequest, wrong: str = "") -> HttpResponse:
    sent = request.POST if request.method == "POST" else request.GET
    monday = monday_of(sent.get("week", ""))
    team = _team(sent)
    draft = draft_of(monday, team)
    is_draft = draft is not None and sent.get("what") == "draft"
    shifts = draft.shifts if draft is not None and is_draft else rostered(monday, team)
    people = workers(monday, team)
    context: dict[str, Any] = {
        "monday": monday,
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "days": [_day_word(monday + timedelta(days=n)) for n in range(7)],
        "lines": _lines(shifts, people),
        "draft": draft,
        "is_draft": is_draft,
        "is_made": is_wanted(monday, team, at=now()),
        "team": team,
        "of_team": _of(team),
        "teams": [("", in_language(EVERYBODY)), *((str(one.id), one.name) for one in kept_teams())],
        "swaps": [(row, in_language(STATES[row.state]), _may_say(request, row))
                  for row in shift_queries.open_swaps(now().date())],
        "colleagues": [(str(one.id), one.name) for one in people_who_answer()
                       if one.id != request.agent.id],
        "may_plan": _plans(request.agent, team),
        "zone": str(desk_zone()),
        "words": SAYS,
    }  # fmt: skip
    try:
        context |= _judged(foreseen(monday, team, at=now()), shifts, people)
    except TooLittle as little:
        context["too_little"] = (little.days, DAYS_MIN)
    return page(request, "console/admin/plan.html", "plan", wrong=wrong, **context)


EVERYBODY = _("Everybody")
SAYS = {
    "agreed": _("Agree"),
    "approved": _("Approve"),
    "refused": _("Refuse"),
    "withdrawn": _("Take back"),
}
TITLE = _("{day}: {requests} requests")
HOLIDAY = _("{day}, holiday: {requests} requests")
NEEDED, THERE, MISSING = _("Needed"), _("On shift"), _("Missing")


def _judged(
    week: Foreseen, shifts: Mapping[tuple[int, int], Shift], people: Sequence[Worker]
) -> dict[str, Any]:
    there = people_there(shifts)
    found = marks(shifts, week.hourly, people)
    return {
        "quality": quality(found),
        "marks": [_told(one) for one in found],
        "pictures": [_picture(week, n, there) for n in range(7)],
        "missing": sum(max(0, n - t) for n, t in zip(week.hourly, there, strict=True)),
    }


def _told(one: Mark) -> Told:
    label, says = MARKS[one.key]
    return Told(
        in_language(label), in_language(says, n=f"{one.value:g}"),
        f"{round(one.points)} / {one.of}",
    )  # fmt: skip


def _picture(week: Foreseen, n: int, there: Sequence[int]) -> Picture:
    day, need = week.days[n], week.need[n]
    on = [float(there[24 * n + quarter // 4]) for quarter in range(96)]
    less = [max(0.0, need[quarter] - on[quarter]) for quarter in range(96)]
    title = HOLIDAY if day.is_holiday else TITLE
    return pictures.day(
        in_language(title, day=_day_word(day.day), requests=f"{day.requests:.0f}"),
        (
            Series(in_language(NEEDED), tuple(map(float, need)), "4"),
            Series(in_language(THERE), tuple(on), "1"),
            Series(in_language(MISSING), tuple(less), "risk"),
        ),
    )


def _lines(shifts: Mapping[tuple[int, int], Shift], people: Sequence[Worker]) -> list[Line]:
    found = []
    for one in sorted(people, key=lambda one: one.name):
        week = [shifts.get((one.id, day)) for day in range(7)]
        hours = sum(shift.hours for shift in week if shift)
        cells = tuple(
            f"{shift.begins:02}–{(shift.ends - 1) % 24 + 1:02}" if shift else "" for shift in week
        )
        found.append(Line(one.name, cells, hours, hours > one.hours_max))
    return found


def _day_word(when: date) -> str:
    language = {"en": "en_GB"}.get(current_language(), current_language())
    return format_date(when, "EEE d MMM", language)
