"""One request as its customer sees it, and what they can say on it with one click."""

from datetime import timedelta

import pytest

from tests.portal.people import (
    ANNEKE,
    ago,
    anneke,
    asks,
    browser,
    contact,
    customer,
    form,
    number_in,
    reader_of,
    sofie,
    text_of,
)
from unbroken.conversation import actions as record
from unbroken.conversation import queries
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import Incoming
from unbroken.conversation.models import Message, TroubleTicket
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.ground.postman import drain
from unbroken.intake import actions as intake
from unbroken.intake.actions import RawThing
from unbroken.intake.mail.problems import CUT
from unbroken.intake.reading import read_intake
from unbroken.promise.actions import plant_agreements, ring
from unbroken.promise.credits import set_consequence

pytestmark = pytest.mark.django_db


def status(ticket: int) -> str:
    facts = queries.ticket_facts(ticket)
    assert facts is not None
    return facts.status


def story(ticket: int) -> list[str]:
    return [e.kind.removeprefix("ticket.") for e in events_of([f"ticket:{ticket}"])]


def replies(ticket: TicketId, words: str, by: Actor, **span: float) -> int:
    return record.reply(ticket_id=ticket, words=words, goes_to=None, by=by, at=ago(**span))[0]


def test_a_customer_reads_what_was_said_to_them() -> None:
    who, by = anneke(), sofie()
    ticket = asks(who, words="The lamp is dark.")
    replies(ticket, "Please switch it on.", by, minutes=5)

    page = text_of(browser(who, ticket).get(f"/requests/{ticket}"))

    assert "The lamp is dark." in page
    assert "Please switch it on." in page
    assert "Sofie Brandt" in page


def test_internal_words_never_reach_the_customer() -> None:
    """Attack: reading notes, bounces and machines' remarks on one's own ticket."""
    who, by = anneke(), sofie()
    ticket = asks(who)
    record.note_ticket(ticket_id=ticket, words="she always shouts", by=by, at=ago(minutes=9))
    machine = Incoming(
        author=HOUSE, channel="mail", words="mailbox full", at=ago(minutes=8), audience="agents",
        kind="auto_reply",
    )  # fmt: skip
    record.add_remark(ticket_id=ticket, said=machine, by=HOUSE, at=ago(minutes=8))

    page = text_of(browser(who, ticket).get(f"/requests/{ticket}"))

    assert "she always shouts" not in page
    assert "mailbox full" not in page


def test_a_third_partys_words_never_reach_the_customer() -> None:
    """Attack: somebody in copy writes; even words marked for the customer by mistake stay away."""
    who = anneke()
    third = contact("Third", "third@elsewhere.example")
    ticket = asks(who)
    record.join_ticket(
        ticket_id=ticket,
        contact_id=third,
        role="third",
        confirmed=False,
        by=HOUSE,
        at=ago(minutes=9),
    )
    for audience in ("agents", "customer"):
        said = Incoming(
            author=Actor.contact(third), channel="mail", words=f"for {audience}", at=ago(minutes=8),
            audience=audience,
        )  # fmt: skip
        record.add_remark(ticket_id=ticket, said=said, by=Actor.contact(third), at=ago(minutes=8))

    page = text_of(browser(who, ticket).get(f"/requests/{ticket}"))

    assert "for agents" not in page
    assert "for customer" not in page


def test_an_answer_that_can_still_be_taken_back_is_not_shown() -> None:
    """Accident: the agent presses undo; nobody outside may have read it."""
    who, by = anneke(), sofie()
    ticket = asks(who)
    message = replies(ticket, "the wrong words", by)
    client = browser(who, ticket)

    before = text_of(client.get(f"/requests/{ticket}"))
    record.withdraw_reply(ticket_id=ticket, message_id=message, by=by, at=now())
    after = text_of(client.get(f"/requests/{ticket}"))

    assert "the wrong words" not in before + after


