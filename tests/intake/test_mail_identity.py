"""The same mail handed in again is the same; any other one is another."""

import pytest

from unbroken.intake.mail import dedupe_key

MAIL = (
    b"Received: from a by b; Mon, 4 May 2026 08:00:00 +0200\r\n"
    b"From: Anneke <anneke@home.example>\r\nDate: Mon, 4 May 2026 08:00:00 +0200\r\n"
    b"Message-ID: <1@home.example>\r\nSubject: Down\r\n\r\nThe line is down.\r\n"
)


@pytest.mark.parametrize(
    "again",
    [
        MAIL.replace(b"\r\n", b"\n"),
        b"Return-Path: <a@b>\r\nReceived: from c by d\r\n" + MAIL,
        b"From anneke@home.example Mon May  4 08:00:00 2026\n" + MAIL,
        MAIL + b"\r\n",
        MAIL.replace(b"Anneke <", b"Anneke\r\n <"),
    ],
    ids=["line ends", "another way", "from an mbox", "a blank line more", "folded"],
)
def test_the_way_it_came_does_not_matter(again: bytes) -> None:
    assert dedupe_key(again) == dedupe_key(MAIL)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<1@home.example>", b"<2@home.example>"),
        (b"08:00:00 +0200\r\nMessage", b"08:00:01 +0200\r\nMessage"),
        (b"anneke@", b"timo@"),
        (b"is down", b"is up"),
    ],
    ids=["message id", "date", "sender", "body"],
)
def test_another_mail_has_another_key(old: bytes, new: bytes) -> None:
    assert dedupe_key(MAIL.replace(old, new)) != dedupe_key(MAIL)
    assert len(dedupe_key(MAIL)) == 32


def test_an_mbox_escapes_lines_that_begin_with_from() -> None:
    body = b"From Sunday on.\r\nFrom Monday on.\r\n"
    escaped = b"From Sunday on.\r\n>From Monday on.\r\n"

    assert dedupe_key(MAIL + body) == dedupe_key(MAIL + escaped)
