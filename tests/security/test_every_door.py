"""Nobody reads another's ticket: every address of the house is tried by everybody.

The addresses are collected from the urlconf and from the API's description of itself; one that
`addresses` does not know yet fails the first two tests.
"""

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from django.test import Client

from tests.security.addresses import (
    ADDRESSES,
    OF_ALL,
    OF_PORTAL,
    OF_TICKET,
    OPERATIONS,
    Address,
    operations,
    routes,
)
from tests.security.crowd import ALDO, ANNEKE, BRAM, CARLA, MILA, SECRET, SOFIE, VERA, Crowd
from tests.security.walk import BY_PROXY, UNUSED, ask, events, faults, undone, unused, whole
from tests.thorough import THOROUGH
from unbroken.console.sent_mail import sent_folder
from unbroken.conversation import actions
from unbroken.conversation.links import link_token
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now

pytestmark = [pytest.mark.django_db, pytest.mark.once]

METHODS = ("GET", "HEAD", "POST", *UNUSED)
NO_SUCH = 987654


def leaks(told: str, crowd: Crowd, path: str) -> list[str]:
    """What of Anneke's is in an answer: her words, or her number where nobody had named it."""
    found = [SECRET] if SECRET in told.replace(path.lower(), "") else []
    if str(crowd.ticket) not in path and re.search(rf"\b{crowd.ticket}\b", told):
        found.append("number")
    return found


def test_every_address_of_the_house_is_known_here() -> None:
    assert routes() == set(ADDRESSES)


def test_every_operation_of_the_api_is_known_here() -> None:
    assert operations() == set(OPERATIONS)


def by_link(crowd: Crowd) -> Client:
    """Bram, of whom nothing is known but that he has the link in his own receipt."""
    client = crowd.stranger()
    link = link_token(crowd.other, crowd.contacts[BRAM])
    assert client.get(f"/r/{link}").status_code == 303
    return client


STRANGERS = {
    "nobody": Crowd.stranger,
    "another customer": lambda crowd: crowd.reader(BRAM),
    "another customer by link": by_link,
    "a third party in Cc": lambda crowd: crowd.reader(CARLA),
    "an agent without the queue": lambda crowd: crowd.agent(SOFIE),
}
"""Everybody to whom the ticket is not, and their browser."""


ALIKE = ("another customer by link", "a third party in Cc")
"""To the console they are a customer like any other."""


def doors_of(who: str) -> list[tuple[str, Address]]:
    """Where somebody tries; who is like another everywhere only with the thorough tests."""
    is_all = THOROUGH or who not in ALIKE
    return [one for one in ADDRESSES.items() if is_all or not one[0].startswith("console/")]


@pytest.mark.thorough
@pytest.mark.parametrize("who", STRANGERS)
def test_nobody_else_learns_or_changes_anything_anywhere(crowd: Crowd, who: str) -> None:
    """Attack: every address with a right form by somebody it is not for; telling numbers that
    exist from numbers that do not. Other methods are refused by every view (`test_every_role`)."""
    client, before, wrong = STRANGERS[who](crowd), events(crowd), []

    for route, address in doors_of(who):
        path, form = address.path(route, crowd), address.body(crowd)
        there: dict[str, tuple[int, str]] = {}
        with undone(client):
            for method in ("GET", "POST", *([unused(route)] if who == "nobody" else [])):
                headers = BY_PROXY if method == "GET" else {}
                answer = ask(client, method, path, form, **headers)
                found = faults(answer, method, path, told := whole(answer))
                there[method] = (answer.status_code, alike(told, path))
                wrong += [(method, path, one) for one in found + leaks(told, crowd, path)]
            if address.whose in (OF_PORTAL, OF_ALL):  # they have parts of pages, too
                part = whole(client.get(path, headers={"hx-request": "true"}))
                wrong += [("part", path, one) for one in leaks(part, crowd, path)]
            if events(crowd) != before:
                wrong.append(("any", path, "changed"))
        if address.whose not in (OF_TICKET, OF_PORTAL) or "<" not in route:
            continue
        absent = is_absent(path, crowd)
        with undone(client):
            for method in ("GET", "POST"):
                headers = BY_PROXY if method == "GET" else {}
                answer = ask(client, method, absent, form, **headers)
                if there[method] != (answer.status_code, alike(whole(answer), absent)):
                    wrong.append((method, path, "tells that it is there"))
        if who == "an agent without the queue" and not address.is_deed:
            assert there["GET"][0] == 404, path

    assert wrong == []


