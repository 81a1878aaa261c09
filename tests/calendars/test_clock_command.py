"""`unbroken clock`, as scripts use it: files in, JSON out, statuses that mean something."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from unbroken.house.cli import main

OFFICE = {"timezone": "Europe/Berlin", "week": {"mon": [["08:00", "16:00"]]}}
NOON = "2026-05-04T12:00:00+02:00"


@pytest.fixture
def office(tmp_path: Path) -> str:
    file = tmp_path / "office.json"
    file.write_text(json.dumps(OFFICE))
    return str(file)


def typed_in(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_due_prints_one_document(office: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["clock", "due", "--calendar", office, "--start", NOON, "--seconds", "3600", "--json"]

    assert main(asked) == 0
    assert json.loads(capsys.readouterr().out) == {"due": "2026-05-04T13:00:00+02:00"}


def test_pauses_may_be_given_several_times_and_left_open(
    office: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["clock", "due", "--calendar", office, "--start", NOON, "--seconds", "3600", "--json"]
    lunch = "2026-05-04T12:00:00+02:00/2026-05-04T12:30:00+02:00"

    assert main([*asked, "--pause", lunch, "--pause", "2026-05-04T13:00:00+02:00/"]) == 0
    assert json.loads(capsys.readouterr().out) == {"due": None}


def test_worked_prints_seconds(office: str, capsys: pytest.CaptureFixture[str]) -> None:
    until = "2026-05-11T09:00:00+02:00"

    assert main(["clock", "worked", "--calendar", office, "--from", NOON, "--to", until]) == 0
    assert capsys.readouterr().out == "18000\n"


def test_batch_answers_every_line_and_its_status_tells_of_refusals(
    office: str, capfdbinary: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = {"id": 1, "op": "due", "calendar": "office", "start": NOON, "seconds": 60}
    typed_in(monkeypatch, json.dumps(question).encode() + b"\nnonsense")

    assert main(["clock", "batch", "--calendar", f"office={office}"]) == 1
    sys.stdout.flush()
    first, second = map(json.loads, capfdbinary.readouterr().out.splitlines())
    assert first == {"id": 1, "due": "2026-05-04T12:01:00+02:00"}
    assert second["id"] is None


def test_lines_are_put_together_however_they_arrive() -> None:
    from unbroken.house.commands.clock import _complete_lines

    chunks = iter([b'{"a"', b":1}\n{}\n{", b"}\n", b"last", b""])

    lines = [line for lines in _complete_lines(lambda _: next(chunks)) for line in lines]

    assert lines == [b'{"a":1}', b"{}", b"{}", b"last"]


@pytest.mark.parametrize(
    ("content", "status"), [(None, 3), ("{", 2), ("{}", 2), ('{"timezone": "UTC"}', 2)]
)
def test_a_calendar_that_cannot_be_read_is_told_apart_from_one_that_is_absent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None, status: int
) -> None:
    file = tmp_path / "calendar.json"
    if content is not None:
        file.write_text(content)
    asked = ["clock", "due", "--calendar", str(file), "--start", NOON, "--seconds", "60"]

    assert main(asked) == status
    assert capsys.readouterr().err.startswith("unbroken: ")


@pytest.mark.parametrize("start", ["noon", "2026-05-04T12:00:00"])
def test_a_time_that_is_no_instant_is_wrong_use(office: str, start: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["clock", "due", "--calendar", office, "--start", start, "--seconds", "60"])

    assert stopped.value.code == 2
