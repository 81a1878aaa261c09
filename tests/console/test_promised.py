"""What an answer does to the promises, said before it is sent."""

import json
from datetime import UTC, datetime, timedelta

from unbroken.console.tickets.promises import PromiseLine, owed_after

AT = datetime(2026, 5, 25, 8, 0, tzinfo=UTC)


def line(key: str, state: str, ended_at: datetime | None = None) -> PromiseLine:
    """A promise and how it stands."""
    return PromiseLine(key, state, AT, None, ended_at, 0.5, AT, "[]", [])


def test_an_answer_keeps_the_first_one_and_leaves_the_rest_owed() -> None:
    owed = owed_after([line("first_answer", "running"), line("time_to_resolve", "at-risk")])

    assert [one.key for one in owed.kept] == ["first_answer"]
    assert [one.key for one in owed.left] == ["time_to_resolve"]


def test_what_is_over_is_not_spoken_of() -> None:
    owed = owed_after([line("first_answer", "kept", AT), line("time_to_resolve", "missed", AT)])

    assert (owed.kept, owed.left) == ((), ())


def test_the_bar_shows_where_it_stood_still_and_what_came_too_late() -> None:
    start, hour = AT, timedelta(hours=1)
    pauses = json.dumps([[(start + hour).isoformat(), (start + 3 * hour).isoformat(), "customer"]])
    line = PromiseLine(
        "time_to_resolve", "late", start + 6 * hour, None, None, 1.0, start, pauses, []
    )

    parts = line.bar(start + 8 * hour)

    assert [(one.kind, one.x, one.width) for one in parts] == [
        ("counts", 0, 75), ("late", 75, 25), ("customer", 12.5, 25)
    ]  # fmt: skip
    assert line.bar(start) != ()
