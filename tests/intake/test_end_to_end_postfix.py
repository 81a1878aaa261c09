"""A whole conversation through real mail servers: customer, Postfix, desk, Postfix, Dovecot."""

import email
import email.policy
import json
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

import psycopg
import pytest

from tests.house.desk import Desk, a_desk
from tests.intake import dovecot as dovecots
from tests.intake import postfix as postfixes
from tests.intake.doors import free_port
from tests.intake.dovecot import Dovecot
from tests.intake.postfix import Postfix
from unbroken.house.postgres import database_in

_why_not = dovecots.why_not() or postfixes.why_not()

pytestmark = [pytest.mark.peers, pytest.mark.skipif(bool(_why_not), reason=_why_not or "-")]

ANNEKE, SUPPORT = "anneke@home.example", "support@isp.example"
PATIENCE_SECONDS = 300.0


@dataclass
class Street:
    """The desk and the mail servers around it."""

    desk: Desk
    postfix: Postfix
    dovecot: Dovecot
    token: str

    def anneke_writes(self, subject: str, words: str, to: str = SUPPORT, **more: str) -> str:
        """A mail of hers; returns its Message-ID."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = f"Anneke de Wit <{ANNEKE}>", to, subject
        mail["Message-ID"] = f"<{time.monotonic_ns()}@home.example>"
        mail["Date"] = email.utils.localtime()
        for name, text in more.items():
            mail[name.replace("_", "-")] = text
        mail.set_content(words)
        address = email.utils.parseaddr(to)[1]
        self.postfix.send(ANNEKE, address, mail.as_bytes(policy=email.policy.SMTP))
        return str(mail["Message-ID"])

    def anneke_received(self) -> list[EmailMessage]:
        """What lies in her mailbox."""
        with self.dovecot.opened("anneke") as client:
            found = []
            for number in client.search(None, "ALL")[1][0].split():
                _, parts = client.fetch(number.decode(), "(RFC822)")
                assert isinstance(parts[0], tuple)
                found.append(email.message_from_bytes(parts[0][1], policy=email.policy.default))
        return found  # type: ignore[return-value]  # the policy makes them EmailMessages

    def has_read(self, message_id: str) -> bool:
        """Whether a mail became a message; asked often, so without starting a program."""
        where = database_in(self.desk.data)
        with psycopg.connect(where.dsn()) as connection:
            found = connection.execute(
                "SELECT 1 FROM message WHERE trim(both '<>' from message_id) = %s",
                [message_id.strip("<>")],
            )
            return found.fetchone() is not None

    def messages(self) -> list[dict[str, Any]]:
        """What the desk has on record."""
        told = self.desk.unbroken("messages", "--json")
        assert told.returncode == 0, told.stderr
        return [json.loads(line) for line in told.stdout.splitlines()]

    def answer(self, ticket: int, words: str) -> None:
        """As an agent's system would."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.desk.http}/api/tickets/{ticket}/replies",
            data=json.dumps({"text": words}).encode(),
            headers={
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
            },
        )
        with urllib.request.urlopen(request, timeout=120) as answered:
            assert answered.status == 201

    def until(self, is_so: Callable[[], bool]) -> None:
        """Wait for it, or say what every server said."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not is_so():
            told = (self.desk.said()[-3000:], self.postfix.log(), self.dovecot.log())
            assert time.monotonic() < end, "\n---\n".join(told)
            time.sleep(0.3)


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    """One street for all of them: four servers and the desk."""
    relay, data = free_port(), tmp_path_factory.mktemp("street") / "data"
    with (
        dovecots.running() as dovecot,
        a_desk(data, is_made=True, UNBROKEN_SMTP_URL=f"smtp://127.0.0.1:{relay}") as desk,
        postfixes.running(desk=desk.lmtp, customers=dovecot.lmtp, port=relay) as postfix,
    ):
        dovecot.knows("anneke")
        set_up = desk.unbroken("mailbox", "set", "support", SUPPORT, "--default", "--plus")
        assert set_up.returncode == 0, set_up.stderr
        token = json.loads(desk.unbroken("token", "create", "--name", "e2e", "--json").stdout)
        desk.start()
        yield Street(desk, postfix, dovecot, token["token"])


def test_a_conversation_goes_through_real_mail_servers(street: Street) -> None:
    first = street.anneke_writes("no sync", "since two days the DSL lamp goes out")

    street.until(lambda: len(street.anneke_received()) == 1)
    (receipt,) = street.anneke_received()
    assert receipt["Auto-Submitted"] == "auto-replied"
    assert receipt["In-Reply-To"] == first
    assert receipt["Return-Path"] in (None, "<>", "<MAILER-DAEMON>")
    ticket = next(one["ticket"] for one in street.messages() if one["message_id"] == first)
    assert str(ticket) in receipt["Subject"]

    street.answer(ticket, "We changed the card in the node; please look again.")
    street.until(lambda: len(street.anneke_received()) == 2)
    answer = street.anneke_received()[1]
    assert "please look again" in answer.get_body(("plain",)).get_content()  # type: ignore[union-attr]

    reply_to = str(answer["Reply-To"] or answer["From"])
    thanks = street.anneke_writes(
        "Re: thanks", "It works, thank you!", to=reply_to, In_Reply_To=str(answer["Message-ID"])
    )
    street.until(lambda: street.has_read(thanks))
    on_record = street.messages()
    assert {one["ticket"] for one in on_record} == {ticket}
    assert [(one["direction"], one["kind"]) for one in on_record] == [
        ("in", "message"),
        ("out", "receipt"),
        ("out", "message"),
        ("in", "message"),
    ]
    assert len(street.anneke_received()) == 2


def test_mail_waits_at_the_relay_while_the_doors_are_shut(street: Street) -> None:
    """Accident: the desk is killed; Postfix keeps the mail and hands it in later, once."""
    before = len(street.anneke_received())
    street.desk.kill()

    first = street.anneke_writes("another thing", "is anybody there?")
    street.until(lambda: "Connection refused" in street.postfix.log())
    street.desk.start()

    street.until(lambda: street.has_read(first))
    street.until(lambda: len(street.anneke_received()) == before + 1)
    assert sum(one["message_id"] == first for one in street.messages()) == 1