def test_words_with_tags_are_shown_as_they_were_typed() -> None:
    """Attack: a script in the words, the subject or a name."""
    who = contact("<b>Bob</b>", "bob@home.example", customer("<i>Bob</i>"))
    ticket = asks(who, "<script>alert(1)</script>", words="<img src=x onerror=alert(2)>")

    page = browser(who, ticket).get(f"/requests/{ticket}").content.decode()

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>Bob" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("path", ["", "/facts", "/recovery", "/relapse", "/complaint"])
def test_another_customers_ticket_is_not_found_by_guessing_its_number(path: str) -> None:
    """Attack: counting through the numbers, signed in and not; reading and writing."""
    mine = asks(anneke())
    who = contact("Mallory", "mallory@elsewhere.example", customer("Mallory"))
    client = browser(who, asks(who))
    before = story(mine)

    for one in (client, browser()):
        read = one.get(f"/requests/{mine}{path}")
        written = one.post(f"/requests/{mine}{path}", form(words="x"))
        assert read.status_code in (404, 405)
        assert written.status_code in (404, 405)
    assert story(mine) == before


def test_a_number_that_exists_and_one_that_does_not_look_the_same() -> None:
    """Attack: telling existing numbers from others by the answer."""
    ticket = asks(anneke())

    theirs = browser().get(f"/requests/{ticket}")
    nobodys = browser().get(f"/requests/{ticket + 1}")
    endless = browser().get(f"/requests/{10**40}")

    assert theirs.status_code == nobodys.status_code == endless.status_code == 404
    assert text_of(theirs) == text_of(nobodys) == text_of(endless)


def test_a_fact_is_added_and_what_waited_goes_on() -> None:
    who, by = anneke(), sofie()
    ticket = asks(who)
    record.ask_customer(ticket_id=ticket, by=by, at=ago(minutes=9))
    client = browser(who, ticket)

    answer = client.post(
        f"/requests/{ticket}/facts", form(words="It is the DSL lamp."), follow=True
    )

    assert answer.redirect_chain == [(f"/requests/{ticket}", 303)]
    assert "It is the DSL lamp." in text_of(answer)
    assert status(ticket) == "inProgress"


def test_a_fact_sent_twice_is_one_fact() -> None:
    """Accident: a double click."""
    who = anneke()
    ticket = asks(who)
    client, sent = browser(who, ticket), form(words="once")

    client.post(f"/requests/{ticket}/facts", sent)
    client.post(f"/requests/{ticket}/facts", sent)

    assert Message.objects.filter(ticket_id=ticket).count() == 2


def test_an_empty_fact_and_a_foreign_form_are_refused_and_words_stay() -> None:
    """Attack: a form of somebody else's making."""
    who = anneke()
    ticket = asks(who)
    client = browser(who, ticket)

    empty = client.post(f"/requests/{ticket}/facts", form(words="  "))
    foreign = client.post(f"/requests/{ticket}/facts", {"form": "x", "words": "kept words"})

    assert empty.status_code == foreign.status_code == 422
    assert "kept words" in foreign.content.decode()
    assert Message.objects.filter(ticket_id=ticket).count() == 1


def test_another_sites_page_cannot_write_in_the_customers_name() -> None:
    """Attack: a page elsewhere posts to us with the customer's cookies."""
    from django.test import Client

    who = anneke()
    ticket = asks(who)
    client = Client(enforce_csrf_checks=True)
    client.cookies = browser(who, ticket).cookies

    answer = client.post(f"/requests/{ticket}/recovery", {})

    assert answer.status_code == 403
    assert status(ticket) == "acknowledged"


def test_it_works_again_settles_the_request_and_is_said_once() -> None:
    who = anneke()
    ticket = asks(who)
    client = browser(who, ticket)

    client.post(f"/requests/{ticket}/recovery", form())
    client.post(f"/requests/{ticket}/recovery", form())

    assert status(ticket) == "closed"
    assert story(ticket).count("closed") == 1


