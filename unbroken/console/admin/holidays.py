"""Sets of days off that calendars share: of a country and region, or of one's own."""

from typing import Any

from babel import Locale
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from unbroken.calendars import actions
from unbroken.calendars import queries as calendars
from unbroken.calendars.hours_text import dates_of
from unbroken.calendars.public_days import countries, named_days
from unbroken.calendars.queries import HolidaySetRow
from unbroken.console.access import AgentRequest
from unbroken.console.admin.calendars import doing, reading
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
from unbroken.console.admin.history import history
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.words import _, current_language

FILLED = _("{name}: the days are there. Tick the set in the calendars that rest on it.")


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def holidays(request: AgentRequest) -> HttpResponse:
    """Every set; one more of a country, or of one's own."""
    if request.method != "POST":
        return _list(request)
    name = _name(request)
    wrong = attempt(lambda: _make(request, name))
    if wrong:
        return _list(request, wrong)
    return done(request, FILLED, "console:admin_holidays", name=name)


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def holiday_set(request: AgentRequest, set_id: int) -> HttpResponse:
    """One set: its days; those of a country are only read."""
    row = _row(set_id)
    if request.method != "POST":
        return _page(request, row)
    wrong = attempt(lambda: _change(request, row))
    if wrong:
        return _page(request, row, wrong)
    return done(request, CHANGED, "console:admin_holiday_set", row.id)


@doing
@require_POST
def undo(request: AgentRequest, set_id: int) -> HttpResponse:
    """The last change is taken back."""
    row = _row(set_id)
    wrong = attempt(lambda: take_back(request, f"holiday_set:{row.id}"))
    if wrong:
        return _page(request, row, wrong)
    return done(request, TAKEN_BACK, "console:admin_holiday_set", row.id)


def _name(request: AgentRequest) -> str:
    """As given; a country is called by its name in the reader's language."""
    country, region = _place(request)
    known = dict(_countries()).get(country, "")
    return cleaned(request.POST.get("name")) or (f"{known}, {region}" if region else known)


def _place(request: AgentRequest) -> tuple[str, str]:
    country = cleaned(request.POST.get("country"), 2).upper()
    return country, cleaned(request.POST.get("region"), 10).upper()


def _make(request: AgentRequest, name: str) -> None:
    country, region = _place(request)
    key = cleaned(request.POST.get("key")) or "-".join(filter(None, (country, region))).lower()
    if not KEY.fullmatch(key):
        raise Refused("admin.no_key")
    if not name:
        raise Refused("admin.no_name")
    if any(one.key == key for one in calendars.holiday_sets()):
        raise Refused("admin.key_taken")
    told: dict[str, Any] = {"key": key, "name": name, "by": request.actor, "at": now()}
    if country:
        actions.fill_holidays(country=country, region=region, **told)
    else:
        actions.set_holidays(dates=_dates(request), **told)


def _change(request: AgentRequest, row: HolidaySetRow) -> None:
    name = cleaned(request.POST.get("name"))
    if not name:
        raise Refused("admin.no_name")
    told: dict[str, Any] = {"key": row.key, "name": name, "by": request.actor, "at": now()}
    if row.country:
        actions.fill_holidays(country=row.country, region=row.region, **told)
    else:
        actions.set_holidays(dates=_dates(request), **told)


def _dates(request: AgentRequest) -> list[str]:
    return dates_of(request.POST.get("dates", "").replace("\0", "")[:20_000])


def _row(set_id: int) -> HolidaySetRow:
    row = next((one for one in calendars.holiday_sets() if one.id == set_id), None)
    if row is None:
        raise Http404("holidays")
    return row


def _countries() -> list[tuple[str, str]]:
    """Every country whose holidays are known, by its name in the reader's language."""
    names = Locale(current_language()).territories
    found = [(code, str(names.get(code, code))) for code in countries()]
    return sorted(found, key=lambda one: one[1])


def _list(request: AgentRequest, wrong: str = "") -> HttpResponse:
    return page(
        request,
        "console/admin/holidays.html",
        "calendars",
        wrong=wrong,
        sets=calendars.holiday_sets(),
        countries=_countries(),
        sent=sent(request),
    )


def _page(request: AgentRequest, row: HolidaySetRow, wrong: str = "") -> HttpResponse:
    years = {int(day[:4]) for day in row.dates if len(day) == 10}
    names = named_days(row.country, row.region, years, language=current_language())
    first = f"{now().year}-01-01"
    return page(
        request,
        "console/admin/holiday_set.html",
        "calendars",
        wrong=wrong,
        row=row,
        days=[(day, names.get(day, "")) for day in row.dates if len(day) != 10 or day >= first],
        history=history(f"holiday_set:{row.id}"),
    )
