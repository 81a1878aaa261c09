"""Ping without a program and without privileges: an ICMP datagram socket. RFC 792, RFC 4443.

Linux lets a group of users have one (net.ipv4.ping_group_range); root has a raw one anyway.
"""

import contextlib
import os
import select
import socket
import struct
import time

COUNT = 20
EVERY_SECONDS = 0.1
LAST_SECONDS = 1.5
_BODY = b"unbroken asks"
_HEAD = struct.Struct("!BBHHH")


class MayNot(Exception):
    """This user may not ping on this machine."""


def ping(address: str, count: int = COUNT) -> tuple[float, ...]:
    """How long each answer took, in milliseconds; MayNot where no socket can be had."""
    is_six = ":" in address
    line, is_raw = _socket(is_six)
    with line:
        line.connect((address, 0))
        return _asked(line, count, is_six=is_six, is_raw=is_raw)


def _socket(is_six: bool) -> tuple[socket.socket, bool]:
    family = socket.AF_INET6 if is_six else socket.AF_INET
    protocol = socket.IPPROTO_ICMPV6 if is_six else socket.IPPROTO_ICMP
    for kind in (socket.SOCK_DGRAM, socket.SOCK_RAW):
        try:
            return socket.socket(family, kind, protocol), kind == socket.SOCK_RAW
        except OSError:
            continue
    raise MayNot


def _asked(line: socket.socket, count: int, *, is_six: bool, is_raw: bool) -> tuple[float, ...]:
    number = int.from_bytes(os.urandom(2), "big")
    sent: dict[int, float] = {}
    took: dict[int, float] = {}
    begun = time.monotonic()
    until = begun + count * EVERY_SECONDS + LAST_SECONDS
    while time.monotonic() < until and len(took) < count:
        turn = len(sent)
        if turn < count and time.monotonic() >= begun + turn * EVERY_SECONDS:
            sent[turn] = time.monotonic()
            with contextlib.suppress(OSError):  # no way there: it counts as lost
                line.send(echo(number, turn, is_six=is_six))
        if not select.select([line], [], [], EVERY_SECONDS / 4)[0]:
            continue
        try:
            data = line.recv(2048)
        except OSError:
            continue  # somebody on the way refused
        heard = answered(data, number if is_raw else None, is_six=is_six)
        if heard in sent and heard not in took:
            took[heard] = (time.monotonic() - sent[heard]) * 1000
    return tuple(round(took[turn], 2) for turn in sorted(took))


def echo(number: int, turn: int, *, is_six: bool) -> bytes:
    """An echo request. The kernel counts the sum of version 6 itself."""
    kind = 128 if is_six else 8
    whole = _HEAD.pack(kind, 0, 0, number, turn) + _BODY
    return _HEAD.pack(kind, 0, checksum(whole), number, turn) + _BODY


def answered(data: bytes, number: int | None, *, is_six: bool) -> int | None:
    """Which of ours this answers; None for anything else. `number`: ours, where all are heard."""
    if number is not None and not is_six:  # a raw socket hands over the IP header too
        data = data[(data[0] & 0x0F) * 4 :] if data else b""
    if len(data) < _HEAD.size:
        return None
    kind, _code, _sum, of, turn = _HEAD.unpack_from(data)
    if kind != (129 if is_six else 0) or (number is not None and of != number):
        return None
    return int(turn)


def checksum(data: bytes) -> int:
    """The ones' complement sum of RFC 1071."""
    data += b"\0" * (len(data) % 2)
    total: int = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF
