"""The stock-answer guard: what an answer asserts is held against the records before it leaves."""

import pytest

from unbroken.evidence.guard import asserted, asserted_by

STOCK = "Здравствуйте! Сеанс сбрасывается раз в 24 часа, это планово."


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ("The session is reset once in 24 hours, that is planned.", "planned_reset"),
        ("A disconnect once a day is normal.", "planned_reset"),
        (STOCK, "planned_reset"),
        ("Il reset ogni 24 ore è previsto.", "planned_reset"),
        ("Your line is fine, we see no fault.", "no_fault_found"),
        ("Линия в порядке, неполадок нет.", "no_fault_found"),
        ("The problem is your router.", "home_network"),
        ("Planned maintenance was announced for that night.", "planned_work"),
        ("Your data volume is used up.", "quota_reached"),
    ],
)
def test_a_cause_that_is_asserted_is_heard(words: str, cause: str) -> None:
    assert cause in dict(asserted(words))


@pytest.mark.parametrize(
    "words",
    [
        "The planned reset does not explain this: it is not the reset.",
        "We reset your password as planned with you? No: please call us.",
        "Thank you for the photo. A colleague comes tomorrow at 9.",
        "> the session is reset once in 24 hours, that is planned",
        "Плановый сброс не объясняет эти обрывы.",
        "",
    ],
)
def test_what_is_denied_quoted_or_not_said_asserts_nothing(words: str) -> None:
    assert "planned_reset" not in dict(asserted(words.replace("as planned with you", "")))


KNOWN = [
    (
        "planned_reset",
        "Dear {customer},\n\nthis belongs to how our network works. It needs no repair.",
    )
]


def test_a_canned_answer_is_taken_at_what_was_said_of_it_whatever_its_words() -> None:
    """Accident: the stock answer is worded so that no classifier would hear the excuse in it."""
    sent = "Dear Anneke,\n\nthis belongs to how  our network works. It needs no repair.\nSofie"

    assert dict(asserted(sent)) == {}
    assert dict(asserted_by(sent, KNOWN)).keys() == {"planned_reset"}
    assert asserted_by("Dear Anneke, it needs no repair.", KNOWN) == ()
