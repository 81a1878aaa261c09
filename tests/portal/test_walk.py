"""Every address of the portal, walked by strangers; and what a page costs."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.portal.people import (
    ANNEKE,
    ago,
    anneke,
    asks,
    browser,
    contact,
    customer,
    form,
    reader_of,
    sofie,
)
from unbroken.conversation import actions as record
from unbroken.conversation.incoming import FileIn
from unbroken.conversation.models import Attachment
from unbroken.ground.log import events_of
from unbroken.portal.urls import urlpatterns

pytestmark = pytest.mark.django_db
SECRET = "the secret of Lindenstrasse"


@pytest.fixture
def hers() -> dict[str, Any]:
    """Anneke's request with a file, and her words in it."""
    data = SECRET.encode()
    file = FileIn("secret.txt", "text/plain", len(data), hashlib.sha256(data).digest(), data=data)
    ticket = asks(anneke(), SECRET, words=SECRET, files=(file,))
    return {"ticket": ticket, "file": Attachment.objects.get().pk}


def addresses(hers: dict[str, Any]) -> Iterator[str]:
    """Every address of the portal, filled in with what is Anneke's."""
    values = {
        "<int:number>": str(hers["ticket"]),
        "<int:file_id>": str(hers["file"]),
        "<int:article_id>": "1",
        "<int:contact_id>": "1",
        "<int:approval_id>": "1",
        "<int:customer_id>": "1",
        "<str:name>": "secret.txt",
        "<str:token>": f"{hers['ticket']}.1.AAAA",
        "<str:key>": "guessed",
        "<path:place>": "internet/lamp",
    }
    for pattern in urlpatterns:
        route = str(pattern.pattern)
        for mark, value in values.items():
            route = route.replace(mark, value)
        assert "<" not in route, f"{route}: say here what a stranger would try"
        yield f"/{route}"


def strangers() -> dict[str, Client]:
    """Nobody, another customer by a link, another customer by their mailbox."""
    mallory = contact("Mallory", "mallory@elsewhere.example", customer("Mallory", "company"))
    return {
        "nobody": browser(),
        "by a link": browser(mallory, asks(mallory)),
        "by mailbox": reader_of("mallory@elsewhere.example"),
    }


def test_no_stranger_reads_or_writes_what_is_not_theirs(hers: dict[str, Any]) -> None:
    """Attack: every address, read and written, as nobody and as another customer."""
    before = len(events_of([f"ticket:{hers['ticket']}"]))

    for who, client in strangers().items():
        for address in addresses(hers):
            if address == "/leave":
                continue
            for answer in (
                client.get(address),
                client.get(address, headers={"HX-Request": "true"}),
                client.post(address, form(words="x")),
            ):
                assert answer.status_code < 500, (who, address)
                assert SECRET not in answer.content.decode(errors="replace"), (who, address)
    assert len(events_of([f"ticket:{hers['ticket']}"])) == before


def test_every_page_forbids_scripts_from_elsewhere_and_keeping(hers: dict[str, Any]) -> None:
    client = reader_of(ANNEKE)

    for address in addresses(hers):
        answer = client.get(address)
        assert "unsafe-inline" not in answer.headers["Content-Security-Policy"], address
        assert answer.headers["X-Content-Type-Options"] == "nosniff", address
        if answer.status_code == 200 and not address.startswith("/help"):
            assert "private" in answer.headers["Cache-Control"], address


def test_a_reader_chooses_the_language_and_a_known_one_is_spoken_to_in_theirs() -> None:
    from unbroken.directory import actions as directory
    from unbroken.ground.actor import HOUSE

    owner = directory.register_customer(
        name="Irina", language="ru", timezone="Europe/Moscow", by=HOUSE, at=ago(days=1)
    )
    who = contact("Irina", "irina@home.example", owner)
    known, chooser = browser(who, asks(who)), browser()

    chooser.post("/look", {"language": "it", "next": "/ask"})

    assert '<html lang="ru"' in known.get("/").content.decode()
    assert '<html lang="it"' in chooser.get("/ask").content.decode()


@pytest.mark.usefixtures("nothing_kept_grows_old")
def test_a_page_costs_the_same_however_long_the_story(hers: dict[str, Any]) -> None:
    client, by = reader_of(ANNEKE), sofie()
    pages = ("/", "/requests", f"/requests/{hers['ticket']}")
    record.reply(ticket_id=hers["ticket"], words="first", goes_to=None, by=by, at=ago(minutes=6))
    client.get(pages[2])

    short = [queries_of(client, page) for page in pages]
    for n in range(15):
        record.reply(ticket_id=hers["ticket"], words=f"{n}", goes_to=None, by=by, at=ago(minutes=5))
    long = [queries_of(client, page) for page in pages]

    assert long == short
    assert all(n <= most for n, most in zip(short, (6, 5, 17), strict=True)), short


def queries_of(client: Client, page: str) -> int:
    """How many queries a page takes."""
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(page).status_code == 200
    return len(seen)
