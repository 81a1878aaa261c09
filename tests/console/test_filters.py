"""The words in the address of a list."""

from datetime import UTC, date, datetime

from unbroken.console.tickets.counted import Counted, counted_word
from unbroken.console.tickets.filters import Ask, Place, read, read_place, tidy, without


def test_words_narrow_the_list() -> None:
    ask = read("mine team:routers,billing status:pending lamp")

    assert ask == Ask(
        flags=frozenset({"mine"}), team=("routers", "billing"), status=("pending",), text=("lamp",)
    )


def test_what_is_not_understood_is_named_and_left_out() -> None:
    ask = read("colour:red status:sleeping customer:x priority:")

    assert ask.unknown == ("colour:red", "status:sleeping", "customer:x", "priority:")
    assert not ask.is_narrowed


def test_a_number_is_a_request() -> None:
    assert read("#100042 100043").numbers == (100042, 100043)


def test_a_place_is_read_back_as_it_was_written() -> None:
    for place in (Place(datetime(2026, 5, 24, 8, 5, 0, 123456, UTC), 100001), Place(None, 7)):
        assert read_place(str(place)) == place


def test_a_place_that_makes_no_sense_is_the_beginning() -> None:
    for text in (
        "",
        "x",
        "~",
        "2026~",
        "2026-05-24T08:00~5",
        "yesterday~5",
        "~5; DROP",
        "~" + "9" * 30,
    ):
        assert read_place(text) is None, text


def test_one_wish_may_be_said_in_two_ways() -> None:
    assert read("assigned:me") == read("mine")
    assert read("assigned:nobody") == read("unassigned")


def test_words_are_taken_away_one_by_one() -> None:
    assert without("mine lamp priority:high", 1) == "mine priority:high"
    assert without("mine", 0) == ""


def test_what_comes_from_an_address_is_tidied() -> None:
    """Attack: a thousand words, a zero byte."""
    assert tidy("  mine\0  lamp ") == "mine lamp"
    assert len(tidy("word " * 1000).split()) == 12


def test_a_number_opens_the_list_behind_it() -> None:
    one = read("missed:first_answer/2026-11-16..2026-11-22 answered:me/2026-11 received:2026-02-30")

    missed, answered = one.counted
    assert (missed.figures, missed.since, missed.until) == (
        "missed.first_answer", date(2026, 11, 16), date(2026, 11, 22),
    )  # fmt: skip
    assert (answered.figures, answered.what, answered.until.day) == ("answered", "me", 30)
    assert one.is_personal
    assert one.unknown == ("received:2026-02-30",)
    for word in ("received:me/2026-11", "kept:/2026-11", "ended:2026-12..2026-11", "ended:2026"):
        assert read(word).unknown == (word,), word


def test_a_day_is_written_as_it_is_read() -> None:
    since, until = date(2026, 11, 16), date(2026, 11, 22)

    assert read(counted_word("missed", since, until, "first_answer")).counted == (
        Counted("missed", "first_answer", since, until),
    )
    assert counted_word("received", since, since) == "received:2026-11-16"
