"""Nobody reads another's ticket: every address of the house is tried by everybody.

The addresses are collected from the urlconf and from the API's description of itself; one that
`addresses` does not know yet fails the first two tests.
"""

import copy
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from tests.security.addresses import (
    ADDRESSES,
    OF_AGENTS,
    OF_PORTAL,
    OF_TICKET,
    OPERATIONS,
    operations,
    routes,
)
from tests.security.crowd import ANNEKE, BRAM, CARLA, MILA, SECRET, SOFIE, VERA, Crowd
from unbroken.conversation import actions
from unbroken.conversation.links import link_token
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now

pytestmark = [pytest.mark.django_db, pytest.mark.once]

USED = ("GET", "HEAD", "POST")
UNUSED = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
METHODS = (*USED, *UNUSED)
SILENT = (
    "/draft", "/seen", "/sleep/end", "/use", "<canned_id>", "/sharing", "/taking", "/copies",
    "<number>/fields", "/marks", "<mark>/removal",
)  # fmt: skip
"""Deeds that are nobody's word: drafts and what is put into them, marks; waking what is awake;
fields of a topic that has none."""
NO_SUCH = 987654


@contextmanager
def undone(client: Client) -> Iterator[None]:
    """Whatever happens inside has not happened afterwards, in the browser neither."""
    cookies = copy.deepcopy(client.cookies)
    before = transaction.savepoint()
    yield
    transaction.savepoint_rollback(before)
    client.cookies = cookies


def ask(client: Client, method: str, path: str, body: Any = None, **headers: str) -> Any:
    """One request; a form for a POST, JSON where headers say so, nothing else."""
    if headers.get("accept") == "application/json":
        data, kind = json.dumps(body or {}), "application/json"
        return client.generic(method, path, data, kind, headers=headers)
    if method == "POST":
        return client.post(path, body or {}, headers=headers)
    return client.generic(method, path, headers=headers)


def whole(answer: Any) -> str:
    """Everything an answer says: status, headers, body."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    cookies = answer.cookies.output()
    return f"{answer.status_code}\n{head}\n{cookies}\n{body.decode('utf-8', 'replace')}".lower()


def leaks(answer: Any, crowd: Crowd, path: str) -> list[str]:
    """What of Anneke's is in an answer: her words, or her number where nobody had named it."""
    told = whole(answer)
    found = [SECRET] if SECRET in told.replace(path.lower(), "") else []
    if str(crowd.ticket) not in path and re.search(rf"\b{crowd.ticket}\b", told):
        found.append("number")
    return found


