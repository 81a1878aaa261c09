"""The second proof: an app's codes, recovery codes, and where one is signed in."""

import dataclasses
import html
import re
from typing import Any

import pytest
from django.conf import settings as now_set
from django.test import Client

from tests.console.desk import PASSWORD, SOFIE, TIMO, VERA, Desk
from unbroken.console import live
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.staffing import queries as staffing
from unbroken.staffing import totp
from unbroken.staffing.ids import AgentId
from unbroken.staffing.models import SignInKey

OWN = "/console/own"


def code(secret: str, off: int = 0) -> str:
    return totp.code_at(secret, totp.step_of(now()) + off)


def set_up(client: Client) -> tuple[str, list[str]]:
    """Scan the square, type the code of the step before (so that the present one is left)."""
    page = client.get(f"{OWN}/authenticator").content.decode()
    secret = re.search(r'admin__key">([^<]+)<', page)
    assert secret is not None
    plain = secret[1].replace(" ", "")
    for _try in range(3):  # half a minute may end while it is typed
        form = {"code": code(plain, -1), "password": PASSWORD}
        answer = client.post(f"{OWN}/authenticator", form)
        if answer.status_code != 422:
            break
    return plain, re.findall(r"<code>([0-9a-f-]{14})</code>", answer.content.decode())


def password(client: Client, who: str = SOFIE) -> Any:
    return client.post("/sign-in", {"email": who, "password": PASSWORD, "next": "/console/?q=mine"})


def test_who_set_up_an_app_needs_its_code_besides_the_password(desk: Desk) -> None:
    secret, codes = set_up(desk.client(SOFIE))
    client = Client()

    first = password(client)
    outside = client.get("/console/").status_code
    wrong = client.post("/sign-in/code", {"code": "000000"})
    right = client.post("/sign-in/code", {"code": code(secret)})

    assert len(set(codes)) == 10
    assert first["Location"] == "/sign-in/code"
    assert outside == 303
    assert wrong.status_code == 422
    assert right["Location"] == "/console/?q=mine"
    assert client.get("/console/").status_code == 200


def test_a_code_counts_once(desk: Desk) -> None:
    """Attack: somebody who looked over a shoulder types the same code within the half minute."""
    secret, _codes = set_up(desk.client(SOFIE))
    seen, mine, theirs = code(secret), Client(), Client()
    password(mine)
    password(theirs)

    assert mine.post("/sign-in/code", {"code": seen}).status_code == 303
    assert theirs.post("/sign-in/code", {"code": seen}).status_code == 422


def test_a_recovery_code_opens_once_and_stands_on_record(desk: Desk) -> None:
    _secret, codes = set_up(desk.client(SOFIE))
    first, again = Client(), Client()
    password(first)
    password(again)

    assert first.post("/sign-in/code", {"code": codes[0].upper()}).status_code == 303
    assert again.post("/sign-in/code", {"code": codes[0]}).status_code == 422
    kinds = [event.kind for event in events_of([f"agent:{desk.agents[SOFIE]}"])]
    assert kinds[-3:] == [
        "agent.key_added",
        "agent.recovery_codes_made",
        "agent.recovery_code_used",
    ]


def test_codes_are_not_guessed(desk: Desk) -> None:
    """Attack: the password is known; six digits are tried one after the other."""
    secret, _codes = set_up(desk.client(SOFIE))
    client = Client()
    password(client)

    for _try in range(5):
        assert client.post("/sign-in/code", {"code": "123456"}).status_code == 422
    paused = client.post("/sign-in/code", {"code": code(secret)})

    assert paused.status_code == 429
    assert "Too many tries" in paused.content.decode()


def test_a_second_proof_alone_opens_nothing(desk: Desk) -> None:
    """Attack: straight to the second page, with a code that would be right."""
    secret, _codes = set_up(desk.client(SOFIE))

    answer = Client().post("/sign-in/code", {"code": code(secret)})

    assert answer["Location"] == "/sign-in"


def test_a_browser_left_open_changes_nothing_without_the_password(desk: Desk) -> None:
    """Attack: a minute at somebody's desk."""
    client = desk.client(SOFIE)
    secret, _codes = set_up(client)
    key = SignInKey.objects.get(kind="totp")

    removed = client.post(f"{OWN}/keys/{key.pk}/removal", {"password": "no"})
    changed = client.post(f"{OWN}/password", {"password": "no", "new": "mine from now on"})
    codes = client.post(f"{OWN}/recovery-codes", {})

    assert {removed.status_code, changed.status_code, codes.status_code} == {422}
    assert SignInKey.objects.filter(pk=key.pk).exists()
    assert secret not in SignInKey.objects.get(pk=key.pk).secret


