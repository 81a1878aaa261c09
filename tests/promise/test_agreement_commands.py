"""An empty desk learns what to promise from the command line."""

import json

import pytest

from tests.typed import told
from unbroken.calendars.actions import set_calendar
from unbroken.calendars.queries import calendars
from unbroken.ground.actor import HOUSE
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.promise.commands import agreement_default, agreement_list, agreement_plant
from unbroken.promise.models import Agreement

pytestmark = pytest.mark.django_db

Capture = pytest.CaptureFixture[str]


def test_an_empty_desk_promises_something_after_one_command(capsys: Capture) -> None:
    assert json.loads(told(agreement_list, capsys, "--json").out) == []

    told(agreement_plant, capsys, "--timezone", "Europe/Berlin")

    rows = {row["key"]: row for row in json.loads(told(agreement_list, capsys, "--json").out)}
    assert [key for key, row in rows.items() if row["default"]] == ["classic"]
    assert {aim["measure"] for aim in rows["classic"]["objectives"]} >= {"first_answer"}
    assert "first_answer: critical 2 h" in told(agreement_list, capsys).out


def test_planting_again_moves_the_hours_and_leaves_what_was_altered(capsys: Capture) -> None:
    told(agreement_plant, capsys, "--timezone", "UTC")
    told(agreement_default, capsys, "rock")
    mornings = {"timezone": "UTC", "week": {"mon": [["08:00", "12:00"]]}, "holidays": ["01-01"]}
    set_calendar(key="weekdays", name="Mornings", definition=mornings, by=HOUSE, at=now())

    told(agreement_plant, capsys, "--timezone", "Europe/Berlin")
    told(agreement_plant, capsys, "--timezone", "Europe/Berlin")

    zones = {row.key: json.loads(row.text)["timezone"] for row in calendars()}
    assert zones == {
        "every-day": "Europe/Berlin",
        "round-the-clock": "Europe/Berlin",
        "weekdays": "UTC",
    }
    assert Agreement.objects.get(is_default=True).key == "rock"


def test_a_zone_nobody_knows_is_wrong_use_and_a_strange_agreement_refused(capsys: Capture) -> None:
    assert told(agreement_plant, capsys, "--timezone", "Berlin").status == 2
    with pytest.raises(Refused):
        told(agreement_default, capsys, "platinum")
