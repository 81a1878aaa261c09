"""Coming in by an identity provider: an honest one, and one that lies; both real HTTP servers."""

import dataclasses
import http.client
import warnings
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.conf import settings as now_set
from django.test import Client

from tests.console.desk import PASSWORD, SOFIE, TIMO, VERA, Desk
from tests.console.lying_provider import Liar, a_key, a_liar
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.staffing import actions as staffing
from unbroken.staffing import queries as staff
from unbroken.staffing.ids import AgentId

NEW = "nora@desk.example"
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the honest one's libraries


def knows(settings: Any, issuer: str, **more: Any) -> None:
    """The desk is set to trust this provider."""
    settings.UNBROKEN = dataclasses.replace(
        now_set.UNBROKEN, openid=issuer, openid_client="unbroken", openid_secret="s", **more
    )


@pytest.fixture(scope="module")
def honest() -> Iterator[str]:
    """A provider that does everything as it should; its address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about libraries it stands on
        from oidc_provider_mock import User, run_server_in_thread

        users = [
            User(sub=sub, claims={"email": email, "email_verified": sure, "name": "Nora New"})
            for sub, email, sure in (
                ("sofie-1", SOFIE, True), ("thief", SOFIE, True), ("boast", VERA, False),
                ("new", NEW, True),
            )
        ]  # fmt: skip
        with run_server_in_thread(user_claims=users) as server:
            yield f"http://localhost:{server.server_port}"


@pytest.fixture
def liar(desk: Desk, settings: Any) -> Iterator[Liar]:
    """A provider to which Sofie's account is tied, and which says whatever it is told to."""
    with a_liar() as one:
        knows(settings, one.issuer)
        sofie = AgentId(desk.agents[SOFIE])
        staffing.bind_identity(agent_id=sofie, issuer=one.issuer, subject="sofie-1", at=now())
        yield one


def agreed(address: str, sub: str) -> str:
    """What the honest provider sends the browser back with, once somebody has signed in there."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", f"{parts.path}?{parts.query}", urlencode({"sub": sub}), kind)
    location = connection.getresponse().headers["Location"]
    connection.close()
    back = urlsplit(location)
    return f"{back.path}?{back.query}"


def comes(sub: str, client: Client | None = None) -> Any:
    """Somebody signs in by the honest provider."""
    client = client or Client()
    sent = client.get("/sign-in/openid", {"next": "/console/?q=mine"})
    return client.get(agreed(sent["Location"], sub))


def is_in(client: Client) -> bool:
    return client.get("/console/own").status_code == 200


def test_an_agent_ties_their_account_and_is_known_by_their_subject_from_then_on(
    desk: Desk, honest: str, settings: Any
) -> None:
    """Attack: the provider gives Sofie's address to somebody new."""
    knows(settings, honest)
    sofie = desk.client(SOFIE)

    before = comes("sofie-1").status_code
    wrong = sofie.post("/console/own/openid", {"password": "no"}).status_code
    told = sofie.post("/console/own/openid", {"password": PASSWORD}).content.decode()
    tied = comes("sofie-1", sofie)
    staffing.change_agent(
        agent_id=AgentId(desk.agents[SOFIE]), email="s@desk.example", by=desk.by(VERA), at=now()
    )

    assert (before, wrong, tied["Location"]) == (422, 422, "/console/own")
    assert "/sign-in/openid" in told
    assert comes("sofie-1")["Location"] == "/console/?q=mine"
    assert comes("thief").status_code == 422
    told_of = [event.kind for event in events_of([f"agent:{desk.agents[SOFIE]}"])]
    assert told_of.count("agent.key_added") == 1


def test_where_the_desk_is_set_so_a_confirmed_address_ties_once(
    desk: Desk, honest: str, settings: Any
) -> None:
    """Attack: an account there that merely says it is Vera's; a second one with Sofie's address."""
    knows(settings, honest, openid_by_address=True)

    assert comes("boast").status_code == 422
    assert comes("sofie-1").status_code == 303
    assert comes("thief").status_code == 422
    staffing.retire_agent(agent_id=AgentId(desk.agents[SOFIE]), by=desk.by(VERA), at=now())
    assert comes("sofie-1").status_code == 422


def test_nobody_is_hired_unless_the_desk_is_set_so(desk: Desk, honest: str, settings: Any) -> None:
    knows(settings, honest)
    outside = comes("new")
    nobody = staff.agent_by_email(NEW)
    knows(settings, honest, openid_role="auditor")
    inside = comes("new")
    hired = staff.agent_by_email(NEW)

    assert (outside.status_code, nobody) == (422, None)
    assert inside.status_code == 303
    assert hired is not None
    assert (hired.name, hired.role, hired.team_ids) == ("Nora New", "auditor", ())


def test_an_answer_fits_only_the_browser_that_asked_and_only_once(liar: Liar, desk: Desk) -> None:
    """Attack: one's own answer put under another's browser; the same one twice."""
    mine, victim = Client(), Client()
    sent = mine.get("/sign-in/openid")["Location"]
    victim.get("/sign-in/openid")
    answer = liar.agrees(sent)

    assert victim.get(answer).status_code == 422
    assert mine.get(answer).status_code == 303
    assert mine.get(answer).status_code == 422
    assert not is_in(victim)
    assert liar.forms[0]["code_verifier"]
    assert parse_qs(urlsplit(sent).query)["code_challenge_method"] == ["S256"]


