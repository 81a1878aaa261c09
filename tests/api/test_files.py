"""Files over the API: in as base64, out as they came, dangerous ones only on purpose."""

import base64

import pytest

from tests.api.systems import MONDAY, System, system, within
from unbroken.conversation.ids import TicketId
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.writers import erase

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.api.urls")]


@pytest.fixture
def shop() -> System:
    return system()


def file(name: str, data: bytes, kind: str = "text/plain") -> dict[str, str]:
    return {"name": name, "mediaType": kind, "content": base64.b64encode(data).decode()}


def test_a_file_comes_back_byte_for_byte_and_is_never_shown_in_place(shop: System) -> None:
    number = shop.opens(files=[file("log.txt", b"\x00\xff line")])
    (message,) = shop.get(f"/api/tickets/{number}/messages").body["messages"]
    (told,) = message["attachments"]

    answer = shop.get(within(told["href"]))

    assert answer.status == 200
    assert answer.body == b"\x00\xff line"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="log.txt"'
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("invoice.pdf.exe", b"MZ\x00\x00", "application/pdf"),
        ("run.sh", b"#!/bin/sh\nrm -rf /", "text/plain"),
        ("page.svg", b"<svg onload='alert(1)'/>", "image/svg+xml"),
    ],
)
def test_a_dangerous_file_is_held_apart_until_somebody_insists(
    shop: System, name: str, data: bytes, kind: str
) -> None:
    """Attack: a program that calls itself an invoice."""
    number = shop.opens()
    told = shop.post(f"/api/tickets/{number}/attachments", file(name, data, kind)).body
    assert told["held"]

    path = within(told["href"])
    refused, opened = shop.get(path), shop.get(f"{path}?held=open")

    assert refused.status == 409
    assert told["held"] in refused.reason
    assert (opened.status, opened.body) == (200, data)
    assert shop.get(f"{path}?held=yes").status == 400


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\..\\win.ini", 'a"b\r\nX: y.txt', "\u202etxt.gpj", "/", "."]
)
def test_no_name_leads_out_of_a_folder_or_into_a_header(shop: System, name: str) -> None:
    """Attack: path tricks and header injection in the name of a file."""
    number = shop.opens()

    told = shop.post(f"/api/tickets/{number}/attachments", file(name, b"x")).body
    answer = shop.get(within(told["href"]) + "?held=open")

    assert not set(told["name"]) & set('/\\\r\n"\u202e')
    assert told["name"] not in ("", ".", "..")
    assert answer.status == 200
    assert "X" not in answer.headers


def test_a_file_of_one_ticket_is_not_found_on_another(shop: System) -> None:
    first, second = shop.opens(), shop.opens()
    told = shop.post(f"/api/tickets/{first}/attachments", file("a.txt", b"x")).body

    assert shop.get(f"/api/tickets/{second}/attachments/{told['id']}").status == 404


def test_a_file_of_somebody_who_was_erased_is_gone(shop: System) -> None:
    number = shop.opens(contact={"name": "Bram"}, files=[file("a.txt", b"x")])
    who = shop.get(f"/api/tickets/{number}").body["contactId"]
    (message,) = shop.get(f"/api/tickets/{number}/messages").body["messages"]
    path = within(message["attachments"][0]["href"])
    assert shop.get(path).status == 200

    erase(Actor.contact(who), "asked for it", at=MONDAY, by=HOUSE)

    assert shop.get(path).status == 410
    assert TicketId(number) == shop.get(f"/api/tickets/{number}").body["number"]
