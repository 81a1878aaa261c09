"""Rotas: whose turn it is to be called, and who stands in."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from unbroken.console.access import AgentRequest, allowed
from unbroken.console.admin.frame import CHANGED, attempt, cleaned, done, page
from unbroken.console.admin.history import history
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.time_words import day
from unbroken.ground.words import _
from unbroken.routing.actions.paths import end_stand, set_rota, stand_in
from unbroken.routing.escalation import reading
from unbroken.routing.escalation.rota import RotaRow
from unbroken.routing.escalation.targets import on_call_by
from unbroken.staffing import queries as staffing
from unbroken.staffing.permissions import MANAGE_QUEUES, READ_ADMINISTRATION

PLACES, DAYS_SHOWN = 8, 28
ROTA_SET = _("The rota {name} is set.")
refusals({"rota.bad_day": _("Give days and hours as the fields show them.")})


@allowed(do=MANAGE_QUEUES, read=READ_ADMINISTRATION)
@require_http_methods(["GET", "HEAD", "POST"])
def rota(request: AgentRequest, rota_id: int) -> HttpResponse:
    """One rota: its turns, who stands in, and who is called in the next four weeks. Nought: new."""
    row = reading.rota(rota_id) if rota_id else None
    if rota_id and row is None:
        raise Http404("rota")
    wrong = ""
    if request.method == "POST":
        wrong = attempt(lambda: _do(request, row))
        if not wrong and row is not None:
            return done(request, CHANGED, "console:admin_rota", row.id)
        if not wrong:
            name = cleaned(request.POST.get("name"))
            return done(request, ROTA_SET, "console:admin_escalation", name=name)
    people = staffing.agents()
    names = {int(one.id): one.name for one in people}
    return page(
        request,
        "console/escalation/rota.html",
        "escalation",
        wrong=wrong,
        row=row,
        people=[(0, "–"), *names.items()],
        names=names,
        teams=[(0, "–"), *((int(one.id), one.name) for one in staffing.teams())],
        places=range(PLACES),
        ahead=_ahead(row, names) if row else [],
        zone=row.timezone if row else request.agent.timezone,
        today=now().date().isoformat(),
        history=history(f"rota:{row.id}") if row else (),
    )


def _ahead(row: RotaRow, names: dict[int, str]) -> list[tuple[str, str]]:
    """Who is called at noon of each day to come; days of one person together."""
    people, zone = staffing.agents(), ZoneInfo(row.timezone)
    noon = now().astimezone(zone).replace(hour=12, minute=0, second=0, microsecond=0)
    found: list[tuple[str, str]] = []
    for n in range(DAYS_SHOWN):
        at = noon + timedelta(days=n)
        who = ", ".join(names[one] for one in on_call_by(row, people, at).agents)
        if not found or found[-1][1] != who:
            found.append((day(at, row.timezone), who))
    return found


def _do(request: AgentRequest, row: RotaRow | None) -> None:
    data, by, at = request.POST, request.actor, now()
    if row is not None and "end_stand" in data:
        number = data.get("end_stand", "")
        place = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else -1
        end_stand(rota_id=row.id, number=place, by=by, at=at)
    elif row is not None and "stand" in data:
        zone = ZoneInfo(row.timezone)
        since, until = (_moment(data.get(one), zone) for one in ("stand_from", "stand_until"))
        agent_id = _agent(data.get("stand"))
        stand_in(rota_id=row.id, agent_id=agent_id, since=since, until=until, by=by, at=at)
    else:
        _set(request, row)


def _set(request: AgentRequest, row: RotaRow | None) -> None:
    data = request.POST
    known = {str(one.id): int(one.id) for one in staffing.agents()}
    teams = {str(one.id): int(one.id) for one in staffing.teams()}
    chosen = [data.get(f"person_{n}", "") for n in range(PLACES)]
    days = data.get("turn_days", "7")
    set_rota(
        key=row.key if row else cleaned(data.get("key")),
        name=cleaned(data.get("name")),
        people=[known[one] for one in chosen if one in known],
        since=_day(data.get("since")),
        team=teams.get(data.get("team", ""), 0),
        by_shift="by_shift" in data,
        turn_days=int(days) if days.isascii() and days.isdigit() and len(days) < 5 else 0,
        change_at=data.get("change_at", ""),
        timezone=data.get("timezone", "")[:60],
        active=row is None or "active" in data,
        by=request.actor,
        at=now(),
    )


def _agent(text: str | None) -> int:
    known = {str(one.id): int(one.id) for one in staffing.agents()}
    if text not in known:
        raise Refused("console.no_such_agent")
    return known[text]


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError as error:
        raise Refused("rota.bad_day") from error


def _moment(text: str | None, zone: ZoneInfo) -> datetime:
    try:
        return datetime.strptime(text or "", "%Y-%m-%dT%H:%M").replace(tzinfo=zone)
    except ValueError as error:
        raise Refused("rota.bad_day") from error
