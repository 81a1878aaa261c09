"""What every answer carries, and what no answer does: headers, cookies, redirects, forged forms."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.console.desk import PASSWORD
from tests.security.addresses import ADDRESSES, OF_ALL
from tests.security.crowd import ANNEKE, BRAM, MILA, SECRET, SOFIE, Crowd, gather
from tests.security.walk import BY_HOST, BY_PROXY, EVIL, ask, events, faults, undone, whole
from unbroken.console.tickets import views
from unbroken.conversation.links import link_token
from unbroken.ground.clock import now
from unbroken.house.web import Message, Scope, application
from unbroken.portal.state import make_link_key

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "///evil.example",
    "https:evil.example",
    "/%0d%0aLocation:%20https://evil.example/",
    "javascript:alert(1)",
    " https://evil.example",
    "\thttps://evil.example",
    "http:///evil.example",
)
BROKEN = (
    "/nowhere",
    "/console/tickets/" + "9" * 400,
    "/files/" + "9" * 40 + "/x",
    "/r/" + "a" * 4000,
    "/api/tickets/1",
    "/api/nowhere",
    "/tmf-api/nowhere",
    "/static/nowhere.css",
)


@pytest.mark.parametrize("who", ["nobody", "a customer", "an agent"])
def test_what_is_not_there_is_answered_as_safely_as_what_is(crowd: Crowd, who: str) -> None:
    """What is there is looked at by the walks of `test_every_door` and `test_every_role`."""
    client = {
        "nobody": crowd.stranger,
        "a customer": lambda: crowd.reader(ANNEKE),
        "an agent": lambda: crowd.agent(MILA),
    }[who]()

    for path in (f"/r/{crowd.link}", *BROKEN):
        for method in ("GET", "POST", "DELETE"):
            with undone(client):
                assert faults(ask(client, method, path), method, path) == [], (method, path)


def test_an_error_of_ours_says_nothing_of_the_inside(crowd: Crowd, monkeypatch: Any) -> None:
    """Accident: a page breaks in the middle of somebody's words."""

    def breaks(*_args: object, **_named: object) -> None:
        raise KeyError("quokka in a trace")

    monkeypatch.setattr(views, "ticket_page", breaks)

    answer = crowd.agent(MILA).get(f"/console/tickets/{crowd.ticket}")

    assert answer.status_code == 500
    assert SECRET not in whole(answer)
    assert "traceback" not in whole(answer)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]


# ── forged forms ──────────────────────────────────────────────────────────────


def test_no_form_from_elsewhere_does_anything(crowd: Crowd) -> None:
    """Attack: a page of somebody else's posts to every address with the agent's cookies."""
    signed_in, before = crowd.agent(MILA), events(crowd)
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies = signed_in.cookies

    by_script = {"origin": "https://evil.example", "hx-request": "true"}
    for route, address in ADDRESSES.items():
        for headers in ({}, by_script):
            if route in (
                "crew/<token>",
                "page/<token>",
                "embed/ask",
                "less/<token>",
                "status/mail/<token>",
                "status/mail/<token>/end",
                "unfollow/<token>",
                "well/<token>",
                "sign-in/saml/back",
                "sign-in/openid/left",
            ):
                continue  # no cookie counts there, only what we or they signed
            path = address.path(route, crowd)
            answer = client.post(path, address.body(crowd), headers=headers)
            assert answer.status_code == 403, (path, answer.status_code)

    assert events(crowd) == before
    assert client.get("/console/").status_code == 200


def test_the_page_of_ours_carries_what_its_form_needs(crowd: Crowd) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.get("/sign-in").content.decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found is not None

    form = {"email": MILA, "password": PASSWORD, "csrfmiddlewaretoken": found[1]}

    assert client.post("/sign-in", form).status_code == 303


# ── being sent elsewhere ──────────────────────────────────────────────────────


@pytest.mark.parametrize("address", ELSEWHERE)
def test_nobody_is_sent_elsewhere_from_here(crowd: Crowd, address: str) -> None:
    """Attack: a link to our sign-in that ends at somebody else's page."""
    anybody, agent = crowd.stranger(), crowd.agent(MILA)
    form = {"email": MILA, "password": PASSWORD, "next": address}

    for answer in (
        anybody.post("/sign-in", form),
        crowd.stranger().post(f"/sign-in?next={quote(address)}", {**form, "next": ""}),
        agent.get(f"/sign-in?next={quote(address)}"),
        agent.post("/look", {"theme": "dark", "next": address}),
    ):
        assert answer.status_code == 303
        to = answer.headers["Location"]
        assert to.startswith("/"), to
        assert not to.startswith(("//", "/\\")), to
        assert "\n" not in to
        assert "\r" not in to