def events(crowd: Crowd) -> int:
    """How much has happened to Anneke's ticket, and what of it is stuck."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM ground_event WHERE stream = %s)"
            " + 1000 * (SELECT count(*) FROM ground_letter WHERE parked_at IS NOT NULL)",
            [f"ticket:{crowd.ticket}"],
        )
        return int(cursor.fetchone()[0])


def test_every_address_of_the_house_is_known_here() -> None:
    assert routes() == set(ADDRESSES)


def test_every_operation_of_the_api_is_known_here() -> None:
    assert operations() == set(OPERATIONS)


def browsers(crowd: Crowd) -> dict[str, tuple[Client, frozenset[str]]]:
    """Everybody to whom the ticket is not: their browser, and whose addresses are theirs too."""
    by_link = crowd.stranger()
    link = link_token(crowd.other, crowd.contacts[BRAM])
    assert by_link.get(f"/r/{link}").status_code == 303
    return {
        "nobody": (crowd.stranger(), frozenset()),
        "another customer": (crowd.reader(BRAM), frozenset({OF_PORTAL})),
        "another customer by link": (by_link, frozenset({OF_PORTAL})),
        "a third party in Cc": (crowd.reader(CARLA), frozenset({OF_PORTAL})),
        "an agent without the queue": (crowd.agent(SOFIE), frozenset({OF_AGENTS})),
    }


@pytest.mark.parametrize(
    "who",
    [
        "nobody",
        "another customer",
        "another customer by link",
        "a third party in Cc",
        "an agent without the queue",
    ],
)
def test_nobody_else_learns_or_changes_anything_anywhere(crowd: Crowd, who: str) -> None:
    """Attack: every address, every method, with a right form, by somebody it is not for.

    The methods that nothing uses are tried by who has no rights at all; by who has most, where
    looks are told from deeds.
    """
    client, _own = browsers(crowd)[who]
    before, wrong = events(crowd), []
    methods = METHODS if who == "nobody" else USED

    for route, address in ADDRESSES.items():
        path, form = address.path(route, crowd), address.body(crowd)
        with undone(client):
            for method in methods:
                answer = ask(client, method, path, form)
                found = leaks(answer, crowd, path)
                if answer.status_code >= 500:
                    found.append(str(answer.status_code))
                if found:
                    wrong.append((method, path, answer.status_code, found))
            if events(crowd) != before:
                wrong.append(("any", path, 0, ["changed"]))

    assert wrong == []


@pytest.mark.parametrize("who", ["nobody", "another customer", "an agent without the queue"])
def test_what_is_not_theirs_answers_as_if_it_did_not_exist(crowd: Crowd, who: str) -> None:
    """Attack: telling numbers that exist from numbers that do not."""
    client, _own = browsers(crowd)[who]
    unlike = []

    for route, address in ADDRESSES.items():
        if address.whose not in (OF_TICKET, OF_PORTAL) or "<" not in route:
            continue
        path = address.path(route, crowd)
        absent = path.replace(str(crowd.ticket), str(NO_SUCH))
        if absent == path:
            absent = re.sub(r"/(\d+|u\.[^/]+)(/|$)", rf"/{NO_SUCH}\2", path)
        for method in ("GET", "HEAD", "POST"):
            with undone(client):
                there = ask(client, method, path, address.body(crowd))
            with undone(client):
                not_there = ask(client, method, absent, address.body(crowd))
            if _alike(there, path) != _alike(not_there, absent):
                unlike.append((method, path, there.status_code, not_there.status_code))
            if method == "GET" and who == "an agent without the queue" and not address.is_deed:
                assert there.status_code == 404, path

    assert unlike == []


def _alike(answer: Any, path: str) -> str:
    """An answer without what the asker himself said, and without what is new every time."""
    told = whole(answer).replace(path.lower(), "").replace(path.lower().replace("/", "%2f"), "")
    return re.sub(
        r'[a-z0-9_-]{32,}|expires[=:] ?[a-z]{3}, [^;]+? gmt|data-now="[^"]+"|content-length: \d+',
        "",
        told,
    )


def test_an_agent_with_the_queue_reads_and_does_all_of_it(crowd: Crowd) -> None:
    client, wrong = crowd.agent(MILA), []

    for route, address in ADDRESSES.items():
        if address.whose not in (OF_TICKET, OF_AGENTS):
            continue
        path, before = address.path(route, crowd), events(crowd)
        with undone(client):
            answer = ask(client, "POST" if address.is_deed else "GET", path, address.body(crowd))
            has_told = SECRET in whole(answer)
            may_be_late = route.endswith(("/withdrawal", "/removal", "/note-withdrawal"))
            is_late = may_be_late and answer.status_code == 422
            if answer.status_code not in (200, 204, 303) and not is_late:
                wrong.append((path, answer.status_code, "refused"))
            if address.tells and not has_told:
                wrong.append((path, answer.status_code, "tells nothing of it"))
            is_silent = is_late or address.is_own or route.endswith(SILENT)
            if address.is_deed and not is_silent and events(crowd) == before:
                wrong.append((path, answer.status_code, "changed nothing"))

    assert wrong == []


def test_anneke_reads_her_own_but_nothing_that_was_said_inside(crowd: Crowd) -> None:
    by_mailbox, by_link = crowd.reader(ANNEKE), crowd.stranger()
    assert by_link.get(f"/r/{crowd.link}").status_code == 303

    for client in (by_mailbox, by_link):
        page = whole(client.get(f"/requests/{crowd.ticket}"))
        assert "the quokka words of anneke" in page
        assert "among ourselves" not in page
        assert "quokka begun" not in page
        assert "carla was here" not in page
        assert "quokka-note" not in page
        assert client.get(f"/files/{crowd.mail_file}/x").status_code == 200
        assert client.get(f"/files/{crowd.note_file}/x").status_code == 404
        assert client.get(f"/console/tickets/{crowd.ticket}").status_code == 303


@pytest.mark.parametrize("who", ["nobody", "other", "revoked", "billing", "all"])
def test_the_api_tells_a_ticket_only_to_a_token_that_may_see_it(crowd: Crowd, who: str) -> None:
    """Attack: every operation with no token, with a forged one, with one for another team."""
    token = crowd.tokens["all"][:-1] + "_" if who == "revoked" else crowd.tokens.get(who, "")
    client = crowd.stranger()
    may, wrong, before = who in ("billing", "all"), [], events(crowd)
    headers = {
        "accept": "application/json",
        **({"authorization": f"Bearer {token}"} if token else {}),
    }

    for (method, address), operation in OPERATIONS.items():
        path = operation.path(address, crowd)
        with undone(client):
            answer = ask(client, method, path, operation.body, **headers)
            found = leaks(answer, crowd, path)
            is_of_it = str(crowd.ticket) in path
            if may and (answer.status_code not in operation.good):
                wrong.append((method, path, answer.status_code, "refused"))
            elif may and operation.tells and SECRET not in whole(answer):
                wrong.append((method, path, answer.status_code, "tells nothing"))
            elif not may and (found or events(crowd) != before):
                wrong.append((method, path, answer.status_code, ", ".join(found)))
            elif not may and is_of_it:
                expected = 404 if who == "other" else 401
                assert answer.status_code == expected, (method, path, answer.content)

    assert wrong == []


def test_the_api_answers_every_other_method_without_doing_anything(crowd: Crowd) -> None:
    headers = {"accept": "application/json", "authorization": f"Bearer {crowd.tokens['all']}"}
    known, before = {path for _method, path in OPERATIONS}, events(crowd)
    client = crowd.stranger()

    for address in known:
        operation = next(op for (_m, path), op in OPERATIONS.items() if path == address)
        for method in METHODS:
            if (method, address) not in OPERATIONS:
                with undone(client):
                    path = operation.path(address, crowd)
                    answer = ask(client, method, path, {}, **headers)
                    assert answer.status_code == 405, (method, path)
                    assert events(crowd) == before


def test_a_session_of_the_console_opens_no_door_of_the_api(crowd: Crowd) -> None:
    """Attack: a page elsewhere lets the agent's browser speak to the API with its cookies."""
    client = crowd.agent(VERA)

    answer = ask(client, "GET", f"/api/tickets/{crowd.ticket}", accept="application/json")

    assert answer.status_code == 401


