"""Canned answers beside a request: those that fit, with what is known filled in."""

from tests.console.desk import SOFIE, TIMO, VERA, Desk
from unbroken.conversation import state as record_state
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.knowledge.actions import set_canned_answer

TEXTS = {
    "en": "Dear {customer}, request {number} is with {agent}. See {link}.",
    "it": "Gentile {customer}, la richiesta {number} è da {agent}.",
}


def test_a_canned_answer_is_filled_in_and_in_the_customers_language(desk: Desk) -> None:
    desk.known("Pietro Neri", "pietro@home.example", language="it")
    for_anneke, for_pietro = desk.asks("Anneke de Wit", "lamp"), desk.asks("Pietro Neri", "luce")
    set_canned_answer(name="hello", texts=TEXTS, by=HOUSE, at=now())
    client = desk.client(SOFIE)

    english = client.get(f"/console/tickets/{for_anneke}/canned").content.decode()
    italian = client.get(f"/console/tickets/{for_pietro}/canned").content.decode()

    assert f"Dear Anneke de Wit, request {for_anneke} is with Sofie Marchetti" in english
    assert "See {link}" in english, "what is not known stays, so that it is seen"
    assert f"Gentile Pietro Neri, la richiesta {for_pietro}" in italian


def test_without_javascript_it_is_added_to_what_was_begun(desk: Desk) -> None:
    lamp = desk.asks("Anneke de Wit", "lamp")
    hello = set_canned_answer(name="hello", texts={"en": "Bye, {agent}"}, by=HOUSE, at=now())
    client = desk.client(TIMO)
    client.post(f"/console/tickets/{lamp}/draft", {"mode": "reply", "words": "It works."})

    client.post(f"/console/tickets/{lamp}/canned/{hello}")

    begun = record_state.draft(agent_id=desk.agents[TIMO], ticket_id=lamp, mode="reply")
    assert begun == "It works.\n\nBye, Timo Brandt"


def test_what_one_is_writing_is_kept_as_a_canned_answer_with_gaps_for_the_names(desk: Desk) -> None:
    """Accident: Anneke's name goes out to everybody who ever gets the answer."""
    lamp = desk.asks("Anneke de Wit", "lamp")
    words = f"Dear Anneke de Wit, {lamp} is done. Sofie Marchetti"
    vera, sofie = desk.client(VERA), desk.client(SOFIE)
    vera.post(f"/console/tickets/{lamp}/draft", {"mode": "reply", "words": words})

    offered = vera.get(f"/console/tickets/{lamp}/canned").content.decode()
    form = vera.get(f"/console/knowledge/answers/new?from={lamp}").content.decode()

    assert f"/console/knowledge/answers/new?from={lamp}" in offered
    assert "Dear {customer}, {number} is done. Sofie Marchetti</textarea>" in form
    assert "answers/new" not in sofie.get(f"/console/tickets/{lamp}/canned").content.decode()
    assert vera.get("/console/knowledge/answers/new?from=999999").status_code == 404