def is_absent(path: str, crowd: Crowd) -> str:
    """The same address with a number that is nobody's."""
    absent = path.replace(str(crowd.ticket), str(NO_SUCH))
    return absent if absent != path else re.sub(r"/(\d+|u\.[^/]+)(/|$)", rf"/{NO_SUCH}\2", path)


NEW_EVERY_TIME = re.compile(
    r'[a-z0-9_-]{32,}|expires[=:] ?[a-z]{3}, [^;]+? gmt|data-now="[^"]+"|content-length: \d+'
)


def alike(told: str, path: str) -> str:
    """An answer without what the asker himself said, and without what is new every time."""
    said = path.lower()
    return NEW_EVERY_TIME.sub("", told.replace(said, "").replace(said.replace("/", "%2f"), ""))


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
        for inside in ("passed on", "asked aside", "answered aside", "for a colleague"):
            assert inside not in page, inside
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
            found = leaks(whole(answer), crowd, path)
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
    assert leaks(whole(answer), crowd, path) == []
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


def test_what_leaves_to_a_third_party_carries_no_way_in_and_nothing_more(crowd: Crowd) -> None:
    """Attack: a copy, what is passed on and what is asked aside reach somebody who wants all."""
    mails = [mail for mail in sent_mails() if CARLA in f"{mail['To']} {mail['Cc']}"]

    assert len(mails) == 3
    for mail in mails:
        text = mail.as_string()
        assert "/r/" not in text, mail["Subject"]
        assert "among ourselves" not in text
        assert "quokka noted" not in text
    asked = next(mail for mail in mails if "asked aside" in mail.as_string())
    assert SECRET not in asked.as_string(), "who is asked aside reads what was asked, no more"


def sent_mails() -> list[EmailMessage]:
    """Everything that left, as the next server got it, with its words to be read."""
    folder = sent_folder()
    assert folder is not None
    mails = [message_from_bytes(path.read_bytes(), policy=default) for path in folder.glob("*.eml")]
    for mail in mails:
        for part in mail.walk():
            if part.get_content_maintype() == "text":
                part.set_content(part.get_content())
    return mails


def test_a_screen_on_the_wall_shows_figures_and_goes_dark_with_its_key(crowd: Crowd) -> None:
    """Attack: the key is copied from the wall; `test_nobody_else` goes by with the right one."""
    path = f"/wall/{crowd.beside['wall_key']}"
    assert crowd.stranger().get(path).status_code == 200
    assert crowd.stranger().get(path[:-1] + "_").status_code == 404

    ended = f"/console/dashboards/screens/{crowd.beside['wall']}/end"
    assert crowd.agent(VERA).post(ended).status_code == 303

    assert crowd.stranger().get(path).status_code == 404


@pytest.mark.parametrize("who", [*STRANGERS, "an agent with the queue", "an auditor"])
def test_the_file_with_all_that_is_kept_of_somebody_is_for_nobody_but_who_may(
    crowd: Crowd, who: str
) -> None:
    """Attack: the address of a finished export is guessed."""
    known = STRANGERS | {
        "an agent with the queue": lambda crowd: crowd.agent(MILA),
        "an auditor": lambda crowd: crowd.agent(ALDO),
    }
    path = f"/console/admin/exports/{crowd.beside['export']}"

    answer = known[who](crowd).get(path)

    assert answer.status_code in (303, 403), who
    assert not answer.content.startswith(b"PK")
    assert crowd.agent(VERA).get(path).content.startswith(b"PK")
