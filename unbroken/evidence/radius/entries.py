"""How raw records lie in the table: all of one commit in one packed row, each as it came.

An entry is its arrival, where it came from, what it is, and its bytes.
"""

import ipaddress
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from struct import Struct

PACKET, DETAIL = 1, 2
LEVEL = 1
_ENTRY = Struct("!dBB16sI")
_PLAIN, _ZIPPED = b"\x00", b"\x01"
PLAIN_UPTO = 400
"""Smaller ones hardly shrink. Bytes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One raw record. Arrival: seconds since 1970. Source: an address, empty where a file tells."""

    arrived: float
    source: str
    kind: int
    data: bytes


def pack(entries: Iterable[Entry]) -> bytes:
    """All of them as one value for the table."""
    parts: list[bytes] = []
    for entry in entries:
        address = _packed(entry.source)
        parts += (
            _ENTRY.pack(entry.arrived, entry.kind, len(address), address, len(entry.data)),
            entry.data,
        )
    joined = b"".join(parts)
    if len(joined) <= PLAIN_UPTO:
        return _PLAIN + joined
    return _ZIPPED + zlib.compress(joined, LEVEL)


def unpack(packed: bytes) -> Iterator[Entry]:
    """What `pack` put together."""
    joined = packed[1:] if packed[:1] == _PLAIN else zlib.decompress(packed[1:])
    at = 0
    while at < len(joined):
        arrived, kind, width, address, size = _ENTRY.unpack_from(joined, at)
        at += _ENTRY.size
        source = _written(address[:width])
        yield Entry(arrived, source, kind, joined[at : at + size])
        at += size


@lru_cache(4096)
def _packed(source: str) -> bytes:
    return ipaddress.ip_address(source).packed if source else b""


@lru_cache(4096)
def _written(address: bytes) -> str:
    return str(ipaddress.ip_address(address)) if address else ""
