"""The pages of rules: the list in its order, one rule with its rehearsal and its log."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from unbroken.console.access import AgentRequest, allowed, may, tickets_seen
from unbroken.console.admin.frame import attempt, done, page
from unbroken.console.macros.forms import conditions_in, offers, steps_in
from unbroken.console.macros.past import past
from unbroken.console.macros.telling import condition_words, conditions_in_short, in_short
from unbroken.console.rules.words import outcome_words, starts_words
from unbroken.ground.clock import now
from unbroken.ground.words import _, in_language
from unbroken.knowledge.variables import VARIABLES
from unbroken.routines import actions
from unbroken.routines.conditions import LABELS
from unbroken.routines.dry import DAYS, PERIODS, Rehearsal, rehearse
from unbroken.routines.ids import RuleId
from unbroken.routines.queries import rules as asked
from unbroken.routines.queries.rules import RuleRow
from unbroken.routines.sheets import RuleSheet
from unbroken.routines.triggers import BASES, TRIGGERS
from unbroken.staffing.permissions import READ_ADMINISTRATION, WRITE_RULES

KEPT, TAKEN_BACK = _("Kept."), _("Taken back. That can be taken back too.")
ON, OFF = _("The rule acts from now on."), _("The rule does nothing any more.")
DAY = timedelta(days=1)

reading = allowed(do=WRITE_RULES, read=READ_ADMINISTRATION)
doing = allowed(do=WRITE_RULES)


@dataclass(frozen=True, slots=True)
class Told:
    """One time it acted or would have: where, when, why, with which result."""

    number: int
    at: datetime
    why: str
    result: str = ""


@reading
@require_GET
def rules(request: AgentRequest) -> HttpResponse:
    """All of them, in the order in which they look at an event."""
    tripped = asked.tripped_since(now() - DAY)
    rows = [
        (
            one,
            starts_words(one.sheet.on, one.sheet.base, one.sheet.hours),
            in_short(one.sheet.steps),
            conditions_in_short(one.sheet.conditions),
            tripped.get(one.id, 0),
        )
        for one in asked.rules()
    ]
    return page(request, "console/rules/list.html", "rules", rules=rows)


@doing
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AgentRequest) -> HttpResponse:
    """One more."""
    if request.method == "POST":
        return _keep(request, None)
    return _form(request, None, RuleSheet(name=""))


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: AgentRequest, rule_id: int) -> HttpResponse:
    """One of them."""
    row = _row(rule_id)
    return _keep(request, row) if request.method == "POST" else _form(request, row, row.sheet)


@doing
@require_POST
def switch(request: AgentRequest, rule_id: int) -> HttpResponse:
    """On, perhaps from a later time; or off."""
    row, on = _row(rule_id), request.POST.get("on") == "yes"
    from_at = _from(request)
    told: dict[str, Any] = {"by": request.actor, "at": now()}
    wrong = attempt(lambda: actions.switch_rule(rule_id=row.id, on=on, from_at=from_at, **told))
    if wrong:
        return _form(request, row, row.sheet, wrong)
    return done(request, ON if on else OFF, "console:rule", row.id)


@doing
@require_POST
def place(request: AgentRequest, rule_id: int) -> HttpResponse:
    """Before the one above it, or after the one below."""
    row, up = _row(rule_id), request.POST.get("to") == "up"
    actions.move_rule(rule_id=row.id, up=up, by=request.actor, at=now())
    return done(request, KEPT, "console:rules")


@doing
@require_POST
def undo(request: AgentRequest, rule_id: int) -> HttpResponse:
    """The last change is taken back."""
    row, version = _row(rule_id), request.POST.get("version", "")
    known = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    told: dict[str, Any] = {"by": request.actor, "at": now()}
    wrong = attempt(lambda: actions.take_back_rule(rule_id=row.id, version=known, **told))
    if wrong:
        return _form(request, row, row.sheet, wrong)
    return done(request, TAKEN_BACK, "console:rule", row.id)


def _row(rule_id: int) -> RuleRow:
    found = asked.rule(rule_id)
    if found is None:
        raise Http404("rule")
    return found


def _keep(request: AgentRequest, row: RuleRow | None) -> HttpResponse:
    sheet = _sheet(request)
    if "dry" in request.POST:
        wrong = attempt(lambda: actions.check(sheet.wrong()))
        asked_for = request.POST.get("dry", "")
        days = int(asked_for) if asked_for in map(str, PERIODS) else DAYS
        tried = None if wrong else rehearse(sheet, at=now(), days=days)
        return _form(request, row, sheet, wrong, tried)
    kept: list[RuleId] = []

    def keep() -> None:
        rule_id = row.id if row else None
        kept.append(actions.set_rule(sheet, rule_id=rule_id, by=request.actor, at=now()))

    wrong = attempt(keep)
    return (
        _form(request, row, sheet, wrong) if wrong else done(request, KEPT, "console:rule", kept[0])
    )


def _sheet(request: AgentRequest) -> RuleSheet:
    post = request.POST
    return RuleSheet.read(
        {
            "name": post.get("name", "").replace("\0", ""),
            "on": [key for key in TRIGGERS if key in post.getlist("on")],
            "base": post.get("base", ""),
            "hours": post.get("hours", "")[:6],
            "stop": "stop" in post,
            "conditions": conditions_in(post),
            "steps": steps_in(post),
        }
    )


def _from(request: AgentRequest) -> datetime | None:
    try:
        told = datetime.strptime(request.POST.get("from", ""), "%Y-%m-%dT%H:%M")  # noqa: DTZ007
    except ValueError:
        return None
    return told.replace(tzinfo=ZoneInfo(request.agent.timezone))


def _form(
    request: AgentRequest,
    row: RuleRow | None,
    sheet: RuleSheet,
    wrong: str = "",
    tried: Rehearsal | None = None,
) -> HttpResponse:
    return page(
        request,
        "console/rules/form.html",
        "rules",
        wrong=wrong,
        rule=row,
        sheet=sheet,
        triggers=[(key, in_language(says)) for key, (says, _kinds) in TRIGGERS.items()],
        bases=[("", "–"), *((key, in_language(says)) for key, says in BASES.items())],
        offers=offers(is_rule=True),
        variables=[(key, in_language(says)) for key, says in VARIABLES.items()],
        history=past(f"rule:{row.id}") if row else [],
        may_edit=may(request.agent, WRITE_RULES),
        tried=tried,
        periods=PERIODS,
        hits=_seen(request, [Told(h.number, h.at, _why(_plain(h.judged))) for h in tried.hits])
        if tried
        else [],
        failed=[(in_language(LABELS[key]), n) for key, n in tried.failed.items()] if tried else [],
        log=_seen(request, _log(row)) if row and tried is None else [],
    )


def _log(row: RuleRow) -> list[Told]:
    return [
        Told(f.ticket_id, f.at, _why(f.why.get("judged", ())), outcome_words(f.outcome, f.why))
        for f in asked.firings(row.id)
    ]


def _seen(request: AgentRequest, told: list[Told]) -> list[Told]:
    """Only what the reader may see: of other requests not even the number."""
    seen = tickets_seen(request.agent, (one.number for one in told))
    return [one for one in told if one.number in seen]


def _plain(judged: Iterable[Any]) -> list[dict[str, Any]]:
    return [{"key": one.key, "found": one.found} for one in judged]


def _why(judged: Iterable[Mapping[str, Any]]) -> str:
    """Each condition with what was found."""
    parts = []
    for one in judged:
        found = ", ".join(condition_words(one["key"], value) for value in one["found"]) or "–"
        parts.append(f"{in_language(LABELS[one['key']])}: {found}")
    return " · ".join(parts)
