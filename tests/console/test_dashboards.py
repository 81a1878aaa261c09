"""Dashboards: mine, the team's board, screens on a wall."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.console.desk import SOFIE, TIMO, VERA, Desk, ago
from tests.portal.people import customer, text_of
from unbroken.console import pictures
from unbroken.console.dashboards.sums import WeekFigure, by_key, by_week, difference
from unbroken.console.live import _screen
from unbroken.console.news import ONLY_PROBLEMS
from unbroken.console.pictures import Series
from unbroken.conversation import actions as record
from unbroken.directory.actions import register_service
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.postman import drain
from unbroken.outage.actions import open_problem
from unbroken.quality import projections
from unbroken.staffing import actions as staffing
from unbroken.staffing.ids import AgentId


def settle() -> None:
    drain(at=now())
    projections.count_aside(at=now(), limit=100)


def test_mine_shows_what_i_owe_and_did_and_nobody_elses(desk: Desk) -> None:
    mine, other = desk.asks("Anneke de Wit", "dark lamp"), desk.asks("Bram Visser", "slow router")
    for ticket, who in ((mine, SOFIE), (other, TIMO)):
        record.assign_ticket(
            ticket_id=ticket, team_id=desk.teams["first-line"], agent_id=desk.agents[who],
            by=desk.by(who), at=now(),
        )  # fmt: skip
    record.resolve_ticket(ticket_id=other, by=desk.by(SOFIE), at=now())
    settle()

    page = desk.client(SOFIE).get("/console/dashboards/")

    assert "dark lamp" in text_of(page)
    assert "slow router" not in text_of(page)
    links = re.findall(r'href="([^"]*resolved%3Ame[^"]*)"', page.content.decode())
    assert len(links) == 1, "the number opens the list behind it"
    assert "slow router" in text_of(desk.client(SOFIE).get(links[0]))


def put_up(client: Client, **form: str) -> str:
    """A new screen on the wall; its address."""
    page = client.post("/console/dashboards/screens/new", {"name": "Hall", **form})
    found = re.search(r"/wall/[\w-]+", page.content.decode())
    assert found is not None, text_of(page)
    return found[0]


def test_a_wall_shows_the_team_to_whoever_has_the_address_and_never_a_customer(desk: Desk) -> None:
    """Attack: a visitor reads the screen, or keeps its address."""
    ticket = desk.asks("Anneke de Wit", "Anneke's secret", at=ago(days=9))
    desk.asks("Bram Visser", "elsewhere", team="billing", at=ago(days=9))
    settle()
    lead = desk.client(VERA)
    address = put_up(lead, team="first-line")

    wall = Client().get(address)

    text = text_of(wall)
    assert "Sofie Marchetti" in text
    assert "Anneke" not in text
    assert f"/console/tickets/{ticket}" not in wall.content.decode()
    assert "Vera" not in text, "she is in another team"
    assert (
        wall.headers["Cache-Control"].startswith("max-age=0")
        or "no-" in wall.headers["Cache-Control"]
    )
    hears = {"headers": [], "query_string": f"wall={address.rpartition('/')[2]}".encode()}
    screen, _missed = _screen(hears)
    assert screen is not None
    assert screen.teams == {desk.teams["first-line"]}


def test_a_wall_of_the_network_names_what_many_hang_on_and_leads_nowhere(desk: Desk) -> None:
    """Attack: a visitor reads whose line is dead, or follows a link into the desk."""
    home = customer("Anneke de Wit")
    services = [
        int(register_service(customer_id=home, technology="vdsl", by=HOUSE, at=now()))
        for _ in range(3)
    ]
    number = open_problem(
        element="line of Anneke de Wit", origin="agent", severity="major", since=ago(hours=1),
        services=dict.fromkeys(services, ago(hours=1)), by=HOUSE, at=now(),
    )  # fmt: skip
    address = put_up(desk.client(VERA), team=":network")

    wall = Client().get(address)

    text = text_of(wall)
    assert f"▲{number}" in text
    assert "Anneke" not in text
    assert 'href="/console/' not in wall.content.decode()
    assert "Anneke" in text_of(desk.client(VERA).get("/console/problems/full"))
    hears: Any = {"headers": [], "query_string": f"wall={address.rpartition('/')[2]}".encode()}
    screen, _missed = _screen(hears)
    assert screen is not None
    assert (screen.ticket, screen.teams, screen.agent) == (ONLY_PROBLEMS, frozenset(), 0)
    assert "The network now" in text_of(desk.client(VERA).get("/console/dashboards/screens"))


@pytest.mark.parametrize("how", ["ended", "left", "another role"])
def test_a_wall_goes_dark_when_it_is_ended_or_its_maker_may_see_it_no_more(
    desk: Desk, how: str
) -> None:
    lead = desk.client(VERA)
    address = put_up(lead, team="first-line")
    assert Client().get(address).status_code == 200

    if how == "ended":
        page = lead.get("/console/dashboards/screens").content.decode()
        end = re.search(r"/console/dashboards/screens/\d+/end", page)
        assert end is not None
        lead.post(end[0])
    elif how == "another role":  # Vera is of billing, and saw the first line by her role alone
        vera = AgentId(desk.agents[VERA])
        staffing.give_role(agent_id=vera, role="lead", by=HOUSE, at=now())
    else:
        staffing.retire_agent(agent_id=desk.agents[VERA], by=HOUSE, at=now())  # type: ignore[arg-type]

    assert Client().get(address).status_code == 404
    key: Any = {"headers": [], "query_string": f"wall={address.rpartition('/')[2]}".encode()}
    assert _screen(key) == (None, 0)


def test_an_agent_puts_up_no_screen_and_sees_no_other_teams_board(desk: Desk) -> None:
    desk.asks("Bram Visser", "elsewhere", team="billing", at=ago(days=9))
    settle()
    client = desk.client(SOFIE)

    assert client.post("/console/dashboards/screens/new", {"name": "x"}).status_code == 403
    assert "Vera" not in text_of(client.get("/console/dashboards/team?team=billing"))


def test_the_head_of_support_compares_weeks_and_opens_every_number(desk: Desk) -> None:
    late = desk.asks("Anneke de Wit", "late lamp", at=ago(days=6))
    desk.asks("Bram Visser", "old router", at=ago(days=70))
    record.resolve_ticket(ticket_id=late, by=desk.by(SOFIE), at=now())
    settle()
    head = desk.client(VERA)

    page = head.get("/console/dashboards/support?weeks=8")

    text = text_of(page)
    assert "First line" in text
    narrowed = r'href="(/console/\?q=resolved[^"]*team%3Afirst-line[^"]*)"'
    links = re.findall(narrowed, page.content.decode())
    assert "late lamp" in text_of(head.get(links[0].replace("&amp;", "&")))
    old = re.search(r'href="(/console/\?q=received%3A2000[^"]*)"', page.content.decode())
    assert old is not None
    assert "old router" in text_of(head.get(old[1]))
    assert b"first-line" not in head.get("/console/dashboards/support.csv").content
    assert b"First line" in head.get("/console/dashboards/support.csv").content
    assert desk.client(SOFIE).get("/console/dashboards/support").status_code == 403


def test_sums_are_compared_with_the_weeks_before() -> None:
    weeks = [date(2026, 11, 9), date(2026, 11, 16)]
    found = [
        WeekFigure("all", "kept.first_answer", weeks[0], "", 1),
        WeekFigure("all", "kept.first_answer", weeks[1], "", 3),
        WeekFigure("all", "missed.next_answer", weeks[1], "", 1),
        WeekFigure("topic", "received", weeks[1], "5", 2),
        WeekFigure("topic", "received", weeks[1], "4", 1),
    ]

    this, that = by_key(found, "all", weeks[1])[""]

    assert (this.kept_share(), that.kept_share(), this.kept_share("next_answer")) == (75, 100, 0)
    assert difference(75.0, 100.0) == "−25"
    assert by_key(found, "topic", weeks[1], {"5": "4"})["4"][0].of("received") == 3
    assert by_week(found, "kept.", weeks) == (1, 3)


def test_a_picture_has_the_height_of_its_numbers() -> None:
    drawn = pictures.stacked("t", ["a", "b"], [Series("x", (1, 0)), Series("y", (3, 2), "2")])

    assert [round(one.height) for one in drawn.columns] == [34, 100, 67]
    assert drawn.rows == [("a", (1, 3)), ("b", (0, 2))]
    assert pictures.round_top(4701) == 5000
    assert pictures.stacked("t", [], []).is_empty
