"""What came in is read once, whoever asks first."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import OperationalError, connection, transaction

from unbroken.ground.log import events_of
from unbroken.intake.actions import RawThing, take_in
from unbroken.intake.asked import WebRequest
from unbroken.intake.models import Intake
from unbroken.intake.reading import read_intake

AT = datetime(2026, 5, 24, 6, 5, tzinfo=UTC)

pytestmark = pytest.mark.django_db(transaction=True)


def asked(words: str = "the lamp is dark") -> int:
    raw = WebRequest(words=words, name="Anneke de Wit", email="anneke@home.example").to_json()
    return take_in(RawThing("web", raw), at=AT)[0]


def test_reading_twice_is_reading_once() -> None:
    intake = asked()

    first = read_intake(intake, at=AT)  # type: ignore[arg-type]
    second = read_intake(intake, at=AT)  # type: ignore[arg-type]

    assert (first.ticket_id, first.message_id) == (second.ticket_id, second.message_id)
    kinds = [event.kind for event in events_of([f"ticket:{first.ticket_id}"])]
    assert kinds == ["ticket.acknowledged"]


def test_a_letter_gives_way_to_the_page_that_is_reading() -> None:
    """Accident: the page and the letterbox each hold what the other waits for, for a second."""
    intake = asked()
    is_locked, may_go = threading.Event(), threading.Event()

    def page() -> None:
        with transaction.atomic():
            Intake.objects.select_for_update(no_key=True).get(pk=intake)
            is_locked.set()
            may_go.wait(120)
        connection.close()

    reading = threading.Thread(target=page)
    reading.start()
    is_locked.wait(120)
    with pytest.raises(OperationalError, match="could not obtain lock"):
        read_intake(intake, at=AT, may_wait=False)  # type: ignore[arg-type]
    may_go.set()
    reading.join()

    assert read_intake(intake, at=AT, may_wait=False).outcome == "opened"  # type: ignore[arg-type]
