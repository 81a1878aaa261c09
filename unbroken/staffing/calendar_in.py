"""A calendar that somebody hands in (RFC 5545): their shifts and their leave, day by day. Pure.

An event with hours is a shift, on the wall of the person's own time zone; a whole day, or one that
is out of office or says so in its first words, is leave. What recurs is laid out within the window,
with its exceptions; one that was moved or cancelled counts as it is now. The same UID counts once,
in its latest SEQUENCE, so the same calendar twice is the same days.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from dateutil.rrule import rruleset, rrulestr  # type: ignore[import-untyped]

BYTES_MAX: Final = 2_000_000
EVENTS_MAX, TIMES_MAX = 5000, 1000
_LEAVE: Final = re.compile(
    r"(?i)\s*(?:leave|vacation|holiday|day off|time off|out of office|away|sick|ill\b|absent"
    r"|отпуск|отсутств|больничн|выходной|ferie|permesso|malattia|assen[tz]|urlaub|krank|abwesend)"
)
_ILL: Final = re.compile(r"(?i)\s*(?:sick|ill\b|больничн|malattia|krank)")
_UNTIL: Final = re.compile(r"UNTIL=(\d{8}T\d{6})Z")
_DURATION: Final = re.compile(
    r"P(?:(\d{1,3})W)?(?:(\d{1,3})D)?(?:T(?:(\d{1,3})H)?(?:(\d{1,4})M)?)?"
)
MIDNIGHT, END = "00:00", "24:00"


class BadCalendarFile(ValueError):
    """This cannot be read as a calendar: why, in a few words for the log."""


@dataclass(frozen=True, slots=True)
class DayIn:
    """One day as the calendar has it: hours (none: away) and why it is so."""

    hours: tuple[tuple[str, str], ...]
    reason: str


@dataclass
class _Event:
    uid: str
    starts: datetime
    ends: datetime
    is_whole_day: bool
    says: str = ""
    is_away: bool = False
    is_cancelled: bool = False
    sequence: int = 0
    rule: str = ""
    without: list[datetime] = field(default_factory=list)
    also: list[datetime] = field(default_factory=list)
    instead_of: datetime | None = None


def days_in(text: str, *, timezone: str, first: date, last: date) -> dict[date, DayIn]:
    """Every day of the window (both ends included) on which the calendar has something."""
    if len(text.encode()) > BYTES_MAX or "BEGIN:VCALENDAR" not in text:
        raise BadCalendarFile("no calendar, or longer than two megabytes")
    zone = ZoneInfo(timezone)
    shifts: dict[date, list[tuple[str, str]]] = defaultdict(list)
    away: dict[date, str] = {}
    for event, starts, ends in _occasions(_events(text, zone), zone, first, last):
        if event.is_whole_day or event.is_away or _LEAVE.match(event.says):
            reason = "illness" if _ILL.match(event.says) else "leave"
            away |= dict.fromkeys(_days(starts, ends, event.is_whole_day), reason)
        else:
            for day, span in _spans(starts.astimezone(zone), ends.astimezone(zone)):
                shifts[day].append(span)
    found = {day: DayIn(_joined(spans), "plan") for day, spans in shifts.items()}
    found |= {day: DayIn((), reason) for day, reason in away.items()}
    return {day: found[day] for day in sorted(found) if first <= day <= last}


def _occasions(
    events: Sequence[_Event], zone: ZoneInfo, first: date, last: date
) -> Iterator[tuple[_Event, datetime, datetime]]:
    """Each time that something takes place; what was moved stands where it was moved to."""
    since = datetime.combine(first - timedelta(days=2), time(), zone)
    until = datetime.combine(last + timedelta(days=2), time(), zone)
    moved = {(one.uid, one.instead_of): one for one in events if one.instead_of is not None}
    for event in events:
        if event.is_cancelled:
            continue
        length = event.ends - event.starts
        for starts in _times(event, since, until):
            if event.instead_of is None and (event.uid, starts) in moved:
                continue
            if since <= starts <= until:
                yield event, starts, starts + length


def _times(event: _Event, since: datetime, until: datetime) -> Iterator[datetime]:
    """The beginnings within the window: reckoned on the wall, so that the hour stays."""
    if not event.rule and not event.also:
        yield event.starts
        return
    zone = event.starts.tzinfo
    wall = event.starts.replace(tzinfo=None)
    rules = rruleset()
    if event.rule:
        rule = re.sub(
            r"UNTIL=(\d{8}T\d{6})Z", lambda m: f"UNTIL={_on_wall(m[1], zone)}", event.rule
        )
        try:
            rules.rrule(rrulestr(rule, dtstart=wall))
        except (ValueError, TypeError) as error:
            raise BadCalendarFile(f"a rule that cannot be read: {event.rule[:60]}") from error
    else:
        rules.rdate(wall)
    for one in event.also:
        rules.rdate(one.astimezone(zone).replace(tzinfo=None))
    for one in event.without:
        rules.exdate(one.astimezone(zone).replace(tzinfo=None))
    begins, ends = (one.astimezone(zone).replace(tzinfo=None) for one in (since, until))
    for number, found in enumerate(rules.xafter(begins, inc=True)):
        if found > ends or number >= TIMES_MAX:
            return
        yield found.replace(tzinfo=zone)


def _on_wall(said: str, zone: Any) -> str:
    at = datetime.strptime(said, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    return at.astimezone(zone).strftime("%Y%m%dT%H%M%S")


def _events(text: str, zone: ZoneInfo) -> list[_Event]:
    """The latest state of each UID, and of each time of it that was moved."""
    found: dict[tuple[str, datetime | None], _Event] = {}
    for number, lines in enumerate(_blocks(text)):
        if number >= EVENTS_MAX:
            raise BadCalendarFile("more than 5000 events")
        event = _event(lines, zone)
        if event is None:
            continue
        key = (event.uid, event.instead_of)
        if key not in found or event.sequence >= found[key].sequence:
            found[key] = event
    return list(found.values())


def _blocks(text: str) -> Iterator[list[tuple[str, Mapping[str, str], str]]]:
    lines: list[tuple[str, Mapping[str, str], str]] | None = None
    inside = 0
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines():
        name, params, value = _line(line)
        if name == "BEGIN" and value.upper() == "VEVENT":
            lines, inside = [], 0
        elif name == "END" and value.upper() == "VEVENT" and lines is not None:
            yield lines
            lines = None
        elif name in ("BEGIN", "END"):
            inside += 1 if name == "BEGIN" else -1
        elif lines is not None and not inside:
            lines.append((name, params, value))


def _line(line: str) -> tuple[str, Mapping[str, str], str]:
    head, _colon, value = line.partition(":")
    if head.count('"') % 2:  # a colon within quotes belongs to a parameter
        more, _colon, value = value.partition('":')
        head = f'{head}:{more}"'
    name, *params = head.split(";")
    pairs = (one.partition("=") for one in params)
    return name.upper(), {key.upper(): said.strip('"') for key, _is, said in pairs}, value.strip()


def _event(lines: Sequence[tuple[str, Mapping[str, str], str]], zone: ZoneInfo) -> _Event | None:
    by_name = {name: (params, value) for name, params, value in lines}
    if "DTSTART" not in by_name or "UID" not in by_name:
        return None
    starts, is_whole_day = _moment(*by_name["DTSTART"], zone)
    event = _Event(by_name["UID"][1], starts, starts, is_whole_day)
    event.ends = _end(by_name, event, zone)
    event.says = by_name.get("SUMMARY", ({}, ""))[1][:200]
    event.rule = by_name.get("RRULE", ({}, ""))[1][:500]
    event.is_cancelled = by_name.get("STATUS", ({}, ""))[1].upper() == "CANCELLED"
    event.is_away = by_name.get("X-MICROSOFT-CDO-BUSYSTATUS", ({}, ""))[1].upper() == "OOF"
    sequence = by_name.get("SEQUENCE", ({}, "0"))[1]
    event.sequence = int(sequence) if sequence.isascii() and sequence.isdigit() else 0
    if "RECURRENCE-ID" in by_name:
        event.instead_of = _moment(*by_name["RECURRENCE-ID"], zone)[0]
    for name, params, value in lines:
        if name in ("EXDATE", "RDATE"):
            times = [_moment(params, one, zone)[0] for one in value.split(",") if one]
            (event.without if name == "EXDATE" else event.also).extend(times[:TIMES_MAX])
    return event


def _end(by_name: Mapping[str, Any], event: _Event, zone: ZoneInfo) -> datetime:
    if "DTEND" in by_name:
        params, value = by_name["DTEND"]
        return max(_moment(params, value, zone)[0], event.starts)
    said = by_name.get("DURATION", ({}, ""))[1]
    found = re.fullmatch(
        r"P(?:(\d{1,3})W)?(?:(\d{1,3})D)?(?:T(?:(\d{1,3})H)?(?:(\d{1,4})M)?)?", said
    )
    if found:
        weeks, days, hours, minutes = (int(one or 0) for one in found.groups())
        return event.starts + timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)
    return event.starts + (timedelta(days=1) if event.is_whole_day else timedelta(0))


def _moment(params: Mapping[str, str], value: str, zone: ZoneInfo) -> tuple[datetime, bool]:
    """An instant, in the zone that it names; without one in the person's own."""
    try:
        if params.get("VALUE", "").upper() == "DATE" or re.fullmatch(r"\d{8}", value):
            return datetime.strptime(value[:8], "%Y%m%d").replace(tzinfo=zone), True
        if value.endswith("Z"):
            return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC), False
        there = ZoneInfo(params["TZID"]) if params.get("TZID") else zone
        return datetime.strptime(value, "%Y%m%dT%H%M%S").replace(tzinfo=there), False
    except (ValueError, OSError, KeyError) as error:
        raise BadCalendarFile(f"a time that cannot be read: {value[:40]}") from error


def _days(starts: datetime, ends: datetime, is_whole_day: bool) -> list[date]:
    """The days of an absence; the end of whole days is not among them."""
    last = ends - timedelta(microseconds=1) if ends > starts else ends
    count = (last.date() - starts.date()).days + 1
    return [starts.date() + timedelta(days=n) for n in range(min(count, 400))]


def _spans(starts: datetime, ends: datetime) -> Iterator[tuple[date, tuple[str, str]]]:
    """A shift as the hours of each day it touches."""
    day = starts.date()
    while day <= ends.date() and (day - starts.date()).days < 3:
        opens = f"{starts:%H:%M}" if day == starts.date() else MIDNIGHT
        closes = f"{ends:%H:%M}" if day == ends.date() else END
        if opens < closes:
            yield day, (opens, closes)
        day += timedelta(days=1)


def _joined(spans: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """In order, those that touch or overlap as one."""
    found: list[tuple[str, str]] = []
    for opens, closes in sorted(spans):
        if found and opens <= found[-1][1]:
            found[-1] = (found[-1][0], max(closes, found[-1][1]))
        else:
            found.append((opens, closes))
    return tuple(found)
