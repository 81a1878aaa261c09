"""Becoming known without a password, and everything that might be tried against it."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from procrastinate import testing
from procrastinate.contrib.django import procrastinate_app

from tests.portal.people import ANNEKE, anneke, asks, browser, contact, customer, reader_of, text_of
from unbroken.ground.clock import now
from unbroken.portal import state
from unbroken.portal.limits import KEYS_FOR_ONE_ADDRESS

pytestmark = pytest.mark.django_db


@pytest.fixture
def jobs() -> Any:
    """The queue, in memory; `jobs.run()` hands the mails over and returns their texts."""
    memory = testing.InMemoryConnector()
    with procrastinate_app.current_app.replace_connector(memory) as app:
        yield Jobs(app, memory)


class Jobs:
    """What was queued."""

    def __init__(self, app: Any, memory: testing.InMemoryConnector) -> None:
        self.app, self.memory = app, memory

    def mails(self) -> list[dict[str, Any]]:
        return [job["args"] for job in self.memory.jobs.values()]


def key_in(mail: dict[str, Any]) -> str:
    found = re.search(r"/sign-in-link/(\S+)", mail["words"])
    assert found is not None
    return found[1]


def code_in(mail: dict[str, Any]) -> str:
    found = re.search(r"\b(\d{6})\. It works", mail["words"])
    assert found is not None, mail["words"]
    return found[1]


def other_code(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


# ── the link ──────────────────────────────────────────────────────────────────


def test_a_link_by_mail_opens_all_my_requests(jobs: Jobs) -> None:
    ticket = asks(anneke(), "No sync")
    client = browser()

    client.post("/sign-in-link", {"email": "Anneke@Home.example"})
    (mail,) = jobs.mails()
    client.post(f"/sign-in-link/{key_in(mail)}")

    assert mail["to"] == ["Anneke de Wit", ANNEKE]
    assert "No sync" in text_of(client.get("/requests"))
    assert client.get(f"/requests/{ticket}").status_code == 200


def test_the_answer_is_the_same_for_an_address_that_nobody_has(jobs: Jobs) -> None:
    """Attack: finding out who is a customer."""
    anneke()

    known = browser().post("/sign-in-link", {"email": ANNEKE})
    unknown = browser().post("/sign-in-link", {"email": "nobody@home.example"})

    assert known.status_code == unknown.status_code == 200
    assert text_of(known).replace(ANNEKE, "") == text_of(unknown).replace("nobody@home.example", "")
    assert len(jobs.mails()) == 1


def test_following_the_link_opens_nothing_before_the_button_is_pressed(jobs: Jobs) -> None:
    """Accident: a mail filter follows every link, and the link is used up."""
    asks(anneke(), "No sync")
    browser().post("/sign-in-link", {"email": ANNEKE})
    key = key_in(jobs.mails()[0])

    looked = browser().get(f"/sign-in-link/{key}")
    client = browser()
    client.get(f"/sign-in-link/{key}")
    still_nobody = client.get("/requests").status_code
    client.post(f"/sign-in-link/{key}")

    assert looked.status_code == 200
    assert still_nobody == 303
    assert client.get("/requests").status_code == 200


def test_a_link_opens_once() -> None:
    """Attack: replaying a link from the mailbox, the history or a proxy's log."""
    anneke()
    key = state.make_link_key(address=ANNEKE, at=now())

    first = browser().post(f"/sign-in-link/{key}")
    second, again = browser(), browser()

    assert first.status_code == 303
    assert second.post(f"/sign-in-link/{key}").status_code == 404
    assert again.get(f"/sign-in-link/{key}").status_code == 404
    assert second.get("/requests").status_code == 303


def test_a_link_ends_after_an_hour() -> None:
    anneke()
    key = state.make_link_key(address=ANNEKE, at=now() - timedelta(minutes=61))

    assert browser().post(f"/sign-in-link/{key}").status_code == 404


@pytest.mark.parametrize("key", ["x", "A" * 43, "%00", "..%2F..", "é"])
def test_a_guessed_link_opens_nothing(key: str) -> None:
    """Attack: guessing keys."""
    anneke()
    state.make_link_key(address=ANNEKE, at=now())

    assert browser().post(f"/sign-in-link/{key}").status_code == 404


def test_nobody_is_flooded_with_links(jobs: Jobs) -> None:
    """Attack: asking for a hundred links to somebody else's mailbox."""
    anneke()

    answers = {browser().post("/sign-in-link", {"email": ANNEKE}).status_code for _ in range(8)}

    assert answers == {200}
    assert len(jobs.mails()) == KEYS_FOR_ONE_ADDRESS.most


def test_the_session_key_changes_with_the_proof() -> None:
    """Attack: session fixation."""
    anneke()
    key = state.make_link_key(address=ANNEKE, at=now())
    client = browser()
    session = client.session
    session["planted"] = "1"
    session.save()
    client.cookies["unbroken_session"] = session.session_key

    client.post(f"/sign-in-link/{key}")

    assert client.session.session_key != session.session_key


def test_two_customers_with_one_mailbox_are_both_seen_by_whoever_reads_it() -> None:
    first = asks(contact("Anneke", ANNEKE, customer("Home")), "at home")
    second = asks(contact("Anneke", ANNEKE, customer("Shop", "company")), "at the shop")

    client = reader_of(ANNEKE)

    assert client.get(f"/requests/{first}").status_code == 200
    assert client.get(f"/requests/{second}").status_code == 200


