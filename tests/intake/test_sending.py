"""Answers leave once, in order, by a real SMTP server or into a folder."""

import email
import email.policy
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings

from unbroken.conversation import actions as record
from unbroken.conversation import queries as conversation
from unbroken.conversation.incoming import FileIn, Incoming, Opening, ReplyTo
from unbroken.conversation.models import Delivery
from unbroken.directory import actions as directory
from unbroken.directory import queries as people
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.log import events_of
from unbroken.ground.postman import drain
from unbroken.intake import outbox
from unbroken.intake.actions import set_mailbox
from unbroken.intake.mail.tokens import read_token
from unbroken.intake.mailboxes import forget_mailboxes
from unbroken.intake.models import Outbox
from unbroken.intake.sending import send

AT = datetime(2026, 5, 24, 6, 5, tzinfo=UTC)
LATER = AT + timedelta(minutes=1)

pytestmark = pytest.mark.django_db


@dataclass
class Relay:
    """A real SMTP server; `answer` is what it says to the next mail."""

    answer: str = "250 taken"
    refuse: str = ""
    only: str = ""
    mails: list[Envelope] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if self.refuse and self.only in address:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.answer.startswith("250"):
            self.mails.append(envelope)
        return self.answer


@pytest.fixture
def relay(monkeypatch: pytest.MonkeyPatch) -> Iterator[Relay]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    handler = Relay()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    _mail_goes_to(monkeypatch, f"smtp://127.0.0.1:{port}")
    yield handler
    controller.stop()


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    _mail_goes_to(monkeypatch, (tmp_path / "sent").as_uri())
    return tmp_path / "sent"


