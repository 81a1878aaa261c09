"""A promise at risk is told before it breaks: to whom holds it, then the lead, then the head."""

from datetime import timedelta

from tests.console.desk import PASSWORD, SOFIE, TIMO, Desk
from unbroken.console.bell import state
from unbroken.console.models import Ring
from unbroken.conversation.ids import TicketId
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.promise.models import Clock, LegClock, NextPromise
from unbroken.routing import actions as routing
from unbroken.staffing import actions as staffing

HANNA = "hanna@desk.example"


def at_risk(ticket: TicketId, *, left: float) -> None:
    """Warned of an hour before it is due; so much of that hour is left."""
    due = now() + timedelta(hours=left)
    NextPromise.objects.update_or_create(
        ticket_id=ticket,
        defaults={
            "measure": "first_answer", "due_at": due, "is_warned": True, "agreement": "classic",
            "edition": 1,
        },
    )  # fmt: skip
    Clock.objects.update_or_create(
        ticket_id=ticket,
        measure="first_answer",
        defaults={
            "agreement": "classic", "cause": 1, "started_at": now(), "due_at": due,
            "warn_at": due - timedelta(hours=1), "state": "running", "target_seconds": 3600,
            "used_seconds": 0, "warned": True,
        },
    )  # fmt: skip
    state.ring_warnings(at=now())


def called(desk: Desk, ticket: TicketId, kind: str = "due") -> set[str]:
    agents = Ring.objects.filter(ticket_id=ticket, kinds__contains=[kind])
    ids = set(agents.values_list("agent_id", flat=True))
    return {who for who, number in desk.agents.items() if number in ids}


def test_whoever_holds_it_hears_first_then_the_lead_then_the_head(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "lamp")
    routing.give_to_agent(ticket_id=ticket, agent_id=desk.agents[SOFIE], by=HOUSE, at=now())
    staffing.join_team(
        agent_id=desk.agents[TIMO], team_id=desk.teams["first-line"], role="lead",
        by=HOUSE, at=now(),
    )  # fmt: skip
    desk.agents[HANNA] = staffing.hire_agent(
        name="Hanna", email=HANNA, timezone="UTC", is_admin=False, password=PASSWORD,
        by=HOUSE, at=now(),
    )  # fmt: skip
    staffing.give_role(agent_id=desk.agents[HANNA], role="head", by=HOUSE, at=now())
    seen = []
    for left in (0.9, 0.4, 0.2):
        at_risk(ticket, left=left)
        seen.append(called(desk, ticket))

    assert seen == [{SOFIE}, {SOFIE, TIMO}, {SOFIE, TIMO, HANNA}]


def test_what_nobody_holds_is_told_to_the_whole_team(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "lamp")

    at_risk(ticket, left=0.9)

    assert called(desk, ticket) == {SOFIE, TIMO}


def test_a_leg_at_risk_rings_once_for_who_holds_it_and_then_for_the_lead(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "lamp")
    routing.give_to_agent(ticket_id=ticket, agent_id=desk.agents[SOFIE], by=HOUSE, at=now())
    staffing.join_team(
        agent_id=desk.agents[TIMO], team_id=desk.teams["first-line"], role="lead",
        by=HOUSE, at=now(),
    )  # fmt: skip
    warned, due = now() + timedelta(minutes=40), now() + timedelta(hours=1)
    leg = LegClock(
        ticket_id=ticket, whose="team", whose_id=desk.teams["first-line"], cause=1,
        started_at=now(), due_at=due, warn_at=warned, target_seconds=3600, used_seconds=0,
    )  # fmt: skip
    leg.save()
    heard = []
    for minutes in (30, 45, 55):
        state.ring_warnings(at=now() + timedelta(minutes=minutes))
        heard.append(called(desk, ticket, "leg"))
    Ring.objects.filter(ticket_id=ticket).update(seen_at=now())
    state.ring_warnings(at=now() + timedelta(minutes=58))

    assert heard == [set(), {SOFIE}, {SOFIE, TIMO}]
    assert not Ring.objects.filter(ticket_id=ticket, seen_at=None).exists()