@pytest.mark.parametrize(
    "lie",
    [
        {"claims": {"nonce": "of another question"}},
        {"claims": {"aud": "another program"}},
        {"claims": {"aud": ["unbroken", "another"], "azp": "another"}},
        {"claims": {"iss": "https://another.example"}},
        {"claims": {"exp": 1}},
        {"claims": {"sub": ""}},
        {"algorithm": "none"},
        {"algorithm": "HS256"},
        {"described": {"issuer": "https://another.example"}},
        {"described": {"authorization_response_iss_parameter_supported": True}},
        {"described": {"token_endpoint": "ftp://127.0.0.1/token"}},
    ],
    ids=str,
)
def test_a_token_that_does_not_hold_opens_nothing(liar: Liar, lie: dict[str, Any]) -> None:
    """Attack: another question's token, another program's, unsigned, signed with the public key
    as if it were a shared secret, from an issuer that mixes itself up with ours."""
    client = Client()
    for name, value in lie.items():
        setattr(liar, name, value)
    sent = client.get("/sign-in/openid")
    answer = client.get(liar.agrees(sent["Location"])) if "Location" in sent else sent

    assert answer.status_code == 422
    assert not is_in(client)


def test_another_providers_answer_is_none(liar: Liar) -> None:
    """Attack: mix-up; the browser comes back from somebody who is not whom we asked."""
    client = Client()
    sent = client.get("/sign-in/openid")["Location"]

    assert client.get(liar.agrees(sent, iss="https://another.example")).status_code == 422


def test_a_new_key_of_the_provider_is_learned_by_itself(liar: Liar) -> None:
    """Accident: the provider changes its keys while ours are kept."""
    for key in (liar.key, a_key("second")):
        liar.key, client = key, Client()
        sent = client.get("/sign-in/openid")["Location"]
        assert client.get(liar.agrees(sent)).status_code == 303


def test_particulars_of_somebody_else_are_not_taken(liar: Liar, settings: Any) -> None:
    """Attack: the token is of one person, the address beside it another's."""
    knows(settings, liar.issuer, openid_by_address=True)
    liar.claims = {"sub": "eve"}
    liar.particulars = {"sub": "timo", "email": TIMO, "email_verified": True}
    client = Client()

    answer = client.get(liar.agrees(client.get("/sign-in/openid")["Location"]))

    assert answer.status_code == 422
    assert not is_in(client)


def test_an_answer_that_comes_too_late_is_none(liar: Liar, monkeypatch: Any) -> None:
    client = Client()
    answer = liar.agrees(client.get("/sign-in/openid")["Location"])
    later = now() + timedelta(minutes=11)
    monkeypatch.setattr("unbroken.console.doors.openid.now", lambda: later)

    assert client.get(answer).status_code == 422


def test_whoever_came_in_by_the_provider_is_told_how_to_leave_it_too(liar: Liar) -> None:
    client = Client()
    client.get(liar.agrees(client.get("/sign-in/openid")["Location"]))

    left = client.post("/sign-out").content.decode()

    assert f"{liar.issuer}/end_session?id_token_hint=" in left
    assert not is_in(client)


def test_a_provider_that_does_not_answer_leaves_the_password(desk: Desk, settings: Any) -> None:
    """Accident: the provider is down."""
    knows(settings, "http://127.0.0.1:9")

    answer = Client().get("/sign-in/openid")

    assert answer.status_code == 422
    assert "did not confirm" in answer.content.decode()
    assert is_in(desk.client(SOFIE))


def test_without_a_provider_there_is_no_such_door(desk: Desk) -> None:
    assert Client().get("/sign-in/openid").status_code == 404
    assert "organisation" not in Client().get("/sign-in").content.decode()


LOGOUT = {"http://schemas.openid.net/event/backchannel-logout": {}}


def test_who_signed_out_at_the_provider_is_out_here_and_only_of_what_it_opened(
    liar: Liar, desk: Desk
) -> None:
    """Attacks: an ID token instead of a logout token, one for another client, one nobody signed."""
    client, by_password = Client(), desk.client(SOFIE)
    client.get(liar.agrees(client.get("/sign-in/openid")["Location"]))
    true = {"jti": "1", "events": LOGOUT, "nonce": None, "aud": "unbroken"}

    def says(**claims: Any) -> int:
        liar.claims = claims
        token = liar.token()
        return int(Client().post("/sign-in/openid/left", {"logout_token": token}).status_code)

    lies = [{}, true | {"aud": "another"}, true | {"events": {}}, true | {"nonce": "n"}]
    refused = [says(**lie) for lie in lies]
    liar.algorithm = "none"
    unsigned = says(**true)
    liar.algorithm, still = "ES256", is_in(client)

    assert (refused, unsigned, still) == ([400] * 4, 400, True)
    assert (says(**true), is_in(client), is_in(by_password)) == (200, False, True)
