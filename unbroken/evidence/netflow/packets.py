"""Flows out of export packets: NetFlow v5, v9 (RFC 3954) and IPFIX (RFC 7011).

v9 and IPFIX say first what their records look like. Those templates come late, are lost or change:
what cannot be read yet waits a while, everything is bounded, and what nobody explains is counted.
"""

import ipaddress
import struct
from collections import Counter, OrderedDict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field

TEMPLATES_MAX, FIELDS_MAX = 4_000, 200
WAITING_MAX, WAITING_BYTES_MAX = 200, 2_000_000
WAITING_SECONDS = 600.0
RECORDS_MAX = 5_000

_V5_HEAD = struct.Struct("!HHIIIIBBH")
_V5 = struct.Struct("!4s4s4sHHIIIIHHBBBBHHBBH")
_OCTETS, _PACKETS, _FROM_PORT, _TO_PORT = 1, 2, 7, 11
_ADDRESSES = {8: "source", 12: "target", 27: "source", 28: "target"}
_VARIABLE, _ENTERPRISE = 0xFFFF, 0x8000

Place = tuple[str, int, int]
"""Who exports, its domain, the number of the template."""


class NotFlows(ValueError):
    """Not an export packet that we can read."""


@dataclass(frozen=True, slots=True)
class Flow:
    """What went from one address to another."""

    source: str
    target: str
    octets: int
    packets: int
    from_port: int
    to_port: int


@dataclass(slots=True)
class Reader:
    """Reads packets of many exporters; remembers their templates."""

    templates: OrderedDict[Place, tuple[tuple[int, int], ...]] = field(default_factory=OrderedDict)
    waiting: deque[tuple[float, Place, bytes]] = field(default_factory=deque)
    counted: Counter[str] = field(default_factory=Counter)

    def read(self, data: bytes, exporter: str, at: float) -> list[Flow]:
        """The flows of a packet, and those that waited for a template in it. `at`: seconds."""
        version = int.from_bytes(data[:2], "big")
        if version == 5:
            return list(_read_v5(data))
        if version not in (9, 10):
            raise NotFlows("no version we know")
        head = 20 if version == 9 else 16
        if len(data) < head:
            raise NotFlows("cut off")
        if version == 10:
            data = data[: int.from_bytes(data[2:4], "big")]
        domain = int.from_bytes(data[head - 4 : head], "big")
        return list(self._sets(data[head:], exporter, domain, version, at))

    def _sets(
        self, data: bytes, exporter: str, domain: int, version: int, at: float
    ) -> Iterator[Flow]:
        templates = 0 if version == 9 else 2
        while len(data) >= 4:
            kind, size = struct.unpack_from("!HH", data)
            if not 4 <= size <= len(data):
                raise NotFlows("a set that is longer than its packet")
            body, data = data[4:size], data[size:]
            if kind == templates:
                for number in self._learn(body, exporter, domain, version):
                    yield from self._of_waiting((exporter, domain, number), at)
            elif kind >= 256:
                place = (exporter, domain, kind)
                if place in self.templates:
                    yield from self._records(place, body)
                else:
                    self._put_aside(place, body, at)

    def _learn(self, body: bytes, exporter: str, domain: int, version: int) -> Iterator[int]:
        while len(body) >= 4:
            number, count = struct.unpack_from("!HH", body)
            body = body[4:]
            if number < 256 or count > FIELDS_MAX:
                return
            fields = []
            for _ in range(count):
                if len(body) < 4:
                    raise NotFlows("a template that is cut off")
                kind, size = struct.unpack_from("!HH", body)
                body = body[4:]
                if version == 10 and kind & _ENTERPRISE:
                    body, kind = body[4:], 0
                fields.append((kind, size))
            place = (exporter, domain, number)
            self.templates.pop(place, None)
            if fields and sum(size for _, size in fields):
                self.templates[place] = tuple(fields)
                yield number
            if len(self.templates) > TEMPLATES_MAX:
                self.templates.popitem(last=False)

    def _put_aside(self, place: Place, body: bytes, at: float) -> None:
        self.waiting.append((at, place, body))
        size = sum(len(body) for _, _, body in self.waiting)
        while self.waiting and (
            len(self.waiting) > WAITING_MAX
            or size > WAITING_BYTES_MAX
            or self.waiting[0][0] < at - WAITING_SECONDS
        ):
            size -= len(self.waiting.popleft()[2])
            self.counted["no_template"] += 1

    def _of_waiting(self, place: Place, at: float) -> Iterator[Flow]:
        others: deque[tuple[float, Place, bytes]] = deque()
        bodies = []
        for one in self.waiting:
            if one[1] == place:
                bodies.append(one[2])
            else:
                others.append(one)
        self.waiting = others
        for body in bodies:
            yield from self._records(place, body)

    def _records(self, place: Place, body: bytes) -> Iterator[Flow]:
        fields = self.templates[place]
        self.templates.move_to_end(place)
        for _ in range(RECORDS_MAX):
            found: dict[int, bytes] = {}
            at = 0
            for kind, size in fields:
                if size == _VARIABLE:
                    if at >= len(body):
                        return
                    size, at = body[at], at + 1
                    if size == 255:
                        size, at = int.from_bytes(body[at : at + 2], "big"), at + 2
                if at + size > len(body):
                    return  # padding, or cut off
                found[kind] = body[at : at + size]
                at += size
            body = body[at:]
            if (flow := _flow(found)) is not None:
                yield flow
            if not at:
                return


def _flow(found: dict[int, bytes]) -> Flow | None:
    ends: dict[str, str] = {}
    for kind, side in _ADDRESSES.items():
        raw = found.get(kind)
        if raw is not None and len(raw) in (4, 16) and any(raw):
            ends[side] = str(ipaddress.ip_address(raw))
    if len(ends) < 2:
        return None

    def number(kind: int) -> int:
        return min(int.from_bytes(found.get(kind, b"")[:8], "big"), 2**62)

    return Flow(
        ends["source"], ends["target"], number(_OCTETS), number(_PACKETS), number(_FROM_PORT),
        number(_TO_PORT),
    )  # fmt: skip


def _read_v5(data: bytes) -> Iterator[Flow]:
    if len(data) < _V5_HEAD.size:
        raise NotFlows("cut off")
    _version, count, *_times, _engine, _slot, sampling = _V5_HEAD.unpack_from(data)
    if count > 30 or len(data) < _V5_HEAD.size + count * _V5.size:
        raise NotFlows("fewer records than it says")
    one_of = max(sampling & 0x3FFF, 1)
    for place in range(count):
        (source, target, _next, _in, _out, packets, octets, _first, _last, from_port, to_port,
         *_rest) = _V5.unpack_from(data, _V5_HEAD.size + place * _V5.size)  # fmt: skip
        yield Flow(
            str(ipaddress.ip_address(source)), str(ipaddress.ip_address(target)),
            octets * one_of, packets * one_of, from_port, to_port,
        )  # fmt: skip
