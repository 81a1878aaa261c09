"""FreeRADIUS's own files: `detail` (accounting), `reply_log` (answers to logins), its log.

A block is a heading with a time and one attribute a line, blocks are apart by an empty line.
Arrival is `Timestamp`, else the heading. Zone abbreviations are read; octets may be printed as 0x….
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from unbroken.evidence.radius.attributes import CAUSES_MAX, LINE_MAX, text_of, told
from unbroken.evidence.radius.dictionary import Dictionary
from unbroken.evidence.radius.naming import Naming, plain_address
from unbroken.evidence.radius.records import COUNTER_MAX, ON, STATUSES, STOP, Record, cause_named

BLOCK_BYTES_MAX = 64_000

_ATTRIBUTE = re.compile(r"\s+([A-Za-z0-9][\w.\-]{0,99})(?::\d+)? (?:[+:]?=) (.*)")
_HEADING = re.compile(r"(?:[A-Z][a-z]{2},? )?([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4})")
_STAMP = re.compile(
    r"([A-Z][a-z]{2}) +(\d{1,2}) (\d{4}) (\d\d:\d\d:\d\d)(?: ([A-Za-z]{1,5}|[+-]\d{2,4}))?"
)
_LOGIN = re.compile(
    r"([A-Z][a-z]{2} [A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d \d{4}) : Auth: (?:\(\d+\) )?"
    r"(?:Login incorrect|Invalid user)(?: \(([^)]{0,300})\))?:? \[([^\]/]{1,253})[^\]]*\]"
    r"(?: \(from client (\S{1,200}))?"
)
_ESCAPE = re.compile(r"\\(?:([0-7]{3})|(.))")
_PLAIN = {"n": "\n", "r": "\r", "t": "\t"}
_MONTHS = {name: number for number, name in enumerate(
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], start=1
)}  # fmt: skip
_STATUS = {
    "start": 1, "stop": 2, "interim-update": 3, "alive": 3, "accounting-on": 7, "accounting-off": 8,
}  # fmt: skip
_ZONES = {
    "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "IST": 1, "CET": 1, "CEST": 2, "MET": 1,
    "MEST": 2, "EET": 2, "EEST": 3, "SAST": 2, "CAT": 2, "EAT": 3, "TRT": 3, "MSK": 3, "MSD": 4,
    "SAMT": 4, "YEKT": 5, "OMST": 6, "NOVT": 7, "KRAT": 7, "IRKT": 8, "YAKT": 9, "VLAT": 10,
    "MAGT": 11, "PETT": 12, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10, "BRT": -3, "ART": -3, "JST": 9,
    "KST": 9, "HKT": 8, "SGT": 8, "AWST": 8, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip
"""Hours from UTC as the operators of such servers mean these abbreviations."""


class NotRead(ValueError):
    """A block that says nothing we can keep; the text says why."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a RADIUS server answered to a login. Timeout: Session-Timeout, seconds."""

    user: str
    at: datetime
    kind: str
    nas: str = ""
    message: str = ""
    timeout: int | None = None


