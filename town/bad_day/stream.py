"""The day as a stream: what is said at which door, in the order of its time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from random import Random

from town.bad_day import doors
from town.bad_day.day import BadDay, Strike
from town.bad_day.inventory import CIRCUIT
from unbroken.evidence.facts import Session

SUPPORT = "support@lindenhof.example"
COMPLAINTS = {
    "en": ("No internet", "Hello, my internet does not work since a few minutes. What is it?"),
    "ru": ("Нет интернета", "Здравствуйте, у меня пропал интернет. Что случилось?"),
    "it": ("Niente internet", "Buongiorno, internet non funziona più. Che cosa succede?"),
}
BILL = ("My bill", "Hello, why is my bill of this month higher than the last one?")
CREW = ((12, "left"), (20, "minutes"), (40, "working"))
"""So many minutes after a strike is told of, a crew says so; the end is said by the records."""

CREW_STAYS = timedelta(minutes=50)
"""Nobody sends a crew to what lasts less."""

NOTICE = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//NetCo//Works//EN\r
BEGIN:VEVENT\r
UID:mw-771@netco.example\r
SUMMARY:Work on {circuit}\r
DTSTAMP:{stamp}\r
DTSTART:{start}\r
DTEND:{end}\r
SEQUENCE:1\r
X-MAINTNOTE-PROVIDER:netco.example\r
X-MAINTNOTE-ACCOUNT:lindenhof\r
X-MAINTNOTE-MAINTENANCE-ID:MW-771\r
X-MAINTNOTE-OBJECT-ID:{circuit}\r
X-MAINTNOTE-IMPACT:OUTAGE\r
X-MAINTNOTE-STATUS:CONFIRMED\r
END:VEVENT\r
END:VCALENDAR\r
"""


@dataclass(frozen=True)
class Accounting:
    """A record of a NAS."""

    at: datetime
    nas: str
    user: str
    status: int
    session: str
    seconds: int = 0
    octets: tuple[int, int] = (0, 0)
    cause: str = ""


@dataclass(frozen=True)
class Observed:
    """Readings and alarms of one moment."""

    at: datetime
    lines: tuple[dict[str, object], ...]


@dataclass(frozen=True)
class Mailed:
    """A mail from outside."""

    at: datetime
    sender: str
    subject: str
    text: str
    calendar: str = ""


@dataclass(frozen=True)
class Stepped:
    """A crew says how far it is."""

    at: datetime
    strike: Strike
    step: str


Said = Accounting | Observed | Mailed | Stepped


def stream(day: BadDay) -> list[Said]:
    """All of it."""
    random = Random(day.begins.timestamp())
    said: list[Said] = [
        *(one for life in day.lives.values() for one in _accounting(day, life.sessions, random)),
        *_observed(day, random),
        *_mailed(day),
        *_stepped(day),
    ]
    return sorted(said, key=lambda one: one.at)


def _accounting(day: BadDay, sessions: list[Session], random: Random) -> Iterator[Accounting]:
    deaf_since, deaf_until = day.deaf
    for session in sessions:
        for one in _records(day, session, random):
            if not deaf_since <= one.at < deaf_until:
                yield one


def _records(day: BadDay, session: Session, random: Random) -> Iterator[Accounting]:
    """Start, interims and stop, as far as they fall into the day; who is there says so at once."""

    def told(at: datetime, status: int, cause: str = "") -> Accounting:
        seconds = int((at - session.started).total_seconds())
        share = seconds / whole if whole else 0.0
        octets = (int(session.input_octets * share), int(session.output_octets * share))
        late = at + timedelta(seconds=random.uniform(0.1, 2.0))
        return Accounting(
            late, session.nas, f"{session.service}@isp", status, session.session, seconds, octets,
            cause,
        )  # fmt: skip

    heard = session.ended or session.heard_at or day.ends
    whole = max(1.0, (heard - session.started).total_seconds())
    if heard < day.begins or session.started >= day.ends:
        return
    if session.started >= day.begins:
        yield told(session.started, doors.START)
    else:
        yield told(day.begins + timedelta(seconds=random.uniform(0, 200)), doors.INTERIM)
    step = timedelta(seconds=session.interim or 600)
    at = session.started + step
    while at <= min(heard, day.ends):
        if at > day.begins + timedelta(seconds=210):
            yield told(at, doors.INTERIM)
        at += step
    if session.ended is not None and session.ended < day.ends and session.ended_by == "stop":
        yield told(session.ended, doors.STOP, session.cause)


def _observed(day: BadDay, random: Random) -> Iterator[Observed]:
    """The access nodes' readings, by the minute; alarms as they come."""
    lines: list[tuple[datetime, dict[str, object]]] = []
    for life in day.lives.values():
        for reading in life.readings:
            values = {reading.name: reading.value}
            lines.append((reading.at, {"resource": reading.resource, "values": values}))
        for alarm in life.alarms:
            told = {"type": alarm.type, "state": alarm.state}
            lines.append((alarm.at, {"resource": alarm.resource, "alarm": told}))
    for strike in day.strikes:
        if strike.cause != "cable_cut":
            for at, state in ((strike.since, "raised"), (strike.until, "cleared")):
                heard = at + timedelta(seconds=random.uniform(5, 60))
                alarm_told = {"type": "unreachable", "state": state}
                lines.append((heard, {"resource": strike.element, "alarm": alarm_told}))
    inside = sorted(
        (one for one in lines if day.begins <= one[0] < day.ends), key=lambda one: one[0]
    )
    for _, some in groupby(inside, key=lambda one: one[0].replace(second=0, microsecond=0)):
        batch = list(some)
        yield Observed(batch[-1][0], tuple({"at": at.isoformat(), **one} for at, one in batch))


def _mailed(day: BadDay) -> Iterator[Mailed]:
    start, end = (day.begins + timedelta(minutes=one) for one in day.hours.carrier[:2])
    forms = {"stamp": day.begins, "start": start, "end": end}
    stamps = {name: f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}" for name, at in forms.items()}
    yield Mailed(
        day.begins + timedelta(minutes=2), "noc@netco.example", f"Planned work on {CIRCUIT}",
        "Dear partner, we shall work as the calendar says.",
        NOTICE.format(circuit=CIRCUIT, **stamps),
    )  # fmt: skip
    for number, person in enumerate(day.people.values()):
        for at in person.writes_at:
            subject, text = COMPLAINTS[person.language]
            yield Mailed(at, person.address, subject, text)
        if number == 3:
            yield Mailed(day.begins + timedelta(minutes=9), person.address, *BILL)


def _stepped(day: BadDay) -> Iterator[Stepped]:
    for strike in day.strikes:
        if strike.until - strike.told_from > CREW_STAYS:
            for after, step in CREW:
                yield Stepped(strike.told_from + timedelta(minutes=after), strike, step)
