"""In a rehearsal the desk's time is quick; what waits for the real world keeps real time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from unbroken.ground import clock
from unbroken.ground.loops import Stop


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A minute of the desk in a second."""
    monkeypatch.setenv("UNBROKEN_CLOCK", "2026-05-24T06:00:00+02:00@60")
    monkeypatch.setenv("UNBROKEN_CLOCK_EPOCH", datetime.now(UTC).isoformat())
    clock.rehearsal.cache_clear()
    yield
    clock.rehearsal.cache_clear()


@pytest.mark.usefixtures("played")
def test_a_real_second_is_a_minute_of_the_rehearsed_desk() -> None:
    assert clock.desk_span(timedelta(seconds=1)) == timedelta(minutes=1)
    assert clock.real_seconds(timedelta(minutes=1)) == 1.0
    played = datetime(2026, 5, 24, 4, tzinfo=UTC)
    assert played <= datetime.fromtimestamp(clock.seconds(), UTC) < played + timedelta(hours=1)


@pytest.mark.usefixtures("played")
def test_a_loop_rests_by_the_desks_clock_but_never_spins() -> None:
    """Accident: letters that are due by a quick clock wait a quarter of an hour of it."""
    slept: list[float] = []

    class Watched(Stop):
        def wait(self, seconds: float = 5.0) -> bool:
            slept.append(seconds)
            return False

    for seconds in (15.0, 0.5, 600.0):
        Watched().rest(seconds)

    assert slept == [1.0, 0.5, 10.0]


def test_without_a_rehearsal_a_rest_is_as_long_as_it_says() -> None:
    assert clock.desk_span(timedelta(seconds=1)) == timedelta(seconds=1)
    assert clock.real_seconds(timedelta(seconds=15)) == 15.0
