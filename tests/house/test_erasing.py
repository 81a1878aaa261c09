"""A person who asks to be forgotten is found nowhere, and stays forgotten after a restore."""

import argparse
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.directory.people import MONDAY, contact, customer
from unbroken.conversation import actions, queries
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import FileIn, Incoming, Opening, ReplyTo
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.clock import now
from unbroken.ground.writers import erase
from unbroken.house import erasures
from unbroken.house.commands import erase as command
from unbroken.intake.actions import RawThing, take_in
from unbroken.intake.post import send_service_mail
from unbroken.intake.reading import read_intake
from unbroken.portal import state

pytestmark = pytest.mark.django_db

SOFIE = Actor.agent(1)
TRACES = ("anneke", "de wit", "kitchen")


@pytest.fixture(autouse=True)
def data_folder(house_settings: Any, tmp_path: Path) -> Path:
    """A data folder of the test's own."""
    house_settings.UNBROKEN = replace(house_settings.UNBROKEN, data=tmp_path)
    return tmp_path


def anneke_wrote() -> tuple[int, TicketId]:
    """Anneke, known by one address, wrote a mail with a file, got a receipt and an answer."""
    home = customer("Anneke de Wit")
    anneke = contact("Anneke de Wit", "anneke@home.example", customer_id=home)
    raw = (
        b"From: Anneke de Wit <anneke@home.example>\r\nTo: support@desk.example\r\n"
        b"Subject: Kitchen lamp\r\nMessage-ID: <1@home.example>\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain\r\n\r\nThe lamp in my kitchen is dark. Anneke\r\n"
        b"--b\r\nContent-Type: text/plain; name=anneke.txt\r\n"
        b"Content-Disposition: attachment; filename=anneke.txt\r\n\r\nanneke\r\n--b--\r\n"
    )
    thing = RawThing("mail", raw, envelope={"mail_from": "anneke@home.example"})
    intake, _is_new = take_in(thing, at=MONDAY)
    ticket = read_intake(intake, at=MONDAY).ticket_id
    to = ReplyTo("mail", (("Anneke de Wit", "anneke@home.example"),), (), anneke)
    actions.send_receipt(
        ticket_id=ticket, words="Dear Anneke", subject="Kitchen lamp", goes_to=to,
        due_at=None, at=MONDAY,
    )  # fmt: skip
    actions.reply(ticket_id=ticket, words="We are on it.", goes_to=to, by=SOFIE, at=MONDAY)
    return anneke, ticket


def everything_kept() -> str:
    """Every text, JSON and byte in every table, in one string."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        found = []
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                found += [bytes(v) if isinstance(v, memoryview) else v for v in row]
    return "\n".join(str(value) for value in found).lower()


def test_nothing_of_an_erased_person_is_left_in_any_table() -> None:
    anneke, ticket = anneke_wrote()
    assert all(trace in everything_kept() for trace in TRACES)

    erase(Actor.contact(anneke), "asked for it", by=SOFIE, at=MONDAY)

    left = everything_kept()
    assert [trace for trace in TRACES if trace in left] == []
    assert queries.ticket_facts(ticket) is not None


def test_what_we_wrote_and_that_it_was_written_stays() -> None:
    anneke, ticket = anneke_wrote()

    erase(Actor.contact(anneke), "asked for it", by=SOFIE, at=MONDAY)

    asked, receipt, answer = queries.messages_of(ticket)
    assert (asked.words, receipt.words) == (None, None)
    assert answer.words == "We are on it."
    assert (asked.at, asked.author) == (MONDAY, f"contact:{anneke}")


def test_others_on_the_same_ticket_keep_their_words_and_addresses() -> None:
    """Anneke stood in copy on Bram's ticket: only she is taken out of it."""
    home = customer("Bram")
    bram = contact("Bram", "bram@shop.example", customer_id=home)
    anneke = contact("Anneke de Wit", "anneke@home.example", customer_id=home)
    said = Incoming(
        author=Actor.contact(bram),
        channel="mail",
        words="My router",
        at=MONDAY,
        sender=("Bram", "bram@shop.example"),
        to=(("", "support@desk.example"),),
        cc=(("Anneke de Wit", "Anneke@home.example"), ("Ada", "ada@shop.example")),
        files=(FileIn("router.txt", "text/plain", 1, b"x" * 32, data=b"x"),),
    )
    opening = Opening("Router", "mail", MONDAY, contact_id=bram, customer_id=home)
    ticket, _message = actions.acknowledge_ticket(opening, said, by=HOUSE, at=MONDAY)

    erase(Actor.contact(anneke), "asked for it", by=SOFIE, at=MONDAY)

    (message,) = queries.messages_of(ticket)
    assert (message.words, message.from_name) == ("My router", "Bram")
    assert message.cc == [["Ada", "ada@shop.example"]]
    assert message.attachments[0].name == "router.txt"


