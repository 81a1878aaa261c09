"""A week's plan on its page: what comes, a proposal, taken over; shifts change hands by swap."""

import re
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.console.desk import SOFIE, TIMO, VERA, Desk
from unbroken.console.tasks import propose_plan
from unbroken.ground.clock import now
from unbroken.quality import foreseeing
from unbroken.staffing import actions, shift_queries
from unbroken.staffing.forecast import QUARTERS, Past
from unbroken.staffing.ids import AgentId, TeamId
from unbroken.staffing.planning import Shift
from unbroken.staffing.shift_queries import plan_of
from unbroken.staffing.state.plans import draft_of, keep_draft

PAGE = "/console/admin/plan"
UTC = ZoneInfo("UTC")


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def monday() -> date:
    """That of next week."""
    today = now().date()
    return today + timedelta(days=7 - today.weekday())


def eight_busy_weeks() -> None:
    """History as the record would give it: five requests in each quarter by day."""
    first = now().date() - timedelta(days=56)
    day = [5 if 32 <= n < 72 else 0 for n in range(QUARTERS)]
    days = {first + timedelta(days=n): day for n in range(56)}
    foreseeing._kept.get(now().astimezone(foreseeing.desk_zone()).date(), lambda: Past(days))


def hours_of(desk: Desk, who: str, day: date) -> list[list[str]]:
    return [list(one) for one in plan_of(desk.agents[who], "UTC").hours_on(day)]


def test_a_proposal_covers_what_comes_and_is_worked_once_taken_over(desk: Desk) -> None:
    eight_busy_weeks()
    vera, week = desk.client(VERA), monday().isoformat()

    vera.post(f"{PAGE}/proposal", {"week": week})
    asked = words(vera.get(f"{PAGE}?week={week}&what=draft"))
    propose_plan(monday=week)  # as the worker does
    proposed = words(vera.get(f"{PAGE}?week={week}&what=draft"))
    draft = draft_of(monday())
    assert draft is not None
    vera.post(f"{PAGE}/taking", {"week": week})

    assert "A proposal is being made" in asked, "nobody waits for the solver on a page"
    assert "A proposal is being made" not in proposed
    assert "/ 100" in proposed
    assert "hours of people missing in this week" in proposed, "three people are too few"
    assert draft.shifts
    assert draft_of(monday()) is None
    assert dict(foreseeing.rostered(monday())) == dict(draft.shifts)


def test_a_new_desk_is_told_that_there_is_too_little_history(desk: Desk) -> None:
    shown = words(desk.client(VERA).get(PAGE))

    assert "It takes 28 days of history" in shown
    assert desk.client(VERA).post(f"{PAGE}/proposal", {"week": "2026-06-01"}).status_code == 422


def test_nights_and_leave_survive_the_taking_over(desk: Desk) -> None:
    """Accident: a night of Sunday swallows Monday's shift, or leave is planned away."""
    sofie, sunday = desk.agents[SOFIE], monday() + timedelta(days=6)
    told = {"agent_id": AgentId(sofie), "by": desk.by(VERA), "at": now()}
    actions.set_shift_day(day=monday(), hours=[], reason="leave", **told)
    actions.set_shift_day(
        day=sunday + timedelta(days=1), hours=[["12:00", "18:00"]], reason="extra", **told
    )

    actions.take_plan(
        monday=monday(), shifts={(sofie, 0): Shift(8, 16), (sofie, 6): Shift(22, 30)},
        agents={sofie: "UTC"}, zone=UTC, by=desk.by(VERA), at=now(),
    )  # fmt: skip

    assert hours_of(desk, SOFIE, monday()) == [], "on leave"
    assert hours_of(desk, SOFIE, sunday) == [["22:00", "24:00"]]
    assert hours_of(desk, SOFIE, sunday + timedelta(days=1)) == [
        ["00:00", "06:00"], ["12:00", "18:00"],
    ]  # fmt: skip


def test_the_plan_stands_on_the_wall_of_each_person(desk: Desk) -> None:
    sofie = desk.agents[SOFIE]

    actions.take_plan(
        monday=monday(), shifts={(sofie, 0): Shift(8, 16)}, agents={sofie: "Asia/Tokyo"}, zone=UTC,
        by=desk.by(VERA), at=now(),
    )  # fmt: skip

    assert hours_of(desk, SOFIE, monday()) == [["17:00", "24:00"]]
    assert hours_of(desk, SOFIE, monday() + timedelta(days=1)) == [["00:00", "01:00"]]


