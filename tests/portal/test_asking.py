"""Asking: the number and the time at once, whatever was typed; and nothing twice."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.portal.people import (
    ANNEKE,
    MALLORY,
    ago,
    anneke,
    asks,
    browser,
    contact,
    customer,
    number_in,
    question,
    reader_of,
    sofie,
    text_of,
)
from unbroken.conversation import actions as record
from unbroken.conversation import queries
from unbroken.conversation.models import Attachment, Message, TroubleTicket
from unbroken.directory import actions as directory
from unbroken.directory import queries as card_index
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.postman import drain
from unbroken.knowledge import actions as knowledge
from unbroken.portal import limits
from unbroken.portal.limits import FILE_BYTES_MAX, Limit
from unbroken.promise import actions as promise

pytestmark = pytest.mark.django_db


def topic(key: str, name: str, parent: str | None = None, ticket_type: str = "incident") -> None:
    record.set_topic(
        key=key, names={"en": name, "ru": f"{name} по-русски"}, parent_key=parent,
        ticket_type=ticket_type, by=HOUSE, at=ago(days=1),
    )  # fmt: skip


def only_ticket() -> TroubleTicket:
    return TroubleTicket.objects.get()


def test_a_stranger_gets_the_number_on_the_spot() -> None:
    client = browser()

    answer = client.post("/ask", question(words="The lamp is dark\nsince two days."), follow=True)

    ticket = only_ticket()
    assert answer.redirect_chain == [(f"/asked/{ticket.id}", 303)]
    assert str(ticket.id) in text_of(answer)
    assert ticket.name == "The lamp is dark"
    assert ticket.channel == "web"


def test_the_promised_time_is_on_the_page() -> None:
    promise.plant_agreements(timezone="Europe/Berlin", by=HOUSE, at=ago(days=1))

    answer = browser().post("/ask", question(), follow=True)

    assert "A person answers by" in text_of(answer)


def test_without_an_agreement_no_time_is_made_up() -> None:
    answer = browser().post("/ask", question(), follow=True)

    assert "A person answers by" not in text_of(answer)
    assert "A person will read it and answer" in text_of(answer)


def test_a_typed_address_never_makes_somebody_a_customer_on_record() -> None:
    """Attack: a form filled in with a customer's address, to be shown their requests."""
    who = anneke()
    hers = asks(who)
    client = browser()

    client.post("/ask", question(email=ANNEKE, name="Anneke de Wit"))

    ticket = TroubleTicket.objects.exclude(pk=hers).get()
    assert ticket.customer_id is None
    assert ticket.contact_id != who
    assert client.get(f"/requests/{hers}").status_code == 404
    assert client.get(f"/requests/{ticket.id}").status_code == 404


def test_the_number_is_shown_again_only_to_the_browser_that_asked() -> None:
    """Attack: counting upwards through /asked/100001, /asked/100002 …"""
    client = browser()
    client.post("/ask", question(words="a secret"))
    number = only_ticket().id

    assert "a secret" in text_of(client.get(f"/asked/{number}"))
    assert browser().get(f"/asked/{number}").status_code == 404
    assert client.get(f"/asked/{number + 1}").status_code == 404
    assert client.get(f"/asked/{10**30}").status_code == 404


def test_pressing_the_button_twice_gives_one_ticket() -> None:
    """Accident: a double click, or a reload of the answer."""
    client, sent = browser(), question()

    first = client.post("/ask", sent)
    second = client.post("/ask", sent)

    assert first.headers["Location"] == second.headers["Location"]
    assert TroubleTicket.objects.count() == 1
    assert Message.objects.count() == 1


def test_the_same_form_with_other_words_is_not_swallowed() -> None:
    """Accident: sent, gone back, changed, sent again: words are never dropped."""
    client, sent = browser(), question()

    client.post("/ask", sent)
    client.post("/ask", {**sent, "words": "And the telephone is dead too."})

    assert TroubleTicket.objects.count() == 2


