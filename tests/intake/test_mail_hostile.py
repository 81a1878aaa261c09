"""Mails made to hurt: each is read, or refused in words, within bounds."""

import base64
from collections.abc import Iterator

import pytest

from unbroken.intake.inbound import Inbound
from unbroken.intake.mail import part_bytes, read

HEAD = b"From: a@home.example\nSubject: x\n"
MULTI = HEAD + b'Content-Type: multipart/mixed; boundary="b"\n\n'


def nested(depth: int) -> Iterator[bytes]:
    for level in range(depth):
        yield b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (level, level)


HOSTILE = {
    "a head of a million fields": HEAD + b"X-A: y\n" * 1_000_000 + b"\nhi",
    "one field of ten megabytes": HEAD + b"X-A: " + b"y" * 10_000_000 + b"\n\nhi",
    "a subject of a hundred thousand words": HEAD + b"Subject: " + b"=?utf-8?q?a?=\n " * 100_000,
    "containers in containers": HEAD + b"".join(nested(5_000)),
    "mails in mails": HEAD + b"Content-Type: message/rfc822\n\n" * 20_000,
    "a hundred thousand parts": MULTI + b"--b\n\nx\n" * 100_000,
    "separators that are none": MULTI + b"--b\n\n" + b"\n--bx" * 500_000,
    "no line end at all": b"x" * 5_000_000,
    "only NUL bytes": b"\0" * 1_000_000,
    "only carriage returns": b"\r" * 1_000_000,
    "deeply nested HTML": HEAD + b"Content-Type: text/html\n\n" + b"<div>" * 100_000,
    "unclosed formatting": HEAD
    + b"Content-Type: text/html\n\n<p>"
    + b"".join(b"<b a=%d>" % number for number in range(39))
    + b"</p><p>x" * 50_000,
    "a tag of ten thousand attributes": HEAD
    + b"Content-Type: text/html\n\n<a "
    + b" ".join(b"a%d" % number for number in range(10_000))
    + b">",
    "a hundred thousand entities": HEAD + b"Content-Type: text/html\n\n" + b"&" * 100_000,
    "an address list without end": HEAD + b"To: " + b'a"b(c<d,' * 50_000 + b"\n\nhi",
    "backslashes in addresses": HEAD + b"Cc: " + b"\\" * 100_000 + b"\n\nhi",
    "uuencoded files without end": HEAD + b"\n" + b"begin 644 x\n" * 50_000,
    "signatures without end": HEAD + b"\n" + b"-- \n" * 19_000,
    "attributions without end": HEAD + b"\n" + b"On a@b.c wrote:\n" * 19_000,
    "header blocks without end": HEAD + b"\n" + b"From: x\n" * 19_000,
    "a calendar of openings": HEAD
    + b"Content-Type: text/calendar\n\nX-MAINTNOTE-\n"
    + b"BEGIN:VEVENT\n" * 50_000,
    "JSON in JSON": HEAD + b"Content-Type: application/json\n\n" + b"[" * 100_000,
    "brackets in the message id": HEAD + b"Message-ID: <[" + b"[" * 10_000 + b"\n\nhi",
    "a date of brackets": HEAD + b"Date: " + b"(" * 10_000 + b"\n\nhi",
    "a charset nobody knows": HEAD + b"Content-Type: text/plain; charset=unicode_escape\n\nhi\\n",
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_mail_is_read_within_bounds(raw: bytes) -> None:
    """Accidents and attacks, each named by its case; every one once cost minutes somewhere."""
    inbound = read(raw)

    assert isinstance(inbound, Inbound)
    assert "could not be read" not in (inbound.problem or "")
    assert len(inbound.text) <= 1_000_100
    assert len(inbound.attachments) <= 1_100


def test_ten_thousand_recipients_are_all_known() -> None:
    many = b", ".join(b"User %d <u%d@town.example>" % (n, n) for n in range(10_000))

    inbound = read(HEAD + b"To: " + many + b"\n\nhi")

    assert len(inbound.to) == 10_000
    assert inbound.to[-1].email == "u9999@town.example"


def test_a_text_too_long_to_show_is_kept_whole_as_an_attachment() -> None:
    raw = HEAD + b"\n" + b"line of text here\n" * 100_000

    inbound = read(raw)

    assert inbound.problem is not None
    whole = part_bytes(raw, inbound.attachments[0].path)
    assert whole is not None
    assert len(whole) == 1_800_000


def test_an_archive_is_never_unpacked_without_bound() -> None:
    """A bomb: kilobytes that would become many megabytes."""
    import zlib

    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(20)) + packer.flush()
    raw = (
        HEAD
        + b"Content-Type: application/gzip; name=log.gz\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(bomb)
    )

    assert read(raw).attachments[0].held == "archive_bomb"


def test_a_header_cannot_smuggle_another_one_in() -> None:
    """Header injection through an encoded word."""
    inbound = read(b"From: a@home.example\nSubject: =?utf-8?q?x=0D=0ABcc:_b@town.example?=\n\nhi")

    assert inbound.subject == "x Bcc: b@town.example"
    assert inbound.cc == ()


def test_nothing_a_database_refuses_comes_out() -> None:
    """NUL bytes and half letters have stopped whole queues elsewhere."""
    raw = b'From: "a\0b" <a@home.example>\nSubject: x\0y \xed\xa0\x80\n\nz\0\xed\xa0\x80'

    inbound = read(raw)

    for text in (inbound.subject, inbound.text, inbound.new_text, inbound.sender or ""):
        assert "\0" not in str(text)
        str(text).encode("utf-8")
