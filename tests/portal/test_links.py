"""The link in a mail, and what it opens."""

import pytest

from tests.portal.people import (
    anneke,
    asks,
    browser,
    contact,
    customer,
    link_path,
    text_of,
)
from unbroken.conversation import actions as record
from unbroken.conversation.links import link_token, read_link, ticket_link
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now

pytestmark = pytest.mark.django_db


def test_the_link_in_a_mail_opens_the_ticket_it_was_sent_about() -> None:
    who = anneke()
    ticket = asks(who, "The lamp goes out")

    client = browser()
    answer = client.get(link_path(ticket, who), follow=True)

    assert answer.status_code == 200
    assert answer.redirect_chain == [(f"/requests/{ticket}", 303)]
    assert "The lamp goes out" in text_of(answer)


def test_a_link_is_read_back_and_names_nothing_else() -> None:
    token = link_token(100001, 7)

    found = read_link(token)

    assert found is not None
    assert (found.ticket_id, found.contact_id) == (100001, 7)
    assert ticket_link(100001, 7).endswith(f"/r/{token}")


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "x",
        "100001.7",
        "100001.7.",
        "100001.7.AAAA",
        "100001.7." + "A" * 43,
        "A" * 5000,
        "..",
        "0.0.x",
    ],
)
def test_a_forged_link_opens_nothing(forged: str) -> None:
    """Attack: a link written by hand, without our signature."""
    assert read_link(forged) is None


def test_a_link_cannot_be_bent_to_another_ticket() -> None:
    """Attack: the signature of one's own link under somebody else's number."""
    who = anneke()
    mine, theirs = asks(who), asks(contact("Bram", "bram@shop.example", customer("Bram")))
    signature = link_token(mine, who).rpartition(".")[2]

    answer = browser().get(f"/r/{theirs}.{who}.{signature}")

    assert answer.status_code == 404
    assert "sessionid" not in answer.cookies


def test_a_true_link_for_somebody_who_does_not_take_part_opens_nothing() -> None:
    """Attack: a link made for a contact of another ticket (a mail merged by mistake, say)."""
    who = anneke()
    asks(who)
    theirs = asks(contact("Bram", "bram@shop.example", customer("Bram")))

    assert browser().get(link_path(theirs, who)).status_code == 404


def test_a_link_ends_when_its_reader_is_taken_off_the_ticket() -> None:
    """Accident: somebody left the company; the old mails stay in their mailbox."""
    who = anneke()
    ticket = asks(who)
    client = browser(who, ticket)

    record.leave_ticket(ticket_id=ticket, contact_id=who, by=HOUSE, at=now())

    assert client.get(f"/requests/{ticket}").status_code == 404
    assert browser().get(link_path(ticket, who)).status_code == 404


def test_a_newcomer_in_copy_gets_nothing_by_a_link() -> None:
    """Attack: a third party joins by writing; they are heard and told nothing."""
    ticket = asks(anneke())
    third = contact("Third", "third@elsewhere.example")
    record.join_ticket(
        ticket_id=ticket, contact_id=third, role="third", confirmed=False, by=HOUSE, at=now()
    )

    assert browser().get(link_path(ticket, third)).status_code == 404


def test_the_link_of_a_merged_ticket_leads_to_the_surviving_one() -> None:
    who = anneke()
    first, second = asks(who, "first"), asks(who, "second")
    record.merge_tickets(ticket_id=first, into_id=second, by=HOUSE, at=now())

    answer = browser().get(link_path(first, who))

    assert answer.headers["Location"] == f"/requests/{second}"


def test_a_link_for_somebody_else_asks_before_it_signs_anybody_out() -> None:
    """Attack: somebody mails a link to their own ticket, hoping that we write into it."""
    who, other = anneke(), contact("Mallory", "mallory@elsewhere.example", customer("Mallory"))
    mine, theirs = asks(who), asks(other)
    client = browser(who, mine)

    asked = client.get(link_path(theirs, other))
    still_mine = client.get(f"/requests/{mine}")
    client.post(link_path(theirs, other))

    assert asked.status_code == 200
    assert "Mallory" in text_of(asked)
    assert still_mine.status_code == 200
    assert client.get(f"/requests/{theirs}").status_code == 200
    assert client.get(f"/requests/{mine}").status_code == 404


def test_the_session_key_changes_when_a_link_is_opened() -> None:
    """Attack: session fixation, a key planted in the browser beforehand."""
    who = anneke()
    ticket = asks(who)
    client = browser()
    client.get("/ask")
    session = client.session
    session["planted"] = "1"
    session.save()
    client.cookies["unbroken_session"] = session.session_key
    planted = session.session_key

    client.get(link_path(ticket, who))

    assert client.session.session_key != planted
    stolen = browser()
    stolen.cookies["unbroken_session"] = planted
    assert stolen.get(f"/requests/{ticket}").status_code == 404
