"""A stored packet read in full: who, when, how much, and what the access node said about the line.

Everything here comes from outside: numbers are bounded, texts are cut and freed of what a
database cannot keep, what does not fit is left out.
"""

import ipaddress
from datetime import UTC, datetime, timedelta
from struct import Struct
from typing import Any

from unbroken.evidence.radius import packets
from unbroken.evidence.radius.dictionary import Attribute, Dictionary
from unbroken.evidence.radius.naming import Naming
from unbroken.evidence.radius.records import COUNTER_MAX, STATUSES, Record

TEXT_MAX = 253
CAUSES_MAX = 1000
LINE_MAX = 64
"""Of so many attributes of vendors a session keeps what they said."""

_INTEGER = Struct("!I")
_VENDOR = 26
_NUMBERS = frozenset({5, 27, 40, 41, 42, 43, 46, 49, 52, 53, 55})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNITS = {"_bps": 1000}


def read_packet(
    packet: bytes, *, source: str, arrived_at: datetime, naming: Naming, words: Dictionary
) -> Record | None:
    """What an accounting packet says; None when it speaks of no session and of no NAS."""
    found, line = _attributes(packet, words)
    status = found.get(40, 0)
    session = text_of(found.get(44, b""))
    if status not in STATUSES or (not session and status < packets.ON):
        return None
    nas = naming.name_of(
        source=source,
        claimed=_address(found.get(4)) or _address(found.get(95)),
        identifier=text_of(found.get(32, b"")),
        is_restart=packets.PROXY_STATE in found and status >= packets.ON,
    )
    at, has_own_time = _time(found, arrived_at)
    return Record(
        nas=nas,
        status=status,
        session=session if status < packets.ON else "",
        user=text_of(found.get(1, b"")),
        at=at,
        arrived_at=arrived_at,
        has_own_time=has_own_time,
        seconds=found.get(46),
        input_octets=_octets(found, 42, 52),
        output_octets=_octets(found, 43, 53),
        cause=_cause(found) if status == packets.STOP else None,
        timeout=found.get(27),
        address=_address(found.get(8)) or _address(found.get(168)) or None,
        prefix=_prefix(found.get(97) or found.get(123)),
        mac=text_of(found.get(31, b"")),
        port=text_of(found.get(87, b"")) or str(found.get(5, "")),
        circuit=str(line.pop("circuit", "")),
        line=line,
    )


def text_of(value: bytes | str) -> str:
    """A text a database can keep: UTF-8 or Latin-1, without zero bytes, cut."""
    if not value:
        return ""
    text = _decoded(value) if isinstance(value, bytes) else value
    return text.replace("\0", "")[:TEXT_MAX].strip()


def _decoded(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def told(attribute: Attribute, value: Any) -> tuple[str, Any]:
    """Under which name a session keeps an attribute of a vendor, and in the unit we keep."""
    field = attribute.field or attribute.name
    for ending, parts in _UNITS.items():
        if field.endswith(ending) and isinstance(value, int):
            return field.removesuffix(ending), value // parts
    return field, value


def _attributes(packet: bytes, words: Dictionary) -> tuple[dict[int, Any], dict[str, Any]]:
    found: dict[int, Any] = {}
    line: dict[str, Any] = {}
    at, end = packets.SIZE_MIN, len(packet)
    while at + 2 <= end:
        kind, size = packet[at], packet[at + 1]
        if size < 2 or at + size > end:
            break
        value = packet[at + 2 : at + size]
        if kind == _VENDOR:
            _vendor(value, words, line)
        elif kind in _NUMBERS:
            if size == 6:
                found[kind] = _INTEGER.unpack(value)[0]
        else:
            found.setdefault(kind, value)
        at += size
    return found, line


def _vendor(value: bytes, words: Dictionary, line: dict[str, Any]) -> None:
    """RFC 2865 section 5.26; a vendor that packs otherwise is left out."""
    if len(value) < 6:
        return
    vendor, at = _INTEGER.unpack_from(value)[0], 4
    while at + 2 <= len(value) and len(line) < LINE_MAX:
        number, size = value[at], value[at + 1]
        if size < 2 or at + size > len(value):
            return
        attribute = words.by_number.get((vendor, number))
        if attribute is not None:
            name, read = told(attribute, value_of(attribute.type, value[at + 2 : at + size]))
            line[name] = read
        at += size


def value_of(kind: str, raw: bytes) -> int | str:
    """An attribute's value by its type; what we do not know goes as its bytes."""
    if kind in ("integer", "date", "signed", "short", "byte") and len(raw) <= 8:
        return int.from_bytes(raw, "big")
    if kind in ("ipaddr", "ipv6addr"):
        return _address(raw)
    return text_of(raw) if kind == "string" else "0x" + raw[:TEXT_MAX].hex()


def _time(found: dict[int, Any], arrived_at: datetime) -> tuple[datetime, bool]:
    """Event-Timestamp as it stands; only without it arrival less the delay."""
    if (stamp := found.get(55)) is not None:
        return _EPOCH + timedelta(seconds=stamp), True
    return arrived_at - timedelta(seconds=found.get(41, 0)), False


def _cause(found: dict[int, Any]) -> int | None:
    cause: int = found.get(49, 0)
    return cause if 0 < cause < CAUSES_MAX else None


def _octets(found: dict[int, Any], low: int, high: int) -> int | None:
    if low not in found and high not in found:
        return None
    octets: int = found.get(low, 0) + (found.get(high, 0) << 32)
    return min(octets, COUNTER_MAX)


def _address(raw: bytes | None) -> str:
    if raw is None or len(raw) not in (4, 16):
        return ""
    if len(raw) == 4:
        return f"{raw[0]}.{raw[1]}.{raw[2]}.{raw[3]}"
    return str(ipaddress.ip_address(raw))


def _prefix(raw: bytes | None) -> str:
    """RFC 3162 section 2.3: a reserved octet, the length, the octets of the prefix."""
    if raw is None or not 2 <= len(raw) <= 18 or raw[1] > 128:
        return ""
    return f"{ipaddress.IPv6Address(raw[2:].ljust(16, bytes(1)))}/{raw[1]}"
