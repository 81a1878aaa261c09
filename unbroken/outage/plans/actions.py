"""What can happen to a plan, one sentence each. Announced plans are windows of the evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from unbroken.directory.network_queries import owners_of
from unbroken.evidence.actions import IMPACTS, LASTS_MAX, note_planned_window
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.words import _
from unbroken.outage.events import (
    FreezeSet,
    NoticePeriodSet,
    PlanAnnounced,
    PlanBegun,
    PlanCalledOff,
    PlanChanged,
    PlanDrafted,
    PlanFinished,
    PlanMoved,
    PlanOverran,
    PlanProposed,
    PlanSentBack,
)
from unbroken.outage.models import FreezeDays, NoticePeriod, PlannedWork
from unbroken.outage.plans import queries

ALONE_MAX = 10
"""So many services may be touched by what nobody but its author has looked at."""

refusals(
    {
        "plan.no_name": _("Say in a few words what is to be done."),
        "plan.no_time": _("Say from when to when."),
        "plan.ends_first": _("The work would end before it begins."),
        "plan.too_long": _("No work lasts longer than {days} days."),
        "plan.in_the_past": _("The work would begin in the past."),
        "plan.unknown_things": _("The inventory does not know {things}."),
        "plan.nothing_named": _("Say at what the work is done."),
        "plan.unknown_impact": _("Say what will be felt."),
        "plan.cannot": _("This plan has gone on meanwhile: look again."),
        "plan.own": _("It touches {count} services: somebody else has to approve it."),
        "plan.conflicts": _("Something speaks against it: tick that it is wanted all the same."),
        "plan.freeze_days": _("The last day must not be before the first."),
        "plan.notice_hours": _("Between 0 and 90 days."),
    }
)


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """What a planner says of the work."""

    name: str
    since: datetime | None
    until: datetime | None
    resources: tuple[str, ...]
    impact: str


def draft_plan(sheet: PlanSheet, *, by: Actor, at: datetime) -> int:
    """Somebody thinks of it. Nothing follows yet."""
    since, until = _checked(sheet, at)
    with begin(PlannedWork, by=by, at=at) as plan:
        plan.state, plan.author = "draft", str(by)
        _set(plan, sheet, since, until)
        plan.tell(PlanDrafted(since, until, sheet.resources, sheet.impact))
    return int(plan.id)


def change_plan(sheet: PlanSheet, *, plan_id: int, by: Actor, at: datetime) -> None:
    """A draft becomes another; what was announced is moved, and its window with it."""
    with transaction.atomic():
        was_announced = _change(sheet, plan_id, by=by, at=at)
        if was_announced is not None:
            _note(was_announced, "RE-SCHEDULED", by=by, at=at)


def _change(sheet: PlanSheet, plan_id: int, *, by: Actor, at: datetime) -> Any:
    """The plan, if it was announced and is another one now."""
    with change(PlannedWork, plan_id, by=by, at=at) as plan:
        _only(plan, *queries.OPEN)
        since, until = _checked(sheet, at, is_going_on=plan.state == "inWork")
        was = (plan.since, plan.until, list(plan.resources), plan.impact, plan.name)
        if was == (since, until, list(sheet.resources), sheet.impact, sheet.name):
            return None
        _set(plan, sheet, since, until)
        if plan.state in ("draft", "proposed"):
            plan.state = "draft"
            plan.tell(PlanChanged(since, until, sheet.resources, sheet.impact))
            return None
        plan.overran_at = None
        plan.tell(PlanMoved(since, until, sheet.resources, sheet.impact, was[0], was[1]))
    return plan


def propose_plan(*, plan_id: int, by: Actor, at: datetime) -> None:
    """Its author asks for approval."""
    with change(PlannedWork, plan_id, by=by, at=at) as plan:
        _only(plan, "draft")
        plan.state = "proposed"
        plan.services = len(queries.services_below(plan.resources))
        plan.tell(PlanProposed(services=plan.services))


def send_back(*, plan_id: int, by: Actor, at: datetime) -> None:
    """Not like this."""
    with change(PlannedWork, plan_id, by=by, at=at) as plan:
        _only(plan, "proposed")
        plan.state = "draft"
        plan.tell(PlanSentBack())


def announce_plan(*, plan_id: int, despite: bool, zone: str, by: Actor, at: datetime) -> None:
    """Approved. What speaks against it is looked at once more, as it stands at this moment."""
    with transaction.atomic():
        with change(PlannedWork, plan_id, by=by, at=at) as plan:
            _only(plan, "proposed")
            if plan.since <= at:
                raise Refused("plan.in_the_past")
            looked = queries.look(
                key=queries.window_key(plan.id), since=plan.since, until=plan.until,
                resources=plan.resources, impact=plan.impact, zone=zone, at=at,
            )  # fmt: skip
            if plan.author == str(by) and looked.services > ALONE_MAX:
                raise Refused("plan.own", count=looked.services)
            against = sorted({one.kind for one in looked.conflicts})
            if against and not despite:
                raise Refused("plan.conflicts")
            plan.state, plan.approver, plan.announced_at = "announced", str(by), at
            plan.services, plan.despite = looked.services, against
            plan.tell(
                PlanAnnounced(
                    plan.since, plan.until, tuple(plan.resources), plan.impact,
                    looked.services, tuple(against),
                )
            )  # fmt: skip
        _note(plan, "CONFIRMED", by=by, at=at)


def begin_plan(*, plan_id: int, by: Actor, at: datetime) -> None:
    """They are at it. Not before its time: what breaks then was not announced."""
    with transaction.atomic():
        with change(PlannedWork, plan_id, by=by, at=at) as plan:
            _only(plan, "announced")
            plan.state, plan.began_at = "inWork", at
            plan.tell(PlanBegun())
        _note(plan, "IN-PROCESS", by=by, at=at)


def finish_plan(*, plan_id: int, by: Actor, at: datetime) -> None:
    """It is done; its window ends now, so that it excuses nothing that breaks later."""
    with transaction.atomic():
        with change(PlannedWork, plan_id, by=by, at=at) as plan:
            _only(plan, "inWork", "announced")
            plan.state, plan.ended_at = "done", at
            plan.tell(PlanFinished(overran=plan.overran_at is not None))
        _note(plan, "COMPLETED", ends_at=at, by=by, at=at)


def call_off_plan(*, plan_id: int, by: Actor, at: datetime) -> None:
    """It will not be."""
    with transaction.atomic():
        with change(PlannedWork, plan_id, by=by, at=at) as plan:
            _only(plan, *queries.OPEN)
            was_announced = plan.announced_at is not None
            plan.state, plan.ended_at = "calledOff", at
            plan.tell(PlanCalledOff(was_announced=was_announced))
        if was_announced:
            _note(plan, "CANCELLED", by=by, at=at)


def note_overrun(*, plan_id: int, by: Actor, at: datetime) -> None:
    """Its time is over and nobody said that it is done. Once."""
    with change(PlannedWork, plan_id, by=by, at=at) as plan:
        is_over = plan.state in ("announced", "inWork") and plan.until <= at
        if not is_over or plan.overran_at is not None:
            return
        plan.overran_at = at
        plan.tell(PlanOverran(until=plan.until, resources=tuple(plan.resources)))


def set_freeze(
    *, name: str, first: date, last: date, freeze_id: int | None = None, on: bool = True,
    by: Actor, at: datetime,
) -> int:  # fmt: skip
    """On these days nobody works on the network, or they may again."""
    if not name.strip():
        raise Refused("plan.no_name")
    if last < first:
        raise Refused("plan.freeze_days")
    opened = (
        change(FreezeDays, freeze_id, by=by, at=at)
        if freeze_id
        else begin(FreezeDays, by=by, at=at)
    )
    with opened as row:
        now = (name, first, last, on)
        if freeze_id and (row.name, row.first, row.last, row.is_on) == now:
            return freeze_id
        row.name, row.first, row.last, row.is_on = now
        row.tell(FreezeSet(first=first.isoformat(), last=last.isoformat(), on=on))
    return int(row.id)


def set_notice(*, agreement: str, hours: int, by: Actor, at: datetime) -> None:
    """Those under this agreement are told so long before; "" for all others."""
    if not 0 <= hours <= 90 * 24:
        raise Refused("plan.notice_hours")
    known = NoticePeriod.objects.filter(agreement=agreement).first()
    if known and known.hours == hours:
        return
    opened = (
        change(NoticePeriod, known.pk, by=by, at=at) if known else begin(NoticePeriod, by=by, at=at)
    )
    with opened as row:
        was = row.hours if known else None
        row.agreement, row.hours = agreement, hours
        row.tell(NoticePeriodSet(agreement=agreement, hours=hours, was=was))


def _checked(
    sheet: PlanSheet, at: datetime, *, is_going_on: bool = False
) -> tuple[datetime, datetime]:
    if not sheet.name.strip():
        raise Refused("plan.no_name")
    if sheet.since is None or sheet.until is None:
        raise Refused("plan.no_time")
    if sheet.until <= sheet.since:
        raise Refused("plan.ends_first")
    if sheet.until - sheet.since > LASTS_MAX:
        raise Refused("plan.too_long", days=LASTS_MAX.days)
    if sheet.since < at - timedelta(minutes=1) and not is_going_on:
        raise Refused("plan.in_the_past")
    if not sheet.resources:
        raise Refused("plan.nothing_named")
    known = owners_of(list(sheet.resources))
    unknown = [one for one in sheet.resources if one not in known]
    if unknown:
        raise Refused("plan.unknown_things", things=", ".join(unknown[:5])[:200])
    if sheet.impact not in IMPACTS:
        raise Refused("plan.unknown_impact")
    return sheet.since, sheet.until


def _set(plan: Any, sheet: PlanSheet, since: datetime, until: datetime) -> None:
    plan.name, plan.since, plan.until = sheet.name, since, until
    plan.resources, plan.impact = list(sheet.resources), sheet.impact


def _only(plan: Any, *states: str) -> None:
    if plan.state not in states:
        raise Refused("plan.cannot")


def _note(
    plan: Any, status: str, *, ends_at: datetime | None = None, by: Actor, at: datetime
) -> None:
    """The same as a window. Done before its time it shrinks; late it never grows."""
    until: datetime = plan.until
    if ends_at is not None and ends_at < until:
        until = max(ends_at, plan.since + timedelta(minutes=1))
    resources: Sequence[str] = plan.resources
    note_planned_window(
        key=queries.window_key(plan.id), since=plan.since, until=until, resources=resources,
        impact=plan.impact, status=status, by=by, at=at,
    )  # fmt: skip
