"""Which mail somebody wants is heeded; what the promise needs comes all the same."""

import re
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as house

from tests.portal.people import (
    ANNEKE,
    anneke,
    asks,
    browser,
    contact,
    link_path,
    reader_of,
    text_of,
)
from unbroken.conversation import actions as record
from unbroken.conversation import queries
from unbroken.conversation.ids import TicketId
from unbroken.conversation.links import unfollow_link
from unbroken.directory import queries as directory
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.intake.sending import send
from unbroken.intake.wishes import is_wanted


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder into which mail leaves."""
    url = (tmp_path / "sent").as_uri()
    monkeypatch.setattr(house, "UNBROKEN", replace(house.UNBROKEN, smtp_url=url))
    return tmp_path / "sent"


def answered(ticket: TicketId) -> str:
    """We answer, and it leaves if it is wanted; what became of the delivery."""
    from unbroken.conversation.models import Delivery

    goes_to = queries.reply_goes_to(ticket)
    hold = now() - now()
    _, delivery = record.reply(
        ticket_id=ticket, words="News.", goes_to=goes_to, by=HOUSE, at=now(), hold=hold
    )
    assert delivery is not None
    send(delivery, at=now())
    return Delivery.objects.get(pk=delivery).state


def mails(folder: Path) -> list[Any]:
    """In the order in which they left: files are named by number, and 10 comes after 9."""
    found = sorted(folder.glob("*.eml"), key=lambda one: (len(one.name), one.name))
    return [message_from_bytes(one.read_bytes()) for one in found]


@pytest.mark.parametrize(
    ("mails", "follows", "wanted"),
    [
        ("all", True, ("question", "news", "end")),
        ("all", False, ("question",)),
        ("mine", True, ("question",)),
        ("end", True, ("question", "end")),
        ("end", False, ("question",)),
    ],
)
def test_each_wish_names_its_mails_and_none_stops_a_question(
    mails: str, follows: bool, wanted: tuple[str, ...]
) -> None:
    kinds: Any = ("question", "news", "end")

    assert tuple(kind for kind in kinds if is_wanted(mails, follows, kind)) == wanted


@pytest.mark.django_db
def test_what_is_not_wanted_is_not_mailed_but_a_question_is(sent: Path) -> None:
    ticket = asks(anneke())
    reader_of(ANNEKE).post(
        "/settings", {"mails": "mine", "language": "it", "timezone": "Europe/Rome"}
    )

    news = answered(ticket)
    record.ask_customer(ticket_id=ticket, by=HOUSE, at=now())
    question = answered(ticket)

    assert (news, question) == ("cancelled", "sent")
    card = directory.contacts_at("email", ANNEKE)[0]
    assert (card.mails, card.language, card.timezone) == ("mine", "it", "Europe/Rome")


@pytest.mark.django_db
def test_one_press_in_a_mail_program_ends_news_of_one_request(sent: Path) -> None:
    """Accident: a program that looks into mails follows the link; it presses nothing."""
    ticket = asks(anneke())
    answered(ticket)
    (mail,) = mails(sent)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    found = re.fullmatch(r"<https?://[^/]+(/unfollow/\S+)>", mail["List-Unsubscribe"].strip())
    assert found is not None

    browser().get(found[1])
    assert answered(ticket) == "sent"
    done = browser().post(found[1], {"List-Unsubscribe": "One-Click"})

    assert done.status_code == 200
    assert answered(ticket) == "cancelled"
    record.ask_customer(ticket_id=ticket, by=HOUSE, at=now())
    assert answered(ticket) == "sent"
    assert "List-Unsubscribe" not in mails(sent)[-1]


@pytest.mark.django_db
def test_nobody_spares_another_mail_and_a_copy_carries_no_key(sent: Path) -> None:
    """Attack: somebody in copy ends the reporter's mail; a token is made up."""
    who, other = anneke(), contact("Jan", "jan@home.example")
    ticket = asks(who)
    record.join_ticket(
        ticket_id=ticket, contact_id=other, role="cc", confirmed=True, by=HOUSE, at=now()
    )
    answered(ticket)
    assert "List-Unsubscribe" not in mails(sent)[0]
    path = unfollow_link(ticket, who).partition("/unfollow/")[2]

    assert browser().post(f"/unfollow/{path[:-3]}AAA").status_code == 404
    assert browser().post(link_path(ticket, who).replace("/r/", "/unfollow/")).status_code == 404
    browser(other, ticket).post(f"/requests/{ticket}/following", {"follows": "no"})

    assert queries.follows(ticket, [who])
    assert not queries.follows(ticket, [other])


@pytest.mark.django_db
def test_the_link_of_one_request_changes_nobody_s_wishes() -> None:
    """Attack: a forwarded mail is used to have all further mail stopped."""
    who = anneke()
    client = browser(who, asks(who))

    answer = client.post("/settings", {"mails": "mine", "language": "ru", "timezone": ""})

    assert answer.status_code == 303
    card = directory.contact(who)
    assert card is not None
    assert card.mails == "all"
    assert "Mail and language" not in text_of(client.get("/"))
