"""An empty desk learns what to promise from the command line."""

import json

import pytest

from tests.typed import told
from unbroken.ground.change import Refused
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


def test_planting_again_leaves_what_is_there(capsys: Capture) -> None:
    told(agreement_plant, capsys, "--timezone", "Europe/Berlin")
    told(agreement_default, capsys, "rock")

    told(agreement_plant, capsys, "--timezone", "Asia/Tokyo")

    assert Agreement.objects.get(is_default=True).key == "rock"
    assert "Tokyo" not in told(agreement_list, capsys, "--json").out


def test_a_zone_nobody_knows_is_wrong_use_and_a_strange_agreement_refused(capsys: Capture) -> None:
    assert told(agreement_plant, capsys, "--timezone", "Berlin").status == 2
    with pytest.raises(Refused):
        told(agreement_default, capsys, "platinum")
