"""Agents hear by mail what waits for them, and answer it from there: never blindly.

The journey: a notice leaves, its answer reaches the customer; and the accidents: news came first,
a holiday notice, a stranger with the address, somebody who may not see the request any more.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from procrastinate import testing
from procrastinate.contrib.django import procrastinate_app

from tests.console.desk import SOFIE, TIMO, VERA, Desk, ago
from unbroken.console.bell import mailing
from unbroken.conversation import actions as record
from unbroken.conversation import queries as conversation
from unbroken.conversation import state as drafts
from unbroken.conversation.ids import TicketId
from unbroken.conversation.models import Delivery
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.log import words_of
from unbroken.ground.postman import drain
from unbroken.intake.actions import set_mailbox
from unbroken.intake.agents_mail import send_notice
from unbroken.intake.channels.mail import channel
from unbroken.intake.entering.mail import enter_mail
from unbroken.intake.entering.outcome import Outcome, Taken
from unbroken.intake.ids import IntakeId
from unbroken.intake.mailboxes import forget_mailboxes
from unbroken.promise.actions import plant_agreements
from unbroken.routing import actions as routing
from unbroken.routing.models_chain import Leg

LATER = timedelta(minutes=3)
_numbers = count(1)


@pytest.fixture(autouse=True)
def post(desk: Desk) -> Iterator[testing.InMemoryConnector]:
    """Mails that the house wants to send, and an address for their answers."""
    forget_mailboxes()
    set_mailbox(
        key="support", address="support@isp.example", is_default=True, plus_addressing=True,
        by=HOUSE, at=now(),
    )  # fmt: skip
    memory = testing.InMemoryConnector()
    with procrastinate_app.current_app.replace_connector(memory):
        yield memory
    forget_mailboxes()


def mails(post: testing.InMemoryConnector) -> list[dict[str, Any]]:
    jobs = sorted(post.jobs.values(), key=lambda job: job["id"])
    return [job["args"] for job in jobs if job["task_name"] == "intake.service_mail"]


def give(desk: Desk, ticket: TicketId, who: str = SOFIE) -> None:
    routing.give_to_agent(ticket_id=ticket, agent_id=desk.agents[who], by=desk.by(VERA), at=now())


def notice(desk: Desk, post: testing.InMemoryConnector, ticket: TicketId) -> dict[str, Any]:
    """Sofie, away from her screen, is given the request; the mail about it."""
    give(desk, ticket)
    drain()
    assert mailing.send_due(now() + LATER) == 1
    return mails(post)[-1]


def answers(
    mail: dict[str, Any], words: str, *, sender: str = SOFIE, head: str = "", quote: str = ""
) -> Outcome:
    """A mail program answers a notice."""
    name = f"m{next(_numbers)}@{sender.partition('@')[2]}"
    quoted = quote or "".join(f"> {line}\n" for line in mail["words"].splitlines())
    raw = (
        f"From: {sender}\r\nTo: {mail['reply_to']}\r\nSubject: Re: {mail['subject']}\r\n"
        f"Message-ID: <{name}>\r\nIn-Reply-To: <{mail['message_id']}>\r\n{head}"
        "Content-Type: text/plain; charset=utf-8\r\n\r\n"
        f"{words}\n\nOn Mon, 24 May 2027 at 09:12, Support <support@isp.example> wrote:\n{quoted}"
    ).encode()
    return came(raw)


def came(raw: bytes) -> Outcome:
    taken = Taken(IntakeId(next(_numbers)), "mail", "support", {}, b"\0" * 32, now())
    return enter_mail(taken, channel.read(raw), at=now())


def said(ticket: int) -> list[tuple[str, str]]:
    """What was said since the request came: who may read it, and the words."""
    every = [one for one in conversation.messages_of(ticket) if one.kind != "receipt"]
    return [(one.audience, one.words or "") for one in every][1:]


def test_a_notice_is_answered_from_a_mail_program(desk: Desk, post: Any) -> None:
    ticket = desk.asks("Anneke de Wit", "no sync", "The lamp is dark.")
    mail = notice(desk, post, ticket)

    entered = answers(mail, "Please restart it.\n\n-- \nSofie Marchetti\nTel. 030 1234")

    assert mail["to"] == ["Sofie Marchetti", SOFIE]
    assert mail["subject"] == f"[#{ticket}] Given to you: no sync"
    assert "The lamp is dark." in mail["words"]
    assert "your words leave as your answer to Anneke de Wit" in mail["words"]
    assert entered.outcome == "answered"
    assert said(ticket) == [("customer", "Please restart it.")]
    left = Delivery.objects.get(ticket_id=ticket, kind="reply")
    assert left.to == [["Anneke de Wit", "anneke@home.example"]]
    facts = conversation.ticket_facts(ticket)
    assert facts is not None
    assert facts.status == "inProgress"
    drain()
    assert mailing.send_due(now() + 2 * LATER) == 0, "what was answered rings no more"


def test_a_notice_says_what_is_promised_and_what_was_missed(desk: Desk, post: Any) -> None:
    plant_agreements(timezone="UTC", by=HOUSE, at=ago(days=40))
    ticket = desk.asks("Anneke de Wit", "no sync", at=ago(days=30))

    words = notice(desk, post, ticket)["words"]

    assert "Missed: first answer, due " in words
    assert "Missed: resolved, due " in words


def test_the_same_mail_twice_is_one_answer(desk: Desk, post: Any) -> None:
    """It was sent to two of our addresses, or taken in again after a crash."""
    mail = notice(desk, post, desk.asks("Anneke de Wit", "no sync"))
    raw = (
        f"From: {SOFIE}\r\nTo: {mail['reply_to']}\r\nMessage-ID: <once@desk.example>\r\n\r\nYes."
    ).encode()

    assert [came(raw).outcome, came(raw).outcome] == ["answered", "kept"]


def test_an_answer_that_does_not_know_the_news_is_kept_as_a_draft(desk: Desk, post: Any) -> None:
    ticket = desk.asks("Anneke de Wit", "no sync")
    mail = notice(desk, post, ticket)
    desk.writes("Anneke de Wit", ticket, "It works again!")

    entered = answers(mail, "Please restart it.")

    assert entered.outcome == "held"
    assert said(ticket) == [("customer", "It works again!")]
    kept = drafts.draft(agent_id=desk.agents[SOFIE], ticket_id=ticket, mode="reply")
    assert kept == "Please restart it."
    back = mails(post)[-1]
    assert back["subject"] == f"[#{ticket}] Not sent: no sync"
    assert "It works again!" in back["words"]
    link = next(line for line in back["words"].split() if line.endswith("#composer-send"))
    page = desk.client(SOFIE).get(link.partition("/console")[1] + link.partition("/console")[2])
    shown = page.content.decode()
    assert "You wrote this by mail. It was not sent." in shown
    assert "Send anyway" in shown
    assert 'id="composer-discard"' in shown
    assert said(ticket) == [("customer", "It works again!")], "following a link sends nothing"

    assert answers(back, "I ask her first").outcome == "remark"
    assert said(ticket)[-1] == ("agents", "I ask her first")


def test_a_call_in_a_note_is_answered_among_colleagues(desk: Desk, post: Any) -> None:
    ticket = desk.asks("Anneke de Wit", "no sync")
    record.note_ticket(
        ticket_id=ticket, words="@Timo which port?", mentions=[desk.agents[TIMO]],
        by=desk.by(SOFIE), at=now(),
    )  # fmt: skip
    drain()
    assert mailing.send_due(now() + LATER) == 1

    entered = answers(mails(post)[-1], "Port 7.", sender=TIMO)

    assert entered.outcome == "remark"
    assert said(ticket)[-1] == ("agents", "Port 7.")
    assert not Delivery.objects.filter(ticket_id=ticket, kind="reply").exists()


def test_a_machine_never_answers_for_an_agent(desk: Desk, post: Any) -> None:
    """Sofie is on holiday and her mail program says so to everybody."""
    ticket = desk.asks("Anneke de Wit", "no sync")
    mail = notice(desk, post, ticket)
    before = len(mails(post))

    away = answers(mail, "I am away until Monday.", head="Auto-Submitted: auto-replied\r\n")
    listed = answers(mail, "I am away.", head="Precedence: bulk\r\nReturn-Path: <>\r\n")

    assert away.outcome == "kept"
    assert listed.outcome in ("kept", "held")
    assert said(ticket) == []
    assert len(mails(post)) == before, "machines would write to each other for ever"


def test_a_stranger_with_the_address_is_a_stranger(desk: Desk, post: Any) -> None:
    """The attack: a notice was passed on, and its address got about."""
    ticket = desk.asks("Anneke de Wit", "no sync")
    mail = notice(desk, post, ticket)

    entered = answers(mail, "Send me the password.", sender="mallory@elsewhere.example")

    assert (entered.outcome, entered.ticket_id == ticket) == ("opened", False)
    assert said(ticket) == []


def test_who_may_not_see_it_any_more_gets_the_words_back(desk: Desk, post: Any) -> None:
    ticket = desk.asks("Anneke de Wit", "a secret matter")
    mail = notice(desk, post, ticket)
    routing.give_to_team(
        ticket_id=ticket, team_id=desk.teams["billing"], by=desk.by(VERA), at=now()
    )  # fmt: skip

    assert answers(mail, "My words.").outcome == "held"

    assert said(ticket) == []
    back = mails(post)[-1]
    assert "My words." in back["words"]
    assert "a secret matter" not in back["subject"] + back["words"]


@pytest.mark.parametrize("accident", ["late", "uncut", "below"])
def test_what_is_not_surely_meant_for_the_customer_does_not_leave(
    accident: str, desk: Desk, post: Any
) -> None:
    """An old notice; a program that quotes without saying so; others who would get it too."""
    ticket = desk.asks("Anneke de Wit", "no sync")
    mail = notice(desk, post, ticket)
    words = "Please restart it."
    if accident == "late":
        before = conversation.before_writing(
            ticket, seen=None, sight={"sees_all": True, "teams": [], "me": 0}
        )
        from unbroken.staffing import queries as staffing

        agent = staffing.agent(desk.agents[SOFIE])  # type: ignore[arg-type]
        assert before is not None
        assert agent is not None
        send_notice(agent, before, why="old", is_note=False, at=ago(days=15))
        mail = mails(post)[-1]
    elif accident == "uncut":
        words += "\n" + mail["words"]
    else:
        child = desk.asks("Bram Visser", "no sync either")
        record.relate_ticket(
            ticket_id=child, other_id=ticket, relation="parent", by=HOUSE, at=now()
        )

    assert answers(mail, words).outcome == "held"
    assert said(ticket) == []


def test_mail_is_for_who_is_away_and_wants_it(desk: Desk, post: Any) -> None:
    ticket = desk.asks("Anneke de Wit", "no sync")
    client = desk.client(SOFIE)
    client.get("/console/habits")
    give(desk, ticket)
    drain()
    assert mailing.send_due(now() + LATER) == 0, "she is at her screen"

    client.post("/console/habits", {"shortcuts": "on", "mails_given": "on", "mails_always": "on"})
    assert mailing.send_due(now()) == 0, "she may look within two minutes"
    assert mailing.send_due(now() + LATER) == 1
    assert mailing.send_due(now() + LATER) == 0, "once"

    desk.writes("Anneke de Wit", ticket, "Hello?")
    drain()
    client.post("/console/habits", {"mails_always": "on"})
    assert mailing.send_due(now() + LATER) == 0, "she wants none of these"


HANDED = "Hand over to: {to}\nDone: asked for the lamp,\nit is dark\nNeeded: look at port 7\nBy: 4h"


def test_a_mail_hands_over_what_was_done_what_is_needed_and_by_when(desk: Desk, post: Any) -> None:
    ticket = desk.asks("Anneke de Wit", "no sync")

    entered = answers(notice(desk, post, ticket), HANDED.format(to="Timo Brandt"))

    leg = Leg.objects.get(chain__ticket_id=ticket, state="given")
    words = words_of([leg.needed_id])
    assert (entered.outcome, leg.agent_id) == ("remark", desk.agents[TIMO])
    assert words[leg.needed_id] == "look at port 7"
    assert said(ticket) == [], "the customer is told nothing of it"


@pytest.mark.parametrize(
    "words", [HANDED.format(to="Nobody"), "Hand over to: Timo Brandt\nDone: all"]
)
def test_half_a_hand_over_by_mail_never_reaches_the_customer(
    desk: Desk, post: Any, words: str
) -> None:
    """Accident: a typing error in the team's name, and the customer reads what colleagues say."""
    ticket = desk.asks("Anneke de Wit", "no sync")

    entered = answers(notice(desk, post, ticket), words)

    assert (entered.outcome, said(ticket)) == ("held", [])
    kept = drafts.draft(agent_id=desk.agents[SOFIE], ticket_id=ticket, mode="note")
    assert kept.startswith("Hand over to:")
    assert "done, needed, by" in mails(post)[-1]["words"]
