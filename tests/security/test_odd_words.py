"""Odd words in every field of the house: in addresses, forms, the search and the API."""

from typing import Any
from zlib import crc32

import pytest
from django.test import Client as Browser

from tests.security.addresses import ADDRESSES, OF_AGENTS, OF_ALL, OF_PORTAL, OF_TICKET
from tests.security.crowd import ANNEKE, MILA, VERA, Crowd
from tests.security.walk import ask, undone
from tests.thorough import THOROUGH
from unbroken.conversation.models import TroubleTicket

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ODD = {
    "quote": "' OR 1=1 --",
    "stacked": "'; DROP TABLE trouble_ticket; --",
    "percent": "%s %(me)s %",
    "like": "\\_%",
    "array": "{1,2},NULL",
    "json": '{"$gt": ""}',
    "nul": "a\0b",
    "long": "w" * 10_000,
    "digits": "9" * 400,
    "superscript": "\u00b2",
    "arabic digits": "\u0661\u0662\u0663",
    "negative": "-1",
    "surrogate-ish": "\ufffe\uffff\U0010ffff",
    "mirrors": "invoice\u202efdp.exe",
    "zone": "2026-13-45T99:99:99+99:99~1",
    "format": "{0.__class__} {{7*7}} ${7*7}",
    "lines": "a\r\nSet-Cookie: evil=1",
}
EVERYWHERE = {"a number": ("digits", "superscript"), "words": ("nul",)}
"""What most often breaks a field of its kind; of the rest each field gets its share."""
SHARES = (27, 9, 1)[THOROUGH]
"""How many fields share one odd word; UNBROKEN_TEST_THOROUGH=2 tries each in every field."""
FIELDS_MAX = (5, 12, 1000)[THOROUGH]
"""Of a longer form (forty numbers in a row are read by one line of code) so many are tried."""

NAMES = (
    "q", "after", "before", "find", "topic", "service", "kind", "part", "whole", "seen", "over",
    "next", "number", "open", "view", "then", "language", "form",
)  # fmt: skip
FILTERS = ("", "team:", "status:", "tag:", "customer:", "topic:", "channel:", "priority:", "#")


def due(where: str, kind: str) -> list[str]:
    """The odd words for a field, always the same: what breaks its kind, and its share."""
    shares = [name for name in ODD if crc32(f"{name} {where}".encode()) % SHARES == 0]
    return list(dict.fromkeys([*EVERYWHERE[kind], *shares]))


def tried(form: dict[str, Any]) -> list[tuple[str, Any]]:
    """The fields in which odd words are sent, spread over a long form."""
    fields = [(field, right) for field, right in form.items() if field not in ("form", "files")]
    return fields[:: -(-len(fields) // FIELDS_MAX) or 1]


@pytest.mark.thorough
@pytest.mark.parametrize("share", range(4))
def test_nothing_in_an_address_or_a_form_breaks_a_page(crowd: Crowd, share: int) -> None:
    """Attack: words of the database, zero bytes, endless digits, in every field there is."""
    tickets, wrong = TroubleTicket.objects.count(), []
    agent, anneke, boss = crowd.agent(MILA), crowd.reader(ANNEKE), crowd.agent(VERA)

    for route, address in [*ADDRESSES.items()][share::4]:
        client = agent if address.whose in (OF_AGENTS, OF_TICKET, OF_ALL) else boss
        client = anneke if address.whose == OF_PORTAL else client
        path, form = address.path(route, crowd), address.body(crowd)
        if not address.is_deed:
            wrong += _looked_at_oddly(client, route, path)
        for field, right in tried(form):
            kind = "a number" if str(right).lstrip("-").isdigit() else "words"
            for name in due(f"{route} {field}", kind):
                with undone(client):
                    answer = client.post(path, {**form, field: ODD[name]})
                    wrong += _broken(answer, f"{path} {field}", name)

    assert wrong == []
    assert TroubleTicket.objects.count() == tickets


def _looked_at_oddly(client: Browser, route: str, path: str) -> list[tuple[str, int, str]]:
    """A page asked for with odd words, unless it never looks behind the question mark."""
    wrong = []
    for name in due(route, "words") + list(EVERYWHERE["a number"]):
        with undone(client):
            answer = client.get(path, dict.fromkeys(NAMES, ODD[name]))
        wrong += _broken(answer, path, name)
        if "GET" not in answer.wsgi_request.__dict__:
            break
    return wrong


@pytest.mark.parametrize("name", ODD)
def test_nothing_in_a_search_breaks_the_list(crowd: Crowd, name: str) -> None:
    agent = crowd.agent(MILA)

    asked = [agent.get("/console/", {"q": word + ODD[name]}) for word in FILTERS]

    assert [one for answer in asked for one in _broken(answer, "/console/", name)] == []


def _broken(answer: Any, where: str, odd: str) -> list[tuple[str, int, str]]:
    has_header = any("evil=1" in value for value in answer.headers.values())
    shown = b"" if answer.streaming else answer.content[:99]
    is_evil = has_header or "evil" in answer.cookies or b"DoesNotExist" in shown
    return [(where, answer.status_code, odd)] if answer.status_code >= 500 or is_evil else []


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_nothing_breaks_the_api(crowd: Crowd, odd: str) -> None:
    """Attack: the same by machine, in options, bodies and keys."""
    bearer = {"authorization": f"Bearer {crowd.tokens['all']}"}
    client, wrong = crowd.stranger(), []
    names = ("name", "status", "tags", "customer", "number", "after", "limit", "fields", "channel",
             "createdAt", "externalId", "service", "group", "assigneeId")  # fmt: skip

    for name in names:
        with undone(client):
            answer = client.get("/api/tickets", {name: odd}, headers=bearer)
            if answer.status_code >= 500:
                wrong.append((name, answer.status_code))
    for field in ("description", "name", "category", "externalId", "customer", "service"):
        with undone(client):
            given = {"description": "Mine.", field: odd}
            answer = ask(client, "POST", "/api/tickets", given, accept="application/json", **bearer)
            if answer.status_code >= 500:
                wrong.append((field, answer.status_code))
    for token in (odd.replace("\r\n", ""), f"unbroken_1_{odd}".replace("\r\n", "")):
        with undone(client):
            headers = {"authorization": f"Bearer {token}"}
            assert client.get("/api/tickets", headers=headers).status_code == 401

    assert wrong == []
