"""The ways in and out on their pages: tried before they are kept, taken back, told to nobody."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from tests.console.desk import VERA, Desk
from tests.intake.doors import free_port
from tests.intake.small_relay import SmallRelay, serving
from unbroken.ground.log import events_of
from unbroken.intake import ways

PAGE = "/console/admin/channels"
SECRET = "p@ss/word"


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def last(key: str) -> int:
    return events_of([f"channel:{ways.way(key).id}"])[-1].version


@pytest.fixture
def _no_relay(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = (settings.UNBROKEN.data / "sent").as_uri()
    monkeypatch.setattr(settings, "UNBROKEN", replace(settings.UNBROKEN, smtp_url=folder))


@pytest.mark.usefixtures("_no_relay")
def test_a_relay_is_tried_before_it_is_kept_and_its_password_goes_nowhere_else(
    desk: Desk,
) -> None:
    """Attack: the host is changed to one's own server, to be told the password that is kept."""
    vera = desk.client(VERA)
    with serving(SmallRelay()) as relay, serving(SmallRelay()) as evil:
        typed = {"host": "127.0.0.1", "port": relay.port, "tls": "none", "user": "desk"}
        wrong = vera.post(f"{PAGE}/out", {**typed, "password": "old", "try": "yes"})
        nobody = vera.post(f"{PAGE}/out", {**typed, "port": free_port(), "try": "yes"})
        assert not ways.way("out").says
        vera.post(f"{PAGE}/out", {**typed, "password": SECRET})
        good = vera.post(f"{PAGE}/out", {**typed, "try": "yes"})
        other = {**typed, "host": "localhost", "port": evil.port}
        vera.post(f"{PAGE}/out", {**other, "try": "yes"})
        by_it = ways.way_out()

    assert "refuses the user or password" in words(wrong)
    assert "takes no connections at port" in words(nobody)
    assert f"look into the mailbox of {VERA}" in words(good)
    assert relay.mails == [[VERA]]
    assert SECRET not in "".join(evil.passwords_heard)
    assert by_it == f"smtp://desk:p%40ss%2Fword@127.0.0.1:{relay.port}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT says::text FROM channel_setting")
        stored = cursor.fetchone()[0]
    events = str([event.data for event in events_of([f"channel:{ways.way('out').id}"])])
    shown = vera.get(f"{PAGE}/out").content.decode() + vera.get(PAGE).content.decode()
    assert all(SECRET not in text for text in (stored, events, shown))


@pytest.mark.usefixtures("_no_relay")
def test_taking_back_a_relay_tells_no_other_server_the_password(desk: Desk) -> None:
    """Attack: the host was one's own; its correction, with the right password, is taken back."""
    vera = desk.client(VERA)
    vera.post(f"{PAGE}/out", {"host": "evil.example", "user": "desk", "password": "x"})
    vera.post(f"{PAGE}/out", {"host": "mail.isp.example", "user": "desk", "password": SECRET})

    refused = vera.post(f"{PAGE}/out/back", {"version": last("out")}, follow=True)

    assert "type that in, with its password" in words(refused)
    assert ways.way("out").says["host"] == "mail.isp.example"


def test_what_the_environment_says_no_page_changes(desk: Desk, monkeypatch: Any) -> None:
    url = "smtp://relay.isp.example"
    named = replace(settings.UNBROKEN, smtp_url=url, embed_origins=("https://a.example",))
    monkeypatch.setattr(settings, "UNBROKEN", named)
    vera = desk.client(VERA)

    for page, typed in (
        (f"{PAGE}/out", {"host": "evil.example"}),
        ("/console/admin/embed", {"origins": "http://evil.example"}),
    ):
        answer = vera.post(page, typed)
        assert answer.status_code == 422
        assert "The environment says it" in words(answer)

    assert (ways.way_out(), ways.framing_origins()) == (url, ("https://a.example",))


def test_who_we_are_and_what_stands_above_the_form_is_seen_by_customers_and_taken_back(
    desk: Desk,
) -> None:
    vera, stranger = desk.client(VERA), Client()
    vera.post(f"{PAGE}/us", {"name": "Lindenhof Net", "telephone": "0800 1234"})
    vera.post(f"{PAGE}/form", {"strangers": "yes", "words_it": "Di notte: 0800 1234"})
    above = stranger.get("/ask?topic=none&in=it")
    assert "Di notte: 0800 1234" in words(above)
    assert "Lindenhof Net" in words(above)

    vera.post(f"{PAGE}/us/back", {"version": last("us")})
    vera.post(f"{PAGE}/form", {"words_it": ""})

    answer = stranger.get("/ask", follow=True)
    assert answer.redirect_chain[0][1] == 303
    assert "Say first who you are" in words(answer)
    assert "Lindenhof" not in words(answer)
    assert "Ask on our own page" in words(stranger.get("/embed/ask"))
    assert stranger.post("/embed/ask", {"words": "hello"}).status_code == 200
    vera.post(f"{PAGE}/form/back", {"version": last("form")})
    assert stranger.get("/ask").status_code == 200


def test_a_page_that_may_frame_the_form_is_named_on_screen(desk: Desk) -> None:
    vera = desk.client(VERA)
    for typed, said in (
        ("http://*.example", "write it as https://www.isp.example"),
        ("https://www.isp.example", "browsers show no frame in it"),
    ):
        assert said in words(vera.post("/console/admin/embed", {"origins": typed}))
    assert ways.framing_origins() == ()

    vera.post("/console/admin/embed", {"origins": "http://www.isp.example\n"})

    policy = Client().get("/embed/ask").headers["Content-Security-Policy"]
    assert "frame-ancestors http://www.isp.example" in policy


def test_knocking_at_a_door_says_that_nobody_opens(desk: Desk, monkeypatch: Any) -> None:
    closed = replace(settings.UNBROKEN.lmtp, port=free_port())
    monkeypatch.setattr(settings, "UNBROKEN", replace(settings.UNBROKEN, lmtp=closed))

    answer = desk.client(VERA).post(f"{PAGE}/doors/lmtp")

    assert f"takes no connections at port {closed.port}" in words(answer)
