"""A syslog line read: when, who, how bad, and the words. RFC 5424 section 6, RFC 3164 section 4.

The older kind names neither a year nor a zone; whoever hands a line in has to know both. A line
that is neither is still words of somebody: it gets the time at which it came.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

TEXT_MAX = 4_000
HOST_MAX = 200
AHEAD_MAX = timedelta(days=1)

_FACILITY_COUNT = 8
_NEW = re.compile(
    r"<(?P<priority>\d{1,3})>1 (?P<at>\S{1,40}) (?P<host>\S{1,255}) (?P<app>\S{1,48})"
    r" (?P<process>\S{1,128}) (?P<id>\S{1,32}) (?P<rest>.*)",
    re.DOTALL,
)
_STRUCTURED = re.compile(r'-|(?:\[[^\s\]"=]{1,64}(?: [^\s\]"=]{1,64}="(?:[^"\\]|\\.)*+")*+\])++')
_OLD = re.compile(
    r"(?:<(?P<priority>\d{1,3})>)?"
    r"(?:\d{1,10}: )?[*.]?"  # Cisco numbers its lines, and marks a clock that was never set
    r"(?P<month>[A-Z][a-z]{2}) +(?P<day>\d{1,2}) (?:(?P<year>\d{4}) )?(?P<clock>\d\d:\d\d:\d\d)"
    r"(?:\.\d{1,9})?(?: (?P<zone>[A-Z]{3,4}))?:? "
    r"(?:(?P<host>[\w.:\-]{1,255}) )?(?P<text>.*)",
    re.DOTALL,
)
_MONTHS = {name: number for number, name in enumerate(
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], start=1
)}  # fmt: skip
_PRIORITY = re.compile(r"<(\d{1,3})>")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


class NotLogged(ValueError):
    """A line that is not taken in; the text says why."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a device logged. `at` None: the line names no time. Severity: 0 emergency to 7 debug."""

    host: str
    at: datetime | None
    severity: int | None
    text: str


class Calendar:
    """What the older kind leaves out: the zone, and the year, which turns when December ends."""

    def __init__(self, *, zone: tzinfo | None, year: int | None = None) -> None:
        self.zone, self.year = zone, year
        self._month = 0

    def time(self, month: str, day: str, clock: str, year: str | None) -> datetime:
        """The moment meant; NotLogged when the year or the zone is not known, or it never was."""
        if self.zone is None:
            raise NotLogged("It names no time zone; give --timezone.")
        number = _MONTHS.get(month, 0)
        if year is None and self.year is None:
            raise NotLogged("It names no year; give --year.")
        if year is None and self.year is not None and self._month == 12 and number == 1:
            self.year += 1
        self._month = number
        hours, minutes, seconds = (int(part) for part in clock.split(":"))
        try:
            return datetime(
                int(year or self.year or 0), number, int(day), hours, minutes, min(seconds, 59),
                tzinfo=self.zone,
            ).astimezone(UTC)  # fmt: skip
        except (ValueError, OverflowError) as error:
            raise NotLogged("Its time never was.") from error


def nearest_year(zone: tzinfo, now: datetime) -> Calendar:
    """For lines that come as they are written: the year in which they are nearest to now."""
    return Calendar(zone=zone, year=now.astimezone(zone).year)


def read(raw: bytes, calendar: Calendar) -> Line:
    """One line without its end."""
    text = clean(raw)
    if not text:
        raise NotLogged("It is empty.")
    if (new := _NEW.match(text)) is not None:
        return _read_new(new)
    old = _OLD.match(text)
    if old is None:
        found = _PRIORITY.match(text)
        return Line("", None, _severity(found[1] if found else None), text)
    at = calendar.time(old["month"], old["day"], old["clock"], old["year"])
    host = (old["host"] or "").rstrip(":")
    is_program = bool(host) and not old["text"][:1].strip()
    words = old["text"] if host and not is_program else f"{host} {old['text']}".strip()
    return Line(host[:HOST_MAX], at, _severity(old["priority"]), words[:TEXT_MAX])


def clean(raw: bytes) -> str:
    """Words a database can keep, cut."""
    text = raw[: 4 * TEXT_MAX].decode("utf-8", "replace").lstrip("\ufeff")
    return _CONTROL.sub(" ", text).strip()[:TEXT_MAX]


def _read_new(found: re.Match[str]) -> Line:
    at = None
    if found["at"] != "-":
        try:
            at = datetime.fromisoformat(found["at"]).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise NotLogged("Its time cannot be read.") from error
    data = _STRUCTURED.match(found["rest"])
    text = found["rest"][data.end() :].strip() if data else found["rest"]
    app = "" if found["app"] == "-" else f"{found['app']}: "
    host = "" if found["host"] == "-" else found["host"]
    words = f"{app}{text.lstrip(chr(0xFEFF))}"[:TEXT_MAX]
    return Line(host[:HOST_MAX], at, _severity(found["priority"]), words)


def _severity(priority: str | None) -> int | None:
    return None if priority is None else int(priority) % _FACILITY_COUNT
