"""A long request in four lines: in people's own words, without greetings, with what stays open."""

import re

from tests.console.desk import SOFIE, TIMO, Desk
from unbroken.console.tickets.brief import sentences, telling, weights
from unbroken.conversation import actions as record
from unbroken.ground.clock import now


def test_the_sentence_is_taken_that_says_what_it_is_about() -> None:
    """Accident: of a long mail the desk repeats “Dear all” or the weather."""
    letters = [
        "Hello team!\nIt is warm today. The internet drops every evening at eight. Thanks!",
        "The internet dropped again. My router shows a red lamp.",
    ]

    assert telling(letters[0], weights(["Internet drops", *letters])) == (
        "The internet drops every evening at eight."
    )
    assert sentences("Здравствуйте! Интернет пропадает. С уважением, Олег") == [
        "Интернет пропадает."
    ]
    assert telling("Grazie mille!", weights([])) == ""
    assert telling("слово " * 100, weights(["слово"])).endswith(" …")


def test_a_long_request_begins_with_itself_in_short(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "Internet drops", "Hello!\nThe internet drops at eight.")
    short = desk.client(SOFIE).get(f"/console/tickets/{ticket}").content.decode()
    for turn in range(9):
        desk.writes("Anneke de Wit", ticket, f"The internet dropped again, the {turn}th time.")
    record.reply(
        ticket_id=ticket,
        words="Dear Anneke, which lamp is dark?",
        goes_to=None,
        by=desk.by(SOFIE),
        at=now(),
    )

    page, others = (
        desk.client(who).get(f"/console/tickets/{ticket}").content.decode() for who in (SOFIE, TIMO)
    )

    assert 'id="brief"' not in short
    assert '<details class="fold brief" id="brief">' in page  # she wrote here: it waits folded
    assert '<details class="fold brief" id="brief" open>' in others
    quoted = re.findall(r"<dd><q>([^<]*)</q>", page)
    assert quoted == [
        "The internet drops at eight.",
        "The internet dropped again, the 8th time.",
        "which lamp is dark?",
        "which lamp is dark?",
    ]
