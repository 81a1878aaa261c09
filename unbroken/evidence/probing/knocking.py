"""A TCP connection that is closed at once, and a question to a name server, with their times."""

import os
import socket
import struct
import time
from collections.abc import Callable

SECONDS_MAX = 3.0
TRIES = 3


def connect(address: str, port: int) -> tuple[float, ...]:
    """How long each of a few connections took to be accepted, in milliseconds."""
    return _several(lambda: _connected(address, port))


def ask_names(address: str, port: int = 53) -> tuple[float, ...]:
    """How long a name server took to say who knows the root: any server that resolves knows."""
    return _several(lambda: _resolved(address, port))


def _several(try_once: Callable[[], bool]) -> tuple[float, ...]:
    times = []
    for _turn in range(TRIES):
        begun = time.monotonic()
        if try_once():
            times.append(round((time.monotonic() - begun) * 1000, 2))
    return tuple(times)


def _connected(address: str, port: int) -> bool:
    try:
        with socket.create_connection((address, port), timeout=SECONDS_MAX):
            return True
    except OSError:
        return False


def _resolved(address: str, port: int) -> bool:
    number = os.urandom(2)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as line:
            line.settimeout(SECONDS_MAX)
            line.connect((address, port))
            line.send(question(number))
            return is_answer(line.recv(4096), number)
    except OSError:
        return False


def question(number: bytes) -> bytes:
    """Who serves the root? RFC 1035 section 4.1, recursion desired."""
    return number + struct.pack("!HHHHH", 0x0100, 1, 0, 0, 0) + b"\0" + struct.pack("!HH", 2, 1)


def is_answer(data: bytes, number: bytes) -> bool:
    """Whether this answers it without an error. RFC 1035 section 4.1.1."""
    if len(data) < 12 or data[:2] != number:
        return False
    flags = int.from_bytes(data[2:4], "big")
    return bool(flags & 0x8000) and flags & 0x000F == 0
