"""A small week goes through the real actions: nothing is lost, nobody works more than they can."""

import argparse
import json
from datetime import timedelta
from pathlib import Path

import pytest

from unbroken.routing.commands import rehearse_week
from unbroken.routing.rehearse.play import play
from unbroken.routing.rehearse.report import page
from unbroken.staffing import queries as staffing

pytestmark = pytest.mark.django_db


def test_a_small_week_leaves_no_request_without_owner_and_every_hand_over_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("unbroken.routing.rehearse.week.TICK", timedelta(hours=2))
    said: list[str] = []

    found = play(agents=8, a_day=8, days=3, customers=100, tell=said.append)

    assert [(name, value) for name, value, is_good in found.checks() if not is_good] == []
    assert found.seen.requests > 10
    assert found.seen.hand_overs > 3
    assert found.seen.moved_by_illness > 0
    assert "hand-overs with their three parts" in page(found)


def test_the_command_writes_its_report_and_leaves_the_desk_as_it_was(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("unbroken.routing.rehearse.week.TICK", timedelta(hours=2))
    report = tmp_path / "week.html"
    parser = argparse.ArgumentParser()
    rehearse_week.add_arguments(parser)
    asked = f"--requests 3 --agents 8 --days 1 --customers 5 --json --report {report}"

    ended = rehearse_week.run(parser.parse_args(asked.split()))

    said = capsys.readouterr()
    assert ended == 0
    assert "hours of work for 8 people" in said.err
    assert json.loads(said.out)["done"] > 0
    assert "<svg" in report.read_text(encoding="utf-8")
    assert not staffing.anybody()


@pytest.mark.usefixtures("town")
def test_a_desk_at_which_people_work_is_not_rehearsed_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    parser = argparse.ArgumentParser()
    rehearse_week.add_arguments(parser)

    assert rehearse_week.run(parser.parse_args([])) == 3
    assert "empty one" in capsys.readouterr().err