def test_it_does_not_work_opens_again_what_was_over() -> None:
    who, by = anneke(), sofie()
    ticket = asks(who)
    record.resolve_ticket(ticket_id=ticket, by=by, at=ago(minutes=30))
    client = browser(who, ticket)

    answer = client.post(f"/requests/{ticket}/relapse", form(), follow=True)

    assert status(ticket) == "inProgress"
    assert "It does not work." in text_of(answer)


def test_long_after_it_was_settled_a_linked_request_begins() -> None:
    who, by = anneke(), sofie()
    ticket = asks(who, at=ago(days=60))
    record.close_ticket(ticket_id=ticket, by=by, at=ago(days=30))
    client = browser(who, ticket)

    answer = client.post(f"/requests/{ticket}/facts", form(words="again"))

    new = number_in(answer.headers["Location"])
    assert new != ticket
    assert status(ticket) == "closed"
    assert [link.other for link in queries.links_of(new)] == [ticket]


def test_a_complaint_goes_to_the_head_of_support_and_stays_linked() -> None:
    intake.set_mailbox(
        key="complaints", address="complaints@lindenhof.example", by=HOUSE, at=ago(days=9)
    )
    who = anneke()
    ticket = asks(who)
    client = browser(who, ticket)
    sent = form(words="Nobody calls me back.")

    first = client.post(f"/requests/{ticket}/complaint", sent)
    second = client.post(f"/requests/{ticket}/complaint", sent)

    new = number_in(first.headers["Location"])
    made = queries.ticket_facts(new)
    assert made is not None
    assert second.headers["Location"] == first.headers["Location"]
    assert (made.ticket_type, made.mailbox, made.contact_id) == ("complaint", "complaints", who)
    assert [link.other for link in queries.links_of(new)] == [ticket]
    assert "Nobody calls me back." not in text_of(client.get(f"/requests/{ticket}"))


def test_what_happened_and_what_is_promised_stand_on_the_line_and_nothing_else() -> None:
    from unbroken.promise import actions as promise

    promise.plant_agreements(timezone="Europe/Berlin", by=HOUSE, at=ago(days=9))
    who, by = anneke(), sofie()
    ticket = asks(who, at=now() - timedelta(minutes=1))
    client = browser(who, ticket)

    fresh = text_of(client.get(f"/requests/{ticket}"))
    record.start_work(ticket_id=ticket, by=by, at=now())
    begun = text_of(client.get(f"/requests/{ticket}"))

    assert "Received" in fresh
    assert "A person answers" in fresh
    assert "Looked at" not in fresh
    assert "Being worked on" in begun
    assert "Settled" not in begun


def test_an_open_page_gets_only_what_is_new() -> None:
    who, by = anneke(), sofie()
    ticket = asks(who)
    client = browser(who, ticket)
    page = client.get(f"/requests/{ticket}").content.decode()
    seen = page.partition('data-seen="')[2].partition('"')[0]
    asking = {"HX-Request": "true"}

    quiet = client.get(f"/requests/{ticket}?seen={seen}", headers=asking)
    replies(ticket, "Good news.", by, minutes=5)
    news = client.get(f"/requests/{ticket}?seen={seen}", headers=asking)

    assert quiet.status_code == 204
    assert "Good news." in news.content.decode()
    assert "<html" not in news.content.decode()


def test_my_requests_are_mine_the_latest_first_and_a_page_at_a_time() -> None:
    who = anneke()
    numbers = [asks(who, f"request {n:02}") for n in range(32)]
    asks(contact("Bram", "bram@shop.example", customer("Bram")), "somebody else's")
    client = reader_of(ANNEKE)

    first = client.get("/requests")
    second = client.get(f"/requests?before={numbers[2]}")

    assert "request 31" in text_of(first)
    assert "request 01" not in text_of(first)
    assert "request 01" in text_of(second)
    assert "somebody else's" not in text_of(first) + text_of(second)
    assert client.get("/requests?before=x").status_code == 200
    assert client.get(f"/requests?before={'9' * 30}").status_code == 200


