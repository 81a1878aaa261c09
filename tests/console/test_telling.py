"""What a customer is told is one policy: nothing leaves that it does not name."""

from datetime import timedelta

from tests.console.desk import SOFIE, VERA, Desk
from unbroken.console.dashboards.days import today
from unbroken.conversation import actions, queries
from unbroken.ground.clock import now
from unbroken.ground.letters import BOXES
from unbroken.ground.postman import drain
from unbroken.intake.telling import foreseeing
from unbroken.intake.telling.measured import weeks
from unbroken.intake.telling.policy import (
    BY_KEY,
    NOT_TO_CUSTOMERS,
    POLICY,
    Chosen,
    chosen,
    told_on,
)
from unbroken.intake.telling.present import present_policy
from unbroken.quality.counting import desk_zone


def test_everything_the_door_sends_because_of_an_event_stands_in_the_policy() -> None:
    named = {kind for one in POLICY for kind in one.on} | NOT_TO_CUSTOMERS

    heard = {
        kind
        for listener in BOXES.listeners
        if listener.box.startswith("intake") and listener.box != "intake.reading"
        for kind in listener.kinds
    }

    assert heard <= named, "add what is told because of it to intake/telling/policy.py"
    assert told_on("ticket.customer_asked")[0].key == "question"


def test_neither_the_number_nor_a_question_can_be_switched_off_or_delayed() -> None:
    policy = chosen({"off": ["receipt", "question", "crew", "gone"], "delays": {"receipt": 90}})

    assert policy.is_on("receipt")
    assert policy.is_on("question")
    assert not policy.is_on("crew")
    assert policy.delay("receipt") == timedelta(0)
    assert policy.delay("known") == BY_KEY["known"].delay
    assert chosen({"delays": {"known": 10**6}}).delay("known") == timedelta(days=1)


def test_what_is_as_the_default_has_it_is_not_kept() -> None:
    assert Chosen(delays={"known": 2, "over": 9}).as_said() == {"off": [], "delays": {"over": 9}}


def test_the_preview_says_who_is_spared_and_why(desk: Desk) -> None:
    ticket_id = desk.asks("Anneke de Wit", "lamp")
    ticket = queries.ticket_facts(ticket_id)
    assert ticket is not None
    silent = foreseeing.Reader(1, "Anneke", "mine", True, "reporter", "a@home.example")
    gone = foreseeing.Reader(2, "Bram", "all", True, "copy", "")

    found = {
        one.message.key: one
        for one in foreseeing.coming(
            ticket, [silent, gone], Chosen(), is_receipted=False, news_by=None
        )
    }

    assert [one.name for one in found["receipt"].readers] == ["Anneke"]
    assert [one.name for one in found["question"].readers] == ["Anneke"], "cannot be missed"
    assert found["answer"].readers == ()
    assert [why for _one, why in found["answer"].spared] == [
        foreseeing.NOT_WISHED,
        foreseeing.NO_ADDRESS,
    ]


def test_the_page_of_a_request_shows_what_left_and_what_will(desk: Desk) -> None:
    lamp = desk.asks("Anneke de Wit", "lamp")
    hidden = desk.asks("Anneke de Wit", "for routers", team="routers")
    drain()
    client = desk.client(SOFIE)

    page = client.get(f"/console/tickets/{lamp}/told").content.decode()

    assert "on its way" in page, "the number, just put into the outbox"
    assert "A question to them" in page
    assert client.get(f"/console/tickets/{hidden}/told").status_code == 404


def test_the_operator_switches_news_off_and_takes_it_back(desk: Desk) -> None:
    client = desk.client(VERA)
    on = [one.key for one in POLICY if one.may_be_off and one.key != "planned"]

    client.post("/console/admin/telling", {"on": [*on, "planned"], "delay_known": "7"})
    client.post("/console/admin/telling", {"on": on, "delay_known": "7"})
    assert not present_policy().is_on("planned")
    assert present_policy().delay("known") == timedelta(minutes=7)

    client.post("/console/admin/channels/telling/back", {"version": "2"})
    assert present_policy().is_on("planned")
    assert desk.client(SOFIE).post("/console/admin/telling", {}).status_code == 403


def test_silence_and_chatter_are_counted_by_the_week_in_which_a_request_ended(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "lamp")
    actions.resolve_ticket(ticket_id=ticket, by=desk.by(SOFIE), at=now())

    last = weeks(today=today(now()), count=2, zone=desk_zone(), at=now())[-1]

    assert (last.requests, last.messages, last.silent) == (1, 0, 1)
    page = desk.client(VERA).get("/console/dashboards/telling").content.decode()
    assert "Silence and chatter" in page
    assert desk.client(SOFIE).get("/console/dashboards/telling").status_code == 403
