"""What each role may do, at every address: the auditor reads all of it and changes nothing."""

import pytest
from django.db import connection

from tests.security.addresses import ADDRESSES, OF_ADMIN, OF_AGENTS, OF_TICKET, OPERATIONS
from tests.security.crowd import ALDO, MILA, VERA, Crowd
from tests.security.test_every_door import ask, undone, whole
from unbroken.api.actions import issue_token
from unbroken.api.scopes import READ
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now

pytestmark = pytest.mark.django_db

OF_DESK = (OF_TICKET, OF_AGENTS, OF_ADMIN)


def on_record() -> int:
    """How much has happened to anything at all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ground_event")
        return int(cursor.fetchone()[0])


def test_an_auditor_reads_every_page_of_the_desk(crowd: Crowd) -> None:
    client, wrong = crowd.agent(ALDO), []

    for route, address in ADDRESSES.items():
        if address.whose not in OF_DESK or address.is_deed or address.is_own:
            continue
        path = address.path(route, crowd)
        with undone(client):
            answer = ask(client, "GET", path)
            is_sent_on = answer.get("Location", "").startswith("/console/") and not address.tells
            if not (answer.status_code == 200 or is_sent_on) or (
                address.tells and "quokka" not in whole(answer)
            ):
                wrong.append((path, answer.status_code))

    assert wrong == []


def test_an_auditor_changes_nothing_anywhere(crowd: Crowd) -> None:
    """Attack: every deed of the desk, with a right form, by somebody who is to read only."""
    client, wrong = crowd.agent(ALDO), []

    for route, address in ADDRESSES.items():
        if address.whose not in OF_DESK or address.is_own:
            continue
        path, body = address.path(route, crowd), address.body(crowd)
        before = on_record()
        with undone(client):
            answer = ask(client, "POST", path, body)
            if answer.status_code not in (403, 405) or on_record() != before:
                wrong.append((route, answer.status_code))

    assert wrong == []


def test_the_administration_is_closed_to_an_agent_and_open_to_an_administrator(
    crowd: Crowd,
) -> None:
    """Attack: an agent who knows the addresses of the administration, looking and posting."""
    agent, admin = crowd.agent(MILA), crowd.agent(VERA)

    for route, address in ADDRESSES.items():
        if address.whose != OF_ADMIN:
            continue
        path, body = address.path(route, crowd), address.body(crowd)
        for method in ("GET", "POST"):
            before = on_record()
            with undone(agent):
                assert ask(agent, method, path, body).status_code in (403, 405), path
                assert on_record() == before
        with undone(admin):
            method = "POST" if address.is_deed else "GET"
            assert ask(admin, method, path, body).status_code in (200, 303), path


def test_a_token_that_may_only_read_reads_all_of_the_api_and_changes_nothing(crowd: Crowd) -> None:
    """Attack: an auditor's program tries every operation, with a right body."""
    _id, token = issue_token(name="audit", scopes=(READ,), by=HOUSE, at=now())
    client, wrong = crowd.stranger(), []
    headers = {"accept": "application/json", "authorization": f"Bearer {token}"}

    for (method, address), operation in OPERATIONS.items():
        path, before = operation.path(address, crowd), on_record()
        with undone(client):
            answer = ask(client, method, path, operation.body, **headers)
            is_good = answer.status_code in (operation.good if method == "GET" else (403,))
            if not is_good or on_record() != before:
                wrong.append((method, path, answer.status_code))

    assert wrong == []
