"""Reports by machines: abuse, planned work, and what they say exactly."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from unbroken.intake.inbound import Inbound
from unbroken.intake.mail import read
from unbroken.intake.mail.bounce_words import classify

SAMPLES = Path(__file__).parents[2] / "unbroken" / "intake" / "samples" / "mail"


def sample(name: str) -> Inbound:
    return read((SAMPLES / f"{name}.eml").read_bytes())


def test_a_feedback_report_names_its_source() -> None:
    abuse = sample("abuse-arf").abuse

    assert abuse is not None
    assert (abuse.form, abuse.category, abuse.source) == ("arf", "abuse", "192.0.2.77")
    assert abuse.happened_at == datetime(2026, 5, 4, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "category"), [("abuse-xarf-v02", "login-attack"), ("abuse-xarf-v4", "ddos")]
)
def test_an_xarf_report_names_its_source(name: str, category: str) -> None:
    abuse = sample(name).abuse

    assert abuse is not None
    assert (abuse.form, abuse.category, abuse.source) == ("xarf", category, "192.0.2.77")
    assert abuse.happened_at == datetime(2026, 5, 4, 7, tzinfo=UTC)


def test_a_maintenance_note_says_what_when_and_how_bad() -> None:
    (notice,) = sample("maintenance-maintnote").maintenance

    assert notice.provider == "netco.example"
    assert notice.maintenance_id == "WorkOrder-137"
    assert notice.object_ids == ("CIRCUIT-4", "CIRCUIT-5")
    assert (notice.impact, notice.status, notice.sequence) == ("OUTAGE", "CONFIRMED", 1)
    assert notice.starts_at == datetime(2026, 5, 10, 22, tzinfo=UTC)
    assert notice.ends_at == datetime(2026, 5, 11, 4, tzinfo=UTC)


def test_an_invitation_is_a_calendar_entry_and_no_maintenance() -> None:
    inbound = sample("calendar-invitation")

    assert inbound.kind == "message"
    assert [(c.method, c.summary) for c in inbound.calendars] == [("REQUEST", "Site visit")]


@pytest.mark.parametrize(
    ("status", "text", "kind", "permanent"),
    [
        ("5.1.1", "550 5.1.1 User unknown", "address", True),
        ("5.1.2", "550 Host unknown", "address", True),
        ("5.4.4", "Host or domain name not found", "address", True),
        ("5.1.6", "551 user has moved", "address", True),
        ("5.7.1", "550 5.7.1 No such user!", "address", True),
        ("5.0.0", "550 Unrouteable address", "address", True),
        (None, "550 unknown local part in address", "address", True),
        ("5.2.2", "552 mailbox full", "mailbox", False),
        ("4.2.2", "452 over quota", "mailbox", False),
        ("5.2.1", "550 5.2.1 The email account is disabled", "mailbox", False),
        ("5.1.1", "552 5.1.1 mailbox is full", "mailbox", False),
        ("5.7.1", "554 5.7.1 blocked using zen.spamhaus.example", "policy", False),
        ("5.7.26", "550 DMARC", "policy", False),
        ("5.1.8", "553 5.1.8 Sender address rejected: Domain not found", "policy", False),
        ("5.3.4", "552 message size exceeds limit", "policy", False),
        ("4.4.1", "connection timed out", "temporary", False),
        ("4.7.1", "450 greylisted, try again later", "temporary", False),
        (None, "retry timeout exceeded", "temporary", False),
        ("5.6.0", "bad MIME", "other", False),
        (None, "", "other", False),
    ],
)
def test_only_a_dead_address_is_permanent(
    status: str | None, text: str, kind: str, permanent: bool
) -> None:
    assert classify(status, text) == (kind, permanent)


def test_a_delay_is_no_failure() -> None:
    assert classify("4.1.1", "user unknown", is_delay=True) == ("temporary", False)
