"""The desk's own workings on screen: sent mail, stuck work, pages that cannot be shown."""

import os
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.console.desk import SOFIE, VERA, Desk
from unbroken.evidence.models import DoorCount
from unbroken.evidence.queries.doors import doors
from unbroken.evidence.state import counts
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.house.doctor_network import network
from unbroken.intake.desk import secret
from unbroken.intake.mail.tokens import message_id


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    """Where this desk puts its mail."""
    settings.UNBROKEN = replace(settings.UNBROKEN, smtp_url=tmp_path.as_uri())
    return tmp_path


def a_mail(folder: Path, name: str = "r-1", html: str = "<p>Hello</p>") -> None:
    """A mail that was sent."""
    mail = EmailMessage()
    mail["To"], mail["Subject"] = "anneke@home.example", "[#100001] lamp"
    mail["Date"] = "Sun, 24 May 2026 08:05:00 +0200"
    mail.set_content("Hello in plain words")
    mail.add_alternative(html, subtype="html")
    (folder / f"{name}.eml").write_bytes(mail.as_bytes())


def test_the_mail_catcher_shows_what_a_customer_would_get(desk: Desk, folder: Path) -> None:
    a_mail(folder)
    client = desk.client(VERA)

    assert "[#100001] lamp" in client.get("/console/mail").content.decode()
    page = client.get("/console/mail/r-1").content.decode()
    assert "Hello in plain words" in page
    assert '<iframe class="sheet mail-frame" sandbox' in page


def test_the_html_of_a_mail_may_run_nothing_and_load_nothing(desk: Desk, folder: Path) -> None:
    """The attack: a script in what we quote back."""
    a_mail(folder, html="<script>alert(1)</script>")

    answer = desk.client(VERA).get("/console/mail/r-1/html")

    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_an_agent_sees_the_mails_of_their_own_requests_only(desk: Desk, folder: Path) -> None:
    """The attack: an agent reads by the catcher what the queue does not show them."""
    names = {}
    for team in ("first-line", "billing"):
        ticket = desk.asks("Anneke de Wit", "lamp", team=team)
        names[team] = message_id(ticket, 1, secret(), "desk.example").strip("<>").split("@")[0]
        a_mail(folder, names[team])
    a_mail(folder, "s.link")
    client = desk.client(SOFIE)

    page = client.get("/console/mail").content.decode()

    assert names["first-line"] in page
    assert names["billing"] not in page
    assert "s.link" not in page
    assert client.get(f"/console/mail/{names['first-line']}").status_code == 200
    assert client.get(f"/console/mail/{names['billing']}").status_code == 404
    assert client.get("/console/mail/s.link/html").status_code == 404


@pytest.mark.parametrize("name", ["..%2f..%2fetc%2fpasswd", "nothing", ".hidden", "a%00b"])
def test_no_name_leads_out_of_the_folder(desk: Desk, folder: Path, name: str) -> None:
    """The attack: a path in the name of a mail."""
    (folder.parent / "secret.eml").write_text("secret")

    assert desk.client(VERA).get(f"/console/mail/{name}").status_code == 404


def test_a_broken_mail_in_the_folder_breaks_nothing(desk: Desk, folder: Path) -> None:
    (folder / "odd.eml").write_bytes(b"\xff\x00Subject: \xe4\n\nnot a mail")
    (folder / "empty.eml").write_bytes(b"")
    client = desk.client(VERA)

    assert client.get("/console/mail").status_code == 200
    assert client.get("/console/mail/odd").status_code == 200


def test_mail_that_really_goes_out_is_not_shown(desk: Desk, settings: Any) -> None:
    settings.UNBROKEN = replace(settings.UNBROKEN, smtp_url="smtp://relay.example:25")
    client = desk.client(VERA)

    assert "relay.example" in client.get("/console/mail").content.decode()
    assert client.get("/console/mail/r-1").status_code == 404


def stuck_letter(desk: Desk) -> int:
    """One letter that failed three times."""
    desk.asks("Anneke de Wit", "lamp")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ground_letter SET parked_at = now(), attempts = 3, error = 'KeyError: <x>'"
            " WHERE id = (SELECT min(letter.id) FROM ground_letter letter"
            " JOIN ground_event event ON event.id = letter.event_id"
            " WHERE event.kind = 'ticket.acknowledged') RETURNING id"
        )
        return int(cursor.fetchone()[0])


def test_stuck_work_is_shown_tried_again_and_given_up(desk: Desk) -> None:
    letter = stuck_letter(desk)
    client = desk.client(SOFIE)
    page = client.get("/console/operations").content.decode()
    assert "KeyError: &lt;x&gt;" in page
    assert "Request received and numbered" in page

    client.post(f"/console/operations/{letter}/retry")
    assert "Nothing is stuck" in client.get("/console/operations").content.decode()

    letter = stuck_letter(desk)
    client.post(f"/console/operations/{letter}/skip")
    skipped = events_of(["house"])[-1]
    assert skipped.kind == "house.letter_skipped"
    assert skipped.by == f"agent:{desk.agents[SOFIE]}"


def test_a_page_that_is_not_there_says_so_in_the_readers_language(db: None) -> None:
    answer = Client().get("/nowhere", headers={"Accept-Language": "de, en;q=0.5"})

    assert answer.status_code == 404
    assert "Nothing is here" in answer.content.decode()


def test_a_form_from_elsewhere_is_refused_in_plain_words(desk: Desk) -> None:
    """The attack: a page of somebody else's that sends our form with the agent's cookies."""
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/sign-in", {"email": SOFIE, "password": "x"})

    assert answer.status_code == 403
    assert "too old to be accepted" in answer.content.decode()


def test_a_door_that_falls_silent_by_its_own_pace_is_marked(desk: Desk) -> None:
    """Accident: a NAS is pointed elsewhere, and for a week nobody sees that nothing comes."""
    hour_ago, slot = now() - timedelta(hours=1), os.getpid() % counts.SLOTS
    for door, pause in (("radius", 5.0), ("snmp", 3600.0)):
        DoorCount.objects.create(
            door=door,
            what="received",
            slot=slot,
            count=7,
            latest_at=hour_ago,
            pause_seconds=pause,
        )

    page = desk.client(VERA).get("/console/operations").content.decode()
    _facts, problems = network()

    assert page.count("silent</span>") == 1
    (told,) = [one for one in problems if "Nothing came to" in one]
    assert told.startswith("Nothing came to radius for 36")

    counts.add("radius", {"received": 1})
    heard = {one.door: one for one in doors()}["radius"]
    assert not heard.is_silent(now())
    assert heard.came == 8
    assert heard.pause_seconds is not None
    assert heard.pause_seconds > 3000