def test_a_restored_backup_is_erased_again_from_the_list_outside(data_folder: Path) -> None:
    """Accident: a backup from before the erasing is restored."""
    anneke, _ticket = anneke_wrote()
    line = {"whose": f"contact:{anneke}", "at": MONDAY.isoformat(), "reason": "asked for it"}
    (data_folder / erasures.FILE).write_text(f'{json.dumps(line)}\n{{"whose": "contact:9999')

    assert erasures.repeat(erasures.listed(erasures.path()), at=MONDAY) == [f"contact:{anneke}"]

    assert "anneke" not in everything_kept()


def test_several_processes_that_keep_the_list_at_once_write_each_line_once(tmp_path: Path) -> None:
    """Accident: `erase` and the watch's loop both find the list behind; a crash cut its end."""
    file, crowd = tmp_path / "erased.jsonl", 8
    file.write_text('{"whose": "contact:9999')
    erased = [erasures.Erasure(f"contact:{n}", "asked for it", MONDAY.isoformat()) for n in (1, 2)]
    together = Barrier(crowd)

    def keep(_one: int) -> int:
        together.wait()
        return erasures.add_missing(file, erased)

    with ThreadPoolExecutor(crowd) as pool:
        added = list(pool.map(keep, range(crowd)))

    assert sum(added) == len(erased)
    assert erasures.listed(file) == erased


def test_a_link_that_was_mailed_to_somebody_forgotten_opens_nothing() -> None:
    anneke, ticket = anneke_wrote()
    link = state.make_link_key(address="Anneke@home.example", at=MONDAY)
    challenge = state.make_challenge(address="anneke@home.example", ticket_id=ticket, at=MONDAY)
    other = state.make_link_key(address="bram@shop.example", at=MONDAY)

    erase(Actor.contact(anneke), "asked for it", by=SOFIE, at=MONDAY)

    assert "anneke" not in everything_kept()
    assert state.address_of_link(link, at=MONDAY) == ""
    assert state.try_code(challenge.name, challenge.code, at=MONDAY) is None
    assert state.address_of_link(other, at=MONDAY) == "bram@shop.example"


def test_browsers_and_mails_on_their_way_forget_them_at_once() -> None:
    """Accident: a session of two weeks, and a failed job that stays, still name who was erased."""
    anneke, _ticket = anneke_wrote()
    address = "anneke@home.example"
    send_service_mail(
        to=("Anneke", address), subject="Anneke's link", words="Dear Anneke", language="en",
        until=now() + timedelta(hours=1),
    )  # fmt: skip
    browser = Client()
    browser.post(f"/sign-in-link/{state.make_link_key(address=address, at=now())}")
    before = browser.get("/requests").status_code

    erase(Actor.contact(anneke), "asked for it", by=SOFIE, at=MONDAY)

    assert (before, browser.get("/requests").status_code) == (200, 303)
    assert "anneke" not in str(dict(browser.session)).lower()
    assert [trace for trace in TRACES if trace in everything_kept()] == []


def test_the_list_outside_names_nobody(data_folder: Path) -> None:
    anneke, _ticket = anneke_wrote()

    assert run(str(anneke)) == 0

    (erasure,) = erasures.listed(erasures.path())
    assert (erasure.whose, erasure.reason) == (f"contact:{anneke}", "asked for it")
    assert "anneke" not in (data_folder / erasures.FILE).read_text().lower()


@pytest.mark.parametrize("asked", ["{id}", "anneke@HOME.example"])
def test_the_command_takes_a_number_or_an_address(
    asked: str, capsys: pytest.CaptureFixture[str]
) -> None:
    anneke, _ticket = anneke_wrote()

    assert run(asked.format(id=anneke), "--json") == 0

    told = json.loads(capsys.readouterr().out)
    assert told["contact"] == anneke
    assert told["erased"]["intake"] == 1


def test_the_command_asks_when_it_is_not_clear_who_is_meant(
    capsys: pytest.CaptureFixture[str],
) -> None:
    one, two = customer("One"), customer("Two")
    contact("Anneke", "info@shop.example", customer_id=one)
    contact("Bram", "info@shop.example", customer_id=two)

    assert run("info@shop.example") == 1
    assert "shared" in capsys.readouterr().err
    assert run("nobody@shop.example") == 1
    assert run("77777") == 1
    assert erasures.in_database() == []


def run(*typed: str) -> int:
    """The command as typed."""
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args([*typed, "--reason", "asked for it"]))
