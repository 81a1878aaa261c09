"""The relay wants to know who we are, and we want to know whom we tell it."""

import shutil
import ssl
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from tests.intake.small_relay import PASSWORD, SmallRelay, serving
from unbroken.intake.channels import channels
from unbroken.intake.outgoing import Outgoing, TemporaryFailure

ANNEKE = "anneke@home.example"
DESK = "desk:p%40ss%2Fword"
MAIL = Outgoing(
    message_id="u.100001.1.x@lindenhof.example",
    sender=("Lindenhof Net", "support@lindenhof.example"),
    to=(("Anneke de Wit", ANNEKE),),
    cc=(),
    subject="no sync",
    text="It works again.",
    html="<p>It works again.</p>",
    at=datetime(2026, 5, 24, 6, 5, tzinfo=UTC),
)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Of this machine; nobody vouches for it yet. The key lies in the same file."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here to make a certificate")
    made = tmp_path / "relay.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "1", "-subj", "/CN=relay", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", tmp_path / "key.pem", "-out", made],
        check=True, capture_output=True,
    )  # fmt: skip
    made.write_text(made.read_text() + (tmp_path / "key.pem").read_text())
    return made


def private(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def send(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setattr(settings, "UNBROKEN", replace(settings.UNBROKEN, smtp_url=url))
    channels()["mail"].deliver(MAIL)


def test_a_relay_next_door_may_ask_for_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(SmallRelay()) as relay:
        send(monkeypatch, f"smtp://{DESK}@127.0.0.1:{relay.port}")

    assert relay.mails == [[ANNEKE]]


def test_a_wrong_password_is_mended_later_and_loses_no_mail(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Accident: the relay's password changes, and for an hour nobody tells the desk."""
    with serving(SmallRelay()) as relay, pytest.raises(TemporaryFailure, match=r"smtp\.login"):
        send(monkeypatch, f"smtp://desk:old@127.0.0.1:{relay.port}")

    assert relay.mails == []


def test_a_password_is_never_said_in_the_clear_to_another_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Attack: somebody on the way takes STARTTLS out of the relay's greeting."""
    monkeypatch.setattr("unbroken.intake.mail_relay.HERE", frozenset())

    with serving(SmallRelay()) as relay, pytest.raises(TemporaryFailure, match=r"smtp\.no_tls"):
        send(monkeypatch, f"smtp://{DESK}@127.0.0.1:{relay.port}")

    assert (relay.mails, relay.passwords_heard) == ([], [])


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_relay_nobody_vouches_for_hears_no_password(
    scheme: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Attack: somebody answers in the relay's place with a certificate of their own."""
    with (
        serving(SmallRelay(private(certificate), at_once=scheme == "smtps")) as relay,
        pytest.raises(TemporaryFailure, match=r"smtp\.unreachable"),
    ):
        send(monkeypatch, f"{scheme}://{DESK}@127.0.0.1:{relay.port}")

    assert (relay.mails, relay.passwords_heard) == ([], [])


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_relay_with_a_good_certificate_gets_the_mail(
    scheme: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    with serving(SmallRelay(private(certificate), at_once=scheme == "smtps")) as relay:
        send(monkeypatch, f"{scheme}://{DESK}@127.0.0.1:{relay.port}")

    assert (relay.mails, relay.passwords_heard) == ([[ANNEKE]], [PASSWORD])
