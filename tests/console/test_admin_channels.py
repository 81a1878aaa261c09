"""Mailboxes on their pages: the password is kept enciphered, a test says what is wrong."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from tests.console.desk import VERA, Desk
from tests.intake.doors import free_port
from tests.intake.small_relay import SmallRelay, serving
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.ground.sealed import MARK, unseal
from unbroken.intake.mailboxes import sealed_password, stored_mailboxes
from unbroken.routing import queries as routing
from unbroken.routing.actions import set_queue

PAGE = "/console/admin/channels"
BOX = {
    "address": "Help@isp.example",
    "name": "Us",
    "language": "it",
    "host": "127.0.0.1",
    "tls": "none",
    "password": "hunter2 of mine",
    "active": "yes",
    "is_default": "yes",
}


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_mailbox_is_added_flows_into_its_queue_and_its_password_stands_nowhere(
    desk: Desk,
) -> None:
    """Attack: somebody reads the pages, the events or a copy of the database for the password."""
    vera = desk.client(VERA)
    set_queue(key="bills", name="Bills", team_id=desk.teams["billing"], by=HOUSE, at=now())

    vera.post(PAGE, {**BOX, "key": "help", "queue": "bills"})
    box = stored_mailboxes()[0]
    page = f"{PAGE}/{box.id}"
    vera.post(page, {**BOX, "password": "", "name": "We"})
    shown = vera.get(page).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT imap::text FROM mailbox")
        stored = cursor.fetchone()[0]

    assert (box.address, box.is_default, box.imap["user"]) == (
        "help@isp.example",
        True,
        "help@isp.example",
    )
    assert routing.queues()[0].mailboxes == ("help",)
    events = str([event.data for event in events_of([f"mailbox:{box.id}"])])
    assert all("hunter2" not in text for text in (shown, stored, events))
    assert MARK not in events
    assert unseal(sealed_password(box.id)) == "hunter2 of mine"
    assert stored_mailboxes()[0].name == "We"


def test_a_test_says_what_is_wrong_and_the_kept_password_goes_to_no_other_server(
    desk: Desk,
) -> None:
    """Attack: the host is changed to one's own server, to be told the password that is kept."""
    vera, port = desk.client(VERA), free_port()
    vera.post(PAGE, {**BOX, "key": "help", "port": port})
    page = f"{PAGE}/{stored_mailboxes()[0].id}"

    nobody = vera.post(page, {**BOX, "password": "", "port": port, "try": "yes"})
    elsewhere = vera.post(page, {**BOX, "password": "", "host": "evil.example", "try": "yes"})

    assert f"127.0.0.1 takes no connections at port {port}" in words(nobody)
    assert "The setting password is missing" in words(elsewhere)


def test_the_kept_password_is_not_said_where_others_listen_nor_at_another_port(desk: Desk) -> None:
    """Attack: protection is switched off, or another port named, to hear the password."""
    vera, safe = desk.client(VERA), {**BOX, "tls": "starttls", "verify": "yes", "port": "143"}
    vera.post(PAGE, {**safe, "key": "help"})
    page = f"{PAGE}/{stored_mailboxes()[0].id}"

    for worse in ({"tls": "none"}, {"port": "4143"}, {"verify": ""}):
        wish = {name: text for name, text in (safe | worse).items() if text}
        answer = vera.post(page, {**wish, "password": ""})
        assert "The setting password is missing" in words(answer)
    vera.post(page, {**safe, "password": "", "name": "The same"})

    assert stored_mailboxes()[0].name == "The same"


def test_a_test_mail_goes_to_whoever_asks_and_a_wrong_password_is_said(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    vera = desk.client(VERA)
    with serving(SmallRelay()) as relay:
        for user in ("desk:p%40ss%2Fword", "desk:old"):
            url = f"smtp://{user}@127.0.0.1:{relay.port}"
            monkeypatch.setattr(settings, "UNBROKEN", replace(settings.UNBROKEN, smtp_url=url))
            answer = vera.post("/console/admin/outgoing")
            if user.endswith("old"):
                assert "refuses the user or password." in words(answer)
                assert "desk:…@127.0.0.1" in words(answer)
            else:
                assert f"look into the mailbox of {VERA}" in words(answer)

        assert relay.mails == [[VERA]]


def test_taking_back_tells_no_other_server_the_password(desk: Desk) -> None:
    """Attack: the host was one's own; its correction, with the right password, is taken back."""
    vera = desk.client(VERA)
    vera.post(PAGE, {**BOX, "key": "help", "host": "evil.example", "password": "anything"})
    number = stored_mailboxes()[0].id
    vera.post(f"{PAGE}/{number}", BOX)
    version = events_of([f"mailbox:{number}"])[-1].version

    answer = vera.post(f"{PAGE}/{number}/undo", {"version": version})

    assert answer.status_code == 422
    assert stored_mailboxes()[0].imap["host"] == "127.0.0.1"