def test_a_form_that_is_not_ours_is_handed_back_with_its_words() -> None:
    """Attack: posting without ever having seen the page. Accident: the page was open for days."""
    answer = browser().post("/ask", {**question(words="my words"), "form": "forged"})

    assert answer.status_code == 422
    assert "my words" in answer.content.decode()
    assert TroubleTicket.objects.count() == 0


def test_a_machine_that_fills_in_every_field_is_stopped_and_nothing_is_lost() -> None:
    """Attack: spam. Accident: an over-helpful browser fills in the hidden field."""
    client = browser()

    stopped = client.post("/ask", question(website="https://spam.example", words="buy this"))

    assert stopped.status_code == 422
    assert "Leave this empty" in text_of(stopped)
    assert "buy this" in stopped.content.decode()
    assert TroubleTicket.objects.count() == 0


def test_too_many_requests_from_one_place_are_held_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Attack: a flood of requests from one address."""
    monkeypatch.setattr(
        "unbroken.portal.asking.ASKS_FROM_ONE_PLACE",
        Limit("ask", 2, limits.ASKS_FROM_ONE_PLACE.within),
    )
    answers = [browser().post("/ask", question(words=f"{n}")).status_code for n in range(3)]
    elsewhere = Client(REMOTE_ADDR="203.0.113.9").post("/ask", question(words="me"))

    assert answers == [303, 303, 429]
    assert elsewhere.status_code == 303


@pytest.mark.parametrize(
    "email", ["", "nobody", "a@b@c", "a b@c.example", "x@exa mple", f"{'x' * 400}@c.example"]
)
def test_an_address_that_cannot_be_answered_is_refused(email: str) -> None:
    answer = browser().post("/ask", question(email=email, words="my words"))

    assert answer.status_code == 422
    assert "Give an e-mail address to which we can answer" in text_of(answer)
    assert "my words" in answer.content.decode()


@pytest.mark.parametrize("words", ["", "   \n  "])
def test_an_empty_request_is_refused(words: str) -> None:
    answer = browser().post("/ask", question(words=words))

    assert answer.status_code == 422
    assert "Write what it is about first" in text_of(answer)


def test_a_name_and_a_subject_cannot_carry_a_header() -> None:
    """Attack: header injection by line breaks in name, subject and address."""
    browser().post(
        "/ask",
        question(
            name="Mallory\r\nBcc: everybody@example.com",
            subject="Hello\r\nX-Evil: 1",
            email=MALLORY,
        ),
    )
    broken = browser().post("/ask", question(email="a@b.example\r\nBcc: c@d.example"))

    ticket = only_ticket()
    card = card_index.contact(ticket.contact_id)
    assert ticket.name == "Hello X-Evil: 1"
    assert card is not None
    assert card.name == "Mallory Bcc: everybody@example.com"
    assert broken.status_code == 422


def test_somebody_we_know_asks_as_themselves() -> None:
    owner = customer("Anneke de Wit")
    who = contact("Anneke de Wit", ANNEKE, owner)
    service = directory.register_service(
        customer_id=owner, access_name="anneke@isp", by=HOUSE, at=ago(days=9)
    )
    client = reader_of(ANNEKE)

    page = client.get("/ask")
    answer = client.post("/ask", question(words="again", service=str(service), email="x@y.example"))

    ticket = queries.ticket_facts(number_in(answer.headers["Location"]))
    assert "anneke@isp" in text_of(page)
    assert ticket is not None
    assert (ticket.contact_id, ticket.customer_id, ticket.service_id) == (who, owner, service)


def test_a_service_of_another_customer_cannot_be_named() -> None:
    """Attack: the number of somebody else's service in the form."""
    anneke()
    other = customer("Bram")
    service = directory.register_service(
        customer_id=other, access_name="bram@isp", by=HOUSE, at=ago(days=9)
    )
    client = reader_of(ANNEKE)

    page = client.get(f"/ask?service={service}")
    answer = client.post("/ask", question(service=str(service)))

    ticket = queries.ticket_facts(number_in(answer.headers["Location"]))
    assert ticket is not None
    assert ticket.service_id is None
    assert "bram@isp" not in page.content.decode()


