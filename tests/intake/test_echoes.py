"""Two machines that answer each other come to an end; a person is acknowledged each time."""

from datetime import timedelta

import pytest

from tests.intake.test_entering import ANNEKE, AT, a_customer, arrives, mail, our_mailbox, story
from tests.routines.test_rules import rule
from unbroken.conversation.echoes import ANY_MAX, Said, is_echo
from unbroken.conversation.queries import messages_of
from unbroken.ground.postman import drain

pytestmark = pytest.mark.django_db
__all__ = ["our_mailbox"]
MINUTE = timedelta(minutes=1)


def test_a_vacation_responder_that_opens_a_request_each_time_falls_silent() -> None:
    """Attack: it does not say that it is a machine, and gives each mail another subject."""
    a_customer(ANNEKE)
    rule(steps={"reply": {"en": "We look."}}, on=("new",), since=AT - MINUTE)
    notice = mail(words="I am away until the 24th. Ticket 100200 will wait.")
    tickets, at, is_answered = [], AT, True
    while is_answered and len(tickets) < 12:
        tickets.append(arrives(mail(words=f"{notice.new_text} ({len(tickets)})"), at=at).ticket_id)
        drain(at=at + MINUTE / 6)
        is_answered = any(one.direction == "out" for one in messages_of(tickets[-1]))
        at += MINUTE

    assert len(tickets) == 5, "each is registered, the first four are answered"
    assert "receipt_spared" in story(tickets[-1])

    arrived = arrives(mail(words="Now I am back, and the lamp is dark."), at=at)
    drain(at=at)
    assert "receipted" in story(arrived.ticket_id), "a person again"


def test_a_person_who_writes_often_is_acknowledged_once_each_time() -> None:
    a_customer(ANNEKE)
    words = ("The lamp", "My bill", "The lamp", "A move", "A new phone", "The lamp", "Thanks")
    for turn, one in enumerate(words):
        ticket = arrives(mail(words=one), at=AT + turn * MINUTE).ticket_id
        drain(at=AT + turn * MINUTE)
        assert story(ticket).count("receipted") == 1


@pytest.mark.parametrize(
    ("gap", "letters", "echoes"),
    [(1, "abcdefghijklmnopqrstuvwxyz", True), (11, "aaaaaaaaaaaaaaaaaaaaaaaaaa", False)],
)
def test_other_words_each_time_end_too_and_what_comes_late_is_no_echo(
    gap: int, letters: str, echoes: bool
) -> None:
    said: list[Said] = []
    for turn, letter in enumerate(letters[: ANY_MAX + 2]):
        at = AT + turn * 2 * gap * MINUTE
        assert not is_echo(said)
        said += [Said(True, at, letter)]
        said += [Said(False, at, "")]
    said.append(Said(True, said[-1].at + gap * MINUTE, "z"))

    assert is_echo(said) is echoes
