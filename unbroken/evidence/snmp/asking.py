"""Questions to an SNMP agent and its answers: GETBULK, as far as walking tables needs it. Pure.

RFC 3416 sections 4.2.3 and 4.2.4, RFC 1901 (v2c); v3 is `signed.py`. An agent that answers what was
not asked, or goes back instead of on, is refused: a walk always ends.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from unbroken.evidence.snmp.traps import NotATrap, _expect, _oid, _parts

REPETITIONS = 25
_INTEGER, _OCTETS, _OID, _SEQUENCE = 0x02, 0x04, 0x06, 0x30
_GET_BULK, _RESPONSE = 0xA5, 0xA2
_UNSIGNED = frozenset({0x41, 0x42, 0x43, 0x46})
_NOTHING = frozenset({0x05, 0x80, 0x81, 0x82})
BINDINGS_MAX = 200

Value = int | bytes


class NotAnAnswer(ValueError):
    """Not an answer to what was asked."""


@dataclass(frozen=True, slots=True)
class Bound:
    """One object and its value; None where the agent has nothing more."""

    oid: tuple[int, ...]
    value: Value | None


def bulk(community: str, number: int, oid: tuple[int, ...]) -> bytes:
    """What comes after this object, many at once."""
    return _ber(_SEQUENCE, _whole(1), _ber(_OCTETS, community.encode()), bulk_pdu(number, oid))


def bulk_pdu(number: int, oid: tuple[int, ...]) -> bytes:
    """The question itself, whatever message it travels in; without an object it asks nothing."""
    binding = _ber(_SEQUENCE, _ber(_OID, _packed(oid)), b"\x05\x00") if oid else b""
    return _ber(_GET_BULK, _whole(number), _whole(0), _whole(REPETITIONS), _ber(_SEQUENCE, binding))


def answered(data: bytes, number: int) -> list[Bound]:
    """What an answer holds; NotAnAnswer for anything else, also with an error in it."""
    try:
        message = _parts(_expect(_parts(data), _SEQUENCE))
        _expect(message, _INTEGER), _expect(message, _OCTETS)
        return bounds_in(_expect(message, _RESPONSE), number)
    except NotATrap as problem:
        raise NotAnAnswer(str(problem)) from problem


def bounds_in(pdu: bytes, number: int) -> list[Bound]:
    """The objects in an answer to this question; NotAnAnswer for another, or an error in it."""
    try:
        fields = _parts(pdu)
        told = int.from_bytes(_expect(fields, _INTEGER), "big", signed=True)
        error = int.from_bytes(_expect(fields, _INTEGER), "big", signed=True)
        _expect(fields, _INTEGER)
        if told != number or error:
            raise NotAnAnswer(f"error {error}" if error else "an answer to another question")
        return list(_bounds(_expect(fields, _SEQUENCE)))
    except NotATrap as problem:
        raise NotAnAnswer(str(problem)) from problem


def _bounds(data: bytes) -> Iterator[Bound]:
    for count, (tag, binding) in enumerate(_parts(data)):
        if tag != _SEQUENCE or count >= BINDINGS_MAX:
            raise NotAnAnswer("too many objects, or none at all")
        parts = _parts(binding)
        oid = tuple(int(part) for part in _oid(_expect(parts, _OID)).split("."))
        kind, raw = next(parts, (0x05, b""))
        yield Bound(oid, _value(kind, raw))


def _value(kind: int, raw: bytes) -> Value | None:
    if kind in _NOTHING:
        return None
    if kind == _INTEGER:
        return int.from_bytes(raw[:8], "big", signed=True)
    return int.from_bytes(raw[:9], "big") if kind in _UNSIGNED else raw[:500]


def _ber(tag: int, *parts: bytes) -> bytes:
    value = b"".join(parts)
    if len(value) < 128:
        return bytes((tag, len(value))) + value
    return bytes((tag, 0x82)) + len(value).to_bytes(2, "big") + value


def _whole(number: int) -> bytes:
    return _ber(_INTEGER, number.to_bytes((number.bit_length() // 8) + 1, "big", signed=True))


def _packed(oid: tuple[int, ...]) -> bytes:
    packed = bytearray((40 * oid[0] + oid[1],))
    for part in oid[2:]:
        octets = [part & 0x7F]
        while part := part >> 7:
            octets.append(0x80 | (part & 0x7F))
        packed += bytes(reversed(octets))
    return bytes(packed)
