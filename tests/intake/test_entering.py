"""How a mail that was read enters the record: joined, opened, kept apart."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from unbroken.conversation import actions as record
from unbroken.conversation import queries as conversation
from unbroken.conversation.models import Delivery, Participant
from unbroken.directory import actions as directory_actions
from unbroken.directory import queries as directory
from unbroken.ground.actor import HOUSE
from unbroken.ground.log import events_of
from unbroken.ground.postman import drain
from unbroken.intake.actions import set_mailbox
from unbroken.intake.entering.mail import enter_mail, name_of
from unbroken.intake.entering.outcome import Outcome, Taken
from unbroken.intake.ids import IntakeId
from unbroken.intake.inbound import BounceReport, Inbound, Mailbox
from unbroken.intake.mailboxes import forget_mailboxes
from unbroken.intake.models import Outbox
from unbroken.intake.sending import outgoing_of

AT = datetime(2026, 5, 24, 6, 5, tzinfo=UTC)
DAY = timedelta(days=1)
US = "support@lindenhof.example"
ANNEKE = Mailbox("Anneke de Wit", "anneke@home.example")
BRAM = Mailbox("Bram", "bram@shop.example")
STRANGER = Mailbox("Anneke de Wit", "anneke@elsewhere.example")

_numbers = count(1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def our_mailbox() -> Iterator[None]:
    forget_mailboxes()
    set_mailbox(key="support", address=US, name="Lindenhof Net", is_default=True, by=HOUSE, at=AT)
    yield
    forget_mailboxes()


def a_customer(box: Mailbox, *more: Mailbox) -> int:
    owner = directory_actions.register_customer(name=box.name, kind="household", by=HOUSE, at=AT)
    for one in (box, *more):
        directory_actions.register_contact(
            name=one.name, email=one.email, customer_id=owner, by=HOUSE, at=AT
        )
    return owner


def mail(
    sender: Mailbox | None = ANNEKE, words: str = "the lamp is dark", **more: object
) -> Inbound:
    shape = Inbound(
        sender=sender,
        to=(Mailbox("", US),),
        subject="no sync",
        new_text=words,
        message_id=f"m{next(_numbers)}@home.example",
        language="en",
    )
    return replace(shape, **more)  # type: ignore[arg-type]


def arrives(said: Inbound, at: datetime = AT) -> Outcome:
    taken = Taken(IntakeId(next(_numbers)), "mail", "", {"rcpt_to": [US]}, b"\0" * 32, at)
    return enter_mail(taken, said, at=at)


def story(ticket: int) -> list[str]:
    return [e.kind.removeprefix("ticket.") for e in events_of([f"ticket:{ticket}"])]


def test_a_known_sender_is_known_by_the_address() -> None:
    owner = a_customer(ANNEKE)

    entered = arrives(mail())

    facts = conversation.ticket_facts(entered.ticket_id)
    assert facts is not None
    assert facts.customer_id == owner
    assert facts.mailbox == "support"


def test_a_stranger_with_a_known_name_is_a_stranger() -> None:
    """Somebody writes "Anneke de Wit" as a display name to get at Anneke's requests."""
    a_customer(ANNEKE)

    entered = arrives(mail(STRANGER))

    facts = conversation.ticket_facts(entered.ticket_id)
    assert facts is not None
    assert facts.customer_id is None
    assert directory.contact(facts.contact_id).confirmed is False  # type: ignore[union-attr, arg-type]


def test_a_reply_is_joined_by_what_it_refers_to() -> None:
    first = mail()
    ticket = arrives(first).ticket_id

    entered = arrives(mail(in_reply_to=(first.message_id,), subject="Re: no sync"))

    assert (entered.outcome, entered.ticket_id) == ("joined", ticket)


def test_two_mails_meet_through_one_we_never_saw() -> None:
    first = arrives(mail(references=("root@home.example",)))

    entered = arrives(mail(references=("root@home.example", "other@home.example")))

    assert entered.ticket_id == first.ticket_id


def test_the_subject_alone_never_joins() -> None:
    first = arrives(mail())

    assert arrives(mail()).ticket_id != first.ticket_id


def test_our_own_token_joins_whoever_sends_but_tells_a_newcomer_nothing() -> None:
    """A mail forwarded to a friend: their answer is heard, the ticket stays closed to them."""
    a_customer(ANNEKE)
    ticket = arrives(mail()).ticket_id

    entered = arrives(mail(BRAM, tokens=(ticket,), words="I know this modem"))

    assert (entered.outcome, entered.ticket_id) == ("remark", ticket)
    told = conversation.messages_of(ticket, for_customer=True)
    assert "I know this modem" not in [m.words for m in told]
    assert not conversation.is_participant(ticket, entered.contact_id or 0)
    goes_to = conversation.reply_goes_to(ticket)
    assert goes_to is not None
    assert [address for _name, address in (*goes_to.to, *goes_to.cc)] == [ANNEKE.email]


