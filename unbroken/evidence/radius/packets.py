"""Packets at the accounting door: is it whole, is it theirs, what do we answer. RFC 2866 section 3.

Only what the answer needs is looked at here, a few microseconds a packet; `attributes` reads the
rest afterwards, from the stored bytes.
"""

from dataclasses import dataclass
from hashlib import md5
from struct import Struct

ACCOUNTING_REQUEST, ACCOUNTING_RESPONSE, STATUS_SERVER = 4, 5, 12
SIZE_MIN, SIZE_MAX = 20, 4096

USER_NAME, PROXY_STATE, STATUS_TYPE, DELAY_TIME, SESSION_ID, EVENT_TIMESTAMP = 1, 33, 40, 41, 44, 55
START, STOP, INTERIM, ON, OFF = 1, 2, 3, 7, 8

_NATURAL = frozenset({1, 4, 32, 40, 42, 43, 44, 46, 52, 53, 55})
"""NAS, user, status, session, counters and event time: a record with the same ones is the same."""

_HEAD = Struct("!BBH")
_INTEGER = Struct("!I")
_NOTHING = bytes(16)


class Malformed(ValueError):
    """Not a packet of RFC 2866: never answered."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the door has to know about an Accounting-Request. Delay: seconds, as the packet says."""

    code: int
    natural: bytes
    status: int
    has_session: bool
    event_time: int | None
    delay: int
    proxy_states: bytes


def whole(data: bytes) -> bytes:
    """The packet without padding (RFC 2865 section 3); Malformed when octets are missing."""
    if len(data) < SIZE_MIN:
        raise Malformed("shorter than a header")
    size = (data[2] << 8) | data[3]
    if not SIZE_MIN <= size <= min(len(data), SIZE_MAX):
        raise Malformed("its length is not what it says")
    return data if size == len(data) else data[:size]


def ask(packet: bytes) -> Asked:
    """Walk the attributes once; Malformed when one does not fit."""
    at, end = SIZE_MIN, len(packet)
    natural, proxies = [], b""
    status = delay = 0
    event_time, has_session = None, False
    while at < end:
        kind = packet[at]
        size = packet[at + 1] if at + 1 < end else 0
        if size < 2 or at + size > end:
            raise Malformed("an attribute does not fit")
        if kind in _NATURAL:
            natural.append(packet[at : at + size])
            if kind == STATUS_TYPE:
                status = _integer(packet, at, size)
            elif kind == SESSION_ID:
                has_session = size > 2
            elif kind == EVENT_TIMESTAMP:
                event_time = _integer(packet, at, size)
        elif kind == PROXY_STATE:
            proxies += packet[at : at + size]
        elif kind == DELAY_TIME:
            delay = _integer(packet, at, size)
        at += size
    natural.sort()
    return Asked(
        packet[0], b"".join(natural), status, has_session, event_time, delay, proxies
    )  # fmt: skip


def is_authentic(packet: bytes, secret: bytes) -> bool:
    """Whether whoever sent it knows the secret: RFC 2866 section 3, Request Authenticator."""
    return md5(packet[:4] + _NOTHING + packet[20:] + secret).digest() == packet[4:20]


def answer(packet: bytes, proxy_states: bytes, secret: bytes) -> bytes:
    """The Accounting-Response; Proxy-State goes back as it came, in order."""
    head = _HEAD.pack(ACCOUNTING_RESPONSE, packet[1], SIZE_MIN + len(proxy_states))
    sealed = md5(head + packet[4:20] + proxy_states + secret).digest()
    return head + sealed + proxy_states


def _integer(packet: bytes, at: int, size: int) -> int:
    if size != 6:
        raise Malformed("a number that is not four octets long")
    return int(_INTEGER.unpack_from(packet, at + 2)[0])
