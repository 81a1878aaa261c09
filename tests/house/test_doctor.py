"""What the doctor says of the desk's own work; how the command behaves is in `test_cli`."""

from datetime import timedelta

import pytest
from django.db import connection

from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.house import doctor_desk
from unbroken.intake import state
from unbroken.intake.actions import set_mailbox
from unbroken.intake.models import Mailbox
from unbroken.intake.state import Mark

pytestmark = pytest.mark.django_db

THERE = {"host": "imap.isp.example", "user": "support", "password": "hush"}
REFUSED = "The server refused the name or the password."


@pytest.fixture
def support() -> int:
    """A mailbox that lies elsewhere."""
    set_mailbox(
        key="support",
        address="support@isp.example",
        imap=THERE,
        by=HOUSE,
        at=now(),
    )
    return Mailbox.objects.get(key="support").pk


def was_read(mailbox: int, **ago: float) -> None:
    """The mailbox was read without trouble that long ago."""
    state.note_read(mailbox, Mark("INBOX", 7, 1, now() - timedelta(**ago)))


def test_a_mailbox_that_is_read_is_well(support: int) -> None:
    was_read(support, minutes=1)

    found = doctor_desk.mailboxes()

    assert found.problems == []
    assert found.facts["support"]["error"] is None


def test_a_mailbox_that_cannot_be_read_is_named_with_since_when_and_why(support: int) -> None:
    """Accident: the password was changed on Friday, and nobody looks at a log."""
    was_read(support, days=2)
    state.note_trouble(support, REFUSED)

    (problem,) = doctor_desk.mailboxes().problems

    since = now() - timedelta(days=2)
    assert problem.startswith(f"Mailbox support cannot be read since {since:%Y-%m-%d}")
    assert problem.endswith(REFUSED)
    assert "hush" not in problem


def test_a_mailbox_that_was_never_read_says_so(support: int) -> None:
    state.note_trouble(support, REFUSED)

    assert doctor_desk.mailboxes().problems == [f"Mailbox support could never be read: {REFUSED}"]


def test_a_mail_that_stays_there_is_named_although_the_others_come(support: int) -> None:
    was_read(support, minutes=1)
    state.note_trouble(support, "Mail 12 is not given. It stays in the mailbox.")

    (problem,) = doctor_desk.mailboxes().problems

    assert problem == "Mailbox support: Mail 12 is not given. It stays in the mailbox."


def test_a_mailbox_that_is_not_in_use_is_nobodys_worry(support: int) -> None:
    state.note_trouble(support, REFUSED)
    set_mailbox(
        key="support", address="support@isp.example", imap=THERE, active=False, by=HOUSE, at=now()
    )

    assert doctor_desk.mailboxes().facts == {}


def test_a_parked_letter_is_named_with_since_when_and_why(support: int) -> None:
    (event,) = events_of([f"mailbox:{support}"])
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ground_letter (box, stream, event_id, attempts, parked_at, error)"
            " VALUES ('routing', %s, %s, 3, now() - interval '2 days', %s)",
            [event.stream, event.id, "Traceback\n  a line\nKeyError: 'queue'"],
        )

    found = doctor_desk.letters()

    since = now() - timedelta(days=2)
    assert found.facts["boxes"]["routing"]["parked"] == 1
    (problem,) = found.problems
    assert f"1 letter to routing parked since {since:%Y-%m-%d}" in problem
    assert f"mailbox:{support} ({event.kind}): KeyError: 'queue'." in problem
