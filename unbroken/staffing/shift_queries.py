"""Who is on, and when: the plans of everybody, read together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from unbroken.ground.kept import Kept
from unbroken.staffing.models import Agent, ShiftDay, ShiftPattern, ShiftSwap
from unbroken.staffing.shifts import OtherDay, Pattern, Plan


def _plans() -> Mapping[int, Plan]:
    patterns: dict[int, list[Pattern]] = {}
    for agent_id, since, week in ShiftPattern.objects.values_list("agent_id", "since", "week"):
        patterns.setdefault(agent_id, []).append(Pattern(since, week))
    days: dict[int, list[OtherDay]] = {}
    different = ShiftDay.objects.filter(counts=True).order_by("day")
    for agent_id, day, hours, reason in different.values_list("agent_id", "day", "hours", "reason"):
        days.setdefault(agent_id, []).append(OtherDay(day, hours, reason))
    planned = patterns.keys() | days.keys()
    zones = dict(Agent.objects.filter(pk__in=planned).values_list("id", "timezone"))
    return {
        one: Plan(zones[one], tuple(patterns.get(one, ())), tuple(days.get(one, ())))
        for one in planned
    }


kept_plans: Kept[Mapping[int, Plan]] = Kept(_plans)


def plan_of(agent_id: int, timezone: str) -> Plan:
    """One person's plan; an empty one when nobody planned them."""
    return kept_plans().get(agent_id) or Plan(timezone)


def on_until(agent_id: int, at: datetime) -> datetime | None:
    """When somebody's running shift ends; None when they are not on, or were never planned."""
    plan = kept_plans().get(agent_id)
    return plan.on_until(at) if plan is not None else None


@dataclass(frozen=True, slots=True)
class SwapRow:
    """A swap that was asked for: who gives which day to whom, and takes which for it."""

    id: int
    asker_id: int
    asker: str
    other_id: int
    other: str
    day: date
    back: date | None
    state: str


def open_swaps(since: date) -> list[SwapRow]:
    """Swaps from this day on that are not decided yet, the next day first."""
    found = ShiftSwap.objects.filter(state__in=["asked", "agreed"], day__gte=since)
    columns = ("id", "asker_id", "asker__name", "other_id", "other__name", "day", "back", "state")
    return [SwapRow(*row) for row in found.order_by("day", "id").values_list(*columns)]


def swap(swap_id: int) -> SwapRow | None:
    """One of them, also one that was decided."""
    columns = ("id", "asker_id", "asker__name", "other_id", "other__name", "day", "back", "state")
    row = ShiftSwap.objects.filter(pk=swap_id).values_list(*columns).first()
    return SwapRow(*row) if row is not None else None