@pytest.mark.parametrize("path", ["//evil.example/console", "//evil.example//", "/%5cevil.example"])
def test_an_address_that_looks_like_a_host_leads_nowhere(crowd: Crowd, path: str) -> None:
    """Attack: a missing slash is mended with a redirect that leaves the house."""
    answer = crowd.agent(MILA).get(path)

    to = answer.headers.get("Location", "/")
    assert answer.status_code in (301, 404)
    assert to.startswith("/")
    assert not to.startswith(("//", "/\\"))


@pytest.mark.parametrize("headers", [BY_HOST, BY_PROXY], ids=["host", "proxy"])
def test_no_mail_is_built_from_the_host_that_was_asked_for(
    crowd: Crowd, headers: dict[str, str]
) -> None:
    """Attack: a link to sign in that leads to whoever sent the request. No page is, either: all
    walks come by that name."""
    told = whole(crowd.stranger().post("/sign-in-link", {"email": ANNEKE}, headers=headers))

    assert EVIL not in told
    assert all(EVIL not in str(job) for job in _jobs())


def _jobs() -> list[Any]:
    return list(ProcrastinateJob.objects.values_list("args", flat=True))


@pytest.mark.parametrize("host", ["a b", "evil.example:80:80", "[::1", "<script>", "a/b", "a@b"])
def test_a_host_that_is_none_is_refused_or_ignored(crowd: Crowd, host: str) -> None:
    answer = crowd.stranger().get("/sign-in", headers={"host": host})

    assert answer.status_code in (200, 400)
    assert "<script>" not in answer.content.decode()


# ── sessions ──────────────────────────────────────────────────────────────────


def test_a_planted_session_is_worth_nothing_after_signing_in(crowd: Crowd) -> None:
    """Attack: session fixation, by a key that we gave out and by one that we never made."""
    name = settings.SESSION_COOKIE_NAME
    attacker = crowd.stranger()
    attacker.post("/sign-in-code", {"number": crowd.ticket, "email": "eve@elsewhere.example"})
    ways: tuple[Callable[[Client], Any], ...] = (
        lambda c: c.post("/sign-in", {"email": MILA, "password": PASSWORD}),
        lambda c: c.get(f"/r/{crowd.link}"),
        lambda c: c.post(f"/sign-in-link/{make_link_key(address=ANNEKE, at=now())}"),
    )
    for planted in (attacker.cookies[name].value, "planted0planted0planted0planted0"):
        for opens in ways:
            victim = crowd.stranger()
            victim.cookies[name] = planted
            assert opens(victim).status_code == 303
            assert victim.cookies[name].value != planted

            attacker.cookies[name] = planted
            assert attacker.get("/console/").status_code == 303
            assert attacker.get(f"/requests/{crowd.ticket}").status_code == 404


def test_a_session_ends_where_its_reader_ends_it(crowd: Crowd) -> None:
    """Attack: a copied cookie is used after its owner has left."""
    name = settings.SESSION_COOKIE_NAME
    for client, leave, page in (
        (crowd.agent(MILA), "/sign-out", "/console/"),
        (crowd.reader(ANNEKE), "/leave", "/requests"),
    ):
        copy = crowd.stranger()
        copy.cookies[name] = client.cookies[name].value
        assert copy.get(page).status_code == 200

        client.post(leave)

        assert copy.get(page).status_code == 303


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(crowd: Crowd) -> None:
    client = crowd.agent(MILA)
    client.post("/look", {"theme": "dark", "language": "it"})

    for cookie in client.cookies.values():
        assert cookie["httponly"], cookie
        assert cookie["samesite"] == "Lax", cookie


def test_one_link_to_sign_in_opens_once_and_no_longer_than_an_hour(crowd: Crowd) -> None:
    key = make_link_key(address=ANNEKE, at=now())
    late = make_link_key(address=ANNEKE, at=now() - timedelta(hours=1, seconds=1))
    assert crowd.stranger().get(f"/sign-in-link/{key}").status_code == 200  # looking opens nothing
    assert crowd.stranger().post(f"/sign-in-link/{key}").status_code == 303

    assert crowd.stranger().post(f"/sign-in-link/{key}").status_code == 404
    assert crowd.stranger().post(f"/sign-in-link/{late}").status_code == 404