def test_requests_that_are_over_have_a_list_of_their_own() -> None:
    who = anneke()
    ticket = asks(who, "long gone")
    client = browser(who, ticket)
    record.close_ticket(ticket_id=ticket, by=HOUSE, at=now())

    assert "long gone" not in text_of(client.get("/requests"))
    assert "long gone" in text_of(client.get("/requests?over=1"))


def test_the_first_page_claims_nothing_that_is_not_known() -> None:
    who = anneke()
    ticket = asks(who, "No sync")

    stranger = text_of(browser().get("/"))
    known = text_of(browser(who, ticket).get("/"))

    assert "No wider trouble is known to us" in stranger
    assert "does not say that all is well" in stranger
    assert "No sync" in known
    assert "You reported 1 fault" in known


def test_a_merged_ticket_is_read_in_the_surviving_one_also_by_whoever_asked_first() -> None:
    who = anneke()
    first, second = asks(who, words="first words"), asks(who, words="second words")
    client = browser(who, first)
    record.merge_tickets(ticket_id=first, into_id=second, by=HOUSE, at=now())

    answer = client.get(f"/requests/{first}", follow=True)
    client.post(f"/requests/{first}/facts", form(words="third words"))

    assert answer.redirect_chain == [(f"/requests/{second}", 303)]
    assert "first words" in text_of(answer)
    assert "second words" in text_of(answer)
    assert TroubleTicket.objects.get(pk=second).customer_wrote_at is not None
    assert "third words" in text_of(client.get(f"/requests/{second}"))


def test_the_reporters_own_link_is_shown_to_nobody_who_reads_along() -> None:
    """Attack: a colleague in copy takes the reporter's link out of a quoted mail."""
    from unbroken.conversation.links import ticket_link

    who = anneke()
    ticket = asks(who, words=f"see {ticket_link(100001, who)} please")

    page = browser(who, ticket).get(f"/requests/{ticket}").content.decode()

    assert "/r/…" in page
    assert f"/r/100001.{who}." not in page


def test_a_mail_that_was_cut_says_so_to_its_writer_and_to_agents() -> None:
    """Accident: a mail of 60 MB was fetched from a mailbox elsewhere, its end was not."""
    anneke()
    raw = (
        f"From: Anneke <{ANNEKE}>\r\nTo: help@desk.example\r\nSubject: Pictures\r\n"
        "Message-ID: <big@home.example>\r\n\r\nHere are all my pict"
    ).encode()
    thing = RawThing("mail", raw, envelope={"cut_at": len(raw), "whole_size": 60_000_000})
    number = read_intake(intake.take_in(thing, at=now())[0], at=now()).ticket_id

    page = text_of(reader_of(ANNEKE).get(f"/requests/{number}"))
    (message,) = queries.messages_of(number)

    assert "only its beginning reached us" in page
    assert message.problem == CUT


def test_a_whole_mail_says_nothing_of_being_cut() -> None:
    number = asks(anneke(), "no sync")

    assert "only its beginning" not in text_of(reader_of(ANNEKE).get(f"/requests/{number}"))


def test_what_we_owe_for_a_missed_promise_stands_there_before_anybody_asks() -> None:
    plant_agreements(timezone="UTC", by=HOUSE, at=ago(days=60))
    set_consequence(
        agreement="classic", measure="first_answer", kind="fixed_credit",
        settings={"amount": "5", "currency": "EUR"}, by=HOUSE, at=ago(days=60),
    )  # fmt: skip
    who = anneke()
    late, early = asks(who, at=ago(days=30)), asks(who)
    ring(at=now())
    drain(at=now())

    told = [text_of(browser(who, one).get(f"/requests/{one}")) for one in (late, early)]

    assert "You are credited 5.00 EUR; there is nothing you need to do." in told[0]
    assert "credited" not in told[1]
