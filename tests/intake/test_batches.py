"""Mails that are read together: as if each had been read alone, with few questions for all."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from unbroken.conversation.models import Participant, TroubleTicket
from unbroken.directory import actions as directory_actions
from unbroken.directory.models import Contact
from unbroken.ground import postman
from unbroken.ground.actor import HOUSE
from unbroken.ground.models import Letter
from unbroken.intake.actions import RawThing, set_mailbox, take_in_all
from unbroken.intake.mailboxes import forget_mailboxes
from unbroken.intake.models import Intake

AT = datetime(2026, 5, 24, 6, 5, tzinfo=UTC)
US = "support@lindenhof.example"
BOX = "intake.reading"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def at_leisure(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for bound in ("PREPARE_SECONDS", "BATCH_SECONDS"):  # a slow machine makes no smaller batches
        monkeypatch.setattr(postman, bound, 60.0)
    forget_mailboxes()
    set_mailbox(key="support", address=US, name="Lindenhof Net", is_default=True, by=HOUSE, at=AT)
    yield
    forget_mailboxes()


def mail(name: str, sender: str, *, subject: str = "no sync", answers: str = "") -> bytes:
    refers = f"In-Reply-To: <{answers}@home.example>\r\n" if answers else ""
    return (
        f"From: {sender}\r\nTo: {US}\r\nSubject: {subject}\r\n{refers}"
        f"Message-ID: <{name}@home.example>\r\n\r\nThe lamp of the modem is dark again.\r\n"
    ).encode()


def come_in(*raws: bytes) -> list[int]:
    taken = take_in_all([RawThing("mail", raw, mailbox="support") for raw in raws], at=AT)
    return [number for number, _ in taken]


def rows(numbers: list[int]) -> list[Intake]:
    return [Intake.objects.get(pk=number) for number in numbers]


def test_an_answer_joins_the_request_that_came_in_the_same_moment() -> None:
    numbers = come_in(
        mail("first", "anneke@home.example"),
        mail("second", "anneke@home.example", answers="first"),
        mail("third", "Anneke@Home.example", subject="the bill"),
    )

    assert postman.empty_box(BOX) == 3

    first, second, third = rows(numbers)
    assert [first.outcome, second.outcome, third.outcome] == ["opened", "joined", "opened"]
    assert first.ticket_id == second.ticket_id != third.ticket_id
    assert Contact.objects.count() == 1, "a stranger who writes three times is one person"


def test_many_mails_cost_few_questions() -> None:
    people = [f"p{place}@home.example" for place in range(12)]
    for one in people:
        owner = directory_actions.register_customer(name=one, kind="household", by=HOUSE, at=AT)
        directory_actions.register_contact(name=one, email=one, customer_id=owner, by=HOUSE, at=AT)
    numbers = come_in(*(mail(f"of.{one}", one) for one in people))

    with CaptureQueriesContext(connection) as asked:
        assert postman.empty_box(BOX) == 12

    assert {row.outcome for row in rows(numbers)} == {"opened"}
    assert TroubleTicket.objects.exclude(customer_id=None).count() == 12, "each is its customer's"
    assert Participant.objects.count() == 12
    assert len(asked) < 2.5 * 12


def test_a_letter_whose_change_the_database_refuses_fails_alone() -> None:
    """Changes leave together: the one that is refused must not be blamed on another."""
    good, bad, last = come_in(*(mail(name, f"{name}@home.example") for name in "abc"))
    with transaction.atomic(), connection.cursor() as cursor:  # what a restore may leave behind
        cursor.execute("UPDATE intake SET version = 7 WHERE id = %s", [bad])
        cursor.execute(
            "INSERT INTO ground_event (stream, version, kind, at, by, data, imported)"
            " SELECT %s, version, 'intake.read', now(), 'house', '{}', false"
            " FROM generate_series(7, 8) version",
            [f"intake:{bad}"],
        )

    assert postman.empty_box(BOX) == 3

    assert [row.outcome for row in rows([good, bad, last])] == ["opened", "", "opened"]
    parked = Letter.objects.get(box=BOX)
    assert (parked.stream, parked.attempts) == (f"intake:{bad}", 1)
