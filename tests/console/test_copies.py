"""Who reads along: copies are chosen with open eyes, and no address carries a header of its own."""

import pytest
from django.test import Client

from tests.console.desk import SOFIE, Desk, said
from unbroken.conversation import actions as record
from unbroken.conversation.models import Delivery
from unbroken.ground.actor import Actor
from unbroken.ground.clock import now


def sends(client: Client, ticket: int, **more: object) -> str:
    """An answer from the page, as its form sends it."""
    form = {"mode": "reply", "words": "We look.", "cc_more": "", **more}
    answer = client.post(
        f"/console/tickets/{ticket}/messages", form, headers={"HX-Request": "true"}
    )
    return answer.content.decode() if answer.status_code != 200 else ""


def copied() -> list[str]:
    """Who is in copy of the last thing that leaves."""
    last = Delivery.objects.order_by("-id").first()
    return [at for _name, at in last.cc] if last else []


def test_a_typed_address_is_shown_before_anything_is_sent_to_it(desk: Desk) -> None:
    lamp, client = desk.asks("Anneke de Wit", "lamp"), desk.client(SOFIE)

    page = sends(client, lamp, cc_more="crew@carrier.example; ANNEKE2@home.example")

    assert Delivery.objects.count() == 0
    assert 'value="crew@carrier.example" checked' in page
    assert "not of this customer" in page
    assert sends(client, lamp, cc=["crew@carrier.example"]) == ""
    assert copied() == ["crew@carrier.example"]


def test_whoever_was_in_copy_is_offered_and_never_told_by_itself(desk: Desk) -> None:
    """The attack: a forged From with the attacker's own address in Cc, to be sent the answer."""
    lamp, client = desk.asks("Anneke de Wit", "lamp"), desk.client(SOFIE)
    anneke = Actor.contact(desk.contacts["Anneke de Wit"])
    forged = said(desk.contacts["Anneke de Wit"], "Anneke", "anneke@home.example", "me", now())
    forged = type(forged)(**{**vars(forged), "cc": (("Anneke's work", "eve@evil.example"),)})
    record.add_message(ticket_id=lamp, said=forged, by=anneke, at=now())

    page = client.get(f"/console/tickets/{lamp}").content.decode()
    sends(client, lamp)

    assert 'name="cc" value="eve@evil.example">' in page, "offered, not chosen"
    assert "Anneke&#39;s work" not in page.split('id="copies"')[1], "a name proves nothing"
    assert copied() == []


@pytest.mark.parametrize(
    "evil",
    [
        "x@y.example\r\nBcc: all@evil.example",
        "x@y.example\nSubject: gone",
        "x@y.example%0aBcc:z@evil.example",
        "<x@y.example> z@evil.example",
        "help me",
        "x@y.example\u2028z@evil.example",
    ],
)
def test_an_address_is_one_address_or_nothing_is_sent(desk: Desk, evil: str) -> None:
    """The attack: a line break or a second address inside one, to write headers of one's own."""
    lamp, client = desk.asks("Anneke de Wit", "lamp"), desk.client(SOFIE)

    page = sends(client, lamp, cc=[evil])

    assert "is no mail address" in page
    assert Delivery.objects.count() == 0


def test_who_was_chosen_is_kept_with_the_draft(desk: Desk) -> None:
    """The accident: the page is left for a moment, and the carrier is not in copy any more."""
    lamp, client = desk.asks("Anneke de Wit", "lamp"), desk.client(SOFIE)
    begun = {
        "mode": "reply",
        "words": "We look.",
        "offered": ["crew@carrier.example", "eve@evil.example", "x\n@evil.example"],
        "cc": ["crew@carrier.example"],
    }

    client.post(f"/console/tickets/{lamp}/draft", begun)
    page = client.get(f"/console/tickets/{lamp}").content.decode()

    assert 'name="cc" value="crew@carrier.example" checked' in page
    assert 'name="cc" value="eve@evil.example">' in page
    assert "x\n@evil" not in page
    client.post(f"/console/tickets/{lamp}/draft", {"mode": "reply", "words": "We look now."})
    again = client.get(f"/console/tickets/{lamp}").content.decode()
    assert 'value="crew@carrier.example" checked' in again, "what is not said stays as it is"
