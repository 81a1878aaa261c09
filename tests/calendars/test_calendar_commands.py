"""Working hours from a file, and back."""

import json
from pathlib import Path

import pytest

from tests.typed import told
from unbroken.calendars import queries
from unbroken.calendars.actions import Refused
from unbroken.calendars.commands import calendar_list, calendar_set

pytestmark = pytest.mark.django_db

Capture = pytest.CaptureFixture[str]

HOURS = {"timezone": "Europe/Rome", "week": {"mon": [["09:00", "13:00"]]}, "holidays": ["01-06"]}


def test_a_calendar_is_set_from_a_file_and_listed_as_it_was_given(
    capsys: Capture, tmp_path: Path
) -> None:
    file = tmp_path / "rome.json"
    file.write_text(json.dumps(HOURS))

    told(calendar_set, capsys, "rome", str(file), "--name", "Rome, mornings")

    (row,) = json.loads(told(calendar_list, capsys, "--json").out)
    assert (row["key"], row["name"]) == ("rome", "Rome, mornings")
    assert row["definition"] == HOURS
    assert "Europe/Rome" in told(calendar_list, capsys).out


def test_a_file_that_is_no_calendar_changes_nothing(capsys: Capture, tmp_path: Path) -> None:
    (tmp_path / "no.json").write_text("{")
    (tmp_path / "odd.json").write_text('{"timezone": "Mars/Olympus", "week": {}}')

    assert told(calendar_set, capsys, "x", str(tmp_path / "no.json")).status == 3
    assert told(calendar_set, capsys, "x", str(tmp_path / "absent.json")).status == 3
    with pytest.raises(Refused):
        told(calendar_set, capsys, "x", str(tmp_path / "odd.json"))
    assert queries.calendars() == []
