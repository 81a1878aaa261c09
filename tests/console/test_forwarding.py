"""A message is passed on to somebody outside, a note never; a note is taken back by its writer."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast

from tests.console.desk import SOFIE, TIMO, Desk, a_file, ago
from unbroken.conversation import actions as record
from unbroken.conversation import queries as conversation
from unbroken.conversation.models import Delivery
from unbroken.conversation.queries import messages_of
from unbroken.intake.mail.compose import as_bytes
from unbroken.intake.sending import outgoing_of


def mail_that_leaves() -> EmailMessage:
    """The only mail on its way, as the next server gets it."""
    delivery = conversation.delivery(Delivery.objects.get().pk)
    assert delivery is not None
    read = message_from_bytes(as_bytes(outgoing_of(delivery)), policy=default)
    return cast(EmailMessage, read)


def test_what_is_passed_on_leaves_with_the_chosen_files_and_is_no_answer(desk: Desk) -> None:
    files = (
        a_file("lamp.jpg", b"picture", "image/jpeg"),
        a_file("private.txt", b"private", "text/plain"),
        a_file("run.exe", b"MZ", "application/octet-stream", held="program"),
    )
    lamp = desk.asks("Anneke de Wit", "lamp", "The lamp is dark.", files=files)
    (said,) = messages_of(lamp)
    page = f"/console/tickets/{lamp}/messages/{said.id}/forward"
    chosen = [said.attachments[0].id, said.attachments[2].id]
    client, to = desk.client(SOFIE), "noc@carrier.example"

    assert "private.txt" in client.get(page).content.decode()
    answer = client.post(page, {"to": to, "words": "Please look", "file": chosen})

    assert answer.status_code == 303
    mail = mail_that_leaves()
    assert [one.get_filename() for one in mail.iter_attachments()] == ["lamp.jpg"]
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert text.index("Please look") < text.index("The lamp is dark.")
    assert f"/requests/{lamp}" not in text, "the customer's own link stays here"
    assert (mail["To"], mail["References"]) == (to, None)
    assert len(messages_of(lamp, for_customer=True)) == 1
    facts = conversation.ticket_facts(lamp)
    assert facts is not None
    assert facts.status == "acknowledged", "nobody answered the customer"


def test_a_note_never_leaves_and_no_header_comes_in(desk: Desk) -> None:
    """The attacks: a note's number in the address; a line break in a subject or an address."""
    lamp = desk.asks("Anneke de Wit", "lamp\r\nBcc: all@evil.example")
    note = record.note_ticket(ticket_id=lamp, words="grumpy", by=desk.by(SOFIE), at=ago(hours=0))
    (said, _note) = messages_of(lamp)
    page, client = f"/console/tickets/{lamp}/messages", desk.client(SOFIE)

    assert client.get(f"{page}/{note}/forward").status_code == 404
    assert client.post(f"{page}/{note}/forward", {"to": "x@y.example"}).status_code == 404
    for evil in ("x@y.example\r\nBcc: z@evil.example", "x@y.example, z@evil.example", "help"):
        assert client.post(f"{page}/{said.id}/forward", {"to": evil}).status_code == 422
    client.post(f"{page}/{said.id}/forward", {"to": "x@y.example"})

    mail = mail_that_leaves()
    assert mail["Bcc"] is None
    assert "Bcc: all@evil.example" in mail["Subject"]


def test_a_note_is_taken_back_by_its_writer_within_ten_minutes(desk: Desk) -> None:
    lamp = desk.asks("Anneke de Wit", "lamp")
    old, young = (
        record.note_ticket(ticket_id=lamp, words=words, by=desk.by(SOFIE), at=ago(minutes=minutes))
        for words, minutes in (("quokka old", 11), ("quokka young", 9))
    )
    page, sofie = f"/console/tickets/{lamp}", desk.client(SOFIE)

    by_timo = desk.client(TIMO).post(f"{page}/messages/{young}/note-withdrawal")
    late = sofie.post(f"{page}/messages/{old}/note-withdrawal")
    sofie.post(f"{page}/messages/{young}/note-withdrawal")

    assert (by_timo.status_code, late.status_code) == (422, 422)
    shown = sofie.get(page).content.decode()
    assert "A note was here and was taken back." in shown
    assert "quokka young" not in shown
    assert "quokka old" in shown


def test_what_was_said_before_a_merge_is_passed_on_with_its_words(desk: Desk) -> None:
    lamp, second = (desk.asks("Anneke de Wit", one, f"The {one} is dark.") for one in ("a", "b"))
    (said,) = messages_of(second)
    record.merge_tickets(ticket_id=second, into_id=lamp, by=desk.by(SOFIE), at=ago(minutes=1))
    page = f"/console/tickets/{lamp}/messages/{said.id}/forward"

    desk.client(SOFIE).post(page, {"to": "noc@carrier.example", "words": ""})

    text = mail_that_leaves().get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "The b is dark." in text
    assert "wrote," in text
