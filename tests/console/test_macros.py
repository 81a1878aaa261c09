"""Macros: shown before they act, all or nothing, and taken back at once."""

import json

import pytest

from tests.console.desk import SOFIE, TIMO, VERA, Desk
from tests.console.test_many import facts, kinds
from unbroken.console.models import DoneToMany
from unbroken.conversation import actions as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.queries import messages_of
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.routines.actions import set_macro
from unbroken.routines.queries import macro as kept
from unbroken.routines.sheets import MacroSheet

REPLY = {"en": "Dear {customer}, request {number} is with us. {agent}", "it": "Gentile {customer}"}


def macro(desk: Desk, who: str = SOFIE, **given: object) -> int:
    """A macro that somebody wrote."""
    sheet = MacroSheet.read({"name": "Line test", "scope": "all", **given})
    return set_macro(sheet, by=desk.by(who), at=now())


def test_what_is_shown_is_what_is_done_and_all_of_it_is_taken_back(desk: Desk) -> None:
    topic = record.set_topic(key="lamp", names={"en": "Lamp"}, by=HOUSE, at=now())
    number = macro(
        desk,
        steps={
            "agent": "me",
            "topic": str(topic),
            "priority": "high",
            "add": ["Line"],
            "note": {"en": "Asked for the lamp."},
            "reply": REPLY,
            "state": "ask",
            "sleep": "tomorrow",
        },
    )
    ticket = desk.asks("Anneke de Wit", "The lamp is dark")
    sofie = desk.client(SOFIE)
    before = facts(ticket)

    page = sofie.get(f"/console/tickets/{ticket}/macros/{number}").content.decode()
    assert f"request {ticket} is with us" in page
    assert facts(ticket).version == before.version, "looking changes nothing"

    answer = sofie.post(f"/console/tickets/{ticket}/macros/{number}")
    assert answer.status_code == 303

    after = facts(ticket)
    assert (after.status, after.sleep, after.priority) == ("pending", "answer", "high")
    assert after.topic_id == topic
    assert (after.assignee_id, after.tags) == (desk.agents[SOFIE], ("line",))
    said = [one for one in messages_of(ticket) if one.direction != "in"]
    assert [one.kind for one in said] == ["note", "message"]
    assert said[1].words == f"Dear Anneke de Wit, request {ticket} is with us. Sofie Marchetti"

    done = DoneToMany.objects.latest("id")
    sofie.post(f"/console/tickets/{ticket}/macros/done/{done.pk}/undo")
    back = facts(ticket)
    assert (back.team_id, back.assignee_id, back.tags, back.sleep) == (
        before.team_id, before.assignee_id, before.tags, ""
    )  # fmt: skip
    assert back.status == "inProgress", "what was begun stays begun"
    assert (back.priority, back.topic_id) == (before.priority, None)
    assert {"ticket.reply_withdrawn", "ticket.note_withdrawn"} <= set(kinds(ticket))


def test_what_cannot_be_said_is_not_sent_and_nothing_else_is_done(desk: Desk) -> None:
    number = macro(desk, steps={"add": ["x"], "reply": {"en": "About {service}:"}})
    ticket = desk.asks("Anneke de Wit", "The lamp is dark")
    before = facts(ticket)

    answer = desk.client(SOFIE).post(f"/console/tickets/{ticket}/macros/{number}")

    assert answer.status_code == 422
    assert "{service}" in answer.content.decode()
    assert facts(ticket).version == before.version


def test_a_macro_is_offered_only_where_its_conditions_hold_and_to_whom_it_belongs(
    desk: Desk,
) -> None:
    macro(desk, name="Billing only", conditions={"tag": ["billing"]}, steps={"state": "resolve"})
    macro(desk, name="Sofies own", scope="mine", owner=desk.agents[SOFIE], steps={"add": ["x"]})
    ticket = desk.asks("Anneke de Wit", "The lamp is dark")

    def offered(who: str) -> str:
        return desk.client(who).get(f"/console/tickets/{ticket}/macros").content.decode()

    assert "Sofies own" in offered(SOFIE)
    assert "Sofies own" not in offered(TIMO)
    assert "Billing only" not in offered(SOFIE)
    desk.client(SOFIE).post(f"/console/tickets/{ticket}/tags", {"add": "billing"})
    assert "Billing only" in offered(SOFIE)


def test_many_are_shown_first_and_those_it_does_not_fit_are_left_alone(desk: Desk) -> None:
    number = macro(desk, conditions={"subject": ["lamp"]}, steps={"add": ["seen"]})
    fits, other = desk.asks("Anneke de Wit", "The lamp"), desk.asks("Bram Visser", "A bill")
    sofie = desk.client(SOFIE)
    form = {"ticket": [fits, other], "deed": f"macro:{number}"}

    page = sofie.post("/console/many", form).content.decode()
    assert "Nothing has happened yet." in page
    assert facts(fits).tags == ()
    sofie.post("/console/many", {**form, "sure": "1"})

    assert (facts(fits).tags, facts(other).tags) == (("seen",), ())
    sofie.post(f"/console/many/{DoneToMany.objects.latest('id').pk}/undo")
    assert facts(fits).tags == ()


def test_what_was_changed_is_named_and_taken_back(desk: Desk) -> None:
    vera = desk.client(VERA)
    form = {"name": "Close it", "scope": "mine", "do_state": "resolve", "then": "next"}
    number = vera.post("/console/macros/new", form)["Location"].rpartition("/")[2]
    address = f"/console/macros/{number}"
    vera.post(address, {**form, "do_state": "close", "if_language": ["it"]})

    page = vera.get(address).content.decode()
    assert "What it does: State" in page
    version = events_of([f"macro:{number}"])[-1].version
    vera.post(f"{address}/undo", {"version": version})

    row = kept(int(number))
    assert row is not None
    assert (row.sheet.steps, dict(row.sheet.conditions)) == ({"state": "resolve"}, {})
    assert "vera" not in json.dumps(events_of([f"macro:{number}"])[-1].data)


@pytest.mark.parametrize("scope", ["all", "team:1"])
def test_only_who_may_write_rules_writes_for_others(desk: Desk, scope: str) -> None:
    form = {"name": "For all", "scope": scope, "do_add": "x"}

    assert desk.client(TIMO).post("/console/macros/new", form).status_code == 403


def test_next_leads_to_the_next_request(desk: Desk) -> None:
    number = macro(desk, steps={"state": "resolve"}, then="next")
    first, second = desk.asks("Anneke de Wit", "one"), desk.asks("Bram Visser", "two")

    answer = desk.client(SOFIE).post(f"/console/tickets/{first}/macros/{number}")

    assert answer["Location"] == f"/console/tickets/{TicketId(second)}"
