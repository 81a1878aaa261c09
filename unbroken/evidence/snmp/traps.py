"""A trap or inform of SNMPv2 read: BER as far as traps need it. RFC 3416 section 4.2.6, RFC 1901.

Every length is held against what is there, nothing nests deeper than a trap does, and what does not
fit is refused: a packet is never larger than a datagram.
"""

from collections.abc import Iterator
from dataclasses import dataclass

SIZE_MAX = 65_535
BINDINGS_MAX = 200
VALUE_MAX = 200

_INTEGER, _OCTETS, _OID, _SEQUENCE = 0x02, 0x04, 0x06, 0x30
_ADDRESS = 0x40
_UNSIGNED = frozenset({0x41, 0x42, 0x43, 0x46})
_INFORM, _TRAP = 0xA6, 0xA7
_V2C = 1
_UP_TIME, _TRAP_OID = "1.3.6.1.2.1.1.3.0", "1.3.6.1.6.3.1.1.4.1.0"

NAMED = {
    "1.3.6.1.6.3.1.1.5.1": ("coldStart", "device_restart"),
    "1.3.6.1.6.3.1.1.5.2": ("warmStart", "device_restart"),
    "1.3.6.1.6.3.1.1.5.3": ("linkDown", "port_down"),
    "1.3.6.1.6.3.1.1.5.4": ("linkUp", "port_up"),
    "1.3.6.1.6.3.1.1.5.5": ("authenticationFailure", ""),
}
"""The traps of SNMPv2-MIB and IF-MIB, and what they mean in the catalogue's words."""

_COLUMNS = {
    "1.3.6.1.2.1.2.2.1.1.": "ifIndex", "1.3.6.1.2.1.2.2.1.2.": "ifDescr",
    "1.3.6.1.2.1.31.1.1.1.1.": "ifName", "1.3.6.1.2.1.31.1.1.1.18.": "ifAlias",
    "1.3.6.1.2.1.2.2.1.7.": "ifAdminStatus", "1.3.6.1.2.1.2.2.1.8.": "ifOperStatus",
}  # fmt: skip


class NotATrap(ValueError):
    """Not a trap that we can read."""


@dataclass(frozen=True, slots=True)
class Trap:
    """What a device told. `bindings`: by object, named where we know the name."""

    community: str
    oid: str
    name: str
    kind: str
    bindings: tuple[tuple[str, str], ...]

    def in_words(self) -> str:
        """As a line that can be searched."""
        return " ".join(
            [f"trap {self.name}:", *(f"{name}={value}" for name, value in self.bindings)]
        )


def read(data: bytes) -> Trap:
    """One datagram."""
    if len(data) > SIZE_MAX:
        raise NotATrap("too long")
    message = _parts(_only(data, _SEQUENCE))
    version, community = _expect(message, _INTEGER), _expect(message, _OCTETS)
    if int.from_bytes(version, "big") != _V2C:
        raise NotATrap("not version 2c")
    return of_pdu(*next(message, (0, b"")), who=_text(community))


def version_of(data: bytes) -> int:
    """Of which version a message is: 0, 1 (v2c) or 3."""
    return int.from_bytes(_expect(_parts(_only(data, _SEQUENCE)), _INTEGER)[:4], "big")


def of_pdu(tag: int, pdu: bytes, *, who: str) -> Trap:
    """What the middle of a message tells. `who`: the community, or the user who signed it."""
    if tag not in (_TRAP, _INFORM):
        raise NotATrap("not a trap")
    fields = _parts(pdu)
    for _ in range(3):  # request id, error status, error index
        _expect(fields, _INTEGER)
    bindings = dict(_bindings(_expect(fields, _SEQUENCE)))
    oid = bindings.pop(_TRAP_OID, "")
    bindings.pop(_UP_TIME, None)
    if not oid:
        raise NotATrap("it does not say which")
    name, kind = NAMED.get(oid, (oid, ""))
    told = tuple((_name(of), value) for of, value in bindings.items())
    return Trap(who, oid, name, kind, told)


def _bindings(data: bytes) -> Iterator[tuple[str, str]]:
    for count, (tag, binding) in enumerate(_parts(data)):
        if tag != _SEQUENCE or count >= BINDINGS_MAX:
            raise NotATrap("too many bindings, or none at all")
        parts = _parts(binding)
        oid = _oid(_expect(parts, _OID))
        kind, value = next(parts, (0x05, b""))
        yield oid, _value(kind, value)


def _value(kind: int, raw: bytes) -> str:
    if kind == _INTEGER:
        return str(int.from_bytes(raw[:8], "big", signed=True))
    if kind in _UNSIGNED:
        return str(int.from_bytes(raw[:9], "big"))
    if kind == _OID:
        return _oid(raw)
    if kind == _ADDRESS and len(raw) == 4:
        return ".".join(map(str, raw))
    return _text(raw) if kind == _OCTETS else "0x" + raw[:VALUE_MAX].hex()


def _text(raw: bytes) -> str:
    text = raw[:VALUE_MAX].decode("utf-8", "replace")
    return text if text.isprintable() and "\ufffd" not in text else "0x" + raw[:VALUE_MAX].hex()


def _name(oid: str) -> str:
    for column, name in _COLUMNS.items():
        if oid.startswith(column):
            return f"{name}.{oid.removeprefix(column)}"
    return oid


def _oid(raw: bytes) -> str:
    if not raw or len(raw) > 128 or raw[-1] & 0x80:
        raise NotATrap("an object without an end")
    numbers, number = [], 0
    for octet in raw:
        number = (number << 7) | (octet & 0x7F)
        if not octet & 0x80:
            numbers.append(number)
            number = 0
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, (first, numbers[0] - 40 * first, *numbers[1:])))


def _only(data: bytes, tag: int) -> bytes:
    return _expect(_parts(data), tag)


def _expect(parts: Iterator[tuple[int, bytes]], tag: int) -> bytes:
    found, value = next(parts, (0, b""))
    if found != tag:
        raise NotATrap("something else stands where this should")
    return value


def _parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """What stands one after the other: tag and value."""
    at = 0
    while at < len(data):
        if at + 2 > len(data):
            raise NotATrap("cut off")
        tag, size, at = data[at], data[at + 1], at + 2
        if size & 0x80:
            width = size & 0x7F
            if not 1 <= width <= 4 or at + width > len(data):
                raise NotATrap("a length that cannot be")
            size, at = int.from_bytes(data[at : at + width], "big"), at + width
        if at + size > len(data):
            raise NotATrap("cut off")
        yield tag, data[at : at + size]
        at += size
