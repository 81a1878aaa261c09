"""Times as a customer reads them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from unbroken.ground.words import speaking
from unbroken.portal import clocks
from unbroken.portal.clocks import Clock

BERLIN = "Europe/Berlin"
EIGHT = datetime(2026, 5, 25, 8, 0, tzinfo=UTC)  # ten o'clock in Berlin, a Monday


@pytest.fixture(autouse=True)
def _monday_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clocks, "now", lambda: EIGHT)


def hours(n: float) -> timedelta:
    return timedelta(hours=n)


def test_a_promised_time_is_said_in_the_readers_zone() -> None:
    assert Clock(BERLIN).by(EIGHT + hours(7.5)) == "17:30 today"
    assert Clock("Asia/Tokyo").by(EIGHT + hours(7.5)) == "00:30 tomorrow"
    assert Clock(BERLIN).by(EIGHT + hours(48)) == "Wed, May 27, 10:00"


def test_the_same_instant_is_today_here_and_tomorrow_there() -> None:
    late = EIGHT + hours(14)

    assert Clock("America/New_York").by(late) == "18:00 today"
    assert Clock(BERLIN).by(late) == "00:00 tomorrow"


def test_where_the_zone_is_unknown_it_is_named() -> None:
    promised = (EIGHT + hours(7.5)).astimezone(ZoneInfo(BERLIN))

    assert Clock().by(promised) == "17:30 today (Europe/Berlin)"
    assert Clock().by(EIGHT + hours(7.5)) == "15:30 today (UTC)"


def test_days_are_in_the_readers_language() -> None:
    with speaking("ru"):
        assert Clock(BERLIN).by(EIGHT + hours(48)) == "ср, 27 мая, 10:00"
    with speaking("it"):
        assert Clock(BERLIN).by(EIGHT + hours(48)) == "mer 27 mag, 10:00"


def test_what_is_past_is_past() -> None:
    assert Clock().is_past(EIGHT - hours(0.001))
    assert not Clock().is_past(EIGHT)
