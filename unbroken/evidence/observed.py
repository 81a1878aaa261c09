"""A line of observations read (JSON): values that a device told, or an alarm. Pure.

Names are TR-181 paths without `Device.` and instance numbers, units as TR-181 has them. Everything
is bounded: whoever sends may be broken, or worse.
"""

import json
import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
AHEAD_MAX = timedelta(days=1)
"""Clocks run ahead, but not by more."""

LINE_MAX = 200_000
VALUES_MAX = 300
NAME_MAX, TEXT_MAX, RESOURCE_MAX, TYPE_MAX = 160, 500, 200, 60
WHOLE_MAX = 2**63

_INSTANCE = re.compile(r"\.\d+(?=\.|$)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")

Value = float | int | str | bool


class NotObserved(ValueError):
    """A line that is not taken in; the text says why."""


@dataclass(frozen=True, slots=True)
class Observed:
    """What a line says. `names` and `values` belong together; `alarm`: type and state."""

    resource: str
    at: datetime
    received_at: datetime
    names: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()
    alarm: tuple[str, str] | None = None


def read_line(line: str | bytes, *, now: datetime) -> Observed:
    """One line. Without `received` it arrived when it happened, as history does."""
    if len(line) > LINE_MAX:
        raise NotObserved("The line is too long.")
    try:
        told = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise NotObserved("It is not JSON.") from error
    if not isinstance(told, dict):
        raise NotObserved("It is no JSON object.")
    resource = told.get("resource")
    if not isinstance(resource, str) or not 0 < len(resource) <= RESOURCE_MAX:
        raise NotObserved("It has no resource.")
    at = _time(told.get("at"), "at", now=now)
    received = told.get("received")
    received_at = at if received is None else _time(received, "received", now=now)
    values = _values(told.get("values", {}))
    alarm = _alarm(told.get("alarm"))
    if not values and alarm is None:
        raise NotObserved("It has neither values nor an alarm.")
    return Observed(
        resource=_clean(resource),
        at=at,
        received_at=min(received_at, now),
        names=tuple(values),
        values=tuple(values.values()),
        alarm=alarm,
    )


def plain_name(name: str) -> str:
    """A TR-181 path as we keep it: `Device.DSL.Line.1.LinkStatus` is `DSL.Line.LinkStatus`."""
    return _INSTANCE.sub("", name.removeprefix("Device."))


def _time(text: object, name: str, *, now: datetime) -> datetime:
    try:
        at = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise NotObserved(f"“{name}” is no ISO 8601 time with an offset.")
    try:
        at = at.astimezone(UTC)
    except OverflowError as error:
        raise NotObserved(f"“{name}” is no time we can keep.") from error
    if not EARLIEST <= at <= now + AHEAD_MAX:
        raise NotObserved(f"“{name}” lies in the future or before the year 2000.")
    return at


def _values(told: object) -> dict[str, Value]:
    if not isinstance(told, dict) or len(told) > VALUES_MAX:
        raise NotObserved("“values” is no object of at most 300 values.")
    return dict(sorted((_name(name), _value(name, value)) for name, value in told.items()))


def _name(name: str) -> str:
    plain = plain_name(_clean(name))
    if not 0 < len(plain) <= NAME_MAX:
        raise NotObserved("A name of a value is empty or too long.")
    return plain


def _value(name: str, value: object) -> Value:
    if isinstance(value, str):
        return _clean(value)[:TEXT_MAX]
    if isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) < WHOLE_MAX:
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    raise NotObserved(f"The value of {name[:NAME_MAX]} is neither a number nor a text.")


def _alarm(told: object) -> tuple[str, str] | None:
    if told is None:
        return None
    kind = told.get("type") if isinstance(told, dict) else None
    state = told.get("state") if isinstance(told, dict) else None
    if not isinstance(kind, str) or not 0 < len(kind) <= TYPE_MAX:
        raise NotObserved("The alarm has no type.")
    if state not in ("raised", "cleared"):
        raise NotObserved("The state of an alarm is “raised” or “cleared”.")
    return _clean(kind), str(state)


def _clean(text: str) -> str:
    """Without what a database cannot keep: control characters, half of a surrogate pair."""
    return _CONTROL.sub(" ", text).encode("utf-8", "replace").decode()
