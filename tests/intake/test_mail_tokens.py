"""Our mark comes back in any letter case, and nobody else can make one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unbroken.intake.inbound import AgentMark
from unbroken.intake.mail import Desk, read
from unbroken.intake.mail.agent_marks import answer_address, notice_id, read_agent_mark
from unbroken.intake.mail.tokens import (
    looks_marked,
    message_id,
    read_token,
    read_tokens,
    reply_address,
)

SECRET = b"a secret of the desk"
TICKETS = st.integers(100_001, 999_999_999_999)


@given(TICKETS, st.integers(0, 10**12))
def test_a_message_id_proves_its_ticket(ticket: int, delivery: int) -> None:
    mark = message_id(ticket, delivery, SECRET, "isp.example")

    assert read_token(mark, SECRET) == ticket
    assert read_token(mark.upper(), SECRET) == ticket


@given(TICKETS)
def test_a_reply_address_proves_its_ticket(ticket: int) -> None:
    address = reply_address("support+eu@isp.example", ticket, SECRET)

    assert address.startswith("support+eu+t")
    assert len(address.partition("@")[0]) <= 64
    assert read_token(f"Support <{address.upper()}>", SECRET) == ticket


@given(TICKETS, st.binary(min_size=1))
def test_a_mark_made_with_another_secret_proves_nothing(ticket: int, other: bytes) -> None:
    mark = message_id(ticket, 1, other, "isp.example")

    assert read_token(mark, SECRET) is None or other == SECRET


def test_a_mark_cannot_be_moved_to_another_ticket() -> None:
    """The attack: a customer's own mark with a stranger's number in it."""
    mark = message_id(100_234, 7, SECRET, "isp.example")

    assert read_token(mark.replace("100234", "100235"), SECRET) is None
    assert read_token(mark.replace(".7.", ".8."), SECRET) is None
    assert looks_marked(mark.replace("100234", "100235"))


def test_an_address_mark_is_no_message_mark() -> None:
    address = reply_address("support@isp.example", 100_234, SECRET)
    mac = address.partition("@")[0].rpartition(".")[2]

    assert read_token(f"<u.100234.0.{mac}@isp.example>", SECRET) is None


def test_several_marks_are_all_found_each_once() -> None:
    text = " ".join(message_id(t, 1, SECRET, "x.example") for t in (100_300, 100_200, 100_300))

    assert read_tokens(text, SECRET) == (100_300, 100_200)


def test_references_outweigh_the_number_in_the_subject() -> None:
    mark = message_id(100_234, 7, SECRET, "isp.example")
    raw = f"From: a@home.example\nSubject: [#100777]\nReferences: <x@y> {mark}\n\nhi".encode()

    inbound = read(raw, Desk(secret=SECRET))

    assert inbound.ticket == 100_234
    assert inbound.tokens == (100_234,)
    assert inbound.numbers_in_subject == (100_777,)


def test_the_address_it_was_sent_to_names_the_ticket() -> None:
    address = reply_address("support@isp.example", 100_234, SECRET)
    raw = f"From: a@home.example\nCc: b@x.example, <{address}>\n\nhi".encode()

    assert read(raw, Desk(secret=SECRET)).ticket == 100_234
    assert read(raw, Desk(secret=b"other")).ticket is None


def test_our_own_mail_with_a_true_mark_is_a_loop() -> None:
    mark = message_id(100_234, 7, SECRET, "isp.example")
    raw = f"From: support@isp.example\nMessage-ID: {mark}\n\nhi".encode()

    assert read(raw, Desk(secret=SECRET)).kind == "loop"
    assert read(raw, Desk(secret=b"other")).kind == "message"


@pytest.mark.parametrize(("key", "kind"), [("isp", "loop"), ("other", "message"), ("", "loop")])
def test_another_desk_of_our_make_is_no_loop(key: str, kind: str) -> None:
    raw = b"From: a@netco.example\nX-Unbroken-Desk: isp\n\nhi"

    assert read(raw, Desk(key=key)).kind == kind


def test_a_bounce_of_our_mail_proves_its_ticket() -> None:
    """The mark stands in the returned head, not in the bounce's own."""
    mark = message_id(100_234, 7, SECRET, "isp.example")
    raw = (
        "From: MAILER-DAEMON@mx.example\nSubject: failure\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n--b\n'
        "Content-Type: text/plain\n\nfailed\n--b\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; a@home.example\n"
        "Action: failed\nStatus: 5.1.1\n\n--b\nContent-Type: text/rfc822-headers\n\n"
        f"Message-ID: {mark}\nSubject: hello\n\n--b--\n"
    ).encode()

    inbound = read(raw, Desk(secret=SECRET))

    assert (inbound.kind, inbound.ticket) == ("bounce", 100_234)
    assert inbound.bounced_message_ids == (mark,)


AGENT_MARKS = st.builds(
    AgentMark,
    TICKETS,
    st.integers(1, 10**6),
    st.integers(0, 10**5),
    st.integers(20_000, 40_000),
    is_note=st.booleans(),
)


@given(AGENT_MARKS)
def test_an_agents_mark_comes_back_as_it_was(mark: AgentMark) -> None:
    address = answer_address("support@isp.example", mark, SECRET)

    assert len(address.partition("@")[0]) <= 64
    assert read_agent_mark(f"<{address.upper()}>", SECRET) == mark
    assert read_agent_mark(f"<{notice_id(mark, SECRET, 'isp.example')}>", SECRET) == mark
    assert read_token(address, SECRET) is None


@pytest.mark.parametrize(
    ("was", "now"), [("+n", "+a"), ("100234", "100235"), (".7.", ".8."), (".31.", ".99.")]
)
def test_an_agents_mark_cannot_be_made_to_say_more(was: str, now: str) -> None:
    """The attack: a note becomes an answer, another request, another agent, newer knowledge."""
    address = answer_address(
        "support@isp.example", AgentMark(100_234, 7, 31, 20_500, is_note=True), SECRET
    )

    assert was in address
    assert read_agent_mark(address.replace(was, now), SECRET) is None
