"""What merely follows lets requests that wait for their number go first, and never for long."""

from datetime import UTC, datetime, timedelta

import pytest

from unbroken.ground import giving_way
from unbroken.ground.loops import Stop
from unbroken.ground.models import Letter
from unbroken.intake.actions import RawThing, take_in_all

AT = datetime(2026, 5, 24, 6, 5, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def every_look_is_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(giving_way, "LOOK_SECONDS", 0.0)


class Patience(Stop):
    """A loop's stop that counts how often it slept, and does not."""

    def __init__(self, naps: int) -> None:
        super().__init__()
        self.naps, self.taken = naps, 0

    def pause(self, seconds: float) -> bool:
        self.taken += 1
        return self.taken == self.naps


def mails(count: int) -> None:
    things = [RawThing("mail", b"Subject: %d\r\n\r\nDark." % number) for number in range(count)]
    take_in_all(things, at=AT)


def test_a_storm_of_mail_is_numbered_first() -> None:
    mails(giving_way.WAITING_MAX + 1)
    stop = Patience(naps=3)

    giving_way.give_way(stop)

    assert stop.taken == 3


def test_however_long_the_storm_what_follows_gets_its_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(giving_way, "SECONDS_MAX", 0.0)
    mails(giving_way.WAITING_MAX + 1)
    stop = Patience(naps=3)

    giving_way.give_way(stop)

    assert stop.taken == 0


def test_the_daily_round_holds_nobody_up() -> None:
    mails(giving_way.WAITING_MAX)

    assert not giving_way.is_urgent_work_waiting()


def test_mail_that_cannot_be_read_holds_nobody_up() -> None:
    """A mail that fails again and again is postponed or parked: it is nobody's number now."""
    mails(giving_way.WAITING_MAX + 1)
    Letter.objects.update(attempts=1, not_before=AT + timedelta(hours=1))

    assert not giving_way.is_urgent_work_waiting()


def test_taking_in_is_what_is_urgent() -> None:
    assert {"intake.reading"} == giving_way.BOXES.urgent