@pytest.mark.parametrize(
    "forge",
    [
        lambda crowd: crowd.link[:-1] + ("A" if crowd.link[-1] != "A" else "B"),
        lambda crowd: crowd.link.replace(str(crowd.ticket), str(crowd.other), 1),
        lambda crowd: link_token(crowd.ticket, crowd.contacts[BRAM]),
        lambda crowd: link_token(crowd.ticket, crowd.contacts[CARLA]),
        lambda crowd: link_token(NO_SUCH, crowd.contacts[ANNEKE]),
        lambda crowd: f"{crowd.ticket}.{crowd.contacts[ANNEKE]}.",
        lambda crowd: "." * 500,
        lambda crowd: "%00",
    ],
    ids=["altered", "other ticket", "other customer", "Cc", "no ticket", "unsigned", "long", "nul"],
)
def test_a_link_that_we_did_not_make_for_the_reader_opens_nothing(crowd: Crowd, forge: Any) -> None:
    client = crowd.stranger()

    path = f"/r/{forge(crowd)}"
    answer = client.get(path)

    assert answer.status_code == 404
    assert leaks(answer, crowd, path) == []
    assert client.get(f"/requests/{crowd.ticket}").status_code == 404


def test_a_link_ends_when_its_reader_has_left_the_ticket(crowd: Crowd) -> None:
    client = crowd.stranger()
    assert client.get(f"/r/{crowd.link}").status_code == 303

    actions.leave_ticket(
        ticket_id=crowd.ticket, contact_id=crowd.contacts[ANNEKE], by=HOUSE, at=now()
    )

    assert crowd.stranger().get(f"/r/{crowd.link}").status_code == 404
    assert client.get(f"/requests/{crowd.ticket}").status_code == 404


def test_an_answer_to_all_shows_the_third_party_no_way_in(crowd: Crowd) -> None:
    """Attack: Carla stands in Cc of a mail that carries the link which opens Anneke's ticket."""
    sent = crowd.agent(VERA).get(f"/console/mail/{crowd.sent_name}").content.decode()

    assert f"/r/{crowd.ticket}" in sent
    assert CARLA not in sent
