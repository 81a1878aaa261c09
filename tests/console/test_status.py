"""How one can be reached: said in the bar, seen by colleagues, away by itself, never in a call."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.console.desk import SOFIE, TIMO, Desk
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.staffing import queries as staffing
from unbroken.staffing.ids import AgentId
from unbroken.staffing.models import Browser
from unbroken.staffing.state import browsers

HTMX = {"HX-Request": "true"}


def say(client: Client, status: str, words: str = "") -> str:
    """Say it in the bar, and see what the bar says then."""
    answer = client.post("/console/status", {"status": status, "words": words}, headers=HTMX)
    assert answer.status_code == 200
    return answer.content.decode()


def availability(desk: Desk, who: str) -> str:
    """How colleagues see somebody."""
    card = staffing.agent(AgentId(desk.agents[who]))
    assert card is not None
    return card.availability


def test_colleagues_see_it_beside_the_list_and_where_work_is_given(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "lamp")
    assert "Colleagues see: Away." in say(desk.client(TIMO), "away", "Back at\x00 14:00")

    sofie = desk.client(SOFIE)
    assert "Away · Back at 14:00" in sofie.get("/console/").content.decode()
    assert "Timo Brandt (Away · Back at 14:00)" in sofie.get(
        f"/console/tickets/{ticket}"
    ).content.decode().replace("\xa0", " ")
    given = sofie.post(
        f"/console/tickets/{ticket}/assignment", {"agent": desk.agents[TIMO]}, headers=HTMX
    ).content.decode()
    assert "Timo Brandt may not begin soon: Away · Back at 14:00." in given


def test_only_what_the_agent_changes_is_on_record_and_without_their_words(desk: Desk) -> None:
    client = desk.client(TIMO)
    for status, words in (("call", "Fibre cut"), ("call", "Fibre cut, still"), ("here", "")):
        say(client, status, words)
    say(client, "nonsense")

    told = [e for e in events_of([f"agent:{desk.agents[TIMO]}"]) if e.kind == "agent.status_set"]
    assert [event.data for event in told] == [{"status": "call"}, {"status": "here"}]


@pytest.mark.parametrize(
    ("said", "seen"), [("here", "away"), ("writing", "away"), ("call", "call")]
)
def test_who_closes_the_laptop_is_away_by_themselves_but_not_in_a_call(
    desk: Desk, said: str, seen: str
) -> None:
    say(desk.client(TIMO), said)
    assert availability(desk, TIMO) == said

    Browser.objects.filter(agent_id=desk.agents[TIMO]).update(seen_at=now() - timedelta(minutes=30))
    assert availability(desk, TIMO) == seen
    key = Browser.objects.get(agent_id=desk.agents[TIMO]).session_key
    browsers.note_open(key, at=now())
    assert availability(desk, TIMO) == said
    browsers.note_left(key, at=now())
    assert availability(desk, TIMO) == seen