def test_a_number_joins_only_for_somebody_who_belongs() -> None:
    """Numbers are easy to guess: writing one in a subject opens no door."""
    a_customer(ANNEKE)
    ticket = arrives(mail()).ticket_id

    own = arrives(mail(numbers_in_subject=(ticket,), words="still dark"))
    guessed = arrives(mail(BRAM, numbers_in_subject=(ticket,), words="what about it?"))

    assert own.ticket_id == ticket
    assert guessed.ticket_id != ticket
    assert [link.other for link in conversation.links_of(guessed.ticket_id)] == [ticket]


def test_a_colleague_of_the_customer_joins_by_number() -> None:
    colleague = Mailbox("Piet", "piet@home.example")
    a_customer(ANNEKE, colleague)
    ticket = arrives(mail()).ticket_id

    entered = arrives(mail(colleague, numbers_in_subject=(ticket,)))

    assert (entered.outcome, entered.ticket_id) == ("joined", ticket)
    assert Participant.objects.get(ticket_id=ticket, contact_id=entered.contact_id).confirmed


def test_a_mail_that_names_two_tickets_joins_one_and_links_the_other() -> None:
    a_customer(ANNEKE)
    one, two = arrives(mail()).ticket_id, arrives(mail()).ticket_id

    entered = arrives(mail(tokens=(one,), numbers_in_subject=(two,)))

    assert entered.ticket_id == one
    assert [link.other for link in conversation.links_of(one)] == [two]


def test_a_reply_to_a_merged_ticket_lands_on_the_one_that_goes_on() -> None:
    a_customer(ANNEKE)
    one, two = arrives(mail()).ticket_id, arrives(mail()).ticket_id
    record.merge_tickets(ticket_id=one, into_id=two, by=HOUSE, at=AT)

    assert arrives(mail(tokens=(one,))).ticket_id == two


@pytest.mark.parametrize(("days", "joins"), [(13, True), (15, False)])
def test_a_closed_ticket_opens_again_for_fourteen_days(days: int, joins: bool) -> None:
    a_customer(ANNEKE)
    ticket = arrives(mail()).ticket_id
    record.resolve_ticket(ticket_id=ticket, by=HOUSE, at=AT)
    record.close_ticket(ticket_id=ticket, by=HOUSE, at=AT)

    entered = arrives(mail(tokens=(ticket,)), at=AT + days * DAY)

    assert (entered.ticket_id == ticket) is joins
    if not joins:
        assert [link.other for link in conversation.links_of(entered.ticket_id)] == [ticket]


def test_a_vacation_notice_moves_nothing_and_opens_nothing_again() -> None:
    """An answering machine on the other side must not reopen, answer or be answered."""
    a_customer(ANNEKE)
    ticket = arrives(mail()).ticket_id
    record.resolve_ticket(ticket_id=ticket, by=HOUSE, at=AT)

    entered = arrives(mail(kind="auto_reply", tokens=(ticket,), may_auto_answer=False))

    assert entered.outcome == "remark"
    assert story(ticket)[-1] == "remark_added"


def test_a_bounce_marks_the_address_and_the_delivery() -> None:
    a_customer(ANNEKE)
    ticket = arrives(mail()).ticket_id
    goes_to = conversation.reply_goes_to(ticket)
    _message, delivery = record.reply(
        ticket_id=ticket, words="reset", goes_to=goes_to, by=HOUSE, at=AT
    )
    assert delivery is not None
    record.record_delivered(delivery_id=delivery, message_id="x@us.example", attempts=1, at=AT)

    arrives(
        mail(
            Mailbox("", "mailer-daemon@mx.example"),
            kind="bounce",
            tokens=(ticket,),
            bounced_message_ids=(f"u.{ticket}.{delivery}.{'a' * 16}@lindenhof.example",),
            bounces=(BounceReport(ANNEKE.email, "address", True, "5.1.1"),),
        )
    )

    assert Delivery.objects.get(pk=delivery).state == "bounced"
    card = directory.contacts_at("email", ANNEKE.email)[0]
    assert [a.state for a in card.addresses if a.kind == "email"] == ["dead"]
    assert conversation.reply_goes_to(ticket) is None


def test_a_forged_bounce_kills_no_strangers_address() -> None:
    """A bounce that names Bram's address, sent to Anneke's ticket."""
    a_customer(ANNEKE)
    a_customer(BRAM)
    ticket = arrives(mail()).ticket_id

    arrives(
        mail(
            None,
            kind="bounce",
            tokens=(ticket,),
            bounces=(BounceReport(BRAM.email, "address", True, "5.1.1"),),
        )
    )

    card = directory.contacts_at("email", BRAM.email)[0]
    assert [a.state for a in card.addresses if a.kind == "email"] != ["dead"]


def test_the_first_mail_gets_one_receipt_with_the_number() -> None:
    a_customer(ANNEKE)
    entered = arrives(mail())

    drain()
    drain()

    told = [m for m in conversation.messages_of(entered.ticket_id) if m.kind == "receipt"]
    assert len(told) == 1
    assert f"#{entered.ticket_id}" in (told[0].words or "")
    assert f"[#{entered.ticket_id}]" in told[0].subject


