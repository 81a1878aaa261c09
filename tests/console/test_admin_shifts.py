"""Shifts on their pages: planned by a lead for their team, seen where work is handed out."""

import re
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.console.desk import SOFIE, TIMO, VERA, Desk
from unbroken.console.anywhere.statuses import with_status
from unbroken.conversation import actions as record
from unbroken.conversation import queries as tickets
from unbroken.conversation.ids import TicketId
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.staffing import actions
from unbroken.staffing import queries as staffing
from unbroken.staffing.ids import AgentId, TeamId

ALL_DAY = {f"hours_{day}": "0-24" for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def lead(desk: Desk, who: str, team: str) -> None:
    told = {"by": HOUSE, "at": now()}
    agent = AgentId(desk.agents[who])
    actions.give_role(agent_id=agent, role="lead", **told)  # type: ignore[arg-type]
    actions.join_team(agent_id=agent, team_id=TeamId(desk.teams[team]), role="lead", **told)  # type: ignore[arg-type]


def test_a_lead_plans_their_team_and_nobody_else(desk: Desk) -> None:
    """Attack: a lead of another team gives somebody leave, or somebody plans themselves."""
    lead(desk, TIMO, "routers")
    sofie = f"/console/admin/shifts/{desk.agents[SOFIE]}"
    form = {"since": now().date().isoformat(), **ALL_DAY}
    timo = desk.client(TIMO)

    of_another = timo.post(sofie, form).status_code
    by_herself = desk.client(SOFIE).post(sofie, form).status_code
    lead(desk, TIMO, "first-line")
    of_his_own = timo.post(sofie, form).status_code

    assert (of_another, by_herself, of_his_own) == (403, 403, 303)
    assert "1 person is on now" in words(desk.client(SOFIE).get("/console/admin/shifts"))


def test_who_is_on_stands_in_the_menu_that_hands_out_work_and_leave_ends_it(desk: Desk) -> None:
    vera, agent = desk.client(VERA), AgentId(desk.agents[SOFIE])
    page = f"/console/admin/shifts/{agent}"
    today = now().astimezone(ZoneInfo("Europe/Berlin")).date()

    def menu() -> str:
        card = staffing.agent(agent)
        assert card is not None
        return with_status(card)

    vera.post(page, {"since": today.isoformat(), **ALL_DAY})
    on = menu()
    for number in (0, 1):
        day = (today + timedelta(days=number)).isoformat()
        vera.post(f"{page}/day", {"day": day, "reason": "leave", "hours": ""})
    shown = words(vera.get(page))
    version = events_of([f"agent:{agent}"])[-1].version
    vera.post(f"{page}/undo", {"version": version})

    assert "on shift" in on
    assert "not on shift now" in menu()
    assert "as in the week → away" in shown
    assert events_of([f"agent:{agent}"])[-1].data.get("hours") is None


def test_that_somebody_is_ill_is_for_whoever_plans_them(desk: Desk) -> None:
    """Attack: a colleague reads in the plan who is ill, and in its history who was."""
    sofie = f"/console/admin/shifts/{desk.agents[SOFIE]}"
    today = now().astimezone(ZoneInfo("Europe/Berlin")).date().isoformat()
    desk.client(VERA).post(f"{sofie}/day", {"day": today, "reason": "illness", "hours": ""})

    def says(who: str) -> tuple[bool, ...]:
        pages = (sofie, "/console/admin/shifts")
        return tuple(
            bool(re.search(r"\bill(ness)?\b", words(desk.client(who).get(p)))) for p in pages
        )

    assert (says(TIMO), says(SOFIE), says(VERA)) == ((False, False), (True, True), (True, True))


def test_ill_today_leaves_nothing_in_their_hands_and_only_who_plans_them_may_say_so(
    desk: Desk,
) -> None:
    """Attack: a colleague empties somebody's hands. Accident: whoever is ill keeps what waits."""
    lead(desk, TIMO, "routers")
    ticket = desk.asks("Anneke de Wit", "lamp")
    take = {"team_id": TeamId(desk.teams["first-line"]), "agent_id": AgentId(desk.agents[SOFIE])}
    record.assign_ticket(ticket_id=ticket, **take, by=HOUSE, at=now())
    path = f"/console/admin/shifts/{desk.agents[SOFIE]}/work"
    timo, vera = desk.client(TIMO), desk.client(VERA)

    refused = (timo.post(path).status_code, vera.get(path).status_code)
    held = owner_of(ticket)
    told = words(vera.post(path, follow=True))

    assert refused == (403, 405)
    assert held == desk.agents[SOFIE]
    assert owner_of(ticket) != desk.agents[SOFIE]
    assert "back with their team: 1" in told
    given = [one for one in events_of([f"ticket:{ticket}"]) if one.kind == "ticket.assigned"]
    assert given[-1].data["because"]["reasons"][0] == "ill"


def owner_of(ticket: TicketId) -> int | None:
    facts = tickets.ticket_facts(ticket)
    assert facts is not None
    return facts.assignee_id
