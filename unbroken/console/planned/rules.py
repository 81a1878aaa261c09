"""Days on which nobody works on the network, and how long before customers are told."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_POST

from unbroken.console.access import ANYBODY, AgentRequest, allowed
from unbroken.console.admin.frame import attempt, cleaned, done
from unbroken.console.planned.frame import page
from unbroken.ground.clock import now
from unbroken.ground.words import _, in_language
from unbroken.outage.plans import actions, queries
from unbroken.promise import queries as promise
from unbroken.staffing.permissions import APPROVE_WORK

KEPT, GIVEN_UP = _("Kept."), _("These days are free for work again.")
EVERYBODY_ELSE = _("everybody else")

deciding = allowed(do=APPROVE_WORK)


@allowed(do=APPROVE_WORK, read=ANYBODY)
@require_GET
def rules(request: AgentRequest) -> HttpResponse:
    """Both lists."""
    return _show(request)


@deciding
@require_POST
def freeze(request: AgentRequest) -> HttpResponse:
    """Some days more."""
    first, last = (_date(request.POST.get(name, "")) for name in ("first", "last"))
    name, told = cleaned(request.POST.get("name"), 80), _told(request)
    if first is None or last is None:
        return _show(request, in_language(_("Write the day as 2026-05-24.")))
    wrong = attempt(lambda: actions.set_freeze(name=name, first=first, last=last, **told))
    return _show(request, wrong) if wrong else done(request, KEPT, "console:plan_rules")


@deciding
@require_POST
def freeze_end(request: AgentRequest, freeze_id: int) -> HttpResponse:
    """These days are free for work again."""
    for one in queries.freezes():
        if one.id == freeze_id:
            actions.set_freeze(
                name=one.name, first=one.first, last=one.last, freeze_id=one.id, on=False,
                **_told(request),
            )  # fmt: skip
    return done(request, GIVEN_UP, "console:plan_rules")


@deciding
@require_POST
def notice(request: AgentRequest) -> HttpResponse:
    """How long before those under one agreement are told."""
    text, key = request.POST.get("days", ""), cleaned(request.POST.get("agreement"), 80)
    days = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else -1
    known = {"", *(one.key for one in promise.named_agreements())}
    if key not in known:
        return _show(request, in_language(_("There is no such agreement.")))
    wrong = attempt(lambda: actions.set_notice(agreement=key, hours=days * 24, **_told(request)))
    return _show(request, wrong) if wrong else done(request, KEPT, "console:plan_rules")


def _told(request: AgentRequest) -> dict[str, Any]:
    return {"by": request.actor, "at": now()}


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _show(request: AgentRequest, wrong: str = "") -> HttpResponse:
    names = {one.key: one.name for one in promise.named_agreements()}
    periods = queries.notice_periods()
    return page(
        request, "console/planned/rules.html", "rules", wrong=wrong,
        freezes=queries.freezes(),
        periods=[
            (names.get(key, key) if key else in_language(EVERYBODY_ELSE), hours // 24)
            for key, hours in sorted(periods.items(), reverse=True)
        ],
        agreements=[("", in_language(EVERYBODY_ELSE)), *sorted(names.items())],
        may_change=APPROVE_WORK in request.agent.permissions,
    )  # fmt: skip