def test_the_password_is_not_guessed_at_a_browser_left_open(desk: Desk) -> None:
    """Attack: as many passwords as one likes; each refusal used to undo the count of it."""
    client = desk.client(SOFIE)
    tries = [client.post(f"{OWN}/recovery-codes", {"password": str(n)}) for n in range(5)]

    paused = client.post(f"{OWN}/recovery-codes", {"password": PASSWORD})

    assert "This is not your password" in tries[-1].content.decode()
    assert "Too many tries" in paused.content.decode()


def test_nobody_removes_what_is_another_agents(desk: Desk) -> None:
    """Attack: the numbers of others' keys and sessions in one's own addresses."""
    set_up(desk.client(SOFIE))
    key, timo = SignInKey.objects.get(kind="totp"), desk.client(TIMO)
    browser = staffing.browsers(AgentId(desk.agents[SOFIE]), at=now())[0]

    answer = timo.post(f"{OWN}/keys/{key.pk}/removal", {"password": PASSWORD})
    timo.post(f"{OWN}/browsers/{browser.id}/end")

    assert answer.status_code == 422
    assert SignInKey.objects.filter(pk=key.pk).exists()
    assert staffing.browsers(AgentId(desk.agents[SOFIE]), at=now()) == [browser]


def test_one_signs_out_there_and_everywhere_else(desk: Desk) -> None:
    """Accident: a browser left open at home."""
    here, home, train = (desk.client(SOFIE) for _browser in range(3))
    shown = html.unescape(here.get(OWN).content.decode())
    others = re.findall(r"/console/own/browsers/(\d+)/end", shown)

    here.post(f"{OWN}/browsers/{others[0]}/end")
    left = [one.get("/console/").status_code for one in (here, home, train)]
    here.post(f"{OWN}/browsers/end")

    assert len(others) == 2
    assert sorted(left) == [200, 200, 303]
    assert [one.get("/console/").status_code for one in (here, home, train)] == [200, 303, 303]


def test_another_password_ends_all_sessions_but_this_one(desk: Desk) -> None:
    here, home = desk.client(SOFIE), desk.client(SOFIE)

    answer = here.post(f"{OWN}/password", {"password": PASSWORD, "new": "a lamp in the window"})

    assert answer.status_code == 303
    assert here.get("/console/").status_code == 200
    assert home.get("/console/").status_code == 303


def test_a_role_may_have_to_set_it_up_before_the_desk_opens(desk: Desk, settings: Any) -> None:
    settings.UNBROKEN = dataclasses.replace(now_set.UNBROKEN, second_factor=("admin",))
    vera, sofie = desk.client(VERA), desk.client(SOFIE)

    sent = vera.get("/console/admin/")
    shown = vera.get(sent["Location"]).content.decode()
    cookie = f"unbroken_session={vera.cookies['unbroken_session'].value}".encode()
    heard, _missed = live._screen({"headers": [(b"cookie", cookie)], "query_string": b""})
    set_up(vera)

    assert sent["Location"] == OWN
    assert "needs a second proof" in shown
    assert heard is None, "the live line told them what happens at the desk"
    assert vera.get("/console/admin/").status_code == 200
    assert sofie.get("/console/").status_code == 200


def test_an_administrator_resets_it_for_who_lost_their_phone(desk: Desk) -> None:
    sofie, vera = desk.client(SOFIE), desk.client(VERA)
    set_up(sofie)

    answer = vera.post(f"/console/admin/people/{desk.agents[SOFIE]}/keys")

    assert answer.status_code == 303
    assert sofie.get("/console/").status_code == 303
    assert password(Client())["Location"] == "/console/?q=mine"
    assert events_of([f"agent:{desk.agents[SOFIE]}"])[-1].by == str(desk.by(VERA))


@pytest.mark.parametrize("odd", ["", "{", "[]", "null", '{"rawId": 7}', "9" * 30_000])
def test_what_is_no_passkey_opens_nothing_and_breaks_nothing(desk: Desk, odd: str) -> None:
    """Attack: anything at all instead of what a browser signs."""
    client, sofie = Client(), desk.client(SOFIE)
    client.get("/sign-in/passkey")
    sofie.get(f"{OWN}/passkey")

    assert client.post("/sign-in/passkey", {"credential": odd}).status_code == 422
    added = sofie.post(f"{OWN}/passkey", {"credential": odd, "password": PASSWORD})
    assert added.status_code == 422
    assert not SignInKey.objects.filter(kind="passkey").exists()
