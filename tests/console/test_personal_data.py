"""A person asks what is kept of them, or to be forgotten: shown, handed out, erased, on record."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.console.desk import PASSWORD, SOFIE, TIMO, VERA, Desk, a_file
from unbroken.console.models import PersonExport
from unbroken.console.privacy import export, state
from unbroken.conversation import actions as record
from unbroken.conversation import queries as conversation
from unbroken.conversation.ids import TicketId
from unbroken.directory import queries as directory
from unbroken.directory.actions import merge_contacts, register_contact
from unbroken.directory.ids import ContactId, CustomerId
from unbroken.ground.actor import Actor
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.ground.writers import erase
from unbroken.routines import state as routines
from unbroken.routines.actions import set_rule
from unbroken.routines.conditions import Judged
from unbroken.routines.models import RuleFiring
from unbroken.routines.sheets import RuleSheet
from unbroken.staffing import actions as staffing
from unbroken.staffing.ids import AgentId
from unbroken.staffing.models import Trace

ANNEKE = "Anneke de Wit"


@pytest.fixture
def asked(desk: Desk) -> int:
    """Anneke asked with a file, was answered, and talked about; Bram wrote on her request too."""
    plan = a_file("../../plan.txt", b"the plan", "text/plain")
    ticket = desk.asks(ANNEKE, "The kitchen lamp", "My lamp is dark.", files=(plan,))
    by = desk.by(SOFIE)
    record.reply(
        ticket_id=ticket, words="We are looking.",
        goes_to=conversation.reply_goes_to(ticket), by=by, at=now(),
    )  # fmt: skip
    record.note_ticket(ticket_id=ticket, words="She always calls at night.", by=by, at=now())
    desk.writes("Bram Visser", ticket, "I am Bram and I see it too.")
    return int(ticket)


def address(desk: Desk) -> str:
    return f"/console/admin/persons/{desk.contacts[ANNEKE]}"


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_a_person_is_found_shown_and_forgotten_only_after_being_asked_twice(
    desk: Desk, asked: int
) -> None:
    """Attack: a click too many, the wrong person, a browser left open."""
    vera, here = desk.client(VERA), address(desk)
    number = str(desk.contacts[ANNEKE])
    found = vera.get("/console/admin/persons", {"find": "anneke@home.example"}).content.decode()
    preview = vera.get(here).content.decode()
    said = {"reason": "asked by letter", "sure": number, "password": PASSWORD}

    unasked = vera.post(f"{here}/erasure", {"reason": ""})
    once = vera.post(f"{here}/erasure", {"reason": "asked by letter"})
    other = vera.post(f"{here}/erasure", {**said, "sure": "1" + number})
    thief = vera.post(f"{here}/erasure", {**said, "password": "no"})
    still = directory.contact(ContactId(desk.contacts[ANNEKE]))
    done = vera.post(f"{here}/erasure", said)
    after = vera.get(here).content.decode()

    assert f'href="{here}"' in found
    assert "Texts: what they wrote" in preview
    assert "What stays" in preview
    assert [unasked.status_code, once.status_code] == [422, 200]
    assert 'name="sure"' in once.content.decode()
    assert [other.status_code, thief.status_code, done.status_code] == [422, 422, 303]
    assert still is not None
    assert still.name == ANNEKE
    assert ANNEKE not in after
    assert "Forgotten: asked by letter" in after
    assert conversation.messages_of(asked)[0].words is None  # type: ignore[arg-type]
    assert events_of(["house"])[-1].by == str(desk.by(VERA))


def test_what_the_preview_counts_is_what_goes(desk: Desk, asked: int) -> None:
    vera, here = desk.client(VERA), address(desk)
    seen: Any = vera.get(here)
    said = {"reason": "asked", "sure": desk.contacts[ANNEKE], "password": PASSWORD}
    vera.post(f"{here}/erasure", said)
    told = {key: count for key, count in events_of(["house"])[-1].data["counts"].items() if count}

    for count in (told["ground_said"], told["attachment"], told["contact_address"]):
        assert f"<strong>{count}</strong>" in seen.content.decode()
    assert "Nothing of them is left" in vera.get(here).content.decode()


def test_they_are_handed_what_is_theirs_and_nobody_elses_words(desk: Desk, asked: int) -> None:
    """Attack: a file name that climbs out of its folder; notes and others' words in the file."""
    vera, contact = desk.client(VERA), desk.contacts[ANNEKE]
    assert vera.post(f"{address(desk)}/exports").status_code == 303
    number = PersonExport.objects.get(contact=contact).pk
    state.make(number, at=now())

    answer = vera.get(f"/console/admin/exports/{number}")
    files = unpacked(answer.content)
    told = json.loads(files["requests.json"])

    assert json.loads(files["person.json"])["name"] == ANNEKE
    assert [one["words"] for one in told["messages"]] == ["My lamp is dark.", "We are looking."]
    assert [one["by"] for one in told["messages"]] == ["you", "us"]
    whole = b"".join(files.values()).decode()
    assert not any(word in whole for word in ("at night", "I am Bram", "Sofie"))
    assert [data for name, data in files.items() if name.startswith("files/")] == [b"the plan"]
    assert not any(".." in name.split("/") or name.startswith("/") for name in files)
    assert Trace.objects.filter(kind="exported", thing=f"contact:{contact}").count() == 1


