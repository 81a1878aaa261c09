"""Credits told to billing: signed, once each, tried again while nobody answers."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from tests.promise.desk import SOFIE, Desk, hear, when
from unbroken.ground import http
from unbroken.house.addresses import WrongSetting
from unbroken.house.environment import read
from unbroken.promise import credits, tasks
from unbroken.promise.models import Credit, CreditTold
from unbroken.promise.queries import owed

SECRET = "between us and billing"


class Billing(HTTPServer):
    """Billing's door: what came, and what it answers next."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Door)
        self.came: list[tuple[dict[str, str], bytes]] = []
        self.answers = [200]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/credits"


class _Door(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        door: Any = self.server
        body = self.rfile.read(int(self.headers["Content-Length"]))
        door.came.append((dict(self.headers), body))
        self.send_response(door.answers.pop(0) if len(door.answers) > 1 else door.answers[0])
        if door.answers[0] == 307:
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        self.end_headers()

    def log_message(self, *told: object) -> None:
        """Quiet."""


@pytest.fixture
def billing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Billing]:
    door = Billing()
    thread = threading.Thread(target=door.serve_forever, daemon=True)
    thread.start()
    wanted = read({"UNBROKEN_BILLING_URL": door.url, "UNBROKEN_BILLING_SECRET": SECRET})
    monkeypatch.setattr(settings, "UNBROKEN", wanted)
    yield door
    door.shutdown()
    door.server_close()


def booked(desk: Desk) -> int:
    """Anneke waited too long: a credit of five euros, by the rule of her agreement."""
    desk.promises("classic", first_answer=1)
    credits.set_consequence(
        agreement="classic", measure="first_answer", kind="fixed_credit",
        settings={"amount": "5", "currency": "EUR"}, by=SOFIE, at=when("mon 07:00"),
    )  # fmt: skip
    ticket = desk.anneke.reports("no sync", "mon 08:00")
    desk.sofie.replies(ticket, "mon 12:00")
    return int(Credit.objects.get(ticket_id=ticket).pk)


def jobs() -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = 'promise.bill_credit'"
            " ORDER BY id"
        )
        return [json.loads(args) if isinstance(args, str) else args for (args,) in cursor]


def test_a_credit_is_told_once_signed_and_under_a_key_of_its_own(
    desk: Desk, billing: Billing
) -> None:
    credit = booked(desk)
    (job,) = jobs()

    for _round in range(2):  # Accident: the worker was killed after sending and does it again
        tasks.bill_credit(**job)

    ((headers, body),) = billing.came
    told = json.loads(body)
    assert (told["credit"], told["state"], told["amount"], told["currency"]) == (
        credit, "booked", "5.00", "EUR",
    )  # fmt: skip
    assert headers["Idempotency-Key"] == f"credit-{credit}-booked"
    second, mac = (part[2:] if n == 0 else part[3:] for n, part in enumerate(
        headers["Unbroken-Signature"].split(",")))  # fmt: skip
    meant = hmac.new(SECRET.encode(), f"{second}.".encode() + body, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(mac, meant)
    assert owed.credits()[0].told_at is not None


def test_what_is_taken_back_is_told_too_and_what_waits_is_not(desk: Desk, billing: Billing) -> None:
    credit = booked(desk)
    credits.decide_credit(
        credit_id=credit, state="reversed", reason="twice", by=SOFIE, at=when("tue 08:00")
    )
    hear()

    assert [job["credit_state"] for job in jobs()] == ["booked", "reversed"]


def test_it_is_tried_again_while_billing_is_down_and_not_when_it_refuses(
    desk: Desk, billing: Billing
) -> None:
    """Attack: an answer that leads elsewhere would carry the signed credit to a stranger."""
    credit = booked(desk)
    for answers, raised in (([503], http.Unanswered), ([429], http.Unanswered)):
        billing.answers = answers
        with pytest.raises(raised):
            tasks.bill_credit(credit, "booked")
    for answers in ([400], [307]):
        billing.answers = answers
        tasks.bill_credit(credit, "booked")

    assert [row.problem for row in CreditTold.objects.all()] == ["answered 307"]
    assert owed.credits()[0].told_at is None
    assert tasks.AGAIN.max_attempts == 18


def test_nobody_is_told_where_nobody_asked_for_it(desk: Desk) -> None:
    booked(desk)

    assert jobs() == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"UNBROKEN_BILLING_URL": "http://billing.example/x", "UNBROKEN_BILLING_SECRET": "x"},
        {"UNBROKEN_BILLING_URL": "https://billing.example/x"},
    ],
)
def test_credits_never_go_in_the_open_or_unsigned(wrong: dict[str, str]) -> None:
    with pytest.raises(WrongSetting):
        read(wrong)


def test_a_signature_stands_for_its_second_and_its_body() -> None:
    at = datetime(2026, 5, 4, tzinfo=UTC)

    one = http.signature(SECRET, b"{}", at=at)

    assert one.startswith("t=1777852800,v1=")
    assert one != http.signature(SECRET, b"{ }", at=at)
