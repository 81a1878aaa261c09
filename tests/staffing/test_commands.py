"""An empty desk gets its first agent from the command line."""

import argparse
import json

import pytest
from django.contrib.auth import authenticate

from unbroken.ground.change import Refused
from unbroken.staffing import queries
from unbroken.staffing.commands import agent_add, agent_list, agent_password, agent_retire

pytestmark = pytest.mark.django_db


def told(command: object, capsys: pytest.CaptureFixture[str], *typed: str) -> tuple[int, str]:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)  # type: ignore[attr-defined]
    status = command.run(parser.parse_args(typed))  # type: ignore[attr-defined]
    return status, capsys.readouterr().out


def add(capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, str]:
    typed = ("--name", "Sofie", "--email", "Sofie@isp.example", "--json", *more)
    answer: dict[str, str] = json.loads(told(agent_add, capsys, *typed)[1])
    return answer


def test_the_first_agent_can_sign_in_and_has_a_team(capsys: pytest.CaptureFixture[str]) -> None:
    answer = add(capsys, "--lead", "first-line", "--team", "billing", "--admin")

    assert authenticate(username=answer["email"], password=answer["password"]) is not None
    card = queries.agent_by_email("sofie@isp.example")
    line, billing = queries.team_by_key("first-line"), queries.team_by_key("billing")
    assert card is not None
    assert line is not None
    assert billing is not None
    assert set(card.team_ids) == {line.id, billing.id}
    assert (card.lead_of, card.is_admin) == ((line.id,), True)


def test_the_same_address_twice_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    add(capsys)

    with pytest.raises(Refused, match="works here already"):
        add(capsys)


def test_a_new_password_replaces_the_old(capsys: pytest.CaptureFixture[str]) -> None:
    old = add(capsys)["password"]

    status, said = told(agent_password, capsys, "sofie@isp.example")

    assert status == 0
    assert authenticate(username="sofie@isp.example", password=old) is None
    new = said.split()[-1]
    assert authenticate(username="sofie@isp.example", password=new) is not None


def test_who_left_is_not_listed(capsys: pytest.CaptureFixture[str]) -> None:
    add(capsys, "--team", "billing")
    _status, before = told(agent_list, capsys, "--json")

    told(agent_retire, capsys, "sofie@isp.example")

    assert [row["teams"] for row in json.loads(before)] == [["billing"]]
    assert told(agent_list, capsys)[1] == ""


def test_a_stranger_has_no_password_to_change(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(agent_password, capsys, "eve@elsewhere.example")[0] == 1
    assert told(agent_retire, capsys, "eve@elsewhere.example")[0] == 1
