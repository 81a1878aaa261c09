"""Real mail doors on free ports, and a client that speaks to them line by line."""

import contextlib
import dataclasses
import socket
import threading
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import connection

from unbroken.ground.loops import Stop
from unbroken.house.addresses import Address
from unbroken.intake.doors import mail


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def open_doors(house_settings: Any, **changed: Any) -> Iterator[tuple[int, int]]:
    """The LMTP and the SMTP port, as long as the block lasts."""
    lmtp, smtp = free_port(), free_port()
    house_settings.UNBROKEN = dataclasses.replace(
        settings.UNBROKEN,
        lmtp=Address("127.0.0.1", lmtp),
        smtp=Address("127.0.0.1", smtp),
        **changed,
    )
    stop = Stop()
    thread = threading.Thread(target=mail.main, args=(stop,))
    thread.start()
    try:
        for port in (lmtp, smtp):
            _wait_for(port)
        yield lmtp, smtp
    finally:
        stop.ask()
        thread.join(120)
        connection.close()
    assert not thread.is_alive()


def _wait_for(port: int) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=60).close()
            return
        threading.Event().wait(0.05)
    raise AssertionError(f"nothing listens at {port}")


class Client:
    """Says lines, gives back codes."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=120)
        self.file = self.socket.makefile("rb")
        self.hello = self.reply()

    def reply(self) -> bytes:
        while True:
            line = self.file.readline()
            if line[3:4] != b"-":
                return line

    def say(self, line: bytes) -> bytes:
        self.socket.sendall(line + b"\r\n")
        return self.reply()

    def send(self, raw: bytes, *recipients: bytes, sender: bytes = b"anneke@home.example") -> bytes:
        """A whole mail; the last reply. Dots at the beginning of lines are the caller's."""
        self.say(b"MAIL FROM:<" + sender + b">")
        for recipient in recipients:
            self.say(b"RCPT TO:<" + recipient + b">")
        self.say(b"DATA")
        return self.say(raw + b".")

    def close(self) -> None:
        self.file.close()
        self.socket.close()
