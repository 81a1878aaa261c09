"""The page of one ticket: what it shows, and to whom."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.console.desk import SOFIE, TIMO, VERA, Desk, a_file, ago, said
from unbroken.conversation import actions as record
from unbroken.conversation.models import Attachment
from unbroken.conversation.queries import messages_of, reply_goes_to, ticket_facts
from unbroken.ground import writers
from unbroken.ground.actor import Actor
from unbroken.ground.clock import now
from unbroken.intake.mail.problems import CUT

PLACES = (
    "/console/",
    "/console/contacts",
    "/console/mail",
    "/console/operations",
    "/console/tickets/{ticket}",
    "/console/tickets/{ticket}?part=story",
    "/console/tickets/{ticket}/files/{file}",
    "/console/tickets/{ticket}/messages/{message}/source",
    "/console/contacts/{contact}",
    "/console/mail/x",
    "/console/mail/x/html",
)
DEEDS = (
    "messages",
    "draft",
    "messages/{message}/withdrawal",
    "messages/{message}/split",
    "state",
    "assignment",
    "classification",
    "tags",
    "links",
    "links/end",
    "merge",
)


@pytest.fixture
def lamp(desk: Desk) -> dict[str, int]:
    """A request of Anneke with a file, in the first line."""
    ticket = desk.asks(
        "Anneke de Wit", "lamp", files=(a_file("lamp.jpg", b"\xff\xd8x", "image/jpeg"),)
    )
    (said,) = messages_of(ticket)
    return {
        "ticket": ticket,
        "message": said.id,
        "file": said.attachments[0].id,
        "contact": desk.contacts["Anneke de Wit"],
    }


def test_a_stranger_sees_nothing_and_does_nothing(desk: Desk, lamp: dict[str, int]) -> None:
    """Walks every address of the console without signing in."""
    client = Client()
    for place in PLACES:
        answer = client.get(place.format(**lamp))
        assert answer.status_code == 303, place
        assert answer["Location"].startswith("/sign-in"), place
    for deed in DEEDS:
        answer = client.post(f"/console/tickets/{lamp['ticket']}/{deed}".format(**lamp))
        assert answer.status_code == 303, deed
    for deed in ("retry", "skip"):
        assert client.post(f"/console/operations/1/{deed}").status_code == 303
    assert len(messages_of(lamp["ticket"])) == 1


def test_an_agent_without_the_queue_does_not_learn_that_it_exists(desk: Desk) -> None:
    """Walks every address of a ticket as an agent of another team: it is simply not there."""
    ticket = desk.asks("Anneke de Wit", "for routers", team="routers")
    (said,) = messages_of(ticket)
    known = {"ticket": ticket, "message": said.id, "file": 1, "contact": 1}
    client = desk.client(SOFIE)

    for place in PLACES[4:8]:
        assert client.get(place.format(**known)).status_code == 404, place
    for deed in DEEDS:
        answer = client.post(f"/console/tickets/{ticket}/{deed}".format(**known), {"to": "start"})
        assert answer.status_code == 404, deed
    assert desk.client(TIMO).get(f"/console/tickets/{ticket}").status_code == 200


def test_a_file_or_message_of_another_ticket_cannot_be_reached_through_mine(
    desk: Desk, lamp: dict[str, int]
) -> None:
    """The attack: a number of one's own ticket with the number of somebody else's file."""
    other = desk.asks("Bram Visser", "mine")
    client = desk.client(SOFIE)

    assert client.get(f"/console/tickets/{other}/files/{lamp['file']}").status_code == 404
    split = client.post(f"/console/tickets/{other}/messages/{lamp['message']}/split")
    assert split.status_code == 404


def test_what_a_customer_writes_is_shown_as_words_only(desk: Desk) -> None:
    """The attack: markup and script in a subject, in words, in a name."""
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    ticket = desk.asks("Anneke de Wit", evil, f"{evil} javascript:alert(1) http://a.example/x")

    page = desk.client(SOFIE).get(f"/console/tickets/{ticket}").content.decode()

    assert "<script>alert" not in page
    assert "<img" not in page
    assert re.search(r'href="http://a.example/x" rel="[^"]*nofollow[^"]*"', page)
    assert 'href="javascript' not in page


def test_no_page_needs_an_inline_script_or_style(desk: Desk, lamp: dict[str, int]) -> None:
    client = desk.client(SOFIE)
    for place in ("/console/", f"/console/tickets/{lamp['ticket']}", "/sign-in", "/nowhere"):
        answer = client.get(place)
        page = answer.content.decode()
        assert "'unsafe-inline'" not in answer["Content-Security-Policy"]
        assert " style=" not in page, place
        assert "<script>" not in page, place
        assert " onclick=" not in page, place


def test_a_picture_is_shown_and_everything_else_is_a_download(
    desk: Desk, lamp: dict[str, int]
) -> None:
    ticket = desk.asks(
        "Anneke de Wit",
        "page",
        files=(a_file('a"b\r\nSet-Cookie: x.html', b"<script>", "text/html"),),
    )
    file = messages_of(ticket)[0].attachments[0].id
    client = desk.client(SOFIE)

    picture = client.get(f"/console/tickets/{lamp['ticket']}/files/{lamp['file']}")
    page = client.get(f"/console/tickets/{ticket}/files/{file}")

    assert picture["Content-Type"] == "image/jpeg"
    assert page["Content-Type"] == "application/octet-stream"
    assert page["Content-Disposition"].startswith("attachment")
    assert "\n" not in page["Content-Disposition"]
    assert "sandbox" in page["Content-Security-Policy"]
    assert b"".join([page.content]) == b"<script>"


def test_what_is_held_apart_opens_only_on_purpose(desk: Desk) -> None:
    """The accident: a click on an attachment runs what a stranger sent."""
    ticket = desk.asks(
        "Anneke de Wit", "invoice", files=(a_file("invoice.exe", b"MZ", "application/pdf",
                                                   held="program"),)
    )  # fmt: skip
    file = messages_of(ticket)[0].attachments[0].id
    client = desk.client(SOFIE)
    page = client.get(f"/console/tickets/{ticket}").content.decode()

    assert "Held apart: a program" in page
    assert client.get(f"/console/tickets/{ticket}/files/{file}").status_code == 404
    answer = client.get(f"/console/tickets/{ticket}/files/{file}?open=held")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/octet-stream"


def test_words_that_were_erased_say_so(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "lamp", "my secret")
    anneke = Actor.contact(desk.contacts["Anneke de Wit"])
    writers.erase(anneke, "asked for it", at=now(), by=desk.by(VERA))

    page = desk.client(SOFIE).get(f"/console/tickets/{ticket}").content.decode()

    assert "my secret" not in page
    assert "<em>erased</em>" in page


def test_other_requests_of_the_customer_say_where_they_stand(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "lamp")
    waits = desk.asks("Anneke de Wit", "router", at=ago(days=2))
    record.hold_ticket(ticket_id=waits, waiting_for="partner", by=desk.by(TIMO), at=now())
    hidden = desk.asks("Anneke de Wit", "for routers", team="routers")

    page = desk.client(SOFIE).get(f"/console/tickets/{ticket}").content.decode()

    assert "Waits for a partner · First line" in page
    assert f'href="/console/tickets/{waits}"' in page
    assert f'href="/console/tickets/{hidden}"' not in page


def test_the_story_tells_what_happened_in_order(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "lamp", "it is dark")
    by = desk.by(SOFIE)
    record.note_ticket(ticket_id=ticket, words="looked at the line", by=by, at=ago(minutes=30))
    record.reply(
        ticket_id=ticket, words="we know", goes_to=reply_goes_to(ticket), by=by, at=ago(minutes=20)
    )
    record.hold_ticket(
        ticket_id=ticket, waiting_for="partner", until=now() + timedelta(days=1), by=by, at=now()
    )

    page = desk.client(TIMO).get(f"/console/tickets/{ticket}").content.decode()

    story = ["Request received", "it is dark", "looked at the line", "Waits for a partner, until"]
    assert [page.index(words) for words in story] == sorted(page.index(words) for words in story)
    assert "Internal note" in page
    assert "On its way" in page


def test_a_merged_ticket_points_on_and_its_words_stand_with_the_survivor(desk: Desk) -> None:
    first, second = (
        desk.asks("Anneke de Wit", "one"),
        desk.asks("Anneke de Wit", "two", "second words"),
    )
    record.merge_tickets(ticket_id=second, into_id=first, by=desk.by(SOFIE), at=now())
    client = desk.client(SOFIE)

    assert "second words" in client.get(f"/console/tickets/{first}").content.decode()
    assert "goes on in <a" in _plain(client.get(f"/console/tickets/{second}").content.decode())


def _plain(page: str) -> str:
    return " ".join(page.split()).replace("</span> ", "")


def test_a_long_story_is_cut_and_one_click_shows_it_whole(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "long", "the very first words")
    for number in range(70):
        record.note_ticket(
            ticket_id=ticket, words=f"note {number}", by=desk.by(SOFIE), at=ago(minutes=50)
        )
    client = desk.client(SOFIE)

    assert "the very first words" not in client.get(f"/console/tickets/{ticket}").content.decode()
    whole = client.get(f"/console/tickets/{ticket}?whole=1").content.decode()
    assert "the very first words" in whole


@pytest.mark.usefixtures("nothing_kept_grows_old")
def test_the_page_costs_the_same_for_a_short_story_and_a_long_one(desk: Desk) -> None:
    client, ticket = desk.client(SOFIE), desk.asks("Anneke de Wit", "lamp")
    client.get(f"/console/tickets/{ticket}")
    counts = []
    for rounds in (2, 20):
        for _round in range(rounds):
            record.note_ticket(ticket_id=ticket, words="a note", by=desk.by(TIMO), at=now())
            desk.writes("Anneke de Wit", ticket, "more")
        client.get(f"/console/tickets/{ticket}")
        with CaptureQueriesContext(connection) as caught:
            client.get(f"/console/tickets/{ticket}")
        counts.append(len(caught))

    assert counts[0] == counts[1]


def test_the_page_is_light(desk: Desk) -> None:
    """30 kB on the wire for the next visit, uncompressed here; whatever is static is kept."""
    ticket = desk.asks("Anneke de Wit", "lamp")
    for _round in range(5):
        desk.writes("Anneke de Wit", ticket, "more words " * 30)

    page = desk.client(SOFIE).get(f"/console/tickets/{ticket}").content

    assert len(page) < 60_000
    assert ticket_facts(ticket) is not None
    assert Attachment.objects.count() == 0


def test_a_mail_that_was_not_read_whole_says_what_is_wrong_with_it(desk: Desk) -> None:
    """Accident: only the beginning of a huge mail was fetched, and the agent answers half of it."""
    ticket = desk.asks("Anneke de Wit", "pictures")
    contact = desk.contacts["Anneke de Wit"]
    words = said(contact, "Anneke de Wit", "anneke@home.example", "Here are", ago(hours=1))
    record.add_message(
        ticket_id=ticket, said=replace(words, problem=CUT), by=Actor.contact(contact), at=now()
    )

    page = desk.client(SOFIE).get(f"/console/tickets/{ticket}").content.decode()

    assert str(CUT) in page
