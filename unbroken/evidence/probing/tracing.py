"""The way to an address: packets that live for one more step each, and who says they died.

Linux hands an unprivileged socket the errors that its packets met (IP_RECVERR).
"""

import select
import socket
import struct
import time

STEPS_MAX = 20
STEP_SECONDS = 0.7
SILENT_MAX = 4
_PORT = 33_434
_RECVERR, _RECVERR6 = 11, 25
_ERROR = struct.Struct("=IBBBBII")


def trace(address: str) -> tuple[tuple[str, ...], bool]:
    """Who stands on the way, "" for whoever does not say, and whether the end was reached."""
    is_six = ":" in address
    hops: list[str] = []
    for step in range(1, STEPS_MAX + 1):
        hop, is_end = _step(address, step, is_six=is_six)
        hops.append(hop)
        if is_end:
            return tuple(hops), True
        if len(hops) >= SILENT_MAX and not any(hops[-SILENT_MAX:]):
            break
    while hops and not hops[-1]:
        hops.pop()
    return tuple(hops), False


def _step(address: str, step: int, *, is_six: bool) -> tuple[str, bool]:
    family = socket.AF_INET6 if is_six else socket.AF_INET
    level = socket.IPPROTO_IPV6 if is_six else socket.IPPROTO_IP
    with socket.socket(family, socket.SOCK_DGRAM) as line:
        line.setblocking(False)
        line.setsockopt(level, _RECVERR6 if is_six else _RECVERR, 1)
        line.setsockopt(level, socket.IPV6_UNICAST_HOPS if is_six else socket.IP_TTL, step)
        try:
            line.connect((address, _PORT + step))
            line.send(b"unbroken asks")
        except OSError:
            return "", False
        until = time.monotonic() + STEP_SECONDS
        while (left := until - time.monotonic()) > 0:
            select.select([], [], [line], left)
            try:
                _data, told, _flags, _peer = line.recvmsg(512, 512, socket.MSG_ERRQUEUE)
            except OSError:
                time.sleep(0.02)
                continue
            for _level, _kind, raw in told:
                if found := offender(raw):
                    return found
        return "", False


def offender(raw: bytes) -> tuple[str, bool] | None:
    """Who sent the error, and whether it came from the end (nobody listens there). Pure."""
    if len(raw) < _ERROR.size + 4:
        return None
    _number, origin, kind, code, _pad, _info, _data = _ERROR.unpack_from(raw)
    family = int.from_bytes(raw[_ERROR.size : _ERROR.size + 2], "little")
    if origin == 2 and family == socket.AF_INET and len(raw) >= _ERROR.size + 8:
        address = socket.inet_ntop(socket.AF_INET, raw[_ERROR.size + 4 : _ERROR.size + 8])
        return address, (kind, code) == (3, 3)
    if origin == 3 and family == socket.AF_INET6 and len(raw) >= _ERROR.size + 24:
        address = socket.inet_ntop(socket.AF_INET6, raw[_ERROR.size + 8 : _ERROR.size + 24])
        return address, (kind, code) == (1, 4)
    return None