def test_signing_out_ends_it_also_for_a_copy_of_the_session() -> None:
    """Attack: a stolen cookie goes on after signing out."""
    anneke()
    client, thief = reader_of(ANNEKE), browser()
    thief.cookies["unbroken_session"] = client.session.session_key

    client.post("/leave")

    assert client.get("/requests").status_code == 303
    assert thief.get("/requests").status_code == 303


def test_a_link_never_signs_anybody_in_at_the_console() -> None:
    """Attack: a customer's session at the agents' door."""
    anneke()

    assert reader_of(ANNEKE).get("/console/").status_code in (302, 303)


# ── the code ──────────────────────────────────────────────────────────────────


def test_number_and_code_open_the_request(jobs: Jobs) -> None:
    ticket = asks(anneke())
    client = browser()

    client.post("/sign-in-code", {"number": f"#{ticket}", "email": ANNEKE})
    answer = client.post("/sign-in-code/digits", {"code": code_in(jobs.mails()[0])})

    assert answer.headers["Location"] == f"/requests/{ticket}"
    assert client.get(f"/requests/{ticket}").status_code == 200


def test_number_and_address_that_do_not_belong_together_look_the_same(jobs: Jobs) -> None:
    """Attack: finding out who asked what; flooding strangers by counting through the numbers."""
    ticket = asks(anneke())
    contact("Bram", "bram@shop.example", customer("Bram"))

    pairs = [
        (ticket, ANNEKE),
        (ticket, "bram@shop.example"),
        (999999, ANNEKE),
        (ticket, "x@y.example"),
    ]
    answers = [
        text_of(browser().post("/sign-in-code", {"number": number, "email": email}))
        for number, email in pairs
    ]

    assert len(set(answers)) == 1
    assert len(jobs.mails()) == 1


def test_a_code_stands_five_tries_and_no_more(jobs: Jobs) -> None:
    """Attack: trying codes one after the other."""
    ticket = asks(anneke())
    client = browser()
    client.post("/sign-in-code", {"number": ticket, "email": ANNEKE})
    code = code_in(jobs.mails()[0])

    wrong = [
        client.post("/sign-in-code/digits", {"code": other_code(code)}).status_code
        for _ in range(5)
    ]
    right = client.post("/sign-in-code/digits", {"code": code})

    assert wrong == [422] * 5
    assert right.status_code == 422
    assert client.get(f"/requests/{ticket}").status_code == 404


def test_a_code_opens_only_in_the_browser_that_asked_for_it(jobs: Jobs) -> None:
    """Attack: reading a code over somebody's shoulder."""
    ticket = asks(anneke())
    browser().post("/sign-in-code", {"number": ticket, "email": ANNEKE})

    other = browser()
    other.post("/sign-in-code", {"number": ticket, "email": "x@y.example"})
    answer = other.post("/sign-in-code/digits", {"code": code_in(jobs.mails()[0])})

    assert answer.status_code == 422
    assert other.get(f"/requests/{ticket}").status_code == 404


def test_a_code_ends_after_ten_minutes_and_after_its_use() -> None:
    """Attack: replaying a code."""
    ticket, at = asks(anneke()), now()
    challenge = state.make_challenge(address=ANNEKE, ticket_id=ticket, at=at)

    late = state.try_code(challenge.name, challenge.code, at=at + timedelta(minutes=10))
    first = state.try_code(challenge.name, challenge.code, at=at)
    second = state.try_code(challenge.name, challenge.code, at=at)

    assert late is None
    assert first is not None
    assert second is None


def test_keys_and_codes_are_not_stored_as_they_are() -> None:
    """Attack: somebody reads a backup."""
    from unbroken.portal.models import DoorKey, Knock

    at = now()
    key = state.make_link_key(address=ANNEKE, at=at)
    challenge = state.make_challenge(address=ANNEKE, ticket_id=1, at=at)
    state.may_knock(KEYS_FOR_ONE_ADDRESS, "192.0.2.1", at=at)

    stored = repr(list(DoorKey.objects.values())) + repr(list(Knock.objects.values()))
    assert key not in stored
    assert challenge.name not in stored
    assert f"'{challenge.code}'" not in stored
    assert "192.0.2.1" not in stored


# ── the mail itself ───────────────────────────────────────────────────────────


def test_the_mail_leaves_once_under_one_message_id(
    jobs: Jobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """Accident: the worker dies after handing the mail over, and the job runs again."""
    from dataclasses import replace

    settings.UNBROKEN = replace(settings.UNBROKEN, smtp_url=tmp_path.as_uri())
    anneke()
    browser().post("/sign-in-link", {"email": ANNEKE})

    from unbroken.intake.post import deliver_service_mail

    deliver_service_mail.func(**jobs.mails()[0])
    deliver_service_mail.func(**jobs.mails()[0])

    (sent,) = tmp_path.glob("*.eml")
    text = sent.read_text()
    assert "Auto-Submitted: auto-replied" in text
    assert f"To: Anneke de Wit <{ANNEKE}>" in text


@pytest.mark.django_db(transaction=True)
def test_the_mail_is_queued_where_everything_else_is() -> None:
    """Accident: the web process dies right after answering; the mail is not forgotten."""
    from django.db import connection

    anneke()
    browser().post("/sign-in-link", {"email": ANNEKE})

    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, queue_name, lock FROM procrastinate_jobs")
        assert cursor.fetchall() == [("intake.service_mail", "outgoing", None)]