def works(desk: Desk, who: str, day: date, *hours: list[str]) -> None:
    actions.set_shift_day(
        agent_id=AgentId(desk.agents[who]), day=day, hours=list(hours), reason="extra",
        by=desk.by(VERA), at=now(),
    )  # fmt: skip


def test_a_swap_takes_the_others_word_and_a_leads_and_then_the_shifts_change_hands(
    desk: Desk,
) -> None:
    day, back = monday(), monday() + timedelta(days=2)
    works(desk, SOFIE, day, ["22:00", "24:00"])
    works(desk, SOFIE, day + timedelta(days=1), ["00:00", "06:00"])
    works(desk, TIMO, back, ["08:00", "16:00"])
    sofie, timo, vera = (desk.client(one) for one in (SOFIE, TIMO, VERA))

    sofie.post("/console/admin/swaps", {
        "day": day.isoformat(), "other": desk.agents[TIMO], "back": back.isoformat()})  # fmt: skip
    (asked,) = shift_queries.open_swaps(now().date())
    page = f"/console/admin/swaps/{asked.id}"
    assert sofie.post(page, {"state": "agreed"}).status_code == 403
    assert vera.post(page, {"state": "approved"}).status_code == 403
    timo.post(page, {"state": "agreed"})
    assert timo.post(page, {"state": "approved"}).status_code == 403
    vera.post(page, {"state": "approved"})

    assert hours_of(desk, TIMO, day) == [["22:00", "24:00"]]
    assert hours_of(desk, TIMO, day + timedelta(days=1)) == [["00:00", "06:00"]]
    assert hours_of(desk, SOFIE, day) == []
    assert hours_of(desk, SOFIE, back) == [["08:00", "16:00"]]
    assert hours_of(desk, TIMO, back) == []


def test_nobody_is_given_a_shift_on_top_of_their_own(desk: Desk) -> None:
    works(desk, SOFIE, monday(), ["08:00", "16:00"])
    works(desk, TIMO, monday(), ["12:00", "20:00"])

    answer = desk.client(SOFIE).post(
        "/console/admin/swaps", {"day": monday().isoformat(), "other": desk.agents[TIMO]}
    )

    assert answer.status_code == 422
    assert "works on" in words(answer)


def test_only_who_plans_everybody_may_take_a_plan_over(desk: Desk) -> None:
    """Attack: an agent gives themselves every weekend off."""
    keep_draft(monday(), {}, at=datetime(2026, 5, 1, tzinfo=UTC))
    sofie = desk.client(SOFIE)

    assert sofie.post(f"{PAGE}/taking", {"week": monday().isoformat()}).status_code == 403
    assert sofie.post(f"{PAGE}/proposal", {"week": monday().isoformat()}).status_code == 403
    assert sofie.get(PAGE).status_code == 200


def test_a_lead_plans_the_week_of_their_team_and_of_nobody_else(desk: Desk) -> None:
    """Attack: a lead of one team proposes for another, or takes over what rosters everybody."""
    team, told = desk.teams["routers"], {"by": desk.by(VERA), "at": now()}
    timo, week = AgentId(desk.agents[TIMO]), monday().isoformat()
    actions.give_role(agent_id=timo, role="lead", **told)
    actions.join_team(agent_id=timo, team_id=TeamId(team), role="lead", **told)
    works(desk, SOFIE, monday(), ["10:00", "12:00"])
    keep_draft(monday(), {(timo, 0): Shift(8, 16)}, team, at=now())
    client, others = desk.client(TIMO), desk.teams["billing"]

    seen = words(client.get(f"{PAGE}?week={week}&team={team}&what=draft"))
    refused = [
        client.post(f"{PAGE}/{deed}", {"week": week, "team": one}).status_code
        for deed in ("proposal", "taking")
        for one in ("", others)
    ]
    client.post(f"{PAGE}/taking", {"week": week, "team": team})

    assert "Here is a proposal" in seen
    assert "Sofie" not in seen.partition("Who works when")[2].partition("Swaps")[0]
    assert refused == [403] * 4
    assert draft_of(monday(), team) is None
    assert dict(foreseeing.rostered(monday(), team)) == {(timo, 0): Shift(8, 16)}
    assert hours_of(desk, SOFIE, monday()) == [["10:00", "12:00"]], "of another team"
