"""A small SMTP server that asks for a password and may make the line private."""

import base64
import contextlib
import socketserver
import ssl
import threading
from collections.abc import Iterator
from typing import Any

USER, PASSWORD = "desk", "p@ss/word"


class SmallRelay(socketserver.ThreadingTCPServer):
    """`tls`: offer STARTTLS, or with `at_once` speak nothing else. `mails`: who was written to."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, tls: ssl.SSLContext | None = None, *, at_once: bool = False) -> None:
        self.tls, self.at_once = tls, at_once
        self.mails: list[list[str]] = []
        self.passwords_heard: list[str] = []
        super().__init__(("127.0.0.1", 0), _Session)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news here."""


class _Session(socketserver.StreamRequestHandler):
    server: SmallRelay

    def handle(self) -> None:
        if self.server.tls is not None and self.server.at_once:
            self._make_private(self.server.tls)
        self._is_known, self._to = False, list[str]()
        self._say("220 relay ESMTP")
        while line := self.rfile.readline().decode().strip():
            if not self._obey(*line.partition(" ")[::2]):
                return

    def finish(self) -> None:
        with contextlib.suppress(OSError):
            super().finish()
        self.request.close()

    def _obey(self, verb: str, rest: str) -> bool:
        match verb.upper():
            case "EHLO":
                offers = ["relay", "AUTH PLAIN", *(["STARTTLS"] if self._may_be_private() else [])]
                for offer in offers[:-1]:
                    self._say(f"250-{offer}")
                self._say(f"250 {offers[-1]}")
            case "STARTTLS" if self.server.tls is not None:
                self._say("220 go on")
                self._make_private(self.server.tls)
            case "AUTH":
                _, user, password = base64.b64decode(rest.split()[1]).decode().split("\0")
                self.server.passwords_heard.append(password)
                self._is_known = (user, password) == (USER, PASSWORD)
                self._say("235 welcome" if self._is_known else "535 who are you")
            case "MAIL" | "RCPT" if not self._is_known:
                self._say("530 say who you are")
            case "RCPT":
                self._to.append(rest.partition("<")[2].partition(">")[0])
                self._say("250 ok")
            case "DATA":
                self._say("354 go on")
                while self.rfile.readline() not in (b".\r\n", b""):
                    pass
                self.server.mails.append(self._to)
                self._say("250 taken")
            case "QUIT":
                self._say("221 goodbye")
                return False
            case _:
                self._say("250 ok")
        return True

    def _may_be_private(self) -> bool:
        is_private = isinstance(self.request, ssl.SSLSocket)
        return self.server.tls is not None and not is_private

    def _make_private(self, context: ssl.SSLContext) -> None:
        self.request = context.wrap_socket(self.request, server_side=True)
        self.setup()

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextlib.contextmanager
def serving(relay: SmallRelay) -> Iterator[SmallRelay]:
    """The relay at work, surely gone afterwards."""
    thread = threading.Thread(target=relay.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield relay
    finally:
        relay.shutdown()
        thread.join()
        relay.server_close()
