"""The desk's own command line: the list, one ticket, tokens; the names scripts rely on."""

import argparse
import importlib
import json
from datetime import timedelta
from typing import Any

import pytest

from tests.api.systems import MONDAY, System, system
from tests.directory.people import contact
from unbroken.conversation import actions
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.directory.actions import register_customer
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.postman import drain
from unbroken.house.cli import all_commands
from unbroken.staffing.actions import open_team

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.api.urls")]

CONTRACT = {
    "number", "externalId", "status", "channel", "category", "priority", "creationDate",
    "resolutionDate", "closed", "groups", "handovers", "returns", "reopened",
}  # fmt: skip


@pytest.fixture
def anneke() -> int:
    home = register_customer(name="Anneke", key="c-77", by=HOUSE, at=MONDAY)
    return contact("Anneke", "anneke@home.example", customer_id=home)


def typed(name: str, *words: str) -> int:
    """The command as typed behind `unbroken`."""
    command = importlib.import_module(f"unbroken.api.commands.{name}")
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    status: int = command.run(parser.parse_args(words))
    return status


def lines(capsys: pytest.CaptureFixture[str]) -> list[Any]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_list_has_the_names_of_the_contract_and_is_narrowed(
    anneke: int, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = system()
    hers = shop.opens(customer="c-77", contact={"id": anneke}, externalId="OLD-1")
    other = shop.opens()
    actions.resolve_ticket(ticket_id=TicketId(other), by=HOUSE, at=MONDAY)

    assert typed("tickets", "--json") == 0
    both = lines(capsys)
    assert [ticket["number"] for ticket in both] == [other, hers]
    assert all(set(ticket) >= CONTRACT for ticket in both)
    assert both[1]["externalId"] == "OLD-1"
    assert both[0]["resolutionDate"].endswith("+00:00")

    for narrowed, expected in (
        (("--status", "resolved"), [other]),
        (("--status", "resolved", "--status", "acknowledged"), [other, hers]),
        (("--customer", "c-77"), [hers]),
        (("--customer", "c-0"), []),
    ):
        typed("tickets", "--json", *narrowed)
        assert [ticket["number"] for ticket in lines(capsys)] == expected


def test_a_long_list_is_printed_whole(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = system()
    opened = [shop.opens() for _ in range(5)]
    monkeypatch.setattr("unbroken.api.commands.tickets.PAGE", 2)

    typed("tickets")

    told = capsys.readouterr().out.splitlines()
    assert [int(line.split()[0]) for line in told] == opened[::-1]


def test_one_ticket_has_timeline_promises_and_chain(
    anneke: int, capsys: pytest.CaptureFixture[str]
) -> None:
    team = open_team(key="routers", name="Routers", by=HOUSE, at=MONDAY)
    number = system().opens(customer="c-77", contact={"id": anneke})
    drain()
    actions.assign_ticket(
        ticket_id=TicketId(number), team_id=team, agent_id=None, by=Actor.agent(3), at=MONDAY
    )

    assert typed("ticket", str(number), "--json") == 0

    ticket = json.loads(capsys.readouterr().out)
    assert set(ticket) >= CONTRACT | {"timeline", "promises", "chain"}
    last = ticket["timeline"][-1]
    assert (last["kind"], last["by"], last["data"]["team"]) == ("ticket.assigned", "agent:3", team)
    assert ticket["timeline"][0]["kind"] == "ticket.acknowledged"
    assert [link["group"] for link in ticket["chain"]] == ["routers"]
    for promise in ticket["promises"]:
        assert set(promise) == {"key", "due", "state", "paused"}

    assert typed("ticket", str(number)) == 0
    assert "ticket.assigned" in capsys.readouterr().out


def test_a_ticket_that_is_not_there_is_told_plainly(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert typed("ticket", "7", "--json") == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "no ticket 7" in err


def test_a_token_made_on_the_command_line_opens_the_api_until_it_is_withdrawn(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert typed("token_create", "--name", "shop", "--json") == 0
    made = json.loads(capsys.readouterr().out)
    assert System(made["token"]).get("/api/tickets").status == 200

    typed("token_list", "--json")
    (listed,) = json.loads(capsys.readouterr().out)
    assert listed["name"] == "shop"
    assert made["token"] not in str(listed)

    assert typed("token_revoke", str(made["id"])) == 0
    assert System(made["token"]).get("/api/tickets").status == 401
    assert typed("token_revoke", "999") == 1

    assert typed("token_create", "--name", "ops", "--scope", "tickets:read") == 0
    out, err = capsys.readouterr()
    assert System(out.strip()).post("/api/tickets", {"description": "x"}).status == 403
    assert "once" in err
    typed("token_list")
    assert "revoked" in capsys.readouterr().out


def test_the_house_finds_all_of_them() -> None:
    names = {command.name for command in all_commands()}

    assert names >= {
        "ticket", "tickets", "token create", "token list", "token revoke", "erase",
    }  # fmt: skip


def test_times_are_reported_by_priority_and_leave_out_what_was_withdrawn(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for number, hours in ((0, 1), (1, 2), (2, 3), (3, 4), (4, 10)):
        opening = Opening(f"No {number}", "web", MONDAY, urgency="high", impact="high")
        said = Incoming(author=HOUSE, channel="web", words="x", at=MONDAY)
        ticket, _ = actions.acknowledge_ticket(opening, said, by=HOUSE, at=MONDAY)
        actions.resolve_ticket(ticket_id=ticket, by=HOUSE, at=MONDAY + timedelta(hours=hours))
    opening = Opening("Never mind", "web", MONDAY)
    gone, _ = actions.acknowledge_ticket(opening, said, by=HOUSE, at=MONDAY)
    actions.cancel_ticket(ticket_id=gone, by=HOUSE, at=MONDAY + timedelta(days=9))

    assert typed("report_times", "--by", "priority", "--json") == 0

    assert json.loads(capsys.readouterr().out) == [
        {"priority": "critical", "tickets": 5, "median": 10800.0, "p80": 18720.0}
    ]
    assert typed("report_times", "--by", "group", "--json") == 0
    assert json.loads(capsys.readouterr().out)[0]["group"] is None
    assert typed("report_times", "--by", "topic") == 0
    assert "3.0 h" in capsys.readouterr().out
