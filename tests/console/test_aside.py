"""Beside the conversation: who follows it, how long it took, what is left to do."""

import pytest

from tests.console.desk import SOFIE, TIMO, VERA, Desk
from unbroken.conversation import actions as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.models import TroubleTicket
from unbroken.conversation.models_beside import ChecklistItem, SideConversation, TimeSpent
from unbroken.conversation.queries import watchers_of
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.intake.actions import set_mailbox


@pytest.fixture
def lamp(desk: Desk) -> TicketId:
    return desk.asks("Anneke de Wit", "lamp")


def test_the_list_is_narrowed_to_what_i_follow_or_a_colleague(desk: Desk, lamp: TicketId) -> None:
    other = desk.asks("Bram Visser", "cable")
    record.watch_ticket(ticket_id=lamp, agent_id=desk.agents[SOFIE], by=HOUSE, at=now())
    record.watch_ticket(ticket_id=other, agent_id=desk.agents[TIMO], by=HOUSE, at=now())
    record.unwatch_ticket(ticket_id=other, agent_id=desk.agents[TIMO], by=HOUSE, at=now())
    client = desk.client(SOFIE)

    mine = client.get("/console/?q=watcher:me").content.decode()
    theirs = client.get("/console/?q=watcher:timo").content.decode()

    assert f'id="ticket-{lamp}"' in mine
    assert f'id="ticket-{other}"' not in mine + theirs
    assert watchers_of(other) == []


def test_time_is_noted_with_an_answer_and_corrected_on_record(desk: Desk, lamp: TicketId) -> None:
    client, address = desk.client(SOFIE), f"/console/tickets/{lamp}"

    client.post(f"{address}/messages", {"mode": "note", "words": "Looked.", "minutes": "90"})
    client.post(f"{address}/time", {"minutes": "15", "what": "called the carrier"})
    entry = TimeSpent.objects.order_by("minutes")[0]
    client.post(f"{address}/time", {"minutes": "20", "entry": entry.pk})

    page = client.get(address).content.decode()
    assert "Time of Sofie Marchetti corrected: 15 min → 20 min" in page
    assert sum(TimeSpent.objects.values_list("minutes", flat=True)) == 110
    assert "called the carrier" in page


def test_nobody_works_longer_than_a_day_and_the_time_of_another_ticket_stays(
    desk: Desk, lamp: TicketId
) -> None:
    other = desk.asks("Bram Visser", "cable")
    entry = record.spend_time(
        ticket_id=other, agent_id=desk.agents[TIMO], minutes=5, words="", by=HOUSE, at=now()
    )
    client = desk.client(SOFIE)

    for sent in ({"minutes": "1441"}, {"minutes": "-1"}, {"minutes": "1", "entry": entry}):
        answer = client.post(f"/console/tickets/{lamp}/time", sent)
        assert answer.status_code == 422
    assert TimeSpent.objects.get().minutes == 5


def test_a_list_of_the_topic_above_is_put_on_a_ticket_once_and_ticked(
    desk: Desk, lamp: TicketId
) -> None:
    at = now()
    internet = record.set_topic(key="internet", names={"en": "Internet"}, by=HOUSE, at=at)
    slow = record.set_topic(
        key="internet/slow", names={"en": "Slow"}, parent_key="internet", by=HOUSE, at=at
    )
    desk.client(VERA).post(
        f"/console/knowledge/topics/{internet}/checklists",
        {"name_en": "First look", "items_en": "Line\nRouter", "items_ru": "Линия\nРоутер"},
    )
    record.classify_ticket(ticket_id=lamp, topic_id=slow, by=HOUSE, at=at)
    client, address = desk.client(SOFIE), f"/console/tickets/{lamp}/checklist"
    offered = client.get(f"/console/tickets/{lamp}").content.decode()
    (list_id,) = {part.split('"')[0] for part in offered.split('name="checklist" value="')[1:]}

    for _again in range(2):
        client.post(address, {"checklist": list_id})
    line, router = ChecklistItem.objects.order_by("id")
    client.post(address, {"tick": line.pk})
    client.post(address, {"drop": router.pk, "add": "Call back"})

    page = client.get(f"/console/tickets/{lamp}").content.decode()
    assert "First look" in offered
    assert "Done: Line" in page
    assert "Need not be done: Router" in page
    row = client.get("/console/").content.decode()
    assert 'title="1 of 2 things done"' in row


def test_ending_a_request_with_things_to_do_asks_once(desk: Desk, lamp: TicketId) -> None:
    record.add_items(ticket_id=lamp, texts=["Call back"], by=HOUSE, at=now())
    client, address = desk.client(SOFIE), f"/console/tickets/{lamp}"

    asked = client.post(f"{address}/state", {"to": "resolve"})
    words = {"mode": "reply", "words": "Done.", "then": "resolve"}
    asked_too = client.post(f"{address}/messages", words)
    assert (asked.status_code, asked_too.status_code) == (422, 422)
    assert "1 of the things to do are open" in asked.content.decode()
    assert TroubleTicket.objects.get(pk=lamp).status == "acknowledged"

    client.post(f"{address}/state", {"to": "resolve", "anyway": "1"})
    assert TroubleTicket.objects.get(pk=lamp).status == "resolved"


def test_a_talk_beside_never_goes_to_a_mailbox_of_the_desk(desk: Desk, lamp: TicketId) -> None:
    """Attack: the desk is asked to ask itself, and hears itself answer."""
    set_mailbox(key="support", address="support@isp.example", by=HOUSE, at=now())
    page, client = f"/console/tickets/{lamp}/sides", desk.client(SOFIE)

    for to in ("support@isp.example", "noc@carrier.example, Support@ISP.example"):
        assert client.post(page, {"to": to, "words": "Who?"}).status_code == 422

    assert not SideConversation.objects.exists()
