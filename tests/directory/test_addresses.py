"""Two spellings are one address only when they surely reach the same place."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from unbroken.directory.addresses import NotAnAddress, normal_address


def spelled(kind: str, value: str) -> str:
    return normal_address(kind, value, country="DE")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anneke@Home.Example", "anneke@home.example"),
        (" anneke@home.example ", "anneke@home.example"),
        ("info@bücher.example", "info@xn--bcher-kva.example"),
        ("info@BÜCHER.example", "info@bücher.example"),
        ("u\u0308mit@home.example", "ümit@home.example"),
        ("anneke@home.example.", "anneke@home.example"),
    ],
)
def test_spellings_of_one_mailbox_are_one(one: str, other: str) -> None:
    assert spelled("email", one) == spelled("email", other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("anneke+dsl@home.example", "anneke@home.example"),
        ("an.neke@home.example", "anneke@home.example"),
        ("anneke@mail.home.example", "anneke@home.example"),
        ("аnneke@home.example", "anneke@home.example"),  # the first letter is Cyrillic
    ],
)
def test_mailboxes_that_may_be_somebody_elses_stay_apart(one: str, other: str) -> None:
    assert spelled("email", one) != spelled("email", other)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "anneke",
        "@home.example",
        "anneke@",
        "anneke@home..example",
        "anneke@-home.example",
        "anneke@home.example\nBcc: everybody@home.example",
        "anneke jansen@home.example",
        "Anneke <anneke@home.example>",
        "a@b@home.example",
        ".anneke@home.example",
        "a" * 330 + "@home.example",
        "anneke@" + "ü" * 80 + ".example",
    ],
)
def test_what_is_no_mailbox_is_refused(text: str) -> None:
    with pytest.raises(NotAnAddress):
        spelled("email", text)


@pytest.mark.parametrize(
    "text", ["030 23125 077", "+49 30 23125-077", "0049 30 23125077", "(030) 23125/077"]
)
def test_a_telephone_number_is_one_however_it_is_written(text: str) -> None:
    assert spelled("phone", text) == "+493023125077"


def test_an_extension_is_another_telephone() -> None:
    assert spelled("phone", "+49 30 23125077 ext. 12") == "+493023125077;ext=12"


def test_a_short_number_belongs_to_the_country_of_the_house() -> None:
    assert normal_address("phone", "06 698 8 2222", country="IT") == "+390669882222"


@pytest.mark.parametrize("text", ["call me", "1", "+", "0" * 40])
def test_what_nobody_can_dial_is_refused(text: str) -> None:
    with pytest.raises(NotAnAddress):
        spelled("phone", text)


def test_a_messenger_name_is_known_with_and_without_its_sign() -> None:
    assert spelled("messenger", "@Anneke") == spelled("messenger", "anneke")


@given(some.text(max_size=60))
def test_any_text_is_spelled_or_refused_and_spelling_twice_changes_nothing(text: str) -> None:
    for kind in ("email", "phone", "fax", "messenger", "postal"):
        try:
            once = spelled(kind, text)
        except NotAnAddress:
            continue
        assert spelled(kind, once) == once
