"""Shifts: who is on now, a team's week at a glance, and each person's hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from unbroken.calendars.definition import DAYS, BadCalendar
from unbroken.calendars.hours_text import DAY_WORDS, hours_of, in_text
from unbroken.console.access import ANYBODY, AgentRequest, allowed
from unbroken.console.admin.frame import (
    CHANGED,
    TAKEN_BACK,
    attempt,
    cleaned,
    done,
    page,
    take_back,
)
from unbroken.console.admin.history import history
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.ground.words import Phrase, _, current_language, in_language
from unbroken.routing.assignment_people import in_hand
from unbroken.staffing import actions, nights
from unbroken.staffing import queries as staffing
from unbroken.staffing.cards import AgentCard
from unbroken.staffing.ids import AgentId, TeamId
from unbroken.staffing.permissions import MANAGE_PEOPLE, PLAN_SHIFTS
from unbroken.staffing.shift_queries import plan_of
from unbroken.staffing.shifts import Plan

REASONS: Mapping[str, Phrase] = {
    "leave": _("on leave"),
    "illness": _("ill"),
    "swap": _("swapped"),
    "extra": _("extra work"),
    "plan": _("as planned"),
}
SHIFT_EVENTS = ("agent.shifts_set", "agent.shift_day_set")

reading = allowed(do=PLAN_SHIFTS, read=ANYBODY)
doing = allowed(do=PLAN_SHIFTS)


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of one person: the hours, and why they are different."""

    day: date
    hours: str
    why: str


@dataclass(frozen=True, slots=True)
class Row:
    """A person's week; `until` is when the shift that runs now ends, in the reader's time."""

    id: int
    name: str
    timezone: str
    until: datetime | None
    is_planned: bool
    cells: tuple[Cell, ...]


@reading
@require_GET
def shifts(request: AgentRequest) -> HttpResponse:
    """A team's week, or everybody's; who is on now stands first."""
    monday = _monday(request)
    team = _team(request)
    people = [_line(request, one, monday) for one in staffing.agents(team_id=team)]
    teams = [("", in_language(_("Everybody"))), *((one.id, one.name) for one in staffing.teams())]
    return page(
        request,
        "console/admin/shifts.html",
        "shifts",
        people=sorted(people, key=lambda one: one.until is None),
        on=sum(one.until is not None for one in people),
        teams=teams,
        team=team or "",
        days=[_day_word(monday + timedelta(days=number)) for number in range(7)],
        monday=monday,
        before=monday - timedelta(days=7),
        after=monday + timedelta(days=7),
    )


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: AgentRequest, agent_id: int) -> HttpResponse:
    """One person's weeks and different days; a post sets the week from a date on."""
    card = card_of(agent_id)
    if request.method != "POST":
        return _page(request, card)
    check_plans(request, card)
    return _after(request, card, attempt(lambda: _set_week(request, card)))


@doing
@require_POST
def day(request: AgentRequest, agent_id: int) -> HttpResponse:
    """A day that is different: other hours, or away; or the week holds again."""
    card = card_of(agent_id)
    check_plans(request, card)
    return _after(request, card, attempt(lambda: _set_day(request, card)))


@doing
@require_POST
def undo(request: AgentRequest, agent_id: int) -> HttpResponse:
    """The last change of somebody's shifts is taken back; other changes of theirs are not here."""
    card = card_of(agent_id)
    check_plans(request, card)
    last = events_of([f"agent:{card.id}"])[-1]
    if last.kind not in SHIFT_EVENTS:
        return _page(request, card, Refused("undo.cannot").in_words())
    wrong = attempt(lambda: take_back(request, f"agent:{card.id}"))
    if wrong:
        return _page(request, card, wrong)
    return done(request, TAKEN_BACK, "console:admin_shift", card.id)


def check_plans(request: AgentRequest, card: AgentCard) -> None:
    """Whoever does not plan this person's hours may not change their work either."""
    if not _may_plan(request.agent, card):
        raise PermissionDenied


def _may_plan(agent: AgentCard, card: AgentCard) -> bool:
    """A lead plans those of the teams they lead; who manages people, everybody."""
    if PLAN_SHIFTS not in agent.permissions:
        return False
    if MANAGE_PEOPLE in agent.permissions or agent.sees_all:
        return True
    return not set(agent.lead_of).isdisjoint(card.team_ids)


def _knows_why(request: AgentRequest, card: AgentCard) -> bool:
    """That somebody is away is for everybody; that they are ill, for whoever plans them."""
    return card.id == request.agent.id or _may_plan(request.agent, card)


def _set_week(request: AgentRequest, card: AgentCard) -> None:
    since = _date(request, "since")
    try:
        said = {one: hours_of(one, request.POST.get(f"hours_{one}", "")[:200]) for one in DAYS}
        kept = nights.week_as_kept(said)
        week = {one: hours_of(one, in_text(kept[one])) for one in DAYS}
    except BadCalendar as bad:
        raise Refused(
            "shift.bad_hours", said=in_language(bad.sentence, None, **bad.values)
        ) from bad
    actions.set_shifts(agent_id=card.id, since=since, week=week, by=request.actor, at=now())


