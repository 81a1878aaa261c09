"""A stretch of a line's records as they are kept, and a session's packets as they came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from django.db import connection

from unbroken.directory.cards import ServiceCard
from unbroken.evidence.queries.network import remembered
from unbroken.evidence.radius.entries import DETAIL, Entry, unpack
from unbroken.evidence.radius.records import STATUSES, Record, cause_in_words
from unbroken.evidence.radius.told import attributes_of
from unbroken.evidence.reading import Reading, words
from unbroken.ground.sql import row, rows, text_of

ROWS_MAX = 500
BATCHES_MAX = 60
AROUND = timedelta(seconds=10)
UNTIL = timedelta(seconds=120)

_values = msgspec.json.Decoder(list[Any]).decode


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session as its table has it."""

    id: int
    nas: str
    session: str
    user: str
    circuit: str
    mac: str
    port: str
    address: str
    started_at: datetime
    start_arrived_at: datetime
    heard_at: datetime
    heard_arrived_at: datetime
    ended_at: datetime | None
    end_arrived_at: datetime | None
    ended_by: str
    cause: int | None
    input_octets: int
    output_octets: int

    @property
    def cause_words(self) -> str:
        """The RFC name of its Acct-Terminate-Cause."""
        return cause_in_words(self.cause) or ""


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """An alarm as it was told, and when we had it."""

    resource: str
    at: datetime
    type: str
    state: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class LogRow:
    """A line that a device logged."""

    at: datetime
    received_at: datetime
    host: str
    resource: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """Everything a device told at one moment."""

    resource: str
    at: datetime
    received_at: datetime
    values: tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Records:
    """All of one stretch; `is_cut_off` when there were more of a kind than are shown."""

    sessions: list[SessionRow]
    alarms: list[AlarmRow]
    logs: list[LogRow]
    readings: list[ReadingRow]

    @property
    def is_cut_off(self) -> bool:
        some: Sequence[Sequence[object]] = (self.sessions, self.alarms, self.logs, self.readings)
        return any(len(one) >= ROWS_MAX for one in some)


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One accounting record as it came: when, from where, its attributes or its lines."""

    at: datetime
    arrived_at: datetime
    source: str
    status: str
    attributes: tuple[tuple[str, str], ...]
    text: str
    data: str


def records_between(card: ServiceCard, since: datetime, until: datetime) -> Records:
    """What is kept of this line, and of what it hangs on, from then until then."""
    chain = remembered().network.chain(card.resource_key) if card.resource_key else ()
    asked: dict[str, Any] = _names(card) | {
        "since": since, "until": until,
        "chain": list(chain), "most": ROWS_MAX,
    }  # fmt: skip
    return Records(
        rows(SessionRow, "evidence/queries/records_sessions.sql", **asked),
        rows(AlarmRow, "evidence/queries/records_alarms.sql", **asked),
        rows(LogRow, "evidence/queries/records_logs.sql", **asked),
        _readings(asked),
    )


def session_of(card: ServiceCard, session_id: int) -> SessionRow | None:
    """One session, if it is of this line."""
    return row(SessionRow, "evidence/queries/records_session.sql", id=session_id, **_names(card))


def _names(card: ServiceCard) -> dict[str, Any]:
    """Under which names a line's sessions come."""
    return {
        "users": [card.access_name] if card.access_name else [], "circuit": card.circuit,
        "address": None if card.access_name else card.ip,
    }  # fmt: skip


def _readings(asked: dict[str, Any]) -> list[ReadingRow]:
    with connection.cursor() as cursor:
        cursor.execute(text_of("evidence/queries/records_readings.sql"), asked)
        return [
            ReadingRow(resource, at, received, tuple(zip(names, _values(values), strict=False)))
            for resource, at, received, names, values in cursor.fetchall()
        ]


def raw_of(session: SessionRow) -> list[RawRecord]:
    """Its start, its latest news and its end as they came, while raw records are kept."""
    moments = {session.start_arrived_at, session.heard_arrived_at}
    if session.end_arrived_at is not None:
        moments.add(session.end_arrived_at)
    reading = Reading()
    found: dict[bytes, RawRecord] = {}
    for packed in _batches(sorted(moments)):
        for entry in unpack(packed):
            if session.session.encode() not in entry.data:
                continue
            record = reading.read(entry)
            if record is not None and _is_of(record, session):
                found.setdefault(entry.data, _raw(record, entry))
    return sorted(found.values(), key=lambda one: (one.at, one.arrived_at))


def _batches(moments: Sequence[datetime]) -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute(
            text_of("evidence/queries/records_batches.sql"),
            {
                "since": [one - AROUND for one in moments],
                "until": [one + UNTIL for one in moments],
                "at": list(moments),
                "most": BATCHES_MAX,
            },
        )
        return [bytes(entries) for (entries,) in cursor.fetchall()]


def _is_of(record: Record, session: SessionRow) -> bool:
    return (
        record.nas == session.nas
        and record.session == session.session
        and record.user == session.user
        and abs((record.started_at - session.started_at).total_seconds()) < 120
    )


def _raw(record: Record, entry: Entry) -> RawRecord:
    is_text = entry.kind == DETAIL
    return RawRecord(
        record.at, datetime.fromtimestamp(entry.arrived, UTC), entry.source,
        STATUSES.get(record.status, ""),
        () if is_text else attributes_of(entry.data, words()),
        entry.data.decode("utf-8", "replace") if is_text else "",
        "" if is_text else entry.data.hex(" "),
    )  # fmt: skip
