"""Plans: the legs that a request about a topic usually takes, and how they are laid on one.

A plan is a beginning: legs are added and dropped as the work goes. A step that runs beside is work
for another team on a request of its own and begins with the step before it; the next one begins
when all before it are over.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from unbroken.conversation.ids import TicketId
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change
from unbroken.ground.kept import Kept
from unbroken.ground.words import LANGUAGES
from unbroken.routing.actions.chain import chain_of, in_hand, legs_in
from unbroken.routing.events_chain import LegAdded, LegEnded, PlanSet
from unbroken.routing.models_chain import Chain, Leg, Plan
from unbroken.routing.queries import topic_keys_above
from unbroken.staffing import queries as staffing

STEPS_MAX = 20
MINUTES_MAX = 60 * 24 * 60
NAME_MAX = 200
Step = Mapping[str, Any]


def set_plan(*, topic: str, steps: Sequence[Step], by: Actor, at: datetime) -> None:
    """The plan for a topic, from now on; without steps there is none. The same changes nothing."""
    wanted = [_checked(one) for one in steps[:STEPS_MAX]]
    known = Plan.objects.filter(topic=topic).first()
    if known is None:
        with begin(Plan, by=by, at=at) as plan:
            plan.topic, plan.steps, plan.active = topic, wanted, bool(wanted)
            plan.tell(PlanSet(topic=topic, now={"steps": wanted}))
    elif known.steps != wanted:
        with change(Plan, known.pk, by=by, at=at) as plan:
            was, plan.steps, plan.active = plan.steps, wanted, bool(wanted)
            plan.tell(PlanSet(topic=topic, was={"steps": was}, now={"steps": wanted}))
    kept_plans.forget()


def plan_for(topic_id: int | None) -> str:
    """The topic whose plan a request about this topic follows: its own, or the nearest above."""
    plans = kept_plans()
    return next((key for key in topic_keys_above(topic_id) if key in plans), "") if plans else ""


def lay_plan(*, ticket_id: TicketId, topic: str, by: Actor, at: datetime) -> None:
    """Lay the plan's legs ahead of what is in hand; a first step that is in hand already is not."""
    steps = kept_plans().get(topic, ())
    if not steps:
        raise Refused("chain.no_plan")
    with change(Chain, chain_of(ticket_id, by=by, at=at), by=by, at=at) as chain:
        legs = legs_in(chain.id)
        held = in_hand(legs)
        position = max((one.position for one in legs), default=0)
        earlier: list[int] = []
        waits, beside = [held.pk] if held else [], list[int]()
        first: Leg | None = None
        for number, step in enumerate(steps):
            if number == 0 and held is not None and held.team_id == step["team"]:
                held.names, held.says = step["names"], step["says"]
                chain.add(held)
                continue
            position += 1
            leg = Leg(chain_id=chain.id, position=position, team_id=step["team"])
            leg.kind = "child" if step["beside"] else "work"
            leg.names, leg.says, leg.minutes = step["names"], step["says"], step["minutes"]
            leg.after = earlier if step["beside"] else [*waits, *beside]
            chain.add(leg)
            first = first or leg
            if step["beside"]:
                beside.append(leg.pk)
            else:
                earlier, waits, beside = leg.after, [leg.pk], []
        if first is None:
            raise Refused("chain.no_plan")
        chain.tell(LegAdded(ticket=ticket_id, leg=first.pk, kind="plan"))


def add_leg(
    *, ticket_id: TicketId, team_id: int, name: str, language: str, by: Actor, at: datetime
) -> None:
    """One more leg at the end of what is planned."""
    step = _checked({"team": team_id, "names": {language: name}})
    with change(Chain, chain_of(ticket_id, by=by, at=at), by=by, at=at) as chain:
        legs = legs_in(chain.id)
        leg = Leg(chain_id=chain.id, team_id=team_id, names=step["names"])
        leg.position = 1 + max((one.position for one in legs), default=0)
        leg.after = [one.pk for one in legs if one.ended_at is None]
        chain.add(leg)
        chain.tell(LegAdded(ticket=ticket_id, leg=leg.pk, kind="work"))


def drop_leg(*, ticket_id: TicketId, leg_id: int, by: Actor, at: datetime) -> None:
    """It is not needed after all; only what is still planned is dropped."""
    with change(Chain, chain_of(ticket_id, by=by, at=at), by=by, at=at) as chain:
        legs = legs_in(chain.id)
        leg = next((one for one in legs if one.pk == leg_id and one.state == "planned"), None)
        if leg is None:
            raise Refused("chain.not_here")
        leg.state, leg.ended_at = "dropped", chain.at
        chain.add(leg)
        chain.tell(LegEnded(ticket=ticket_id, leg=leg.pk, state="dropped"))


def ready_beside(legs: Collection[Leg]) -> list[Leg]:
    """Planned work of other teams whose turn has come."""
    over = {one.pk for one in legs if one.ended_at is not None}
    planned = [one for one in legs if (one.kind, one.state) == ("child", "planned")]
    return [one for one in planned if over.issuperset(one.after)]


def _checked(step: Step) -> dict[str, Any]:
    """A step as it is stored; refused without a team or a name."""
    names = _worded(step.get("names"))
    team = step.get("team")
    if not names:
        raise Refused("chain.needs_name")
    if not isinstance(team, int) or staffing.team(team) is None:  # type: ignore[arg-type]
        raise Refused("routing.unknown_team")
    minutes = step.get("minutes")
    if minutes is not None and not 0 < minutes <= MINUTES_MAX:
        raise Refused("chain.bad_minutes")
    says, beside = _worded(step.get("says")), bool(step.get("beside"))
    return {"team": team, "names": names, "says": says, "minutes": minutes, "beside": beside}


def _worded(words: object) -> dict[str, str]:
    given = words if isinstance(words, Mapping) else {}
    found = {one: str(given.get(one) or "").strip()[:NAME_MAX] for one in LANGUAGES}
    return {language: text for language, text in found.items() if text}


def _read() -> dict[str, Sequence[dict[str, Any]]]:
    return dict(Plan.objects.filter(active=True).values_list("topic", "steps"))


kept_plans: Kept[dict[str, Sequence[dict[str, Any]]]] = Kept(_read)
