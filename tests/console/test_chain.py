"""Handing over on the page of a request: the form, the card of the receiver, the bell."""

from datetime import timedelta

from tests.console.desk import SOFIE, TIMO, VERA, Desk
from tests.console.test_bell import waits
from unbroken.conversation.actions import set_topic
from unbroken.conversation.ids import TicketId
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.routing.chain.reading import chain_view

NEEDED = "Put the route to 192.0.2.0 back."


def _taken(desk: Desk) -> TicketId:
    ticket = desk.asks("Anneke de Wit", "the routing is broken")
    desk.client(SOFIE).post(f"/console/tickets/{ticket}/assignment", {"agent": desk.agents[SOFIE]})
    return ticket


def _hands(desk: Desk, ticket: int, **more: object) -> int:
    said = {
        "team": desk.teams["routers"],
        "done": "It is gone since 06:10.",
        "needed": NEEDED,
        "due": f"{now() + timedelta(hours=5):%Y-%m-%dT%H:%M}",
        "fact_consent": "after",
        **more,
    }
    page = f"/console/tickets/{ticket}/hand-over"
    return desk.client(SOFIE).post(page, said).status_code


def test_the_receiver_sees_what_is_needed_and_the_rest_one_click_away(desk: Desk) -> None:
    ticket = _taken(desk)
    assert _hands(desk, ticket) == 303

    timo = desk.client(TIMO)
    page = timo.get(f"/console/tickets/{ticket}").content.decode()
    assert page.count(NEEDED) >= 1
    assert '<details class="fold whole-story">' in page
    assert "yes, after office hours" in page
    assert timo.post(f"/console/tickets/{ticket}/leg", {"do": "accept"}).status_code == 303
    page = timo.get(f"/console/tickets/{ticket}").content.decode()
    assert '<details class="fold whole-story">' not in page
    assert "has had it since" in page


def test_what_was_typed_is_still_there_when_a_part_is_missing(desk: Desk) -> None:
    """Accident: the sentence of what is needed is forgotten; nothing is typed twice."""
    ticket = _taken(desk)
    page = f"/console/tickets/{ticket}/hand-over"

    answer = desk.client(SOFIE).post(page, {"team": desk.teams["routers"], "done": "Gone."})
    assert answer.status_code == 422
    assert ">Gone.</textarea>" in answer.content.decode()
    assert chain_view(ticket).legs == ()


def test_the_second_return_rings_for_the_leads_and_a_question_for_the_giver(desk: Desk) -> None:
    ticket = _taken(desk)
    timo = desk.client(TIMO)
    for _round in range(2):
        assert _hands(desk, ticket) == 303
        timo.post(f"/console/tickets/{ticket}/leg", {"do": "return", "words": "Not ours."})
    bell = desk.client(SOFIE).get("/console/bell").content.decode()
    assert waits(desk, SOFIE) == 1, bell

    assert _hands(desk, ticket) == 303
    desk.client(SOFIE).get(f"/console/tickets/{ticket}")
    assert waits(desk, SOFIE) == 0
    timo.post(f"/console/tickets/{ticket}/leg", {"do": "ask", "words": "Which VLAN?"})
    waits(desk, SOFIE)
    bell = desk.client(SOFIE).get("/console/bell").content.decode()
    assert "A colleague asks about what you handed over" in bell


def test_a_plan_is_written_and_what_is_wrong_with_it_loses_nothing(desk: Desk) -> None:
    set_topic(key="internet", names={"en": "Internet"}, by=HOUSE, at=now())
    vera, page = desk.client(VERA), "/console/admin/plans"
    assert vera.get(page).status_code == 200
    typed = {"topic": "internet", "team_0": desk.teams["routers"], "name_0_en": ""}
    answer = vera.post(page, typed)
    assert (answer.status_code, "Give each step a name." in answer.content.decode()) == (422, True)

    assert vera.post(page, typed | {"name_0_en": "Route", "minutes_0": "90"}).status_code == 303
    shown = vera.get(page, {"topic": "internet"}).content.decode()
    assert 'value="Route"' in shown
