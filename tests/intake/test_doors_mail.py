"""What goes through the mail doors is kept once, before anybody is told so."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from tests.intake.doors import Client, open_doors
from unbroken.ground.actor import HOUSE
from unbroken.ground.log import events_of
from unbroken.intake.actions import set_mailbox
from unbroken.intake.doors.dialogue import Rules
from unbroken.intake.doors.sessions import House, Session
from unbroken.intake.doors.writer import Mail, taken_in
from unbroken.intake.mailboxes import forget_mailboxes
from unbroken.intake.models import Intake

pytestmark = pytest.mark.django_db(transaction=True)

AT = datetime(2026, 5, 24, 6, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def our_mailboxes(transactional_db: None) -> Iterator[None]:
    set_mailbox(key="support", address="support@isp.example", is_default=True, by=HOUSE, at=AT)
    set_mailbox(key="noc", address="noc@isp.example", plus_addressing=True, by=HOUSE, at=AT)
    forget_mailboxes()
    yield
    forget_mailboxes()


def a_mail(number: int = 1, *, received: str = "") -> bytes:
    head = f"Received: {received}\r\n" if received else ""
    return (
        f"{head}From: Anneke <anneke@home.example>\r\nTo: support@isp.example\r\n"
        f"Date: Sun, 24 May 2026 08:05:00 +0200\r\nMessage-ID: <{number}@home.example>\r\n"
        "Subject: no sync\r\n\r\nsince two days the DSL lamp goes out\r\n"
    ).encode()


def kept() -> list[Intake]:
    return list(Intake.objects.order_by("id"))


def test_a_mail_is_committed_before_it_is_answered(house_settings: Any) -> None:
    with open_doors(house_settings) as (_, smtp), closing(Client(smtp)) as anneke:
        anneke.say(b"EHLO home.example")
        reply = anneke.send(a_mail(), b"support@isp.example")

        (intake,) = kept()

    assert reply.startswith(b"250 ")
    assert bytes(intake.raw or b"") == a_mail()
    assert intake.mailbox == "support"
    assert intake.envelope == {
        "mail_from": "anneke@home.example",
        "rcpt_to": ["support@isp.example"],
        "peer": "127.0.0.1",
        "helo": "home.example",
        "door": "smtp",
    }
    assert next(event.kind for event in events_of([f"intake:{intake.pk}"])) == "intake.taken"


def test_the_same_mail_again_is_welcome_and_changes_nothing(house_settings: Any) -> None:
    with (
        open_doors(house_settings) as (lmtp, smtp),
        closing(Client(lmtp)) as postfix,
        closing(Client(smtp)) as anneke,
    ):
        postfix.say(b"LHLO relay")
        anneke.say(b"EHLO home.example")
        first = postfix.send(a_mail(received="from a by b; today"), b"support@isp.example")
        again = anneke.send(a_mail(received="from c by d; later"), b"noc@isp.example")

    assert first[:4] == again[:4] == b"250 "
    assert len(kept()) == 1


def test_one_mail_for_two_mailboxes_is_taken_in_once(house_settings: Any) -> None:
    with open_doors(house_settings) as (lmtp, _), closing(Client(lmtp)) as postfix:
        postfix.say(b"LHLO relay")
        first = postfix.send(a_mail(), b"NOC+abc@isp.example", b"support@isp.example")
        second = postfix.reply()

    assert first == second
    assert [intake.mailbox for intake in kept()] == ["noc"]


def test_mail_for_an_unknown_address_goes_to_the_default_mailbox(house_settings: Any) -> None:
    with open_doors(house_settings) as (_, smtp), closing(Client(smtp)) as anneke:
        anneke.say(b"EHLO home.example")
        anneke.send(a_mail(), b"whoever@isp.example")

    assert [intake.mailbox for intake in kept()] == ["support"]


def test_a_strict_door_refuses_unknown_addresses(house_settings: Any) -> None:
    with (
        open_doors(house_settings, mail_is_strict=True) as (_, smtp),
        closing(Client(smtp)) as anneke,
    ):
        anneke.say(b"EHLO home.example")
        anneke.say(b"MAIL FROM:<anneke@home.example>")
        while anneke.say(b"RCPT TO:<support@isp.example>").startswith(b"451"):
            pass  # the door has not looked yet
        codes = [
            anneke.say(b"RCPT TO:<" + to + b"@isp.example>")[:3]
            for to in (b"whoever", b"support", b"support+t100001.abc")
        ]

    assert codes == [b"550", b"250", b"250"]


def test_a_lost_database_costs_a_second_try_and_no_mail(house_settings: Any) -> None:
    """Accident: the database closes every connection between two mails."""
    with open_doors(house_settings) as (_, smtp), closing(Client(smtp)) as anneke:
        anneke.say(b"EHLO home.example")
        anneke.send(a_mail(1), b"support@isp.example")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        refused = anneke.send(a_mail(2), b"support@isp.example")
        taken = anneke.send(a_mail(2), b"support@isp.example")

    assert refused.startswith(b"451 4.3.0")
    assert taken.startswith(b"250 ")
    assert len(kept()) == 2


def test_one_mail_that_cannot_be_kept_does_not_stop_its_group() -> None:
    """Accident: something about one mail of a group cannot be written."""
    good = {"rcpt_to": ["support@isp.example"]}
    broken = {"rcpt_to": ["support@isp.example"], "what": object()}

    verdicts = taken_in([Mail(a_mail(1), good), Mail(a_mail(2), broken), Mail(a_mail(3), good)])

    assert [verdict.is_new for verdict in verdicts] == [True, False, True]
    assert verdicts[1].intake_id is None


def test_twins_in_one_group_are_one_mail() -> None:
    good = {"rcpt_to": ["support@isp.example"]}

    verdicts = taken_in([Mail(a_mail(1), good), Mail(a_mail(1), good), Mail(a_mail(2), good)])

    assert [verdict.is_new for verdict in verdicts] == [True, False, True]
    assert verdicts[0].intake_id == verdicts[1].intake_id
    assert len(kept()) == 2


def test_many_clients_at_once_lose_nothing(house_settings: Any) -> None:
    refused: list[bytes] = []

    def send(smtp: int, first: int) -> None:
        with closing(Client(smtp)) as client:
            client.say(b"EHLO home.example")
            for number in range(first, first + 10):
                reply = client.send(a_mail(number), b"support@isp.example")
                if not reply.startswith(b"250 "):
                    refused.append(reply)

    with open_doors(house_settings) as (_, smtp):
        threads = [threading.Thread(target=send, args=(smtp, n * 10)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert refused == []
    assert len(kept()) == 80


def test_several_big_mails_at_once_take_turns(house_settings: Any) -> None:
    """Attack: more big mails than the door has room for, each of three megabytes."""
    replies: list[bytes] = []

    def send(smtp: int, number: int) -> None:
        with closing(Client(smtp)) as client:
            client.say(b"EHLO home.example")
            big = a_mail(number) + b"x" * 70 * 40_000 + b"\r\n"
            replies.append(client.send(big, b"support@isp.example")[:4])

    with open_doors(house_settings) as (_, smtp):
        threads = [threading.Thread(target=send, args=(smtp, number)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert replies == [b"250 "] * 8


def test_a_client_that_vanishes_leaves_nothing_behind(house_settings: Any) -> None:
    """Accident: the line breaks before the final dot."""
    with open_doors(house_settings) as (_, smtp):
        anneke = Client(smtp)
        anneke.say(b"EHLO home.example")
        for line in (b"MAIL FROM:<a@home.example>", b"RCPT TO:<support@isp.example>", b"DATA"):
            anneke.say(line)
        anneke.socket.sendall(a_mail())
        anneke.close()

    assert kept() == []


def test_who_dawdles_is_sent_away() -> None:
    """Attack: slow loris; a session that says nothing for two minutes, a mail that drips."""

    async def wait_for_the_end() -> list[bytes]:
        loop = asyncio.get_running_loop()
        house = House(lambda handing: None)
        rules = Rules(is_lmtp=False, host="desk", bytes_max=1000)
        server = await loop.create_server(lambda: Session(house, rules, loop), "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        said = [await reader.readline()]
        house.sweep()
        (session,) = house.sessions
        session.since -= 121
        house.sweep()
        said += [await reader.readline(), await reader.read()]
        writer.close()
        server.close()
        return said

    said = asyncio.run(wait_for_the_end())

    assert [line[:3] for line in said] == [b"220", b"421", b""]
