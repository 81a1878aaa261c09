"""After the end each is asked once whether it is well again; a no goes on with that line."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from tests.intake.test_notices import cable, later
from tests.portal.people import ANNEKE, MALLORY, asks, contact, customer, reader_of, text_of
from unbroken.conversation import queries as record
from unbroken.directory import actions as directory
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.ground.postman import drain
from unbroken.intake.channels import channels
from unbroken.intake.entering.one_word import enter_one_word
from unbroken.intake.inbound import Inbound, LetterMark
from unbroken.intake.models_telling import NoticeLetter
from unbroken.intake.outgoing import Outgoing
from unbroken.intake.telling import notices
from unbroken.intake.well.questions import counts_of, said_in_one_word
from unbroken.outage import actions as outage
from unbroken.outage.ids import ProblemId


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Outgoing]:
    """What the mail server outside took, and everybody awake."""
    taken: list[Outgoing] = []
    monkeypatch.setattr(channels()["mail"], "deliver", lambda mail: taken.append(mail) or ())
    monkeypatch.setattr(notices, "QUIET_FROM", notices.time.max)
    monkeypatch.setattr(notices, "QUIET_UNTIL", notices.time.min)
    return taken


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Yes", ("yes", "")),
        ("да, спасибо!", ("yes", "")),
        ("Sì, grazie.\n\nAnneke", ("yes", "Anneke")),
        ("No.\n\nThe lamp is red.", ("no", "The lamp is red.")),
        ("Нет, не работает", ("no", "")),
        ("no, non funziona", ("no", "")),
        ("No problem, thanks!", None),
        ("Yes, but slow", None),
        ("Yes\n\nBut the telephone in the hall has no tone, nor the alarm in the cellar.", None),
        ("", None),
    ],
)  # fmt: skip
def test_one_word_by_mail_is_an_answer_and_more_is_for_a_person(
    text: str, said: tuple[str, str] | None
) -> None:
    assert said_in_one_word(text) == said


def line_of(name: str, address: str) -> tuple[int, int]:
    """Somebody's contact and service."""
    home = customer(name)
    who = contact(name, address, home)
    line = directory.register_service(
        customer_id=home, technology="vdsl", access_name=address, by=HOUSE, at=now()
    )
    return int(who), int(line)


def ends(number: ProblemId) -> None:
    outage.end_problem(problem_id=number, until=now(), by=HOUSE, at=now())
    drain()
    later(minutes=10)


def link_in(mail: Outgoing) -> str:
    found = re.search(r"/well/\S+", mail.text)
    assert found is not None
    return found[0]


@pytest.mark.django_db
def test_a_no_opens_that_line_again_with_a_look_anew_and_a_yes_closes(
    sent: list[Outgoing],
) -> None:
    (anneke, hers), (_bram, his) = line_of("Anneke", ANNEKE), line_of("Bram", "bram@x.example")
    ticket = asks(anneke, owner=record_owner(anneke), service_id=hers, at=now())
    drain()
    number = cable([hers, his])
    assert record.problem_of(ticket) == number
    later(minutes=3)
    ends(number)
    asked = {mail.to[0][0]: mail for mail in sent if "/well/" in mail.text}
    assert asked.keys() == {"Anneke", "Bram"}
    assert "One tap, yes or no" in asked["Anneke"].text

    page, path = Client(enforce_csrf_checks=True), link_in(asked["Anneke"])
    page.get(path)
    assert counts_of(number).no == 0, "a program that looks into mails answers nothing"
    for _tap in range(2):
        assert "We go on with your line" in text_of(page.post(path, {"says": "no"}))
    told = [one.kind for one in events_of([f"ticket:{ticket}"])]
    assert told.count("ticket.reopened") == 1
    assert told[-1] == "ticket.looked"

    page.post(link_in(asked["Bram"]), {"says": "no"})
    new = counts_of(number).tickets or []
    assert record.ticket_facts(new[-1]).service_id == his  # type: ignore[union-attr]
    page.post(path, {"says": "yes"})
    assert record.ticket_facts(ticket).status == "closed"  # type: ignore[union-attr]
    assert (counts_of(number).asked, counts_of(number).yes, counts_of(number).no) == (2, 1, 1)


def record_owner(contact_id: int) -> int:
    from unbroken.directory import queries
    from unbroken.directory.ids import ContactId

    card = queries.contact(ContactId(contact_id))
    assert card is not None
    assert card.customer_id is not None
    return card.customer_id


@pytest.mark.django_db
def test_nobody_is_asked_twice_and_the_portal_asks_until_it_is_answered(
    sent: list[Outgoing],
) -> None:
    _anneke, line = line_of("Anneke", ANNEKE)
    line_of("Mallory", MALLORY)
    number = cable([line])
    later(minutes=3)
    ends(number)
    assert "Is it well again?" in text_of(reader_of(ANNEKE).get("/"))
    assert "Is it well again?" not in text_of(reader_of(MALLORY).get("/"))

    outage.reopen_problem(problem_id=number, since=now(), by=HOUSE, at=now())
    assert "Is it well again?" not in text_of(reader_of(ANNEKE).get("/")), "it is not over"
    drain()
    later(minutes=3)
    assert sent[-1].subject == "Your service does not work again"
    ends(number)
    over = [mail for mail in sent if mail.subject == "Your service works again"]
    assert ["yes or no" in mail.text for mail in over] == [True, False]

    letter = NoticeLetter.objects.filter(notice__message="over").latest("id")
    mail = Inbound(new_text="Yes, thanks", letter_mark=LetterMark("q", letter.id), message_id="<y>")
    for one in (replace(mail, may_auto_answer=False), mail, mail):
        enter_one_word(one, at=now())
    assert counts_of(number).yes == 1
    assert "Is it well again?" not in text_of(reader_of(ANNEKE).get("/"))
    late = now() + timedelta(days=20)
    assert enter_one_word(replace(mail, new_text="No", message_id="<n>"), at=late).ticket_id  # type: ignore[union-attr]