def _set_day(request: AgentRequest, card: AgentCard) -> None:
    when, reason = _date(request, "day"), request.POST.get("reason", "")
    text = request.POST.get("hours", "")[:200]
    told = {"agent_id": card.id, "by": request.actor, "at": now()}
    plan, following = plan_of(card.id, card.timezone), when + timedelta(days=1)
    if reason == "week":
        actions.set_shift_day(day=when, hours=None, **told)  # type: ignore[arg-type]
        if nights.rest_of(plan.hours_on(when), plan.hours_on(following)):
            actions.set_shift_day(day=following, hours=None, **told)  # type: ignore[arg-type]
        return
    try:
        today, tomorrow = _over_midnight(plan, when, hours_of(DAYS[when.weekday()], text))
    except BadCalendar as bad:
        raise Refused(
            "shift.bad_hours", said=in_language(bad.sentence, None, **bad.values)
        ) from bad
    why = reason.replace("\0", "")
    actions.set_shift_day(day=when, hours=today, reason=why, **told)  # type: ignore[arg-type]
    if tomorrow is not None:
        actions.set_shift_day(day=following, hours=tomorrow, reason=why, **told)  # type: ignore[arg-type]


def _over_midnight(
    plan: Plan, when: date, said: list[list[str]]
) -> tuple[list[list[str]], list[list[str]] | None]:
    """The hours of a day and, where a night begins or began then, of the next one too.

    The end of the night before stays what it was: it belongs to the shift of that day.
    """
    one = timedelta(days=1)
    before, day, following = (plan.hours_on(when + number * one) for number in (-1, 0, 1))
    today, tomorrow = nights.split(said)
    old = nights.rest_of(day, following)
    kept = [list(span) for span in sorted(map(list, following))][len(old) :]
    name, next_name = DAYS[when.weekday()], DAYS[(when + one).weekday()]
    today = hours_of(name, in_text([*nights.rest_of(before, day), *today]))
    if old == tomorrow:
        return today, None
    return today, hours_of(next_name, in_text([*tomorrow, *kept]))


def _date(request: AgentRequest, field: str) -> date:
    try:
        return date.fromisoformat(cleaned(request.POST.get(field), 10))
    except ValueError as error:
        raise Refused("admin.bad_date") from error


def _after(request: AgentRequest, card: AgentCard, wrong: str) -> HttpResponse:
    if wrong:
        return _page(request, card, wrong)
    return done(request, CHANGED, "console:admin_shift", card.id)


def card_of(agent_id: int) -> AgentCard:
    """Somebody who works here, or nobody."""
    card = staffing.agent(AgentId(agent_id))
    if card is None or not card.active:
        raise Http404("agent")
    return card


# ── what the pages show ───────────────────────────────────────────────────────


def _monday(request: AgentRequest) -> date:
    try:
        asked = date.fromisoformat(request.GET.get("week", ""))
        asked = asked if 2000 < asked.year < 2200 else date.min.replace(year=2026)
    except ValueError:
        asked = now().astimezone(ZoneInfo(request.agent.timezone)).date()
    return asked - timedelta(days=asked.weekday())


def _team(request: AgentRequest) -> TeamId | None:
    known = {str(one.id): one.id for one in staffing.teams()}
    return known.get(request.GET.get("team", ""))


def _line(request: AgentRequest, card: AgentCard, monday: date) -> Row:
    plan, knows = plan_of(card.id, card.timezone), _knows_why(request, card)
    return Row(
        id=card.id,
        name=card.name,
        timezone=card.timezone,
        until=plan.on_until(now()),
        is_planned=plan.is_known,
        cells=tuple(
            _cell(plan, monday + timedelta(days=number), knows_why=knows) for number in range(7)
        ),
    )


def _cell(plan: Plan, when: date, *, knows_why: bool) -> Cell:
    other = next((one for one in plan.days if knows_why and one.day == when), None)
    why = in_language(REASONS[other.reason]) if other and other.reason in REASONS else ""
    return Cell(when, in_text(_begun(plan, when)), why)


def _begun(plan: Plan, when: date) -> list[list[str]]:
    """The shifts that begin on a day, a night to its end."""
    before, day, following = (plan.hours_on(when + timedelta(days=one)) for one in (-1, 0, 1))
    return nights.begun(before, day, following)


def _day_word(when: date) -> str:
    language = {"en": "en_GB"}.get(current_language(), current_language())
    return format_date(when, "EEE d MMM", language)


def _page(request: AgentRequest, card: AgentCard, wrong: str = "") -> HttpResponse:
    plan, today = plan_of(card.id, card.timezone), now().astimezone(ZoneInfo(card.timezone)).date()
    week = nights.week_as_said(plan.week_on(today))
    coming = [one for one in plan.days if one.day >= today]
    return page(
        request,
        "console/admin/shift.html",
        "shifts",
        wrong=wrong,
        card=card,
        today=today,
        days=[(one, in_language(DAY_WORDS[one])) for one in DAYS],
        week={one: request.POST.get(f"hours_{one}", in_text(week.get(one, ()))) for one in DAYS},
        later=[one.since for one in plan.patterns if one.since > today],
        coming=[(_day_word(one.day), one, in_text(_begun(plan, one.day))) for one in coming],
        reasons=[(key, in_language(word)) for key, word in REASONS.items()],
        reason_words={key: in_language(word) for key, word in REASONS.items()},
        may_plan=_may_plan(request.agent, card),
        knows_why=_knows_why(request, card),
        until=plan.on_until(now()),
        in_hand=sum(in_hand([card.id]).get(card.id, {}).values()),
        history=[one for one in history(f"agent:{card.id}") if one.kind in SHIFT_EVENTS]
        if _knows_why(request, card)
        else [],
    )
