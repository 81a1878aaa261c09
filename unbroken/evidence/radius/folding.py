"""Records of a session in whatever order they came, folded into what the session was.

Pure. A session is NAS and Acct-Session-Id; an id seen again after an Accounting-On of its NAS,
after its own stop, or with another User-Name is a new one. What decides is when a record's session
*began*, so the order of arrival does not matter. Counters never fall. A stop, however late,
corrects an end that a restart of the NAS had to assume.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from unbroken.evidence.radius.records import START, STOP, Record

ROUGHLY = timedelta(seconds=5)
"""Session times are counted in whole seconds, and a stop is told a moment after it."""

BY_ARRIVAL = timedelta(minutes=5)
"""How far off a time reckoned from an arrival may be: a NAS tries again for so long."""

SAME_START = timedelta(seconds=60)
"""Two starts by the NAS's own clock further apart than this are two sessions with one id."""

INTERIM_MIN, INTERIM_MAX = 30, 7 * 24 * 3600
"""Two records closer, or further apart, are no interval of interims. Seconds."""


@dataclass(frozen=True, slots=True)
class Restart:
    """A NAS began anew, or said that it was about to: "accounting_on", "accounting_off"."""

    at: datetime
    kind: str
    arrived_at: datetime


@dataclass(slots=True)
class Session:
    """A session as far as it is known. `id` None: not in the table yet."""

    nas: str
    session: str
    user: str
    started_at: datetime
    started_by_start: bool
    start_arrived_at: datetime
    heard_at: datetime
    heard_arrived_at: datetime
    ended_at: datetime | None = None
    end_arrived_at: datetime | None = None
    ended_by: str = ""
    cause: int | None = None
    seconds: int | None = None
    input_octets: int = 0
    output_octets: int = 0
    interim: int | None = None
    timeout: int | None = None
    address: str | None = None
    prefix: str = ""
    mac: str = ""
    port: str = ""
    circuit: str = ""
    line: dict[str, Any] = field(default_factory=dict)
    id: int | None = None

    @property
    def has_stopped(self) -> bool:
        """Whether its own stop came."""
        return self.ended_by == "stop"


def fold(
    sessions: list[Session], records: Iterable[Record], restarts: Sequence[Restart]
) -> list[Session]:
    """These sessions of one NAS and id with these records; `restarts` by time. Those that changed.

    New ones are appended to `sessions`.
    """
    changed: dict[int, Session] = {}
    for record in records:
        session = _session_of(sessions, record, restarts)
        if session is None:
            session = _begun(record)
            sessions.append(session)
        _add(session, record)
        changed[id(session)] = session
    for session in changed.values():
        end_by_restart(session, restarts)
    return list(changed.values())


def end_by_restart(session: Session, restarts: Sequence[Restart]) -> bool:
    """The first restart after it was last heard of ends it, unless it stopped; True: it changed."""
    if session.has_stopped:
        return False
    place = bisect_right(restarts, session.started_at, key=lambda one: one.at)
    place = max(place, bisect_left(restarts, session.heard_at, key=lambda one: one.at))
    end = restarts[place] if place < len(restarts) else None
    now = (end.at, end.arrived_at, end.kind) if end else (None, None, "")
    if (session.ended_at, session.end_arrived_at, session.ended_by) == now:
        return False
    session.ended_at, session.end_arrived_at, session.ended_by = now
    return True


def _session_of(
    sessions: list[Session], record: Record, restarts: Sequence[Restart]
) -> Session | None:
    epoch = _epoch(record.started_at, restarts)
    fitting = [one for one in sessions if _fits(one, record) and _is_of(one, epoch, restarts)]
    if not fitting:
        return None
    return min(fitting, key=lambda one: abs(one.started_at - record.started_at))


def _fits(session: Session, record: Record) -> bool:
    if session.user and record.user and session.user != record.user:
        return False
    if record.status == START and session.started_by_start:
        allowed = SAME_START if record.has_own_time else BY_ARRIVAL
        if abs(record.at - session.started_at) > allowed:
            return False
    if not session.has_stopped or session.ended_at is None or not _tells_start(record):
        return True
    if not record.has_own_time:
        return record.started_at <= session.ended_at + SAME_START
    after = ROUGHLY if record.status != START else timedelta()
    return record.started_at <= session.ended_at + after


def _tells_start(record: Record) -> bool:
    """Without a session time nothing says when the session of an interim or a stop began."""
    return record.status == START or record.seconds is not None


def _is_of(session: Session, epoch: datetime | None, restarts: Sequence[Restart]) -> bool:
    return _epoch(session.started_at, restarts) == epoch


def _epoch(started_at: datetime, restarts: Sequence[Restart]) -> datetime | None:
    """The last restart before a session began."""
    place = bisect_right(restarts, started_at, key=lambda one: one.at)
    return restarts[place - 1].at if place else None


def _begun(record: Record) -> Session:
    return Session(
        nas=record.nas,
        session=record.session,
        user=record.user,
        started_at=record.started_at,
        started_by_start=record.status == START,
        start_arrived_at=record.arrived_at,
        heard_at=record.at,
        heard_arrived_at=record.arrived_at,
    )


def _add(session: Session, record: Record) -> None:
    _add_start(session, record)
    gap = round((record.at - session.heard_at).total_seconds())
    if record.status != STOP and INTERIM_MIN <= gap <= INTERIM_MAX:
        session.interim = min(gap, session.interim or gap)
    if record.at >= session.heard_at:
        session.heard_at, session.heard_arrived_at = record.at, record.arrived_at
        _add_names(session, record)
    else:
        _add_names_where_missing(session, record)
    if record.status == STOP:
        _add_stop(session, record)
    session.input_octets = max(session.input_octets, record.input_octets or 0)
    session.output_octets = max(session.output_octets, record.output_octets or 0)
    if record.seconds is not None:
        session.seconds = max(session.seconds or 0, record.seconds)
    session.timeout = record.timeout or session.timeout
    session.start_arrived_at = min(session.start_arrived_at, record.arrived_at)


def _add_start(session: Session, record: Record) -> None:
    """Its Start tells when it began; without one, the earliest that others reckon back to."""
    by_start = record.status == START
    if by_start and not session.started_by_start:
        session.started_at, session.started_by_start = record.at, True
    elif by_start == session.started_by_start:
        session.started_at = min(session.started_at, record.started_at)


def _add_stop(session: Session, record: Record) -> None:
    """Of several stops the earliest is the end."""
    if session.has_stopped and session.ended_at is not None and session.ended_at <= record.at:
        if session.cause is None:
            session.cause = record.cause
        return
    session.ended_at, session.end_arrived_at = record.at, record.arrived_at
    session.ended_by = "stop"
    session.cause = record.cause if record.cause is not None else session.cause


def _add_names(session: Session, record: Record) -> None:
    session.user = session.user or record.user
    session.address = record.address or session.address
    session.prefix = record.prefix or session.prefix
    session.mac = record.mac or session.mac
    session.port = record.port or session.port
    session.circuit = record.circuit or session.circuit
    session.line = {**session.line, **record.line} if record.line else session.line


def _add_names_where_missing(session: Session, record: Record) -> None:
    session.user = session.user or record.user
    session.address = session.address or record.address
    session.prefix = session.prefix or record.prefix
    session.mac = session.mac or record.mac
    session.port = session.port or record.port
    session.circuit = session.circuit or record.circuit
    session.line = {**record.line, **session.line} if record.line else session.line
