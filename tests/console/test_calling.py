"""Calling a colleague by name in a note: told, and only they who may see the request."""

from tests.console.desk import SOFIE, TIMO, VERA, Desk
from unbroken.conversation.actions import set_topic
from unbroken.conversation.queries import mentions_of
from unbroken.conversation.state import draft, mark_read
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.knowledge import actions as knowledge


def note(desk: Desk, ticket: int, words: str, *, of: str = SOFIE) -> str:
    """Somebody keeps a note; what the page says then."""
    answer = desk.client(of).post(
        f"/console/tickets/{ticket}/messages",
        {"mode": "note", "words": "an answer begun", "note": words},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def test_a_note_tells_whom_it_calls_until_they_have_read_it(desk: Desk) -> None:
    lamp = desk.asks("Anneke de Wit", "lamp")

    page = note(desk, lamp, "@timo could you look? cc me@sofie.example, @Sofie Marchetti knows")

    assert "told: Timo Brandt." in page
    (call,) = mentions_of(desk.agents[TIMO])
    assert (call.ticket_id, call.by, call.is_seen) == (lamp, f"agent:{desk.agents[SOFIE]}", False)
    assert mentions_of(desk.agents[SOFIE]) == [], "nobody calls themselves"
    assert mentions_of(desk.agents[VERA]) == []
    mark_read(agent_id=desk.agents[TIMO], ticket_id=lamp, version=99)
    assert mentions_of(desk.agents[TIMO])[0].is_seen
    assert mentions_of(desk.agents[TIMO], unseen_only=True) == []


def test_a_call_does_not_tell_that_a_request_exists(desk: Desk) -> None:
    """The accident: a colleague without the queue is called and learns of a request."""
    routers = desk.asks("Anneke de Wit", "for routers", team="routers")

    note(desk, routers, "@sofie @Sofie Marchetti look", of=TIMO)

    assert mentions_of(desk.agents[SOFIE]) == []
    offered = desk.client(TIMO).get(f"/console/tickets/{routers}/people").content.decode()
    assert "Vera Lindholm" in offered
    assert "sofie@desk.example" not in offered


def test_answer_and_note_are_kept_apart(desk: Desk) -> None:
    lamp = desk.asks("Anneke de Wit", "lamp")
    client, page = desk.client(SOFIE), f"/console/tickets/{lamp}"
    client.post(f"{page}/draft", {"mode": "reply", "words": "Dear Anneke,"})
    client.post(f"{page}/draft", {"mode": "note", "words": "odd"})

    note(desk, lamp, "odd line")

    assert draft(agent_id=desk.agents[SOFIE], ticket_id=lamp, mode="reply") == "Dear Anneke,"
    assert draft(agent_id=desk.agents[SOFIE], ticket_id=lamp, mode="note") == ""
    assert ">Dear Anneke,</textarea>" in client.get(page).content.decode()


def test_the_slash_offers_articles_for_the_customer_only(desk: Desk) -> None:
    """The accident: an internal article is offered to be put into an answer."""
    lamp, at = desk.asks("Anneke de Wit", "my lamp is dark"), now()
    set_topic(key="lamp", names={"en": "Lamp"}, by=HOUSE, at=at)
    for title, audience in (("Dark lamp", "public"), ("Lamp factory codes", "internal")):
        article = knowledge.write_article(
            topic_key="lamp", texts={"en": (title, "About the lamp.")}, audience=audience,
            by=HOUSE, at=at,
        )  # fmt: skip
        knowledge.publish_article(article_id=article, by=HOUSE, at=at)

    page = f"/console/tickets/{lamp}/canned?words=lamp"
    asked = desk.client(SOFIE).get(page, headers={"HX-Request": "true"})
    offered = asked.content.decode()

    assert "Dark lamp" in offered
    assert "<form" not in offered  # it stands inside the composer, whose form sends the answer
    assert "/help/lamp/dark-lamp" in offered
    assert "factory codes" not in offered
