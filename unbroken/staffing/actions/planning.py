"""A planned week taken over, and shifts that two people swap with a lead's word."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.words import _
from unbroken.staffing import nights
from unbroken.staffing.actions.shifts import set_shift_day
from unbroken.staffing.events import SwapAnswered, SwapAsked
from unbroken.staffing.ids import AgentId
from unbroken.staffing.models import Agent, ShiftSwap
from unbroken.staffing.planning import Shift
from unbroken.staffing.shift_queries import plan_of
from unbroken.staffing.state.plans import forget_draft

ASKED, AGREED, APPROVED, REFUSED, WITHDRAWN = (
    "asked", "agreed", "approved", "refused", "withdrawn",
)  # fmt: skip
MAY_BECOME: Mapping[str, frozenset[str]] = {
    AGREED: frozenset({ASKED}),
    APPROVED: frozenset({AGREED}),
    REFUSED: frozenset({ASKED, AGREED}),
    WITHDRAWN: frozenset({ASKED, AGREED}),
}
ONE = timedelta(days=1)

refusals(
    {
        "swap.no_shift": _("{name} has no shift on {day} that could be swapped."),
        "swap.is_on": _("{name} works on {day} already."),
        "swap.same": _("A swap takes two people, in one time zone."),
        "swap.too_late": _("That day is over."),
        "swap.cannot": _("This swap is {state} already."),
    }
)


def take_plan(
    *, monday: date, shifts: Mapping[tuple[int, int], Shift], agents: Mapping[int, str],
    zone: ZoneInfo, by: Actor, at: datetime, team: int = 0,
) -> None:  # fmt: skip
    """The week is worked as it was planned: each day of these people, also their days off.

    `team`: whose proposal it was, 0 for everybody's; it is forgotten.
    `agents`: their time zones by number; hours of the plan are on the wall of `zone`. Leave and
    illness stay as they are.
    """
    with transaction.atomic():
        for who, theirs in agents.items():
            days = _on_their_wall(who, monday, shifts, zone, ZoneInfo(theirs))
            plan = plan_of(who, theirs)
            gone = {
                one.day for one in plan.days if not one.hours and one.reason in ("leave", "illness")
            }
            for number in range(7):
                day = monday + number * ONE
                if day not in gone:
                    set_shift_day(
                        agent_id=AgentId(who), day=day, hours=sorted(days.get(day, [])),
                        reason="plan", by=by, at=at,
                    )  # fmt: skip
            _sundays_night(who, theirs, monday + 7 * ONE, days, by=by, at=at)
        forget_draft(monday, team)


def _on_their_wall(
    who: int, monday: date, shifts: Mapping[tuple[int, int], Shift], zone: ZoneInfo,
    theirs: ZoneInfo,
) -> dict[date, list[list[str]]]:  # fmt: skip
    """Somebody's spans by day in their own time zone; what runs over midnight is two."""
    days: dict[date, list[list[str]]] = {}
    for (agent, number), shift in shifts.items():
        if agent != who:
            continue
        midnight = datetime.combine(monday + number * ONE, datetime.min.time())
        begins, ends = (
            (midnight + timedelta(hours=hour)).replace(tzinfo=zone).astimezone(theirs)
            for hour in (shift.begins, shift.ends)
        )
        if begins.date() == ends.date():
            days.setdefault(begins.date(), []).append([f"{begins:%H:%M}", f"{ends:%H:%M}"])
            continue
        days.setdefault(begins.date(), []).append([f"{begins:%H:%M}", nights.END])
        if f"{ends:%H:%M}" != nights.MIDNIGHT:
            days.setdefault(ends.date(), []).append([nights.MIDNIGHT, f"{ends:%H:%M}"])
    return days


