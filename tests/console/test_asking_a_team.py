"""Another team is asked aside: a request of its own, whose answers flow back."""

from tests.console.desk import SOFIE, TIMO, Desk
from unbroken.conversation.ids import TicketId
from unbroken.conversation.models import TroubleTicket
from unbroken.conversation.models_beside import SideConversation
from unbroken.conversation.queries import messages_of
from unbroken.ground.postman import drain

HTMX = {"HX-Request": "true"}


def asked(desk: Desk, lamp: TicketId) -> SideConversation:
    """Sofie asks the routers."""
    said = {"team": desk.teams["routers"], "subject": "Port 7", "words": "Is port 7 up?"}
    answer = desk.client(SOFIE).post(f"/console/tickets/{lamp}/sides", said, headers=HTMX)
    assert answer.status_code == 200, answer.content
    drain()
    return SideConversation.objects.get(ticket_id=lamp)


def answers(desk: Desk, child: int, words: str) -> None:
    """Timo of the routers answers on the request his team got."""
    said = {"mode": "reply", "words": words}
    desk.client(TIMO).post(f"/console/tickets/{child}/messages", said, headers=HTMX)
    drain()


def test_a_team_that_is_asked_aside_answers_there_and_no_customer_reads_it(desk: Desk) -> None:
    lamp = desk.asks("Anneke de Wit", "lamp")
    side = asked(desk, lamp)
    child = TroubleTicket.objects.get(pk=side.child_id)
    assert child.team_id == desk.teams["routers"]
    assert (child.customer_id, child.contact_id) == (None, None)
    page = desk.client(TIMO).get(f"/console/tickets/{child.pk}").content.decode()
    assert "A colleague asks" in page
    assert "Is port 7 up?" in page

    answers(desk, child.pk, "It is down; we send somebody.")

    back = messages_of(lamp)[-1]
    assert (back.words, back.audience) == ("It is down; we send somebody.", "agents")
    assert "down" not in str(messages_of(lamp, for_customer=True))
    assert not child.participants.exists()
    facts = desk.client(SOFIE).get(f"/console/tickets/{lamp}").content.decode()
    assert "It is down; we send somebody." in facts
    assert "answer came" in facts
    assert f"/console/tickets/{child.pk}" not in facts, "she does not see the routers' requests"


def test_what_the_team_takes_back_or_ends_is_so_where_it_was_asked(desk: Desk) -> None:
    lamp = desk.asks("Anneke de Wit", "lamp")
    side = asked(desk, lamp)
    answers(desk, side.child_id or 0, "Up.")
    (reply,) = [one for one in messages_of(side.child_id or 0) if one.direction == "out"]
    client, there = desk.client(TIMO), f"/console/tickets/{side.child_id}"

    client.post(f"{there}/messages/{reply.id}/withdrawal")
    drain()
    assert messages_of(lamp)[-1].withdrawn_at is not None
    client.post(f"{there}/state", {"to": "resolve"})
    drain()
    assert "done there" in desk.client(SOFIE).get(f"/console/tickets/{lamp}").content.decode()

    again = {"side": side.pk, "words": "And port 8?"}
    desk.client(SOFIE).post(f"/console/tickets/{lamp}/sides", again, headers=HTMX)
    child = TroubleTicket.objects.get(pk=side.child_id)
    assert child.status == "inProgress", "what is asked again goes on"
    assert messages_of(child.pk)[-1].words == "And port 8?"
