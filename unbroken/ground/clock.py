"""The one place that asks what time it is.

Only edges (views, doors, loops, commands) ask; everything below is handed `at`.
`UNBROKEN_CLOCK=START@SPEED` lets a rehearsal begin at START and run SPEED times as
fast. Network timeouts and the relay's second use real time.
"""

import os
import time
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import NamedTuple


class Rehearsal(NamedTuple):
    """A clock that started at `start` when the real time was `epoch`."""

    start: datetime
    speed: float
    epoch: datetime


def parse_rehearsal(text: str, *, epoch: datetime) -> Rehearsal:
    """`2026-05-24T06:00:00+02:00@60`; ValueError when it cannot be read."""
    start_text, _, speed_text = text.partition("@")
    start = datetime.fromisoformat(start_text)
    speed = float(speed_text or "1")
    if start.tzinfo is None or speed <= 0:
        raise ValueError(f"UNBROKEN_CLOCK needs START with an offset and a positive SPEED: {text}")
    return Rehearsal(start, speed, epoch)


@cache
def rehearsal() -> Rehearsal | None:
    """The rehearsal this process takes part in; all processes share one epoch."""
    text = os.environ.get("UNBROKEN_CLOCK")
    if not text:
        return None
    epoch_text = os.environ.get("UNBROKEN_CLOCK_EPOCH")
    epoch = datetime.fromisoformat(epoch_text) if epoch_text else datetime.now(UTC)
    return parse_rehearsal(text, epoch=epoch)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    real = datetime.now(UTC)
    played = rehearsal()
    if played is None:
        return real
    passed = (real - played.epoch).total_seconds() * played.speed
    return (played.start + timedelta(seconds=passed)).astimezone(UTC)


def seconds() -> float:
    """The present instant as seconds since 1970: for doors, which ask with every packet."""
    return time.time() if rehearsal() is None else now().timestamp()


def desk_span(real: timedelta) -> timedelta:
    """How much of the desk's time passes within a span of real time."""
    played = rehearsal()
    return real * (played.speed if played else 1.0)


def real_seconds(span: timedelta) -> float:
    """How long to sleep, in real seconds, for a span of the desk's clock."""
    played = rehearsal()
    return span.total_seconds() / (played.speed if played else 1.0)