def test_who_was_merged_is_handed_out_and_forgotten_with_the_person_they_are(
    desk: Desk, asked: int
) -> None:
    """Accident: what was written under the other entry stays, since nobody asked by that number."""
    vera, kept, at = desk.client(VERA), ContactId(desk.contacts[ANNEKE]), now()
    customer = CustomerId(desk.customers[ANNEKE])
    gone = register_contact(
        name="A. Wit", email="a@work.example", customer_id=customer, by=desk.by(VERA), at=at
    )
    desk.contacts["A. Wit"], desk.customers["A. Wit"] = gone, customer
    ticket = desk.asks("A. Wit", "At work", "The router at work is dark.")
    merge_contacts(contact_id=gone, into_id=kept, by=desk.by(VERA), at=at)
    answered = vera.get(f"/console/admin/persons/{gone}")
    said = {"reason": "asked by letter", "sure": kept, "password": PASSWORD}

    whole = b"".join(unpacked(export.as_zip(kept, at=at)).values()).decode()
    done = vera.post(f"/console/admin/persons/{gone}/erasure", said)
    after = vera.get(address(desk)).content.decode()

    assert answered.headers["Location"] == address(desk)
    assert "The router at work is dark." in whole
    assert "My lamp is dark." in whole
    assert done.headers["Location"] == address(desk)
    assert [conversation.messages_of(one)[0].words for one in (ticket, TicketId(asked))] == [
        None
    ] * 2
    assert after.count("Forgotten: asked by letter") == 1


def test_a_file_is_there_for_a_week_and_never_after_its_person_was_forgotten(
    desk: Desk, asked: int
) -> None:
    vera, contact = desk.client(VERA), desk.contacts[ANNEKE]
    old, new = (state.ask(contact, agent_id=desk.agents[VERA], at=now()) for _n in range(2))
    for number in (old, new):
        state.make(number, at=now())
    PersonExport.objects.filter(pk=old).update(ends_at=now() - timedelta(minutes=1))

    late = vera.get(f"/console/admin/exports/{old}").status_code
    state.sweep(at=now())
    said = {"reason": "asked", "sure": contact, "password": PASSWORD}
    vera.post(f"{address(desk)}/erasure", said)

    assert late == 404
    assert vera.get(f"/console/admin/exports/{new}").status_code == 404
    assert not PersonExport.objects.exclude(data=None).exists()


def test_only_whoever_may_does_it_and_the_auditor_only_looks(desk: Desk, asked: int) -> None:
    """Attack: an agent and an auditor with the right form."""
    staffing.give_role(
        agent_id=AgentId(desk.agents[TIMO]), role="auditor", by=desk.by(VERA), at=now()
    )
    timo, sofie = desk.client(TIMO), desk.client(SOFIE)
    said = {"reason": "asked", "sure": desk.contacts[ANNEKE], "password": PASSWORD}

    def tried(client: Client) -> list[int]:
        posts = [client.post(f"{address(desk)}/{deed}", said) for deed in ("erasure", "exports")]
        return [client.get(address(desk)).status_code, *(one.status_code for one in posts)]

    assert tried(timo) == [200, 403, 403]
    assert tried(sofie) == [403, 403, 403]
    assert not any(event.kind == "house.erased" for event in events_of(["house"]))


def test_what_a_rule_wrote_to_them_is_handed_out_and_forgotten(desk: Desk, asked: int) -> None:
    """Accident: a rule greets by name, and its words outlive the person."""
    contact, rule = desk.contacts[ANNEKE], Actor("house", "rule:3")
    record.reply(
        ticket_id=TicketId(asked), words="Dear Anneke, we are on it.",
        goes_to=conversation.reply_goes_to(asked), by=rule, at=now(),
    )  # fmt: skip

    told = unpacked(export.as_zip(contact, at=now()))["requests.json"].decode()
    erase(Actor.contact(contact), "asked", by=desk.by(VERA), at=now())

    assert "Dear Anneke" in told
    assert "Dear Anneke" not in str([one.words for one in conversation.messages_of(asked)])


def test_what_rules_saw_of_them_is_forgotten(desk: Desk, asked: int) -> None:
    """Accident: the log of a rule keeps the subject of an erased person for three months."""
    by = desk.by(VERA)
    rule = set_rule(RuleSheet("Lamps", ("new",), steps={"add": ["lamp"]}), by=by, at=now())
    judged = [Judged("subject", ("lamp",), ("the kitchen lamp",), True)]
    routines.note_firing(rule, asked, at=now(), outcome="done", judged=judged, chain=[rule])

    erase(Actor.contact(desk.contacts[ANNEKE]), "asked", by=by, at=now())

    assert "kitchen" not in str(RuleFiring.objects.get().why)
