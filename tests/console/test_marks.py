"""A marker on a message: colleagues see it, customers never, and no text breaks out of it."""

import re

import pytest

from tests.console.desk import SOFIE, TIMO, VERA, Desk
from tests.portal.people import browser
from unbroken.conversation.ids import TicketId
from unbroken.conversation.models import Message
from unbroken.conversation.models_beside import Highlight
from unbroken.directory.ids import ContactId
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.clock import now
from unbroken.ground.writers import erase

HOSTILE = "Since <script>alert(1)</script> 😀 my\r\nlamp & box: https://isp.example/lamp is dark."
SHOWN = HOSTILE.replace("\r\n", "\n")
MARK = re.compile(r'<mark title="([^"]*)">(.*?)</mark>', re.DOTALL)
WORDS = re.compile(r'<div class="entry__words"[^>]*data-marks[^>]*>(.*?)</div>', re.DOTALL)


def message_of(ticket: TicketId) -> int:
    """The first that was said."""
    return int(Message.objects.filter(ticket_id=ticket).values_list("pk", flat=True)[0])


def mark(desk: Desk, who: str, ticket: TicketId, passage: str, *, start: int | None = None) -> int:
    """Somebody marks these words; the status of the answer."""
    at = SHOWN.index(passage) if start is None else start
    page = f"/console/tickets/{ticket}/messages/{message_of(ticket)}/marks"
    # A form sends its line ends as a browser does.
    said = {"start": at, "passage": passage.replace("\n", "\r\n")}
    return desk.client(who).post(page, said).status_code


def test_overlapping_marks_over_lines_links_and_hostile_words_break_nothing(desk: Desk) -> None:
    """The attack: a tag in the words, and marks that end in the middle of it and of a link."""
    ticket = desk.asks("Anneke de Wit", "lamp", HOSTILE)
    before = WORDS.findall(desk.client(TIMO).get(f"/console/tickets/{ticket}").content.decode())

    mark(desk, SOFIE, ticket, "<script>alert(1)</script> 😀 my\nlamp")
    mark(desk, TIMO, ticket, "ipt> 😀 my\nlamp & box: https://isp")

    page = desk.client(TIMO).get(f"/console/tickets/{ticket}").content.decode()
    (shown,) = WORDS.findall(page)
    marks = MARK.findall(shown)
    assert [re.sub(r", [\d:]+", "", title) for title, _words in marks] == [
        "Marked by Sofie Marchetti",
        "Marked by Sofie Marchetti; Marked by Timo Brandt",
        "Marked by Timo Brandt",
        "Marked by Timo Brandt",
    ]
    assert marks[1][1] == "ipt&gt; 😀 my\nlamp"
    assert '">https://isp</mark>.example/lamp</a>' in shown
    assert "<script" not in shown
    bare = re.sub(r"</?mark[^>]*>", "", shown)
    assert [bare] == [words.replace("\r\n", "\n") for words in before]


def test_a_mark_is_taken_off_again_by_a_colleague(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "lamp", HOSTILE)
    mark(desk, SOFIE, ticket, "is dark")
    timo = desk.client(TIMO)
    (off,) = set(
        re.findall(
            r'hx-post="([^"]+/marks/\d+/removal)"',
            timo.get(f"/console/tickets/{ticket}").content.decode(),
        )
    )

    timo.post(off)

    assert not Highlight.objects.exists()


@pytest.mark.parametrize(("passage", "start"), [("is dark", 3), (" \n ", 0), ("no such", 9_999)])
def test_only_what_stands_there_is_marked(desk: Desk, passage: str, start: int) -> None:
    ticket = desk.asks("Anneke de Wit", "lamp", HOSTILE)

    assert mark(desk, SOFIE, ticket, passage, start=start) in (303, 404)

    assert not Highlight.objects.exists()


def test_a_message_of_a_request_one_does_not_see_is_not_marked_through_ones_own(desk: Desk) -> None:
    """The attack: the number of a foreign message below the address of one's own request."""
    own = desk.asks("Bram Visser", "box", "is dark")
    hidden = desk.asks("Anneke de Wit", "lamp", "is dark", team="billing")
    page = f"/console/tickets/{own}/messages/{message_of(hidden)}/marks"

    answer = desk.client(SOFIE).post(page, {"start": 0, "passage": "is dark"})

    assert answer.status_code == 404
    assert not Highlight.objects.exists()
    mark(desk, VERA, hidden, "is dark", start=0)
    off = f"/console/tickets/{own}/marks/{Highlight.objects.get().pk}/removal"
    desk.client(SOFIE).post(off)
    assert Highlight.objects.count() == 1


def test_a_mark_that_no_longer_fits_or_whose_words_were_erased_is_not_shown(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "lamp", HOSTILE)
    mark(desk, SOFIE, ticket, "is dark")
    client = desk.client(TIMO)
    Highlight.objects.update(quoted="is gone")
    assert "<mark" not in client.get(f"/console/tickets/{ticket}").content.decode()
    Highlight.objects.update(quoted="is dark")

    anneke = Actor.contact(desk.contacts["Anneke de Wit"])
    erase(anneke, "asked for it", by=HOUSE, at=now())

    assert "<mark" not in client.get(f"/console/tickets/{ticket}").content.decode()
    assert Highlight.objects.get().quoted == ""


def test_customers_never_see_a_mark(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "lamp", HOSTILE)
    mark(desk, SOFIE, ticket, "is dark")

    anneke = browser(ContactId(desk.contacts["Anneke de Wit"]), ticket)
    seen = anneke.get(f"/requests/{ticket}").content.decode()

    assert "is dark" in seen
    assert "<mark" not in seen
    assert "Sofie" not in seen
