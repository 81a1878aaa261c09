"""Sockets that wait for the network: wide ones, and patience where another program listens."""

import contextlib
import logging
import socket
from collections.abc import Callable
from typing import TypeVar

from unbroken.ground.loops import Stop

log = logging.getLogger(__name__)

AGAIN_SECONDS = 5.0
SO_RCVBUFFORCE = 33
"""Linux: the administrator may have a wider buffer than others."""

T = TypeVar("T")


def family_of(host: str) -> int:
    """IPv6 for an address with colons."""
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def widen(line: socket.socket, size: int) -> None:
    """Let the kernel keep so many bytes for us, or as many as it allows."""
    for option in (SO_RCVBUFFORCE, socket.SO_RCVBUF):
        with contextlib.suppress(OSError):
            line.setsockopt(socket.SOL_SOCKET, option, size)
            return


def patiently(listen: Callable[[], T], where: str, stop: Stop) -> T | None:
    """What listens there, as soon as it can; None when told to stop before."""
    has_told = False
    while not stop.is_asked:
        try:
            return listen()
        except OSError as error:
            if not has_told:
                log.error("nothing can listen at %s (%s); trying again and again", where, error)
            has_told = True
            stop.pause(AGAIN_SECONDS)
    return None
