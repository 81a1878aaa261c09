"""Two pairs of eyes: a draft laid open, read and taken over by a colleague who sends it."""

import re

from tests.console.desk import SOFIE, TIMO, VERA, Desk
from unbroken.conversation.state import draft
from unbroken.ground.log import events_of


def test_a_shared_draft_is_taken_over_once_and_the_record_says_whose_it_was(desk: Desk) -> None:
    lamp = desk.asks("Anneke de Wit", "lamp")
    page = f"/console/tickets/{lamp}"
    sofie, timo = desk.client(SOFIE), desk.client(TIMO)
    sofie.post(f"{page}/draft", {"mode": "note", "words": "her own thoughts"})
    sofie.post(f"{page}/draft/sharing", {"mode": "reply", "words": "Dear Anneke, it is mended."})
    timo.post(f"{page}/draft", {"mode": "reply", "words": "Hello,"})

    shown = timo.get(page).content.decode()
    (taking,) = set(re.findall(r"/console/tickets/\d+/drafts/\d+/taking", shown))
    assert "Draft of Sofie Marchetti: an answer" in shown
    assert "her own thoughts" not in shown
    timo.post(taking)
    desk.client(VERA).post(taking)

    words = draft(agent_id=desk.agents[TIMO], ticket_id=lamp, mode="reply")
    assert words == "Hello,\n\nDear Anneke, it is mended."
    assert draft(agent_id=desk.agents[VERA], ticket_id=lamp, mode="reply") == ""
    timo.post(f"{page}/messages", {"mode": "reply", "words": words})
    replied = [one for one in events_of([f"ticket:{lamp}"]) if one.kind == "ticket.replied"]
    assert replied[0].data["drafted_by"] == desk.agents[SOFIE]
    assert "draft of Sofie Marchetti" in timo.get(page).content.decode()


def test_a_draft_that_was_not_shared_cannot_be_taken(desk: Desk) -> None:
    """The attack: the number of a colleague's draft that they keep to themselves."""
    lamp = desk.asks("Anneke de Wit", "lamp")
    page = f"/console/tickets/{lamp}"
    sofie, timo = desk.client(SOFIE), desk.client(TIMO)
    sofie.post(f"{page}/draft/sharing", {"mode": "reply", "words": "Dear Anneke,"})
    taking = re.findall(r"/console/tickets/\d+/drafts/\d+/taking", timo.get(page).content.decode())
    sofie.post(f"{page}/draft/sharing", {"mode": "reply", "words": "Dear Anneke,", "alone": "1"})

    timo.post(taking[0])

    assert draft(agent_id=desk.agents[TIMO], ticket_id=lamp, mode="reply") == ""
    assert draft(agent_id=desk.agents[SOFIE], ticket_id=lamp, mode="reply") == "Dear Anneke,"