def test_somebody_elses_link_does_not_take_over_a_browser_by_a_look(crowd: Crowd) -> None:
    """Attack: a picture in a page whose address is a link of the attacker's own request."""
    client = crowd.reader(ANNEKE)

    client.get(f"/r/{link_token(crowd.other, crowd.contacts[BRAM])}")

    assert client.get(f"/requests/{crowd.ticket}").status_code == 200


# ── files and the live line ───────────────────────────────────────────────────


@pytest.mark.parametrize(
    "path",
    [
        "../unbroken/house/settings.py",
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "....//....//etc/passwd",
        "%2fetc%2fpasswd",
        "console/../../../pyproject.toml",
        "a%00.css",
        "",
        "./",
    ],
)
def test_no_file_is_served_but_those_for_pages(db: None, path: str) -> None:
    """Attack: a path that climbs out of the folder of styles and scripts."""
    answer = Client().get(f"/static/{path}")

    assert answer.status_code in (400, 404)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("cookie", ["", "unbroken_session=x", "unbroken_session=\xb2\xff;;=;", "="])
def test_the_live_line_is_cut_for_whoever_is_nobody(cookie: str) -> None:
    """Attack: listening to what happens without being of the desk."""
    for query in ("", "ticket={other}", "ticket=%C2%B2", "ticket=9" * 9, "since=%C2%B3"):
        said = _live(cookie, query)

        assert said[0]["status"] == 403, query
        assert b"".join(part.get("body", b"") for part in said[1:]) == b"", query
        assert (b"x-content-type-options", b"nosniff") in said[0]["headers"], query


@pytest.mark.django_db(transaction=True)
def test_the_live_line_of_a_request_is_for_those_who_may_see_it(house_settings: Any) -> None:
    """Attack: an agent listens to the request of a queue that is not theirs."""
    crowd = gather()
    name = settings.SESSION_COOKIE_NAME
    sofie = f"{name}={crowd.agent(SOFIE).cookies[name].value}"
    anneke = f"{name}={crowd.reader(ANNEKE).cookies[name].value}"

    for cookie, query in (
        (sofie, f"ticket={crowd.ticket}"),
        (sofie, "ticket=987654"),
        (anneke, f"ticket={crowd.ticket}"),
        (anneke, ""),
    ):
        assert _live(cookie, query)[0]["status"] == 403, query


def _live(cookie: str, query: str) -> list[Message]:
    """What the live line says at once to somebody who is refused."""
    said: list[Message] = []

    async def send(message: Message) -> None:
        said.append(message)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    scope: Scope = {
        "type": "http", "method": "GET", "path": "/live", "query_string": query.encode(),
        "headers": [(b"cookie", cookie.encode("latin-1"))],
    }  # fmt: skip
    async_to_sync(application())(scope, receive, send)
    return said


def test_every_address_for_all_is_meant_to_be(crowd: Crowd) -> None:
    """What a stranger may ask for without a proof: a list that is read before it grows."""
    open_to_all = sorted(route for route, one in ADDRESSES.items() if one.whose == OF_ALL)

    assert open_to_all == [
        "", "alive", "approve/<token>", "articles/<article_id>", "ask", "ask/details",
        "calendar/<token>",
        "crew/<token>", "embed/ask", "first-steps", "help", "help/<place>",
        "help/feedback/<article_id>", "help/pictures/<place>", "help/suggestions",
        "invitation/<key>", "leave", "less/<token>", "live", "look", "page/<token>", "r/<token>",
        "robots.txt", "sign-in",
        "sign-in-code", "sign-in-code/digits", "sign-in-link", "sign-in-link/<key>",
        "sign-in/code", "sign-in/openid", "sign-in/openid/back", "sign-in/openid/left",
        "sign-in/passkey",
        "sign-in/saml/<provider_id>", "sign-in/saml/back", "sign-in/saml/done",
        "sign-in/saml/metadata",
        "sign-out", "sitemap.xml", "status", "status.atom", "status/mail", "status/mail/<token>",
        "status/mail/<token>/end", "unfollow/<token>", "wall/<key>",
        "well/<token>",
    ]  # fmt: skip
