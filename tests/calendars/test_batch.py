"""Questions by the line: every line gets its answer, and a bad one only its own error."""

import json
from typing import Any

from unbroken.calendars.batch import Desk
from unbroken.calendars.working_time import Calendar

OFFICE = {"timezone": "Europe/Berlin", "week": {"mon": [["08:00", "16:00"]]}}
NOON = "2026-05-04T12:00:00+02:00"


def ask(*questions: Any, **named: Any) -> list[dict[str, Any]]:
    desk = Desk(lambda name: Calendar.read(named[name]) if name in named else None)
    lines = [q if isinstance(q, bytes) else json.dumps(q).encode() for q in questions]
    return [json.loads(answer) for answer in desk.answers(lines)]


def due(**parts: Any) -> dict[str, Any]:
    return {"id": 1, "op": "due", "calendar": OFFICE, "start": NOON, "seconds": 3600, **parts}


def worked(**parts: Any) -> dict[str, Any]:
    until = "2026-05-05T12:00:00+02:00"
    return {"id": 2, "op": "worked", "calendar": OFFICE, "from": NOON, "to": until, **parts}


def test_both_questions_are_answered_in_order() -> None:
    assert ask(due(), worked()) == [
        {"id": 1, "due": "2026-05-04T13:00:00+02:00"},
        {"id": 2, "seconds": 4 * 3600},
    ]


def test_pauses_are_taken_off_and_may_be_open() -> None:
    lunch = ["2026-05-04T12:30:00+02:00", "2026-05-04T13:30:00+02:00"]

    assert ask(due(pauses=[lunch]))[0]["due"] == "2026-05-04T14:00:00+02:00"
    assert ask(due(pauses=[[lunch[0], None]]))[0]["due"] is None
    assert ask(worked(pauses=[lunch]))[0]["seconds"] == 3 * 3600
    assert ask(due(pauses=None))[0]["due"] == "2026-05-04T13:00:00+02:00"


def test_a_calendar_may_be_named() -> None:
    assert ask(due(calendar="office"), office=OFFICE)[0]["due"] == "2026-05-04T13:00:00+02:00"
    assert "no calendar “shop”" in ask(due(calendar="shop"), office=OFFICE)[0]["error"]


def test_any_id_comes_back_as_it_was() -> None:
    ids: list[Any] = [12345678901234567890123, "ä\n", None, {"a": [1]}, 0.5]

    assert [answer["id"] for answer in ask(*(due(id=one) for one in ids))] == ids


def test_overlaps_are_reported() -> None:
    twice = {"timezone": "UTC", "week": {"mon": [["08:00", "12:00"], ["11:00", "16:00"]]}}
    pauses = [["2026-05-04T10:00:00Z", None], ["2026-05-04T11:00:00Z", "2026-05-04T12:00:00Z"]]

    (answer,) = ask(due(calendar=twice, pauses=pauses))

    assert answer["notes"] == [
        "mon: 11:00–12:00 is given twice and counts once.",
        "Pauses overlap and count once.",
    ]


def test_a_bad_line_is_answered_with_its_error_and_the_rest_goes_on() -> None:
    bad: list[Any] = [
        b"{",
        b"[]",
        b"\xff",
        b'{"id":"\xff"}',
        b"[" * 100_000,
        b'{"id":7,"calendar":' + b"[" * 100_000,
        {"id": 7, "op": "guess"},
        due(id=7, op="guess"),
        due(id=7, start="noon"),
        due(id=7, start="2026-05-04T12:00:00"),
        due(id=7, start=None),
        due(id=7, seconds=None),
        due(id=7, seconds=-1),
        due(id=7, seconds=True),
        due(id=7, seconds="60"),
        due(id=7, calendar={"timezone": "UTC"}),
        due(id=7, pauses=[["2026-05-04T12:00:00Z"]]),
        worked(id=7, to=None),
        worked(id=7, to="2026-05-03T12:00:00Z"),
    ]

    answers = ask(*bad, due())

    assert [sorted(answer) for answer in answers[:-1]] == [["error", "id"]] * len(bad)
    assert {answer["id"] for answer in answers[:-1]} == {None, 7}
    assert answers[-1] == {"id": 1, "due": "2026-05-04T13:00:00+02:00"}


def test_empty_lines_are_passed_over() -> None:
    assert len(ask(b"", b"  \n", due())) == 1
