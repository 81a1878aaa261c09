"""A calendar as other programs read it (RFC 5545): events with an end, one address each.

Pure. Lines are folded at 75 octets and never inside a letter; what could break out of a line is
escaped. Nothing is said in a time zone: UTC means the same to every program.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

LINE_BYTES_MAX = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that takes place. `uid`: the same as long as it is the same thing."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    told: str = ""
    address: str = ""


def calendar(name: str, occasions: Iterable[Occasion], *, at: datetime) -> bytes:
    """The whole file. `at`: when it was made."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Unbroken//Service desk//EN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
        "X-PUBLISHED-TTL:PT15M",
    ]
    for one in occasions:
        lines += _event(one, at)
    return b"".join(_folded(line) for line in (*lines, "END:VCALENDAR"))


def _event(one: Occasion, at: datetime) -> list[str]:
    described = [f"DESCRIPTION:{_text(one.told)}"] if one.told else []
    linked = [f"URL:{one.address}"] if one.address else []
    return [
        "BEGIN:VEVENT",
        f"UID:{one.uid}",
        f"DTSTAMP:{_instant(at)}",
        f"DTSTART:{_instant(one.starts_at)}",
        f"DTEND:{_instant(one.ends_at)}",
        f"SUMMARY:{_text(one.title)}",
        *described,
        *linked,
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(said: str) -> str:
    return "".join(c for c in said if c >= " " or c == "\n").translate(_ESCAPED)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _folded(line: str) -> bytes:
    """A line and its continuations, each of which begins with a blank."""
    pieces: list[bytes] = []
    piece = b""
    for letter in line:
        added = letter.encode()
        if len(piece) + len(added) > LINE_BYTES_MAX:
            pieces.append(piece)
            piece = b" "
        piece += added
    return b"\r\n".join((*pieces, piece)) + b"\r\n"
