"""What a rule says and what a verdict is made of. Pure.

A record is a stored thing that can be opened; a sign is what was seen at one drop; a finding is
one cause with what speaks for and against it. Sentences are keys with values, worded at the face.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from unbroken.evidence.facts import (
    Alarm,
    Element,
    NasRestart,
    PlannedWindow,
    Reading,
    Reject,
    Report,
    Session,
)  # fmt: skip
from unbroken.ground.words import Phrase

RefType = Literal["radius", "observation", "alarm", "syslog", "maintenance", "ticket", "inventory"]


@dataclass(frozen=True, slots=True)
class Record:
    """A stored record, or a summary that lists its records. `at` is the record's own time."""

    kind: str
    at: datetime
    type: RefType
    resource: str = ""
    service: str = ""
    session: str = ""
    data: tuple[tuple[str, Any], ...] = ()
    parts: tuple["Record", ...] = ()

    def __hash__(self) -> int:
        """By what nearly always tells two apart: records are put in heaps by the thousand."""
        return hash((self.kind, self.at, self.resource, self.session))


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing seen, and the records that show it. An unknown value has no sign at all."""

    name: str
    value: str
    records: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence to be worded later."""

    text: Phrase
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """How well one cause explains what is seen.

    `weight`: natural logarithm of how many times likelier the records are if it is so than if
    nothing is wrong. `onset`: since when. `element`: where.
    """

    key: str
    weight: float
    speaks_for: tuple[Record, ...] = ()
    speaks_against: tuple[Record, ...] = ()
    onset: datetime | None = None
    element: Element | None = None
    affected: int = 0
    values: Mapping[str, Any] = field(default_factory=dict)
    explains: tuple[datetime, ...] = ()


def of_stop(session: Session, at: datetime) -> Record:
    """The end of a session."""
    kind = "session_stop" if session.ended_by in ("stop", "") else session.ended_by
    length = int((at - session.started).total_seconds())
    return Record(
        kind, at, "radius", service=session.service, session=session.session,
        resource=session.nas, data=(("cause", session.cause), ("seconds", length)),
    )  # fmt: skip


def of_start(session: Session) -> Record:
    """The start of a session."""
    return Record(
        "session_start", session.started, "radius", service=session.service,
        session=session.session, resource=session.nas,
        data=(("mac", session.mac),) if session.mac else (),
    )  # fmt: skip


def of_reading(reading: Reading) -> Record:
    """A value that a device told."""
    return Record(
        "reading", reading.at, "observation", resource=reading.resource,
        data=(("name", reading.name), ("value", reading.value)),
    )  # fmt: skip


def of_alarm(alarm: Alarm) -> Record:
    """An alarm raised or cleared."""
    return Record(
        "alarm", alarm.at, "alarm", resource=alarm.resource,
        data=(("type", alarm.type), ("state", alarm.state)),
    )  # fmt: skip


def of_restart(restart: NasRestart) -> Record:
    """A NAS said that it begins anew."""
    return Record(f"accounting_{restart.kind}", restart.at, "radius", resource=restart.nas)


def of_reject(reject: Reject, service: str) -> Record:
    """Somebody was not let in."""
    return Record(
        "access_reject", reject.at, "radius", resource=reject.nas, service=service,
        data=(("user", reject.user), ("message", reject.message)),
    )  # fmt: skip


def of_window(window: PlannedWindow) -> Record:
    """Notified work."""
    data = (("key", window.key), ("until", window.until.isoformat()), ("impact", window.impact))
    first = window.resources[0] if window.resources else ""
    return Record("planned_window", window.since, "maintenance", resource=first, data=data)


def of_report(report: Report) -> Record:
    """A neighbour's request."""
    return Record(
        "request", report.at, "ticket", service=report.service, data=(("ticket", report.ticket),)
    )


def of_inventory(service: str, at: datetime, **data: Any) -> Record:
    """What the inventory says of the service."""
    return Record("inventory", at, "inventory", service=service, data=tuple(data.items()))


def summary(kind: str, parts: tuple[Record, ...], **data: Any) -> Record:
    """Several records in one line; it stands at the time of the first."""
    first = min(parts, key=lambda part: part.at)
    return Record(
        kind, first.at, first.type, first.resource, first.service, first.session,
        tuple(data.items()), parts,
    )  # fmt: skip
