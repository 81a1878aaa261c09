"""Our own plans: drafted, looked at for conflicts, approved, begun, done or called off."""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from unbroken.console.access import ANYBODY, AgentRequest, allowed, may
from unbroken.console.admin.frame import attempt, cleaned, done
from unbroken.console.planned.frame import for_field, page, typed_time
from unbroken.console.planned.words import CONFLICT_WORDS, IMPACT_WORDS, PLAN_WORDS
from unbroken.directory.topology_queries import resources_named
from unbroken.evidence.actions import IMPACTS
from unbroken.ground.clock import now
from unbroken.ground.words import _, in_language
from unbroken.outage.plans import actions, queries
from unbroken.outage.plans.actions import PlanSheet
from unbroken.outage.plans.queries import Plan
from unbroken.staffing import queries as staffing
from unbroken.staffing.permissions import APPROVE_WORK, PLAN_WORK, READ_ADMINISTRATION

KEPT, DONE = _("Kept."), _("Done.")

looking = allowed(do=PLAN_WORK, read=ANYBODY)
planning = allowed(do=PLAN_WORK)
approving = allowed(do=APPROVE_WORK)


@looking
@require_GET
def plans(request: AgentRequest) -> HttpResponse:
    """The open ones, then the last that ended."""
    return page(
        request, "console/planned/plans.html", "plans", plans=queries.latest_plans(),
        states=PLAN_WORDS, impacts=IMPACT_WORDS,
    )  # fmt: skip


@allowed(do=PLAN_WORK, read=READ_ADMINISTRATION)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AgentRequest) -> HttpResponse:
    """One more."""
    if request.method == "POST":
        return _keep(request, None)
    return _show(request, None, PlanSheet("", None, None, (), "OUTAGE"))


@looking
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: AgentRequest, plan_id: int) -> HttpResponse:
    """One of them."""
    row = _row(plan_id)
    return _keep(request, row) if request.method == "POST" else _show(request, row, _sheet_of(row))


@planning
@require_POST
def deed(request: AgentRequest, plan_id: int) -> HttpResponse:
    """Proposed, begun, done, called off."""
    deeds = {
        "propose": actions.propose_plan,
        "begin": actions.begin_plan,
        "finish": actions.finish_plan,
        "call_off": actions.call_off_plan,
    }
    row, does = _row(plan_id), deeds.get(request.POST.get("deed", ""))
    if does is None:
        return _show(request, row, _sheet_of(row), in_language(_("Say what to do.")))
    told: dict[str, Any] = {"by": request.actor, "at": now()}
    wrong = attempt(lambda: does(plan_id=row.id, **told))
    if wrong:
        return _show(request, row, _sheet_of(row), wrong)
    return done(request, DONE, "console:plan", row.id)


@approving
@require_POST
def decision(request: AgentRequest, plan_id: int) -> HttpResponse:
    """Announced, or sent back to who planned it."""
    row = _row(plan_id)
    told: dict[str, Any] = {"plan_id": row.id, "by": request.actor, "at": now()}
    if request.POST.get("decision") == "back":
        wrong = attempt(lambda: actions.send_back(**told))
    else:
        despite, zone = request.POST.get("despite") == "yes", request.agent.timezone
        wrong = attempt(lambda: actions.announce_plan(despite=despite, zone=zone, **told))
    if wrong:
        return _show(request, row, _sheet_of(row), wrong)
    return done(request, DONE, "console:plan", row.id)


def _row(plan_id: int) -> Plan:
    found = queries.plan(plan_id)
    if found is None:
        raise Http404("plan")
    return found


def _sheet_of(row: Plan) -> PlanSheet:
    return PlanSheet(row.name, row.since, row.until, tuple(row.resources), row.impact)


def _keep(request: AgentRequest, row: Plan | None) -> HttpResponse:
    sheet, told = _typed(request, row), {"by": request.actor, "at": now()}
    if not may(request.agent, PLAN_WORK):
        raise Http404("plan")
    kept: list[int] = [row.id] if row else []

    def keep() -> None:
        if row:
            actions.change_plan(sheet, plan_id=row.id, **told)  # type: ignore[arg-type]
        else:
            kept.append(actions.draft_plan(sheet, **told))  # type: ignore[arg-type]

    wrong = attempt(keep)
    return (
        _show(request, row, sheet, wrong) if wrong else done(request, KEPT, "console:plan", kept[0])
    )


def _typed(request: AgentRequest, row: Plan | None) -> PlanSheet:
    """The fields; things by any name the inventory knows them by."""
    zone = request.agent.timezone
    times = []
    for name, was in (("since", row.since if row else None), ("until", row.until if row else None)):
        text = request.POST.get(name, "")
        times.append(was if was and text == for_field(was, zone) else typed_time(text, zone))
    typed = [cleaned(one) for one in request.POST.get("resources", "").splitlines()[:200]]
    known = resources_named([one for one in typed if one])
    keys = [key for one in typed if one for key in known.get(one, [one])]
    return PlanSheet(
        name=cleaned(request.POST.get("name"), 120),
        since=times[0],
        until=times[1],
        resources=tuple(dict.fromkeys(keys)),
        impact=cleaned(request.POST.get("impact"), 40),
    )


def _show(
    request: AgentRequest, row: Plan | None, sheet: PlanSheet, wrong: str = ""
) -> HttpResponse:
    zone, at = request.agent.timezone, now()
    looked = None
    if row and row.is_open:
        looked = queries.look(
            key=row.key, since=row.since, until=row.until, resources=row.resources,
            impact=row.impact, zone=zone, at=at,
        )  # fmt: skip
    names = {f"agent:{one.id}": one.name for one in staffing.agents()}
    return page(
        request,
        "console/planned/plan.html",
        "plans",
        wrong=wrong,
        row=row,
        sheet=sheet,
        since=for_field(sheet.since, zone),
        until=for_field(sheet.until, zone),
        looked=looked,
        author=names.get(row.author, "") if row else "",
        approver=names.get(row.approver, "") if row else "",
        states=PLAN_WORDS,
        conflict_words=CONFLICT_WORDS,
        impacts=[(one, in_language(IMPACT_WORDS[one])) for one in reversed(IMPACTS)],
        impact_words=IMPACT_WORDS,
        may_approve=may(request.agent, APPROVE_WORK),
        is_own=bool(row and row.author == str(request.actor)),
        alone_max=actions.ALONE_MAX,
    )
