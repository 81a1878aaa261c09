"""What each role may do, at every address: who works on it all of it, an auditor only read it."""

import pytest
from django.test import Client

from tests.security.addresses import (
    ADDRESSES,
    OF_ADMIN,
    OF_AGENTS,
    OF_ALL,
    OF_DESK,
    OF_PORTAL,
    OF_TICKET,
    OPERATIONS,
    Address,
)
from tests.security.crowd import ALDO, ANNEKE, MILA, SECRET, VERA, Crowd
from tests.security.walk import (
    BY_HOST,
    BY_PROXY,
    ask,
    events,
    faults,
    on_record,
    undone,
    unused,
    whole,
)
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.staffing.actions import issue_token
from unbroken.staffing.token_scopes import READ

pytestmark = [pytest.mark.django_db, pytest.mark.once]

OF_CONSOLE = (OF_TICKET, OF_AGENTS, OF_ADMIN, OF_DESK)
SILENT = (
    "/draft", "/seen", "/sleep/end", "/use", "<canned_id>", "/sharing", "/taking", "/copies",
    "<number>/fields", "/marks", "<mark>/removal", "<number>/complaint", "<number>/escalation",
    "<escalation_id>", "<number>/credits",
)  # fmt: skip
"""Deeds that are nobody's word: drafts and what is put into them, marks; waking what is awake;
fields of a topic that has none. Complaints, credits and what climbs have streams of their own."""
MAY_BE_REFUSED = (
    "/withdrawal", "/removal", "/note-withdrawal", "/proposal", "<number>/credits/<credit_id>",
    "links/offer",
)  # fmt: skip
"""Deeds whose time may be over, that have nothing to begin from, that are above what somebody may
grant, or have nobody to go to (a shared way has no customer): a sentence says so."""
MAY_BE_ABSENT = ("/page",)
"""The picture of a file's first page, which words have none of."""
ANY_METHOD = ("alive", "live")
"""They say the same to every method."""


@pytest.mark.parametrize("half", [0, 1])
def test_whoever_may_reads_and_does_it_and_nothing_is_done_by_a_look(
    crowd: Crowd, half: int
) -> None:
    """Accident: a program follows every link of a page with the agent's own cookies."""
    people, wrong = who_may(crowd), []

    for route, address in [*ADDRESSES.items()][half::2]:
        client, path = people[address.whose], address.path(route, crowd)
        with undone(client):
            takes = methods(client, route, path)
            if address.is_deed:
                wrong += [] if takes == {"POST"} else [(path, "is a deed, and may be looked at")]
            elif "GET" in takes:
                wrong += [(path, one) for one in look(client, path, takes, address, crowd)]
            if "POST" in takes and address.whose in OF_CONSOLE:
                wrong += [(path, one) for one in do(client, route, path, address, crowd)]

    assert wrong == []


def who_may(crowd: Crowd) -> dict[str, Client]:
    """The browser of somebody for whom an address is."""
    agent, boss = crowd.agent(MILA), crowd.agent(VERA)
    console = {OF_TICKET: agent, OF_AGENTS: agent, OF_DESK: boss, OF_ADMIN: boss}
    return {**console, OF_PORTAL: crowd.reader(ANNEKE), OF_ALL: crowd.stranger()}


def methods(client: Client, route: str, path: str) -> set[str]:
    """What an address takes, by its own words: it refuses whatever it does not name."""
    if route in ANY_METHOD:
        return {"GET"}
    answer = ask(client, unused(route), path)
    assert answer.status_code == 405, (unused(route), path)
    taken = set(answer.headers["Allow"].split(", "))
    assert taken <= {"GET", "HEAD", "POST"}, (path, taken)
    return taken


def look(client: Client, path: str, takes: set[str], address: Address, crowd: Crowd) -> list[str]:
    """A look tells what there is to tell, and changes nothing."""
    before = on_record()
    answer = ask(client, "GET", path, **BY_HOST)
    told = whole(answer)
    found = faults(answer, "GET", path, told)
    is_there = answer.status_code == 200 or path.endswith(MAY_BE_ABSENT)
    if address.whose == OF_TICKET and not is_there:
        found.append(f"is refused with {answer.status_code}")
    if address.tells and SECRET not in told:
        found.append("tells nothing of it")
    if "HEAD" in takes:
        found += faults(ask(client, "HEAD", path), "HEAD", path)
    return found if on_record() == before else [*found, "is changed by a look"]


def do(client: Client, route: str, path: str, address: Address, crowd: Crowd) -> list[str]:
    """A deed is done."""
    before = events(crowd)
    answer = ask(client, "POST", path, address.body(crowd))
    found = faults(answer, "POST", path)
    is_late = answer.status_code == 422 and (
        route.endswith(MAY_BE_REFUSED) or address.whose == OF_DESK  # nothing to take back yet
    )
    is_late = is_late or (answer.status_code == 403 and address.whose == OF_DESK and address.is_own)
    if address.is_deed and answer.status_code not in (200, 204, 303) and not is_late:
        found.append(f"is refused with {answer.status_code}")
    is_silent = address.is_own or is_late or route.endswith(SILENT)
    is_of_ticket = address.whose in (OF_TICKET, OF_AGENTS)
    if address.is_deed and is_of_ticket and not is_silent and events(crowd) == before:
        found.append("changes nothing")
    return found


def test_an_auditor_reads_every_page_of_the_desk_and_changes_nothing_anywhere(
    crowd: Crowd,
) -> None:
    """Attack: every deed of the desk, with a right form, by somebody who is to read only."""
    client, wrong = crowd.agent(ALDO), []

    for route, address in ADDRESSES.items():
        if address.whose not in OF_CONSOLE or address.is_own:
            continue
        path, form = address.path(route, crowd), address.body(crowd)
        with undone(client):
            if not address.is_deed:
                answer = ask(client, "GET", path, **BY_PROXY)
                told = whole(answer)
                wrong += [(path, one) for one in faults(answer, "GET", path, told)]
                is_sent_on = answer.get("Location", "").startswith("/console/")
                is_shown = answer.status_code == 200 and (not address.tells or SECRET in told)
                # At a desk of its own, what only writes is not shown.
                is_due = address.whose != OF_DESK and not route.endswith(MAY_BE_ABSENT)
                if is_due and not is_shown and (address.tells or not is_sent_on):
                    wrong.append((path, f"is not shown: {answer.status_code}"))
            before = on_record()
            answer = ask(client, "POST", path, form)
            if answer.status_code not in (403, 405) or on_record() != before:
                wrong.append((path, f"is changed: {answer.status_code}"))

    assert wrong == []


def test_the_administration_is_closed_to_an_agent(crowd: Crowd) -> None:
    """Attack: an agent who knows the addresses of the administration, looking and posting."""
    client = crowd.agent(MILA)

    for route, address in ADDRESSES.items():
        if address.whose == OF_ADMIN:
            path, body = address.path(route, crowd), address.body(crowd)
            before = on_record()
            with undone(client):
                for method in ("GET", "POST"):
                    assert ask(client, method, path, body).status_code in (403, 405), path
                assert on_record() == before, path


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
