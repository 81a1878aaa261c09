"""Nobody reads or changes what is not theirs: every address, walked by everybody who must not."""

import re
from collections.abc import Iterator

import pytest

from tests.api.described import ADDRESSES
from tests.api.systems import MONDAY, Answer, System, system
from tests.scenery import scene
from unbroken.conversation.actions import assign_ticket
from unbroken.conversation.ids import TicketId
from unbroken.evidence.adapters import all_adapters
from unbroken.ground.actor import HOUSE
from unbroken.ground.log import events_of
from unbroken.staffing.actions import open_team
from unbroken.staffing.token_scopes import READ, WRITE

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.urls("tests.api.urls")]

SECRET = "Anneke's lamp is dark"
BODIES: dict[str, object] = {
    "post /api/tickets": {"description": "x"},
    "patch /api/tickets/{number}": {"status": "closed"},
    "post /api/tickets/{number}/attachments": {"name": "a.txt", "content": "aGVsbG8="},
    **{f"post /api/network/{key}": one.sample for key, one in all_adapters().items()},
}
every_address = pytest.mark.parametrize(("path", "method"), ADDRESSES)


@scene
def her_ticket() -> dict[str, int]:
    """Anneke's ticket, with a note and a file, in the hands of billing."""
    open_team(key="routers", name="Routers", by=HOUSE, at=MONDAY)
    billing = open_team(key="billing", name="Billing", by=HOUSE, at=MONDAY)
    shop = system()
    number = shop.opens(SECRET, name=SECRET)
    assign_ticket(ticket_id=TicketId(number), team_id=billing, agent_id=None, by=HOUSE, at=MONDAY)
    file = {"name": "a.txt", "content": "aGVsbG8="}
    attachment = shop.post(f"/api/tickets/{number}/attachments", file).body["id"]
    (first, *_) = shop.get(f"/api/tickets/{number}/messages").body["messages"]
    return {"number": number, "message_id": first["id"], "attachment_id": attachment}


@pytest.fixture
def hers(her_ticket: dict[str, int]) -> Iterator[dict[str, int]]:
    """The same, found unchanged after the test."""
    stream = f"ticket:{her_ticket['number']}"
    before = events_of([stream])
    yield her_ticket
    assert events_of([stream]) == before, "a stranger changed it"


def asked(by: System, path: str, method: str, hers: dict[str, int]) -> Answer:
    """The address of her ticket, called with a body that would do."""
    where = re.sub(r"\{(\w+)\}", lambda found: str(hers[found[1]]), path)
    if method == "get":
        return by.get(where)
    body = BODIES.get(f"{method} {path}", {"text": "x"})
    return (by.post if method == "post" else by.patch)(where, body)


@every_address
@pytest.mark.parametrize("token", ["", "unbroken_1_guessed"])
def test_without_a_token_nothing_is_told_and_nothing_done(
    path: str, method: str, token: str, hers: dict[str, int]
) -> None:
    answer = asked(System(token), path, method, hers)

    assert answer.status == 401
    assert SECRET not in str(answer.body)


@every_address
def test_another_teams_system_finds_nothing_of_it(
    path: str, method: str, hers: dict[str, int]
) -> None:
    answer = asked(system("routers"), path, method, hers)

    makes_one = method == "post" and path.endswith("/tickets")
    assert answer.status == (404 if "{number}" in path else 201 if makes_one else 200)
    assert SECRET not in str(answer.body)


@every_address
def test_a_token_for_reading_does_not_write_and_one_for_writing_does_not_read(
    path: str, method: str, hers: dict[str, int]
) -> None:
    wrong = WRITE if method == "get" else READ

    answer = asked(system(scopes=(wrong,)), path, method, hers)

    assert answer.status == 403
    assert SECRET not in str(answer.body)
