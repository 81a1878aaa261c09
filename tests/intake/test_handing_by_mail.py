"""What a colleague writes to hand over by mail is understood in three languages, or not at all."""

from datetime import UTC, datetime

import pytest

from unbroken.intake.entering.handing import Wish, due_in, wish_in

NOON = datetime(2026, 5, 25, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        (
            "Hand over to: R\nDone: a\nb\nNeeded: c\nBy: 4h",
            Wish("R", "a\nb", "c", "4h"),
        ),
        (
            "Передать: r\nСделано: а\nНужно: б\nСрок: завтра",
            Wish("r", "а", "б", "завтра"),
        ),
        (
            "Passare a: r\nFatto: a\nServe: b\nEntro: domani",
            Wish("r", "a", "b", "domani"),
        ),
        ("Hand over to: Routers", Wish("Routers")),
        ("Done: it works again.", None),
        ("Dear Anneke,\nhand over to: nobody", None),
        ("I hand over to a colleague.", None),
        ("", None),
    ],
)
def test_only_a_first_line_with_a_colon_hands_over(words: str, wish: Wish | None) -> None:
    assert wish_in(words) == wish


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("4h", 4), ("in 2 hours", 2), ("через 3 часа", 3), ("tra 2 giorni", 48), ("3 дня", 72),
        ("13:30", 1.5), ("11.00", 23), ("tomorrow at 9:00", 21), ("завтра в 9:00", 21),
        ("domani", 30), ("2026-05-26 12:00", 24), ("2026-05-26", 30),
        ("soon", None), ("25:00", None), ("2026-13-01", None), ("", None),
    ],
)  # fmt: skip
def test_by_when_is_a_time_of_whoever_wrote_it(text: str, hours: float | None) -> None:
    """Noon in Berlin is ten in UTC."""
    found = due_in(text, NOON, "Europe/Berlin")

    assert (found - NOON).total_seconds() / 3600 == hours if found else hours is None
