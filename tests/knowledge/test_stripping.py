"""A request becomes the draft of an article without the people in it."""

import pytest

from unbroken.knowledge.stripping import without_people

PEOPLE = ("Anneke de Wit", "Анна Петрова", "Mario Bianchi")


@pytest.mark.parametrize(
    ("said", "secret"),
    [
        ("Write to anneke@home.example please", "anneke@home"),
        ("Call +49 30 23125 077 after six", "23125"),
        ("Позвоните 8 (495) 123-45-67 вечером", "123-45"),
        ("chiamate lo 06 6982 1234 stasera", "6982"),
        ("my address 192.0.2.17 is blocked", "192.0.2.17"),
        ("and 2001:db8:0:1::17 too", "2001:db8"),
        ("the box 00:1a:2b:3c:4d:5e", "1a:2b"),
        ("I live at Lindenstraße 12", "Lindenstraße"),
        ("abito in via Roma 12", "Roma"),
        ("живу на ул. Ленина, д. 5, кв. 12", "Ленина"),
        ("we are at 14 Baker Street now", "Baker"),
        ("account DE89 3704 0044 0532 0130 00", "3704"),
        ("my contract 4711000 and C-778899", "778899"),
        ("https://isp.example/r/100042.9.abc", "100042"),
        ("the password is hunter2!", "hunter2"),
        ("пароль: секрет99", "секрет99"),
        ("Anneke's line is dead", "Anneke"),
        ("линия Анны Петровой молчит", "Петров"),
        ("chiede Bianchi se", "Bianchi"),
    ],
)
def test_what_tells_who_it_was_is_gone(said: str, secret: str) -> None:
    """Attack: reading a customer's address in a public article."""
    text = f"The lamp is dark. {said} The lamp blinks."

    stripped = without_people(text, PEOPLE, "DE")

    assert secret not in stripped
    assert "[…]" in stripped
    assert "The lamp is dark." in stripped
    assert "The lamp blinks." in stripped


def test_greeting_and_farewell_are_no_part_of_the_matter() -> None:
    said = "Dear Ms Brandt,\nthe lamp is dark since 06:10.\nKind regards\nAnneke de Wit\n+49 30 1"

    assert without_people(said, PEOPLE) == "the lamp is dark since 06:10."


def test_times_amounts_and_small_numbers_stay() -> None:
    said = "Since 06:10 there were 4 drops, at 50 Mbit/s, on 24 May 2026, it costs 29.99 EUR."

    assert without_people(said, PEOPLE, "DE") == said


def test_a_name_that_is_also_a_word_stays_where_it_is_a_word() -> None:
    assert without_people("The will of Will", ["Will Smith"]) == "The will of […]"
