"""The language of the portal, and what a page costs; `tests/security` walks all its addresses."""

import hashlib
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
    reader_of,
    sofie,
)
from unbroken.conversation import actions as record
from unbroken.conversation.incoming import FileIn
from unbroken.conversation.models import Attachment

pytestmark = pytest.mark.django_db
SECRET = "the secret of Lindenstrasse"


@pytest.fixture
def hers() -> dict[str, Any]:
    """Anneke's request with a file, and her words in it."""
    data = SECRET.encode()
    file = FileIn("secret.txt", "text/plain", len(data), hashlib.sha256(data).digest(), data=data)
    ticket = asks(anneke(), SECRET, words=SECRET, files=(file,))
    return {"ticket": ticket, "file": Attachment.objects.get().pk}


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
    for page in pages:
        client.get(page)

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