def _sundays_night(
    who: int, zone: str, after: date, days: Mapping[date, list[list[str]]], *, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """The end of Sunday's night stands on Monday, before what that day has itself."""
    if after not in days:
        return
    there = [list(one) for one in plan_of(who, zone).hours_on(after)]
    last = days[after][-1][1]
    kept = [one for one in there if one[0] >= last]
    set_shift_day(
        agent_id=AgentId(who), day=after, hours=[*days[after], *kept], reason="plan", by=by, at=at
    )


# ── swaps ─────────────────────────────────────────────────────────────────────


def ask_swap(
    *, asker: AgentId, other: AgentId, day: date, back: date | None, by: Actor, at: datetime
) -> int:
    """Somebody asks a colleague to take a shift; with `back` they take one of theirs for it."""
    people = {one.pk: one for one in Agent.objects.filter(pk__in=[asker, other], active=True)}
    if len(people) != 2 or len({one.timezone for one in people.values()}) != 1:
        raise Refused("swap.same")
    _check(people[asker], people[other], day, at)
    if back is not None:
        _check(people[other], people[asker], back, at)
    with begin(ShiftSwap, by=by, at=at) as swap:
        swap.asker_id, swap.other_id, swap.day, swap.back = asker, other, day, back
        swap.asked_at = at
        swap.tell(
            SwapAsked(int(asker), int(other), day.isoformat(), back.isoformat() if back else None)
        )
    return int(swap.id)


def answer_swap(*, swap_id: int, state: str, by: Actor, at: datetime) -> None:
    """Agreed by the other, approved by a lead, refused by either, withdrawn by who asked.

    Approved it holds: the shifts change hands in the same moment, if nothing else came between.
    """
    with transaction.atomic():
        with change(ShiftSwap, swap_id, by=by, at=at) as swap:
            if swap.state not in MAY_BECOME.get(state, ()):
                raise Refused("swap.cannot", state=swap.state)
            was, swap.state = swap.state, state
            swap.tell(SwapAnswered(state=state, was=was))
        if state == APPROVED:
            _swap(swap.asker_id, swap.other_id, swap.day, swap.back, by=by, at=at)


def _swap(asker: int, other: int, day: date, back: date | None, *, by: Actor, at: datetime) -> None:
    people = {one.pk: one for one in Agent.objects.filter(pk__in=[asker, other])}
    _check(people[asker], people[other], day, at)
    _move(people[asker], people[other], day, by=by, at=at)
    if back is not None:
        _check(people[other], people[asker], back, at)
        _move(people[other], people[asker], back, by=by, at=at)


def _check(giver: Agent, taker: Agent, day: date, at: datetime) -> None:
    """The one has a shift that begins on that day, the other none that it would run into."""
    if day < at.astimezone(ZoneInfo(giver.timezone)).date():
        raise Refused("swap.too_late")
    today, tomorrow = nights.split(_begun(giver, day))
    if not today:
        raise Refused("swap.no_shift", name=giver.name, day=day.isoformat())
    theirs = plan_of(taker.pk, taker.timezone)
    for when, spans in ((day, today), (day + ONE, tomorrow)):
        for begins, ends in spans:
            if any(a < ends and begins < b for a, b in theirs.hours_on(when)):
                raise Refused("swap.is_on", name=taker.name, day=when.isoformat())


def _begun(agent: Agent, day: date) -> list[list[str]]:
    plan = plan_of(agent.pk, agent.timezone)
    before, today, following = (plan.hours_on(day + n * ONE) for n in (-1, 0, 1))
    return nights.begun(before, today, following)


def _move(giver: Agent, taker: Agent, day: date, *, by: Actor, at: datetime) -> None:
    """The shifts that begin on a day go from one to the other, a night to its end."""
    today, tomorrow = nights.split(_begun(giver, day))
    for when, spans in ((day, today), (day + ONE, tomorrow)):
        if not spans:
            continue
        left = [list(one) for one in plan_of(giver.pk, giver.timezone).hours_on(when)]
        there = [list(one) for one in plan_of(taker.pk, taker.timezone).hours_on(when)]
        for agent, hours in (
            (giver, [one for one in left if one not in spans]), (taker, sorted([*there, *spans])),
        ):  # fmt: skip
            set_shift_day(
                agent_id=AgentId(agent.pk), day=when, hours=hours, reason="swap", by=by, at=at
            )