def test_topics_come_in_plain_words_and_in_the_readers_language() -> None:
    topic("internet", "Internet")
    topic("internet/slow", "Slow connection", "internet")

    page = browser().get("/ask")
    russian = Client(headers={"accept-language": "ru"}).get("/ask")
    answer = browser().post("/ask", question(topic="internet/slow"))

    assert "Slow connection" in text_of(page)
    assert "Slow connection по-русски" in text_of(russian)
    ticket = queries.ticket_facts(number_in(answer.headers["Location"]))
    assert ticket is not None
    assert ticket.topic_id is not None


def test_an_order_is_an_order_whatever_the_form_says() -> None:
    topic("move", "Moving house", ticket_type="order")

    browser().post("/ask", question(topic="move", kind="incident"))

    assert only_ticket().ticket_type == "order"


def test_under_the_topic_stands_what_helped_others_and_nothing_internal() -> None:
    """Attack: reading what is written for agents by asking for its topic or its number."""
    topic("internet", "Internet")
    by = sofie()
    public, internal, draft = (
        knowledge.write_article(
            topic_key="internet",
            audience=audience,
            texts={"en": (title, "Press the button.")},
            by=by,
            at=ago(days=1),
        )
        for title, audience in (
            ("Restart", "public"),
            ("Passwords", "internal"),
            ("Later", "public"),
        )
    )
    knowledge.publish_article(article_id=public, by=by, at=ago(days=1))
    knowledge.publish_article(article_id=internal, by=by, at=ago(days=1))

    page = text_of(browser().get("/ask?topic=internet"))

    assert "Restart" in page
    assert "Passwords" not in page
    assert browser().get(f"/articles/{public}").status_code == 301
    assert browser().get(f"/articles/{internal}").status_code == 404
    assert browser().get(f"/articles/{draft}").status_code == 404
    assert browser().get(f"/articles/{10**30}").status_code == 404


def test_files_come_along_and_programs_are_held_apart() -> None:
    """Attack: an executable, a path in a file's name, a drawing with a script."""
    files = [
        SimpleUploadedFile("lamp.png", b"\x89PNG\r\n\x1a\n....", "image/png"),
        SimpleUploadedFile("../../etc/passwd", b"root", "text/plain"),
        SimpleUploadedFile("setup.exe", b"MZ....", "image/png"),
        SimpleUploadedFile("x.svg", b"<svg onload='alert(1)'/>", "image/svg+xml"),
    ]

    browser().post("/ask", question(files=files))

    kept = {row.name: row.held for row in Attachment.objects.all()}
    assert set(kept) == {"lamp.png", "passwd", "setup.exe", "x.svg"}
    assert kept["lamp.png"] == kept["passwd"] == ""
    assert kept["setup.exe"]
    assert kept["x.svg"]


def test_a_file_that_is_too_large_is_refused_by_name_and_the_words_stay() -> None:
    """Attack and accident: an upload larger than we take."""
    large = SimpleUploadedFile("film.mp4", b"x" * (FILE_BYTES_MAX + 1), "video/mp4")

    answer = browser().post("/ask", question(files=[large], words="my words"))

    assert answer.status_code == 422
    assert "film.mp4" in text_of(answer)
    assert "my words" in answer.content.decode()
    assert TroubleTicket.objects.count() == 0


def test_too_many_files_are_refused() -> None:
    many = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(11)]

    answer = browser().post("/ask", question(files=many))

    assert answer.status_code == 422
    assert "At most 10 files" in text_of(answer)


def test_the_page_needs_no_script_and_asks_nothing_of_others() -> None:
    answer = browser().get("/ask?topic=other")

    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    page = answer.content.decode()
    assert 'method="post"' in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert " style=" not in page
    assert " onclick=" not in page


def test_the_receipt_goes_out_once_however_often_the_form_was_sent() -> None:
    client, sent = browser(), question()

    client.post("/ask", sent)
    client.post("/ask", sent)
    drain()

    receipts = [m for m in queries.messages_of(only_ticket().id) if m.kind == "receipt"]
    assert len(receipts) == 1
    assert "/r/" in (receipts[0].words or "")
    assert now() >= receipts[0].at
