"""Files: only to whom they belong, and never in a way that a browser would run them."""

import hashlib

import pytest
from django.test import Client

from tests.portal.people import ago, anneke, asks, browser, contact, customer, sofie
from unbroken.conversation import actions as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import FileIn
from unbroken.conversation.models import Attachment
from unbroken.directory.ids import ContactId

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def a_file(name: str, kind: str, data: bytes, held: str = "") -> FileIn:
    return FileIn(
        name=name, media_type=kind, size=len(data), sha256=hashlib.sha256(data).digest(), held=held,
        data=data,
    )  # fmt: skip


def with_file(file: FileIn) -> tuple[Client, TicketId, ContactId, int]:
    who = anneke()
    ticket = asks(who, files=(file,))
    return browser(who, ticket), ticket, who, Attachment.objects.get().pk


def test_my_file_comes_back_as_a_download() -> None:
    client, _ticket, _who, number = with_file(a_file("notes.txt", "text/plain", b"hello"))

    answer = client.get(f"/files/{number}/notes.txt")

    assert answer.content == b"hello"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="notes.txt"'
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_stranger_gets_no_file_by_counting() -> None:
    """Attack: counting through the numbers of files."""
    _client, _ticket, _who, number = with_file(a_file("notes.txt", "text/plain", b"hello"))
    other = contact("Mallory", "mallory@elsewhere.example", customer("Mallory"))

    assert browser(other, asks(other)).get(f"/files/{number}/notes.txt").status_code == 404
    assert browser().get(f"/files/{number}/notes.txt").status_code == 404
    assert browser(other, asks(other)).get(f"/files/{10**30}/x").status_code == 404


def test_a_file_of_an_internal_note_is_not_handed_out() -> None:
    """Attack: the number of a file that an agent attached to a note."""
    who, by = anneke(), sofie()
    ticket = asks(who)
    record.note_ticket(
        ticket_id=ticket, words="look", by=by, at=ago(minutes=5),
        files=(a_file("map.txt", "text/plain", b"internal"),),
    )  # fmt: skip

    number = Attachment.objects.get().pk
    assert browser(who, ticket).get(f"/files/{number}/map.txt").status_code == 404


def test_only_a_true_picture_is_shown_in_the_page() -> None:
    client, _ticket, _who, number = with_file(a_file("lamp.png", "image/png", PNG))

    shown = client.get(f"/files/{number}/lamp.png?view=1")
    kept = client.get(f"/files/{number}/lamp.png")

    assert shown.headers["Content-Type"] == "image/png"
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert kept.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("name", "kind", "data"),
    [
        ("x.svg", "image/svg+xml", b"<svg onload='alert(1)'/>"),
        ("x.html", "text/html", b"<script>alert(1)</script>"),
        ("x.png", "image/png", b"<script>alert(1)</script>"),
        ("x.pdf", "application/pdf", b"%PDF-1.7"),
    ],
)
def test_what_could_run_is_never_shown(name: str, kind: str, data: bytes) -> None:
    """Attack: a drawing or page with a script, or one dressed as a picture."""
    client, _ticket, _who, number = with_file(a_file(name, kind, data))

    answer = client.get(f"/files/{number}/{name}?view=1")

    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_what_is_held_apart_is_not_handed_out_and_the_page_says_why() -> None:
    """Attack: an executable, uploaded to be fetched by a colleague."""
    client, ticket, _who, number = with_file(
        a_file("setup.exe", "application/octet-stream", b"MZ", held="program")
    )

    assert client.get(f"/files/{number}/setup.exe").status_code == 404
    assert "can do harm" in client.get(f"/requests/{ticket}").content.decode()


@pytest.mark.parametrize("name", ['a"b.txt', "a\r\nX-Evil: 1.txt", "имя.txt", "a;b.txt"])
def test_a_files_name_cannot_break_out_of_the_header(name: str) -> None:
    """Attack: quotes and line breaks in a file's name."""
    client, ticket, _who, number = with_file(a_file(name, "text/plain", b"hello"))

    answer = client.get(f"/files/{number}/file")

    assert answer.status_code == 200
    assert "X-Evil" not in answer.headers
    assert "\n" not in answer.headers["Content-Disposition"]
    assert client.get(f"/requests/{ticket}").status_code == 200