def _mail_goes_to(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setattr(settings, "UNBROKEN", replace(settings.UNBROKEN, smtp_url=url))


@pytest.fixture(autouse=True)
def our_mailbox() -> Iterator[None]:
    forget_mailboxes()
    set_mailbox(
        key="support",
        address="support@lindenhof.example",
        name="Lindenhof Net",
        is_default=True,
        by=HOUSE,
        at=AT,
    )
    yield
    forget_mailboxes()


def a_ticket(
    language: str = "en", name: str = "no sync", *, may_answer: bool = False
) -> tuple[int, ReplyTo]:
    contact = directory.register_contact(
        name="Anneke de Wit", email="anneke@home.example", by=HOUSE, at=AT
    )
    opening = Opening(
        name=name,
        channel="mail",
        reported_at=AT,
        language=language,
        contact_id=contact,
        contact_confirmed=True,
        may_answer=may_answer,
    )
    said = Incoming(
        author=Actor.contact(contact), channel="mail", words="dark", at=AT, message_id="a@home"
    )
    ticket, _ = record.acknowledge_ticket(opening, said, by=HOUSE, at=AT)
    goes_to = conversation.reply_goes_to(ticket)
    assert goes_to is not None
    return ticket, goes_to


def answers(ticket: int, goes_to: ReplyTo, words: str = "Port reset.", **more: Any) -> int:
    _, delivery = record.reply(
        ticket_id=ticket,  # type: ignore[arg-type]
        words=words,
        goes_to=goes_to,
        by=Actor.agent(7),
        at=AT,
        **more,
    )
    drain()
    assert delivery is not None
    return delivery


def state(delivery: int) -> str:
    return Delivery.objects.get(pk=delivery).state


def parsed(envelope: Envelope) -> email.message.EmailMessage:
    content = envelope.content
    assert isinstance(content, bytes)
    return email.message_from_bytes(content, policy=email.policy.default)  # type: ignore[return-value]


def test_an_answer_leaves_with_a_mark_that_brings_its_answer_home(relay: Relay) -> None:
    ticket, goes_to = a_ticket()
    delivery = answers(ticket, goes_to)

    send(delivery, at=LATER)

    [mail] = [parsed(one) for one in relay.mails]
    assert read_token(mail["Message-ID"], settings.SECRET_KEY.encode()) == ticket
    assert mail["Subject"] == f"[#{ticket}] no sync"
    assert mail["In-Reply-To"] == "<a@home>"
    assert mail["Auto-Submitted"] is None
    assert state(delivery) == "sent"
    assert "Port reset." in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "<p>Port reset." in mail.get_body(("html",)).get_content()  # type: ignore[union-attr]


def test_nothing_leaves_before_its_ten_seconds_are_over(relay: Relay) -> None:
    ticket, goes_to = a_ticket()
    delivery = answers(ticket, goes_to)

    send(delivery, at=AT + timedelta(seconds=10))

    assert relay.mails == []
    assert state(delivery) == "waiting"


def test_what_was_taken_back_never_leaves(relay: Relay) -> None:
    ticket, goes_to = a_ticket()
    delivery = answers(ticket, goes_to)
    message = Delivery.objects.get(pk=delivery).message_id
    record.withdraw_reply(ticket_id=ticket, message_id=message, by=HOUSE, at=AT)  # type: ignore[arg-type]

    send(delivery, at=LATER)

    assert relay.mails == []


def test_sending_twice_is_sending_once(relay: Relay) -> None:
    """A job that ran, and runs again because its worker died before saying so."""
    ticket, goes_to = a_ticket()
    delivery = answers(ticket, goes_to)

    send(delivery, at=LATER)
    send(delivery, at=LATER)

    assert len(relay.mails) == 1


def test_a_busy_relay_is_tried_again_later_with_growing_pauses(relay: Relay) -> None:
    ticket, goes_to = a_ticket()
    delivery = answers(ticket, goes_to)
    relay.answer = "451 greylisted"

    pauses = []
    at = LATER
    for _attempt in range(3):
        send(delivery, at=at)
        row = Outbox.objects.get(pk=delivery)
        pauses.append(row.due_at - at)
        at = row.due_at
    relay.answer = "250 taken"
    send(delivery, at=at)

    assert pauses == sorted(set(pauses))
    assert state(delivery) == "sent"
    assert Delivery.objects.get(pk=delivery).attempts == 4


@pytest.mark.parametrize(
    ("answer", "marked"),
    [
        ("550 no such user", "dead"),
        ("550 5.1.1 no such user", "dead"),
        ("550 5.7.1 you are on a list", "unknown"),
        ("552 5.2.2 mailbox full", "unknown"),
    ],
)
def test_a_refused_address_is_given_up_and_marked_if_there_is_no_such_mailbox(
    relay: Relay, answer: str, marked: str
) -> None:
    """Accident: the next server refuses us, not the address; it would be written off for good."""
    ticket, goes_to = a_ticket()
    delivery = answers(ticket, goes_to)
    relay.refuse = answer

    send(delivery, at=LATER)

    assert goes_to.contact_id is not None
    card = people.contact(goes_to.contact_id)
    assert card is not None
    assert [one.state for one in card.addresses] == [marked]
    assert state(delivery) == "failed"
    assert Delivery.objects.get(pk=delivery).error == f"smtp.{answer[:3]}"
    assert not Outbox.objects.filter(pk=delivery).exists()


@pytest.mark.parametrize(("code", "permanent"), [(550, True), (450, False)])
def test_somebody_in_copy_who_is_refused_is_told_to_the_agent_once(
    relay: Relay, code: int, permanent: bool
) -> None:
    """Accident: the relay takes the customer and refuses their colleague; nobody would know."""
    ticket, goes_to = a_ticket()
    delivery = answers(ticket, replace(goes_to, cc=(("Bo", "bo@gone.example"),)))
    relay.refuse, relay.only = f"{code} not here", "bo@"

    send(delivery, at=LATER)
    send(delivery, at=LATER)

    assert [mail.rcpt_tos for mail in relay.mails] == [["anneke@home.example"]]
    assert state(delivery) == "sent"
    told = [one for one in conversation.messages_of(ticket) if one.kind == "bounce"]
    assert [(one.words, one.audience) for one in told] == [
        (f"bo@gone.example: {code} not here", "agents")
    ]
    bounced = [e for e in events_of([f"ticket:{ticket}"]) if e.kind == "ticket.bounced"]
    assert [e.data["permanent"] for e in bounced] == [permanent]


def test_patience_ends_after_four_days(relay: Relay) -> None:
    ticket, goes_to = a_ticket()
    delivery = answers(ticket, goes_to)
    relay.answer = "451 busy"

    send(delivery, at=LATER)
    send(delivery, at=LATER + outbox.PATIENCE + timedelta(seconds=1))

    assert state(delivery) == "failed"


def test_a_folder_holds_each_mail_once_under_its_own_name(folder: Path) -> None:
    ticket, goes_to = a_ticket()
    delivery = answers(ticket, goes_to)

    send(delivery, at=LATER)

    [file] = list(folder.iterdir())
    mail = email.message_from_bytes(file.read_bytes())
    assert mail["Message-ID"] == f"<{file.stem}@lindenhof.example>"


def test_messages_of_one_ticket_leave_in_their_order() -> None:
    ticket, goes_to = a_ticket()
    other, goes_to_other = a_ticket()
    first = answers(ticket, goes_to, "one")
    answers(ticket, goes_to, "two")
    elsewhere = answers(other, goes_to_other, "three")

    outbox.queue_due(at=LATER)

    queued = Outbox.objects.filter(queued_at__isnull=False).values_list("delivery_id", flat=True)
    assert set(queued) == {first, elsewhere}


def test_a_lost_job_is_queued_anew() -> None:
    """The job queue lost its table, or a worker was removed with its jobs."""
    ticket, goes_to = a_ticket()
    answers(ticket, goes_to)
    assert outbox.queue_due(at=LATER) == 1
    assert outbox.queue_due(at=LATER) == 0

    assert outbox.queue_due(at=LATER + outbox.LOST_AFTER + timedelta(seconds=1)) == 1


def test_a_receipt_has_a_null_sender_and_says_that_a_machine_wrote_it(relay: Relay) -> None:
    """RFC 3834, sections 3.1.7 and 3.3: nobody can bounce or answer it into a loop."""
    ticket, _goes_to = a_ticket("ru", "нет связи —опять", may_answer=True)
    drain()
    delivery = Delivery.objects.get(ticket_id=ticket, kind="receipt")

    send(delivery.pk, at=delivery.not_before)

    [envelope] = relay.mails
    mail = parsed(envelope)
    assert envelope.mail_from == "<>"
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["Subject"] == f"[#{ticket}] нет связи —опять"


def test_a_name_cannot_smuggle_a_header_into_a_mail(relay: Relay) -> None:
    """Header injection: a subject or a display name with line breaks and a Bcc."""
    ticket, goes_to = a_ticket(name="x\r\nBcc: victim@elsewhere.example")
    goes_to = replace(goes_to, to=(("A\r\nBcc: v@elsewhere.example", "anneke@home.example"),))
    delivery = answers(ticket, goes_to)

    send(delivery, at=LATER)

    [envelope] = relay.mails
    assert parsed(envelope)["Bcc"] is None
    assert envelope.rcpt_tos == ["anneke@home.example"]


def test_files_go_along_as_attachments(relay: Relay) -> None:
    ticket, goes_to = a_ticket()
    file = FileIn("план.pdf", "application/pdf", 4, b"\0" * 32, data=b"%PDF")
    delivery = answers(ticket, goes_to, files=[file])

    send(delivery, at=LATER)

    [part] = list(parsed(relay.mails[0]).iter_attachments())
    assert (part.get_filename(), part.get_content()) == ("план.pdf", b"%PDF")


def test_a_mail_with_copies_carries_nobodys_own_link(relay: Relay) -> None:
    """A colleague in copy who follows the reporter's link would act as the reporter."""
    ticket, goes_to = a_ticket()
    alone = answers(ticket, goes_to)
    copied = answers(ticket, replace(goes_to, cc=(("Piet", "piet@home.example"),)))

    send(alone, at=LATER)
    send(copied, at=LATER)

    own, shared = (one.content.decode() for one in relay.mails)  # type: ignore[union-attr]
    assert f"/r/{ticket}." in own
    assert "/r/" not in shared
    assert f"/requests/{ticket}" in shared
