"""Custom fields in the customer's form: only under their topic, checked, shown if they may be."""

from django.test import Client

from unbroken.conversation import actions as record
from unbroken.conversation.models import TroubleTicket
from unbroken.conversation.queries import field_values
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.portal.details import shown_on
from unbroken.portal.once import form_number


def put_up() -> int:
    """A topic that asks customers for their router, and agents for the price."""
    topic = record.set_topic(key="internet", names={"en": "Internet"}, by=HOUSE, at=now())
    choices = [{"key": "zte", "names": {"en": "ZTE", "ru": "ZTE"}}]
    for key, kind, who in (("router", "choice", "must"), ("price", "number", "hidden")):
        record.set_field(
            key=key, topic_id=topic, kind=kind, names={"en": key.title()}, for_customers=who,
            choices=choices if kind == "choice" else (), by=HOUSE, at=now(),
        )  # fmt: skip
    return topic


def test_fields_are_asked_under_their_topic_only_and_kept(db: None) -> None:
    topic, client = put_up(), Client()
    sent = {"kind": "incident", "words": "Slow.", "email": "eve@elsewhere.example"}

    assert "field-router" not in client.get("/ask?topic=").content.decode()
    page = client.get("/ask?topic=internet").content.decode()
    assert "field-router" in page
    assert "field-price" not in page
    assert "field-router" in client.get("/ask/details?topic=internet").content.decode()
    refused = client.post("/ask", {**sent, "topic": "internet", "form": form_number()})
    assert "Router is missing." in refused.content.decode()
    client.post(
        "/ask",
        {**sent, "topic": "internet", "form": form_number(), "field-router": "zte",
         "field-price": "1"},
    )  # fmt: skip

    ticket = TroubleTicket.objects.get()
    assert [row.text for row in field_values([ticket.id])] == ["ZTE"]
    assert shown_on(ticket.id, topic) == [("Router", "ZTE")]


def test_what_is_for_agents_only_is_not_shown(db: None) -> None:
    """The accident: an internal number on the customer's page."""
    topic, client = put_up(), Client()
    client.post(
        "/ask",
        {"kind": "incident", "words": "x", "email": "eve@elsewhere.example", "topic": "internet",
         "form": form_number(), "field-router": "zte"},
    )  # fmt: skip
    ticket = TroubleTicket.objects.get()
    record.fill_fields(ticket_id=ticket.id, typed={"price": "12"}, by=HOUSE, at=now())

    assert shown_on(ticket.id, topic) == [("Router", "ZTE")]
