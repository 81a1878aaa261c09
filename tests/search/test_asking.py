"""What is typed into the one box is understood, and what is not is named."""

from datetime import date

import pytest

from unbroken.search.asking import (
    Clause,
    Term,
    dropped_letters,
    months,
    other_keyboard,
    read,
    slips,
)


def test_words_stand_together_and_or_joins_its_neighbours() -> None:
    asked = read("lamp OR light dsl")

    assert asked.clauses == (Clause((Term("lamp"), Term("light"))), Clause((Term("dsl"),)))


def test_quotes_keep_words_together_and_minus_takes_away() -> None:
    asked = read('"no sync" -router -"moving house"')

    assert asked.clauses == (
        Clause((Term("no sync", is_quoted=True),)),
        Clause((Term("router"),), is_without=True),
        Clause((Term("moving house", is_quoted=True),), is_without=True),
    )
    assert [term.text for term in asked.wanted] == ["no sync"]


@pytest.mark.parametrize(
    "typed", ["+39 340 123 45 67", "(0039) 340-1234567", "340/1234567", "340.123.4567"]
)
def test_a_telephone_is_one_word_in_any_notation(typed: str) -> None:
    asked = read(f"lamp {typed}")

    assert [term.digits[-10:] for term in asked.wanted] == ["", "3401234567"]


def test_an_address_of_the_network_is_no_telephone() -> None:
    asked = read("10.120.14.250 192.168.1. 2001:db8::1")

    assert not [term for term in asked.wanted if term.digits]


def test_keys_narrow_and_unknown_ones_are_named() -> None:
    asked = read('from:bram customer:"De Wit" state:open color:red state:lost -queue:x')

    assert asked.wants == {"from": ("bram",), "customer": ("De Wit",), "state": ("open",)}
    assert asked.unknown == ("color:red", "state:lost", "-queue:x")


def test_days_may_be_months_or_years_and_a_day_that_is_none_is_named() -> None:
    asked = read("after:2026 before:2026-05 before:2026-13")

    assert (asked.after, asked.before) == (date(2026, 1, 1), date(2026, 5, 1))
    assert asked.unknown == ("before:2026-13",)


def test_a_number_alone_is_a_ticket_perhaps() -> None:
    assert read("#100123").number == 100123
    assert read("100123 lamp").number is None


def test_what_holds_no_letter_asks_nothing() -> None:
    """Attacks: operators of the database's own language, a zero character, endless input."""
    assert read(" !!! <-> & | ( ' : \0 * -").is_empty
    assert len(read("x " * 5000).clauses) <= 12


def test_months_reach_to_today_and_no_further_back_than_asked() -> None:
    found = months(date(2026, 3, 15), None, today=date(2026, 5, 1))

    assert found == ["2026-03", "2026-04", "2026-05", "2026-06"]
    assert len(months(date(1, 1, 1), date(9999, 1, 1), today=date(2026, 1, 1))) == 720


def test_one_slip_shares_a_word_with_one_letter_dropped() -> None:
    for typed in ("интренет", "интернт", "интернетт", "интэрнет"):
        assert set(dropped_letters(typed)) & set(dropped_letters("интернет"))
        assert slips(typed, "интернет") == 1
    assert slips("lamp", "route") > 2


def test_the_other_keyboard_is_read() -> None:
    assert other_keyboard("bynthytn") == "интернет"
    assert other_keyboard("ыдщц") == "slow"
