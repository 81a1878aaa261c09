"""An operator tells the desk which team gets what."""

import json
from typing import Any

import pytest

from tests.typed import Told, told
from unbroken.conversation.actions import set_topic
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.routing.commands import queue_list, queue_set
from unbroken.routing.models import Queue
from unbroken.staffing.actions import open_team

pytestmark = pytest.mark.django_db

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def two_teams_and_a_topic() -> None:
    for key in ("first-line", "billing"):
        open_team(key=key, name=key, by=HOUSE, at=now())
    set_topic(key="account", names={"en": "Bills"}, by=HOUSE, at=now())


def set_(capsys: Capture, *typed: str) -> Told:
    return told(queue_set, capsys, *typed)


def listed(capsys: Capture) -> dict[str, dict[str, Any]]:
    rows = json.loads(told(queue_list, capsys, "--json").out)
    return {row["key"]: row for row in rows}


def test_the_first_queue_takes_whatever_fits_nowhere_else(capsys: Capture) -> None:
    set_(capsys, "first-line", "--team", "first-line", "--mailbox", "support")
    set_(capsys, "billing", "--team", "billing", "--topic", "account")

    found = listed(capsys)
    assert found["first-line"]["default"]
    assert found["billing"] == {
        "key": "billing",
        "name": "Billing",
        "team": "billing",
        "mailboxes": [],
        "topics": ["account"],
        "causes": [],
        "default": False,
    }
    assert "all the rest" in told(queue_list, capsys).out


def test_the_old_default_gives_way_and_the_rest_stays(capsys: Capture) -> None:
    set_(capsys, "first-line", "--team", "first-line", "--mailbox", "support")
    set_(capsys, "billing", "--team", "billing")

    set_(capsys, "billing", "--default")

    found = listed(capsys)
    assert (found["billing"]["default"], found["first-line"]["default"]) == (True, False)
    assert (found["billing"]["team"], found["first-line"]["mailboxes"]) == ("billing", ["support"])


def test_a_queue_of_a_team_or_topic_nobody_knows_is_refused(capsys: Capture) -> None:
    """Accident: a misspelt team would swallow every new request."""
    no_team = set_(capsys, "q", "--team", "frist-line")
    no_topic = set_(capsys, "q", "--team", "billing", "--topic", "acount")

    assert (no_team.status, no_topic.status) == (1, 1)
    assert "billing, first-line" in no_team.err
    assert set_(capsys, "q").status == 2
    assert not Queue.objects.exists()
