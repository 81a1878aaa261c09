"""The pages of what recurs: the list, and one with its next dates."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from unbroken.calendars import queries as calendars
from unbroken.console.access import AgentRequest, allowed, may
from unbroken.console.admin.frame import attempt, done, page
from unbroken.console.macros.forms import offers
from unbroken.console.macros.past import past
from unbroken.directory import queries as directory
from unbroken.directory.ids import CustomerId
from unbroken.ground.clock import now
from unbroken.ground.time_words import iso
from unbroken.ground.words import _, in_language
from unbroken.ground.zones import available_timezones
from unbroken.routines import recurring
from unbroken.routines.actions import check
from unbroken.routines.ids import RecurrenceId
from unbroken.routines.queries import recurrences as asked
from unbroken.routines.queries.recurrences import RecurrenceRow, dates_of
from unbroken.routines.schedule import CLOSED, UNITS, WEEKDAYS
from unbroken.routines.sheets import RecurrenceSheet
from unbroken.staffing.permissions import READ_ADMINISTRATION, WRITE_RULES

KEPT, TAKEN_BACK = _("Kept."), _("Taken back. That can be taken back too.")
GOES_ON, RESTS = _("It goes on."), _("It rests: nothing is made.")
SKIPPED = _("The next one is left out.")
INTERNAL, NO_CALENDAR = _("About ourselves"), _("every day counts")

reading = allowed(do=WRITE_RULES, read=READ_ADMINISTRATION)
doing = allowed(do=WRITE_RULES)


@reading
@require_GET
def recurrences(request: AgentRequest) -> HttpResponse:
    """All of them, each with its next date."""
    rows = asked.recurrences()
    return page(request, "console/recurring/list.html", "recurring", recurrences=rows)


@doing
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AgentRequest) -> HttpResponse:
    """One more."""
    if request.method == "POST":
        return _keep(request, None)
    start = {"schedule": {"first": now().date().isoformat(), "zone": request.agent.timezone}}
    return _form(request, None, RecurrenceSheet.read(start))


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: AgentRequest, recurrence_id: int) -> HttpResponse:
    """One of them."""
    row = _row(recurrence_id)
    return _keep(request, row) if request.method == "POST" else _form(request, row, row.sheet)


@doing
@require_POST
def switch(request: AgentRequest, recurrence_id: int) -> HttpResponse:
    """It rests, or goes on."""
    row, on = _row(recurrence_id), request.POST.get("on") == "yes"
    recurring.switch_recurrence(recurrence_id=row.id, on=on, by=request.actor, at=now())
    return done(request, GOES_ON if on else RESTS, "console:recurrence", row.id)


@doing
@require_POST
def skip(request: AgentRequest, recurrence_id: int) -> HttpResponse:
    """The next one is not made; pressed twice it is one that is left out."""
    row = _row(recurrence_id)
    if row.next_at is not None and iso(row.next_at) == request.POST.get("due", ""):
        told: dict[str, Any] = {"by": request.actor, "at": now()}
        recurring.skip_once(recurrence_id=row.id, due=row.next_at, **told)
    return done(request, SKIPPED, "console:recurrence", row.id)


@doing
@require_POST
def undo(request: AgentRequest, recurrence_id: int) -> HttpResponse:
    """The last change is taken back."""
    row, version = _row(recurrence_id), request.POST.get("version", "")
    known = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    told: dict[str, Any] = {"by": request.actor, "at": now()}
    wrong = attempt(
        lambda: recurring.take_back_recurrence(recurrence_id=row.id, version=known, **told)
    )
    if wrong:
        return _form(request, row, row.sheet, wrong)
    return done(request, TAKEN_BACK, "console:recurrence", row.id)


def _row(recurrence_id: int) -> RecurrenceRow:
    found = asked.recurrence(recurrence_id)
    if found is None:
        raise Http404("recurrence")
    return found


def _keep(request: AgentRequest, row: RecurrenceRow | None) -> HttpResponse:
    sheet = _sheet(request)
    if "dry" in request.POST:
        wrong = attempt(lambda: check(sheet.wrong()))
        return _form(request, row, sheet, wrong, ahead=[] if wrong else dates_of(sheet, now()))
    kept: list[RecurrenceId] = []

    def keep() -> None:
        number = row.id if row else None
        told: dict[str, Any] = {"by": request.actor, "at": now()}
        kept.append(recurring.set_recurrence(sheet, recurrence_id=number, **told))

    wrong = attempt(keep)
    if wrong:
        return _form(request, row, sheet, wrong)
    return done(request, KEPT, "console:recurrence", kept[0])


def _sheet(request: AgentRequest) -> RecurrenceSheet:
    post = {key: str(value).replace("\0", "") for key, value in request.POST.items()}
    key = post.get("customer", "").strip()
    customer = directory.customer_by_key(key) if key else None
    plain = ("name", "subject", "text", "type", "topic", "team", "calendar")
    plan = ("first", "at", "zone", "every", "unit", "closed")
    days = [day for day in request.POST.getlist("weekday") if day in set("0123456")]
    return RecurrenceSheet.read(
        {
            **{name: post.get(name, "") for name in plain},
            "customer": customer.id if customer else 0,
            "items": post.get("items", "").splitlines(),
            "schedule": {
                **{name: post[name] for name in plan if name in post},
                "weekdays": days,
            },
        }
    )


def _form(
    request: AgentRequest,
    row: RecurrenceRow | None,
    sheet: RecurrenceSheet,
    wrong: str = "",
    ahead: list[datetime] | None = None,
) -> HttpResponse:
    customer = directory.customer(CustomerId(sheet.customer)) if sheet.customer else None
    hours = [(one.key, one.name) for one in calendars.calendars()]
    return page(
        request,
        "console/recurring/form.html",
        "recurring",
        wrong=wrong,
        row=row,
        due=iso(row.next_at) if row and row.next_at else "",
        sheet=sheet,
        plan=sheet.schedule,
        customer=(customer.key or "") if customer else request.POST.get("customer", ""),
        customer_name=customer.name if customer else in_language(INTERNAL),
        units=[(key, in_language(says)) for key, says in UNITS.items()],
        closed=[(key, in_language(says)) for key, says in CLOSED.items()],
        weekdays=[(day, in_language(says)) for day, says in enumerate(WEEKDAYS)],
        zones=sorted(available_timezones()),
        calendars=[("", in_language(NO_CALENDAR)), *hours],
        offers=offers(is_rule=True),
        ahead=ahead if ahead is not None else _coming(row),
        is_tried=ahead is not None,
        history=past(f"recurrence:{row.id}") if row else [],
        may_edit=may(request.agent, WRITE_RULES),
    )


def _coming(row: RecurrenceRow | None) -> list[datetime]:
    """The next dates of what is kept; the first may be later than the plan, if one is skipped."""
    if row is None or not row.active or row.next_at is None:
        return []
    return [row.next_at, *dates_of(row.sheet, row.next_at, count=5)]