@pytest.mark.parametrize("kind", ["auto_reply", "bounce", "loop", "abuse_report", "maintenance"])
def test_machines_get_no_receipt(kind: str) -> None:
    entered = arrives(mail(kind=kind, may_auto_answer=False))

    drain()

    assert not [m for m in conversation.messages_of(entered.ticket_id) if m.kind == "receipt"]


def test_mail_from_our_own_address_gets_no_receipt() -> None:
    """Two desks, or a misconfigured forward: our own mail must not start a conversation."""
    entered = arrives(mail(Mailbox("Lindenhof Net", US)))

    drain()

    assert not [m for m in conversation.messages_of(entered.ticket_id) if m.kind == "receipt"]


def test_a_list_mail_gets_a_number_and_no_receipt() -> None:
    entered = arrives(mail(may_auto_answer=False))

    drain()

    assert not [m for m in conversation.messages_of(entered.ticket_id) if m.kind == "receipt"]


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("Re: AW: Re[2]: no sync", "no sync"),
        ("[#100001] no sync", "no sync"),
        ("Fwd: Отв: нет связи", "нет связи"),
        ("", "the lamp is dark"),
        ("Reset did not help", "Reset did not help"),
    ],
)
def test_what_a_ticket_is_called(subject: str, name: str) -> None:
    assert name_of(mail(subject=subject)) == name


CARRIER = Mailbox("NetCo", "noc@carrier.example")


def asked_aside() -> tuple[int, int, str]:
    """Anneke asked, and an agent asks the carrier: ticket, side talk, our Message-ID."""
    a_customer(ANNEKE)
    ticket = arrives(mail()).ticket_id
    side = record.open_side(
        ticket_id=ticket, to=(("NetCo", CARRIER.email),), subject="Circuit 44", words="Dark?",
        by=HOUSE, at=AT,
    )  # fmt: skip
    sent = conversation.delivery(Delivery.objects.get(kind="side").pk)
    assert sent is not None
    return ticket, side, outgoing_of(sent).message_id


def test_who_was_asked_aside_answers_there_and_the_customer_never_reads_it() -> None:
    ticket, side, ours = asked_aside()

    answer = mail(CARRIER, "your customer is a liar", in_reply_to=(ours,), tokens=(ticket,))
    entered = arrives(answer)

    assert (entered.ticket_id, entered.outcome) == (ticket, "remark")
    assert story(ticket)[-1] == "side_answered"
    assert [one.words for one in conversation.messages_of(ticket, for_customer=True)] == [
        "the lamp is dark"
    ]
    (said,) = [one for one in conversation.messages_of(ticket) if one.direction == "in"][1:]
    assert (said.side_id, said.audience) == (side, "agents")
    assert CARRIER.email not in str(conversation.reply_goes_to(ticket))


def test_a_colleague_of_the_customer_who_was_asked_aside_answers_there_too() -> None:
    """The accident: the accountant is on record, and their answer would be read by the customer."""
    a_customer(ANNEKE, BRAM)
    ticket = arrives(mail()).ticket_id
    record.open_side(
        ticket_id=ticket, to=(("", BRAM.email),), subject="", words="Paid?", by=HOUSE, at=AT
    )
    sent = conversation.delivery(Delivery.objects.get(kind="side").pk)
    assert sent is not None

    arrives(mail(BRAM, "No.", in_reply_to=(outgoing_of(sent).message_id,), tokens=(ticket,)))

    assert story(ticket)[-1] == "side_answered"


def test_the_customer_in_copy_of_a_third_party_is_told_nothing_of_ours() -> None:
    """The accident: the carrier puts the customer in copy, and the customer answers to all."""
    ticket, _side, ours = asked_aside()
    arrives(mail(CARRIER, "fixed", in_reply_to=(ours,), tokens=(ticket,), cc=(ANNEKE,)))

    entered = arrives(mail(ANNEKE, "thank you", in_reply_to=(ours,), tokens=(ticket,)))
    record.reply(
        ticket_id=ticket, words="Gladly.", goes_to=conversation.reply_goes_to(ticket),
        by=HOUSE, at=AT,
    )  # fmt: skip
    last = conversation.delivery(Delivery.objects.filter(kind="reply").get().pk)
    assert last is not None
    leaving = outgoing_of(last)

    assert entered.outcome == "joined"
    assert ours not in (*leaving.references, leaving.in_reply_to)
    assert "Dark?" not in leaving.text + leaving.html
    assert [box[1] for box in (*leaving.to, *leaving.cc)] == [ANNEKE.email]


def test_what_is_asked_aside_stands_in_the_outbox() -> None:
    """The accident: it was written down and nobody carried it out."""
    asked_aside()
    drain()

    assert Outbox.objects.filter(delivery_id=Delivery.objects.get(kind="side").pk).exists()


def test_a_mail_aside_carries_neither_the_customers_link_nor_their_words() -> None:
    ticket, _side, _ours = asked_aside()
    sent = conversation.delivery(Delivery.objects.get(kind="side").pk)
    assert sent is not None

    leaving = outgoing_of(sent)

    assert "/r/" not in leaving.text
    assert "the lamp is dark" not in leaving.text
    assert leaving.subject == f"[#{ticket}] Circuit 44"
    assert (leaving.references, leaving.in_reply_to) == ((), "")
