"""Coming in with the password of the organisation's directory: a real slapd, and false ones."""

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as now_set
from django.test import Client

from tests.console import slapd
from tests.console.desk import PASSWORD, SOFIE, TIMO, VERA, Desk
from tests.console.slapd import GROUP, OUTER, SECRET
from unbroken.console.doors import ldap_server
from unbroken.ground.clock import now
from unbroken.staffing import actions as staffing
from unbroken.staffing import ldap_settings, totp
from unbroken.staffing import queries as staff
from unbroken.staffing.ids import AgentId
from unbroken.staffing.ldap_settings import Ldap
from unbroken.staffing.models import Trace
from unbroken.staffing.state import keys

pytestmark = [
    pytest.mark.peers,
    pytest.mark.skipif(bool(slapd.why_not()), reason=slapd.why_not() or "-"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[Ldap]:
    with slapd.running() as one:
        yield one


@pytest.fixture
def known(server: Ldap, desk: Desk, settings: Any) -> Ldap:
    """The desk asks the directory, in which Sofie's entry is tied to her account here."""
    ldap_server._silent.clear()
    knows(settings, server)
    tied = desk.client(SOFIE).post(
        "/console/own/directory", {"password": PASSWORD, "name": "sofie", "secret": SECRET}
    )
    assert tied.status_code == 303, tied.content.decode()
    return server


def knows(settings: Any, known: Ldap, **more: Any) -> None:
    """The desk is set to ask this directory."""
    ldap = dataclasses.replace(known, **more)
    settings.UNBROKEN = dataclasses.replace(now_set.UNBROKEN, ldap=ldap)


def comes(name: str, password: str = SECRET) -> Any:
    """Somebody at the door."""
    return Client().post("/sign-in", {"email": name, "password": password})


def is_in(name: str, password: str = SECRET) -> bool:
    return bool(comes(name, password).status_code == 303)


def test_the_password_of_the_directory_opens_the_door_of_whoever_is_tied(
    known: Ldap, desk: Desk, settings: Any, caplog: Any
) -> None:
    """By name or address, by StartTLS or TLS at once; what is typed is kept nowhere."""
    at_once = dataclasses.replace(known, is_tls_at_once=True, port=_tls_port(known))

    assert is_in("sofie")
    assert is_in(SOFIE)
    assert is_in(SOFIE, PASSWORD)
    assert not is_in("sofie", "wrong and secret")
    assert "nobody here is tied" in comes("timo").content.decode()
    knows(settings, at_once)
    assert is_in("sofie")
    assert "wrong and secret" not in caplog.text
    notes = [(one.kind, one.note) for one in Trace.objects.order_by("id")]
    assert notes.count(("signed_in", "ldap")) == 3
    assert notes.count(("sign_in_failed", "ldap")) == 2


def test_an_entry_is_tied_to_one_agent_who_proves_both_passwords(known: Ldap, desk: Desk) -> None:
    """Attack: a browser left open; Timo takes Sofie's entry with a password he found."""
    timo, told = desk.client(TIMO), {"name": "timo", "secret": SECRET, "password": PASSWORD}

    for wrong in ({"password": "no"}, {"secret": "no"}, {"name": "sofie"}):
        assert timo.post("/console/own/directory", told | wrong).status_code == 422
    assert not is_in("timo")
    assert timo.post("/console/own/directory", told).status_code == 303
    assert is_in("timo")
    staffing.retire_agent(agent_id=AgentId(desk.agents[TIMO]), by=desk.by(VERA), at=now())
    assert not is_in("timo")


def test_the_name_is_a_value_in_the_question_never_part_of_it(known: Ldap) -> None:
    """Attack: LDAP injection; each of these finds Sofie when it is not escaped."""
    for name in ("sof*", "x)(uid=sofie", "x\\29(uid=sofie", "x)(|(uid=sofie)"):
        assert not is_in(name), name


def test_an_empty_password_never_reaches_the_directory(known: Ldap, settings: Any) -> None:
    """Attack: an unauthenticated bind (RFC 4513 5.1.2), which this directory allows."""
    assert not is_in("sofie", "")
    with slapd.a_false_one() as false:
        knows(settings, known, port=false.port)
        assert not is_in("sofie", "")
    assert false.heard == []


@pytest.mark.parametrize("lie", [{"ca": ""}, {"host": "127.0.0.1"}], ids=str)
@pytest.mark.parametrize("is_tls_at_once", [True, False])
def test_a_directory_that_cannot_prove_its_name_is_told_nothing(
    known: Ldap, settings: Any, lie: dict[str, str], is_tls_at_once: bool
) -> None:
    """Attack: a certificate nobody vouches for; one for another name."""
    port = _tls_port(known) if is_tls_at_once else known.port
    knows(settings, known, port=port, is_tls_at_once=is_tls_at_once, **lie)

    assert "does not answer" in comes("sofie").content.decode()
    assert is_in(SOFIE, PASSWORD)


def test_whoever_says_there_is_no_tls_hears_no_password(known: Ldap, settings: Any) -> None:
    """Attack: somebody on the way takes StartTLS out."""
    with slapd.a_false_one(declines=True) as false:
        knows(settings, known, port=false.port)
        answer = comes("sofie")

    assert "does not answer" in answer.content.decode()
    assert b"1.3.6.1.4.1.1466.20037" in false.heard[0]  # StartTLS, and no name before it
    heard = b"".join(false.heard)
    assert not any(one.encode() in heard for one in (SECRET, "sofie", slapd.SERVICE))


def test_a_name_that_two_have_or_another_server_knows_opens_nothing(
    known: Ldap, settings: Any
) -> None:
    """Accident: an address twice. Attack: a referral to a server that wants passwords."""
    knows(settings, known, by_address=True, role="agent")

    assert not is_in("both@desk.example")
    assert not is_in("far")
    knows(settings, known, base=f"ou=far,{known.base}")
    assert not is_in("sofie")


def test_only_members_of_the_group_come_in_where_the_desk_is_set_so(
    known: Ldap, settings: Any
) -> None:
    knows(settings, known, group=GROUP, by_address=True)

    assert is_in("sofie")
    assert not is_in("timo")


def test_groups_within_the_group_let_in_too_and_a_circle_of_groups_ends(
    known: Ldap, settings: Any
) -> None:
    """Accidents: a group three deep with a comma in its name; two groups that hold each other."""
    knows(settings, known, group=OUTER, by_address=True, role="agent")

    assert is_in("nora")
    assert not is_in("timo")


def test_an_address_ties_once_and_nobody_is_hired_unless_the_desk_is_set_so(
    known: Ldap, settings: Any
) -> None:
    assert (is_in("nora"), staff.agent_by_email("nora@desk.example")) == (False, None)
    knows(settings, known, by_address=True, role="auditor")

    assert is_in("timo")
    assert is_in("nora")
    hired = staff.agent_by_email("nora@desk.example")
    assert hired is not None
    assert (hired.name, hired.role, hired.team_ids) == ("Nora New", "auditor", ())


def test_tries_count_for_the_entry_under_whatever_name(known: Ldap) -> None:
    """Attack: guessing goes on under another name of the same person."""
    for name in ("sofie", SOFIE, "SOFIE ", "sofie", SOFIE):
        assert not is_in(name, "a guess")

    assert "Too many tries" in comes("sofie").content.decode()


def test_the_second_proof_is_still_asked_for(known: Ldap, desk: Desk) -> None:
    secret, at = keys.new_secret(), now()
    code = totp.code_at(secret, totp.step_of(at))
    staffing.add_totp(
        agent_id=AgentId(desk.agents[SOFIE]), secret=secret, code=code, by=desk.by(SOFIE), at=at
    )

    assert comes("sofie")["Location"] == "/sign-in/code"


def test_a_directory_that_says_nothing_keeps_nobody_out_and_is_left_alone(
    known: Ldap, settings: Any, monkeypatch: Any
) -> None:
    """Accident: it hangs. After one has waited, others are told at once, and get in otherwise."""
    monkeypatch.setattr(ldap_server, "SECONDS_MAX", 0.1)
    with slapd.a_false_one() as false:
        knows(settings, known, port=false.port)
        answers = [comes(name).content.decode() for name in ("sofie", "timo")]
        assert is_in(SOFIE, PASSWORD)

    assert all("does not answer" in answer for answer in answers)
    assert len(false.heard) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"URL": "http://x"}, {"URL": "ldap://"}, {"URL": "ldaps://x:y"}, {"BASE": ""},
        {"FILTER": "(uid=x)"}, {"FILTER": "(uid={name}"}, {"USER": "cn=desk"},
    ],
    ids=str,
)  # fmt: skip
def test_a_setting_that_cannot_be_used_is_said_so(wrong: dict[str, str]) -> None:
    right = {"URL": "ldaps://ldap.example", "BASE": "dc=isp,dc=example"}
    told = {f"UNBROKEN_LDAP_{key}": value for key, value in (right | wrong).items()}

    with pytest.raises(ValueError, match=r"UNBROKEN_LDAP_(URL|BASE|FILTER|USER)"):
        ldap_settings.read(told, role="")


def _tls_port(known: Ldap) -> int:
    """Where the same server begins with TLS."""
    return slapd.TLS_PORTS[known.port]
