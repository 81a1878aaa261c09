"""Working hours: a week with split days, days off, a year at a glance, tried on the spot."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date, format_datetime
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from unbroken.calendars import actions
from unbroken.calendars import queries as calendars
from unbroken.calendars.actions import UnreadableCalendar
from unbroken.calendars.definition import DAYS, BadCalendar
from unbroken.calendars.hours_text import DAY_WORDS, dates_of, hours_of, in_text
from unbroken.calendars.queries import StoredCalendar
from unbroken.calendars.year import Month, year_of
from unbroken.console.access import AgentRequest, allowed
from unbroken.console.admin.frame import (
    CHANGED,
    KEY,
    TAKEN_BACK,
    attempt,
    cleaned,
    done,
    page,
    sent,
    take_back,
)
from unbroken.console.admin.history import SHOWN, Shown, history
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.words import _, current_language, in_language
from unbroken.ground.zones import available_timezones
from unbroken.staffing.permissions import MANAGE_PROMISES, READ_ADMINISTRATION

MADE = _("The calendar {name} can be used now.")
TRY_HOURS_MAX = 2000

reading = allowed(do=MANAGE_PROMISES, read=READ_ADMINISTRATION)
doing = allowed(do=MANAGE_PROMISES)


@dataclass(frozen=True, slots=True)
class Tried:
    """A request that comes now with a target of so many hours: when it is due."""

    hours: str
    due: str = ""
    is_wrong: bool = False


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def calendars_page(request: AgentRequest) -> HttpResponse:
    """Every calendar and every set of holidays; a form for one more calendar."""
    if request.method != "POST":
        return _list(request)
    name = cleaned(request.POST.get("name"))
    wrong = attempt(lambda: _open(request, name))
    if wrong:
        return _list(request, wrong)
    return done(request, MADE, "console:admin_calendars", name=name)


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: AgentRequest, calendar_id: int) -> HttpResponse:
    """One calendar: its week, its days off, a year of it, and a target tried on it."""
    row = _row(calendar_id)
    if request.method != "POST":
        return _page(request, row)
    wrong = attempt(lambda: _set(request, row.key, since=_since(request)))
    if wrong:
        return _page(request, row, wrong)
    return done(request, CHANGED, "console:admin_calendar", row.id)


@doing
@require_POST
def undo(request: AgentRequest, calendar_id: int) -> HttpResponse:
    """The last change is taken back."""
    row = _row(calendar_id)
    wrong = attempt(lambda: take_back(request, f"calendar:{row.id}"))
    if wrong:
        return _page(request, row, wrong)
    return done(request, TAKEN_BACK, "console:admin_calendar", row.id)


def _open(request: AgentRequest, name: str) -> None:
    key = cleaned(request.POST.get("key"))
    if not KEY.fullmatch(key):
        raise Refused("admin.no_key")
    if any(one.key == key for one in calendars.stored_calendars()):
        raise Refused("admin.key_taken")
    _set(request, key, since=None)


def _set(request: AgentRequest, key: str, *, since: date | None) -> None:
    data = request.POST
    zone = data.get("timezone", "")
    if zone not in available_timezones():
        raise Refused("admin.no_such_zone")
    known = {one.key for one in calendars.holiday_sets()}
    try:
        week = {day: hours_of(day, data.get(f"hours_{day}", "")) for day in DAYS}
    except BadCalendar as bad:
        raise UnreadableCalendar(bad) from bad
    actions.set_calendar(
        key=key,
        name=_name(request),
        definition={
            "timezone": zone,
            "week": {day: hours for day, hours in week.items() if hours},
            "holidays": dates_of(data.get("holidays", "").replace("\0", "")),
        },
        holiday_sets=[one for one in data.getlist("sets") if one in known],
        since=since,
        by=request.actor,
        at=now(),
    )


def _name(request: AgentRequest) -> str:
    if name := cleaned(request.POST.get("name")):
        return name
    raise Refused("admin.no_name")


def _since(request: AgentRequest) -> date | None:
    """The day from which it holds; none when the whole calendar is put right."""
    text = cleaned(request.POST.get("since"))
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused("admin.bad_date") from error


def _row(calendar_id: int) -> StoredCalendar:
    row = calendars.stored_calendar(calendar_id)
    if row is None:
        raise Http404("calendar")
    return row


def _list(request: AgentRequest, wrong: str = "") -> HttpResponse:
    every = calendars.stored_calendars()
    return page(
        request,
        "console/admin/calendars.html",
        "calendars",
        wrong=wrong,
        calendars=[(one, _week_words(one.definition)) for one in every],
        sets=calendars.holiday_sets(),
        sent=sent(request),
        week=_typed(request),
        zone=request.POST.get("timezone") or request.agent.timezone,
        **_choices(),
    )


def _page(request: AgentRequest, row: StoredCalendar, wrong: str = "") -> HttpResponse:
    whole = calendars.calendar(row.key)
    assert whole is not None
    today = now().astimezone(whole.zone).date()
    year = _year(request, today.year)
    kept, months = row.definition.get("week", {}), year_of(whole.hours, year)
    return page(
        request,
        "console/admin/calendar.html",
        "calendars",
        wrong=wrong,
        row=row,
        today=today,
        week=_typed(request) if wrong else {day: in_text(kept.get(day, ())) for day in DAYS},
        own="\n".join(row.definition.get("holidays", ())),
        zone=row.definition["timezone"],
        chosen=row.holiday_sets,
        sets=calendars.holiday_sets(),
        earlier=[(one["until"], _week_words(one)) for one in row.definition.get("earlier", ())],
        year=year,
        months=[(_month_name(one.number), one) for one in months],
        off=", ".join(format_date(day, "d MMM", _locale()) for day in _days_off(months)),
        tried=_tried(request, row.key),
        history=history(f"calendar:{row.id}"),
        **_choices(),
    )


def _choices() -> dict[str, Any]:
    return {
        "days": [(day, in_language(DAY_WORDS[day])) for day in DAYS],
        "zones": [(zone, zone) for zone in sorted(available_timezones())],
    }


def _typed(request: AgentRequest) -> dict[str, str]:
    return {day: request.POST.get(f"hours_{day}", "") for day in DAYS}


def _year(request: AgentRequest, this: int) -> int:
    text = request.GET.get("year", "")
    wish = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else this
    return min(max(wish, this - 5), this + 10)


def _days_off(months: Iterable[Month]) -> list[date]:
    return [day.date for month in months for day in month.days if day.state == "off"]


def _tried(request: AgentRequest, key: str) -> Tried | None:
    text = request.GET.get("hours", "").replace(",", ".")[:10]
    if not text:
        return None
    hours = calendars.calendar(key)
    try:
        target = float(text)
    except ValueError:
        return Tried(text, is_wrong=True)
    if not 0 <= target <= TRY_HOURS_MAX or hours is None:
        return Tried(text, is_wrong=True)
    due_at = hours.due(now(), target * 3600)
    if due_at is None:
        return Tried(text)
    return Tried(text, format_datetime(due_at, "EEEE d MMMM y, HH:mm", hours.zone, _locale()))


def _locale() -> str:
    """Dates as people write them; English ones with the day before the month."""
    return {"en": "en_GB"}.get(current_language(), current_language())


def _month_name(number: int) -> str:
    return format_date(date(2026, number, 1), "LLLL", _locale())


# ── how a change is told ──────────────────────────────────────────────────────


def _week_words(definition: Mapping[str, Any]) -> str:
    """The week in one line: days with the same hours together."""
    week = definition.get("week", {})
    runs: list[tuple[str, str, str]] = []
    for day in DAYS:
        hours = in_text(week.get(day, ()))
        if runs and runs[-1][2] == hours:
            runs[-1] = (runs[-1][0], day, hours)
        else:
            runs.append((day, day, hours))
    return "; ".join(_run_words(*run) for run in runs if run[2])


def _run_words(first: str, last: str, hours: str) -> str:
    days = in_language(DAY_WORDS[first])
    if first != last:
        days = f"{days} – {in_language(DAY_WORDS[last])}"
    return f"{days} {hours}"


def _definition_words(value: object) -> str:
    if not isinstance(value, dict):
        return ""
    parts = [value.get("timezone", ""), _week_words(value), ", ".join(value.get("holidays", ()))]
    return " | ".join(part for part in parts if part)


SHOWN.update(
    {
        "definition": Shown(_("Working hours"), _definition_words),
        "holiday_sets": Shown(_("Sets of holidays")),
        "dates": Shown(_("Days off")),
        "country": Shown(_("Country")),
        "region": Shown(_("Region")),
    }
)