def blocks(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Block by block with the number of its first line; a line of the log is one by itself."""
    begun, size = 0, 0
    block: list[bytes] = []
    for number, line in enumerate(lines, start=1):
        is_inside = line[:1] in (b"\t", b" ")
        if block and (not line.strip() or not is_inside or size > BLOCK_BYTES_MAX):
            yield begun, b"".join(block)
            block, size = [], 0
        if line.strip():
            if not block:
                begun = number
            block.append(line[:BLOCK_BYTES_MAX])
            size += len(line)
    if block:
        yield begun, b"".join(block)


def read_block(
    block: bytes, *, naming: Naming, words: Dictionary, zone: tzinfo = UTC
) -> Record | None:
    """An accounting record; None when it is of another kind. NotRead says what is missing."""
    heading, found = _read(block)
    if "acct-status-type" not in found:
        return None
    status = _STATUS.get(found["acct-status-type"].lower(), _number(found["acct-status-type"]))
    session = found.get("acct-session-id", "")
    if status not in STATUSES:
        raise NotRead(f"Acct-Status-Type {found['acct-status-type'][:40]} is none we know.")
    if not session and status < ON:
        raise NotRead("It has no Acct-Session-Id.")
    arrived_at = _arrival(heading, found, zone)
    stamp = _stamp(found.get("event-timestamp", ""), zone)
    delay = timedelta(seconds=_number(found.get("acct-delay-time", "")) or 0)
    line, circuit = _line(found, words)
    return Record(
        nas=_nas(found, naming),
        status=status,
        session=text_of(session) if status < ON else "",
        user=text_of(found.get("user-name", "")),
        at=_possible(stamp or arrived_at - delay),
        arrived_at=arrived_at,
        has_own_time=stamp is not None,
        seconds=_number(found.get("acct-session-time", "")),
        input_octets=_octets(found, "input"),
        output_octets=_octets(found, "output"),
        cause=_cause(found) if status == STOP else None,
        timeout=_number(found.get("session-timeout", "")),
        address=plain_address(found.get("framed-ip-address", ""))
        or plain_address(found.get("framed-ipv6-address", ""))
        or None,
        prefix=text_of(found.get("framed-ipv6-prefix") or found.get("delegated-ipv6-prefix") or ""),
        mac=text_of(found.get("calling-station-id", "")),
        port=text_of(found.get("nas-port-id") or found.get("nas-port") or ""),
        circuit=circuit,
        line=line,
    )


def read_reply(block: bytes, *, naming: Naming, zone: tzinfo = UTC) -> Reply | None:
    """An Access-Accept or Access-Reject; None when the block is of another kind."""
    if (login := _LOGIN.match(block[:2000].decode("utf-8", "replace"))) is not None:
        at = _heading_time(login[1], zone)
        if at is None:
            raise NotRead("Its time cannot be read.")
        nas = naming.name_of(source="", claimed="", identifier=login[4] or "", is_restart=False)
        return Reply(text_of(login[3]), at, "reject", nas, text_of(login[2] or ""))
    heading, found = _read(block)
    kind = {"access-accept": "accept", "access-reject": "reject"}.get(
        found.get("packet-type", "").lower()
    )
    if kind is None:
        return None
    user = found.get("user-name") or found.get("stripped-user-name") or ""
    if not user:
        raise NotRead("It names no User-Name.")
    return Reply(
        user=text_of(user),
        at=_arrival(heading, found, zone),
        kind=kind,
        nas=_nas(found, naming),
        message=text_of(found.get("reply-message", "")),
        timeout=_number(found.get("session-timeout", "")),
    )


def _read(block: bytes) -> tuple[str, dict[str, str]]:
    heading, _, rest = block.decode("utf-8", "replace").partition("\n")
    found: dict[str, str] = {}
    for line in [f"\t{heading}", *rest.split("\n")] if " = " in heading else rest.split("\n"):
        matched = _ATTRIBUTE.match(line)
        if matched is not None:
            found.setdefault(matched[1].lower(), _value(matched[2].strip()))
    return heading, found


def _value(text: str) -> str:
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'":
        return _ESCAPE.sub(_unescaped, text[1:-1])
    return text


def _unescaped(matched: re.Match[str]) -> str:
    if matched[1]:
        return chr(int(matched[1], 8))
    return _PLAIN.get(matched[2], matched[2])


def _nas(found: dict[str, str], naming: Naming) -> str:
    source = plain_address(
        found.get("packet-src-ip-address")
        or found.get("client-ip-address")
        or found.get("packet-src-ipv6-address", "")
    )
    claimed = plain_address(found.get("nas-ip-address") or found.get("nas-ipv6-address") or "")
    name = naming.name_of(
        source=source,
        claimed=claimed,
        identifier=text_of(found.get("nas-identifier", "")),
        is_restart=False,
    )
    if not name and "acct-status-type" in found:
        raise NotRead("It names no NAS.")
    return name


def _arrival(heading: str, found: dict[str, str], zone: tzinfo) -> datetime:
    text = found.get("timestamp", "")
    arrived_at = _stamp(text, zone) or _heading_time(heading, zone)
    if arrived_at is None:
        raise NotRead("It has no time: neither Timestamp nor a heading.")
    return _possible(arrived_at)


def _possible(at: datetime) -> datetime:
    """Nobody spoke RADIUS before; and sums with such times would leave the calendar."""
    if at.year < 1970:
        raise NotRead("Its time is before 1970.")
    return at


def _heading_time(text: str, zone: tzinfo) -> datetime | None:
    if (matched := _HEADING.search(text)) is not None:
        zone = _zone(text[matched.end() :].strip().partition(" ")[0], zone)
        return _time(matched[1], matched[2], matched[3], matched[4], zone)
    return None


def _stamp(text: str, zone: tzinfo) -> datetime | None:
    if text.isdigit():
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=min(int(text[:12]), 2**32 - 1))
    if (matched := _STAMP.match(text)) is not None:
        zone = _zone(matched[5] or "", zone)
        return _time(matched[1], matched[2], matched[4], matched[3], zone)
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    return read if read.tzinfo is not None else read.replace(tzinfo=zone)


def _zone(text: str, otherwise: tzinfo) -> tzinfo:
    if re.fullmatch(r"[+-]\d\d(?::?\d\d)?", text):
        digits = text[1:].replace(":", "").ljust(4, "0")
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return timezone(offset if text[0] == "+" else -offset)
    hours = _ZONES.get(text.upper())
    return otherwise if hours is None else timezone(timedelta(hours=hours))


def _time(month: str, day: str, clock: str, year: str, zone: tzinfo) -> datetime | None:
    try:
        hours, minutes, seconds = (int(part) for part in clock.split(":"))
        return datetime(
            int(year), _MONTHS[month], int(day), hours, minutes, min(seconds, 59), tzinfo=zone
        ).astimezone(UTC)
    except (KeyError, ValueError, OverflowError):
        return None


def _octets(found: dict[str, str], way: str) -> int | None:
    low = _number(found.get(f"acct-{way}-octets", ""))
    high = _number(found.get(f"acct-{way}-gigawords", ""))
    if low is None and high is None:
        return None
    return min((low or 0) + ((high or 0) << 32), COUNTER_MAX)


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,10}", text) else None


def _cause(found: dict[str, str]) -> int | None:
    cause = cause_named(found.get("acct-terminate-cause", "")[:40])
    return cause if cause is not None and 0 < cause < CAUSES_MAX else None


def _line(found: dict[str, str], words: Dictionary) -> tuple[dict[str, object], str]:
    line: dict[str, object] = {}
    for name, text in found.items():
        attribute = words.by_name.get(name)
        if attribute is not None and len(line) < LINE_MAX:
            number = _number(text) if attribute.type == "integer" else None
            key, value = told(attribute, number if number is not None else _printed(text))
            line.setdefault(key, value)
    return line, str(line.pop("circuit", ""))


def _printed(text: str) -> str:
    """Octets that are a text in truth are read as one."""
    if re.fullmatch(r"0x(?:[0-9a-fA-F]{2})+", text):
        raw = bytes.fromhex(text[2:])
        if all(0x20 <= octet < 0x7F for octet in raw):
            return text_of(raw)
    return text_of(text)
