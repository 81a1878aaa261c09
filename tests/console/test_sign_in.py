"""The door for agents: who gets in, what a stranger learns, how guessing is slowed down."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tests.console.desk import PASSWORD, SOFIE, Desk
from unbroken.console import pauses, state
from unbroken.ground.clock import now
from unbroken.staffing import actions as staffing
from unbroken.staffing.ids import AgentId

MONDAY = datetime(2026, 5, 25, 8, tzinfo=UTC)


def test_an_agent_signs_in_and_comes_back_to_where_they_wanted(desk: Desk) -> None:
    client = Client()

    sent_away = client.get("/console/?q=mine")
    answer = client.post(sent_away["Location"], {
        "email": " Sofie@Desk.Example ", "password": PASSWORD, "next": "/console/?q=mine",
    })  # fmt: skip

    assert sent_away["Location"] == "/sign-in?next=%2Fconsole%2F%3Fq%3Dmine"
    assert answer.status_code == 303
    assert answer["Location"] == "/console/?q=mine"
    assert client.get("/console/").status_code == 200


def test_nobody_is_sent_to_another_house_after_signing_in(desk: Desk) -> None:
    """The attack: a link to our sign-in that ends on a page of the attacker's."""
    for address in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1"):
        answer = Client().post("/sign-in", {"email": SOFIE, "password": PASSWORD, "next": address})
        assert answer["Location"] == "/console/", address


def test_an_unknown_address_and_a_wrong_password_look_the_same(desk: Desk) -> None:
    """The attack: finding out who works here."""
    wrong = Client().post("/sign-in", {"email": SOFIE, "password": "no"})
    unknown = Client().post("/sign-in", {"email": "nobody@desk.example", "password": "no"})

    assert wrong.status_code == unknown.status_code == 422
    assert _words(wrong, SOFIE) == _words(unknown, "nobody@desk.example")


def _words(answer: object, email: str) -> str:
    import re

    text = answer.content.decode()  # type: ignore[attr-defined]
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|data-now="[^"]+"', "", text)
    return text.replace(email, "…")


def test_guessing_is_paused_after_five_tries_and_the_right_password_waits_too(desk: Desk) -> None:
    """The attack: trying passwords one after the other."""
    client = Client()

    for _try in range(5):
        assert client.post("/sign-in", {"email": SOFIE, "password": "no"}).status_code == 422
    answer = client.post("/sign-in", {"email": SOFIE, "password": PASSWORD})

    assert answer.status_code == 429
    assert "Too many tries" in answer.content.decode()


def test_the_pause_is_the_same_for_an_address_that_does_not_exist(desk: Desk) -> None:
    client = Client()

    codes = [
        client.post("/sign-in", {"email": "no@desk.example", "password": "x"}).status_code
        for _try in range(6)
    ]

    assert codes == [422] * 5 + [429]


@pytest.mark.django_db
def test_a_right_password_forgets_the_wrong_ones() -> None:
    keys = pauses.keys_of(SOFIE, "192.0.2.1").values()
    for _try in range(5):
        state.count_try(keys, at=MONDAY)

    state.forget_tries(keys, at=MONDAY)

    assert state.count_try(keys, at=MONDAY) == timedelta(0)


def test_the_pause_doubles_up_to_a_quarter_of_an_hour() -> None:
    left = [
        pauses.pause_left(free=5, failures=failures, last_at=MONDAY, at=MONDAY)
        for failures in (4, 5, 6, 7, 40)
    ]

    assert left == [timedelta(0)] + [timedelta(seconds=s) for s in (5, 10, 20, 900)]


def test_an_hour_of_quiet_forgets_everything() -> None:
    later = MONDAY + timedelta(hours=1)

    assert pauses.pause_left(free=5, failures=99, last_at=MONDAY, at=later) == timedelta(0)


def test_the_session_gets_a_new_key_when_somebody_signs_in(desk: Desk) -> None:
    """The attack: planting a session in the victim's browser and waiting for them to sign in."""
    client = Client()
    client.post("/sign-in", {"email": SOFIE, "password": PASSWORD})
    before = client.cookies["unbroken_session"].value

    client.post("/sign-out")
    client.post("/sign-in", {"email": SOFIE, "password": PASSWORD})

    assert client.cookies["unbroken_session"].value != before


def test_signing_out_ends_the_session_everywhere_and_needs_a_form(desk: Desk) -> None:
    client = desk.client(SOFIE)
    copied = Client()
    copied.cookies["unbroken_session"] = client.cookies["unbroken_session"].value

    assert client.get("/sign-out").status_code == 405
    client.post("/sign-out")

    assert copied.get("/console/").status_code == 303


def test_who_has_left_is_out_at_once(desk: Desk) -> None:
    client = desk.client(SOFIE)

    staffing.retire_agent(agent_id=AgentId(desk.agents[SOFIE]), by=desk.by(SOFIE), at=now())

    assert client.get("/console/").status_code == 303
    assert Client().post("/sign-in", {"email": SOFIE, "password": PASSWORD}).status_code == 422


def test_the_look_is_kept_in_the_browser_and_nonsense_is_not(desk: Desk) -> None:
    client = desk.client(SOFIE)

    client.post("/look", {"theme": "dark", "density": "compact", "language": "ru"})
    page = client.get("/console/").content.decode()
    client.post("/look", {"theme": '"><script>', "density": "", "language": "xx"})
    after = client.get("/console/").content.decode()

    assert 'data-theme="dark"' in page
    assert 'data-density="compact"' in page
    assert '<html lang="ru"' in page
    assert "data-theme" not in after
