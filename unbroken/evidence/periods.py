"""Whether a session's end keeps to a period: a constant length, or the same time of the clock.

Pure. A planned reset is recognised by its period and never by its name (facts.md 5.4): after so
many hours whenever it began, or every night at one time. Several irregular drops a day keep to
neither.
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from unbroken.evidence.facts import Session

LENGTH_MIN_SECONDS = 1800
CLOCK_SECONDS = 180
DAY_SECONDS = 86400
CLOCK_NIGHTS_MIN = 3
LOOK_BACK = timedelta(days=30)
TIMEOUT = "Session-Timeout"


def length_tolerance_seconds(length: float) -> float:
    """How far two lengths may lie apart and still be one: clocks and interims are coarse."""
    return max(45.0, length * 0.0008)


def known_lengths(
    sessions: Sequence[Session], neighbours: Sequence[Session], inventory: int | None
) -> tuple[int, ...]:
    """The lengths at which this service is reset, seconds: said by a server, or seen to repeat."""
    said = {session.timeout for session in sessions[-60:] if session.timeout}
    if inventory:
        said.add(inventory)
    lengths = sorted(_lengths(sessions[-60:]))
    asked = [_length(one) for one in sessions if one.cause == TIMEOUT and one.ended is not None]
    pooled = [_length(one) for one in neighbours if one.cause == TIMEOUT and one.ended is not None]
    seen = _repeated(lengths, 3) | _repeated(sorted(asked), 1) | _repeated(sorted(pooled), 3)
    return tuple(sorted(length for length in said | seen if length >= LENGTH_MIN_SECONDS))


def keeps_length(session: Session, at: datetime, lengths: Sequence[int]) -> int | None:
    """The known length this session ended at, or None."""
    length = (at - session.started).total_seconds()
    for known in lengths:
        if abs(length - known) <= length_tolerance_seconds(known):
            return known
    return None


def nightly_times(ends: Sequence[datetime], zone: str, at: datetime) -> tuple[int, ...]:
    """Seconds after midnight, in the customer's zone, at which sessions end on most days.

    A time counts when on at least three different days, and on most of the days between the
    first and the last of them, a session ended within three minutes of it.
    """
    place = ZoneInfo(zone)
    recent = [end.astimezone(place) for end in ends if at - LOOK_BACK <= end <= at]
    if len(recent) < CLOCK_NIGHTS_MIN:
        return ()
    clocks = [end.hour * 3600 + end.minute * 60 + end.second for end in recent]
    found: list[int] = []
    for clock in sorted(set(clocks)):
        days = {
            end.date()
            for end, other in zip(recent, clocks, strict=True)
            if _apart(other, clock) <= CLOCK_SECONDS / 2
        }
        if len(days) < CLOCK_NIGHTS_MIN:
            continue
        span = (max(days) - min(days)).days + 1
        if len(days) / span >= 0.6 and not any(_apart(clock, one) < 600 for one in found):
            found.append(clock)
    # Somebody who falls out every hour meets any clock by chance: then no clock explains it.
    a_day = len(recent) / max(1, len({end.date() for end in recent}))
    return tuple(found) if len(found) <= 2 and a_day <= 6 else ()


def keeps_clock(end: datetime, zone: str, times: Sequence[int]) -> int | None:
    """The nightly time this end keeps to, seconds after midnight, or None."""
    if not times:
        return None
    local = end.astimezone(ZoneInfo(zone))
    clock = local.hour * 3600 + local.minute * 60 + local.second
    for time in times:
        if _apart(clock, time) <= CLOCK_SECONDS:
            return time
    return None


def _apart(one: int, other: int) -> int:
    """Seconds between two times of the clock, across midnight too."""
    plain = abs(one - other)
    return min(plain, DAY_SECONDS - plain)


def _length(session: Session) -> float:
    assert session.ended is not None
    return (session.ended - session.started).total_seconds()


def _lengths(sessions: Sequence[Session]) -> list[float]:
    return [_length(one) for one in sessions if one.ended is not None and one.ended_by == "stop"]


def _repeated(lengths: list[float], least: int) -> set[int]:
    """Lengths that came so often that chance is no explanation; the middle of each heap."""
    found: set[int] = set()
    index = 0
    while index < len(lengths):
        length = lengths[index]
        until = bisect_left(lengths, length + 2 * length_tolerance_seconds(length))
        count = until - index
        enough = count >= least and (least < 3 or count >= 0.12 * len(lengths))
        if length >= LENGTH_MIN_SECONDS and enough:
            found.add(round(lengths[index + count // 2]))
            index = until
        else:
            index += 1
    return found
