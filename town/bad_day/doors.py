"""What knocks at a desk's doors: a NAS, an access node, people with mail, a carrier."""

import json
import smtplib
import socket
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import md5
from struct import pack
from typing import Any, Final
from urllib.request import Request, urlopen

START, STOP, INTERIM = 1, 2, 3
CAUSES: Final = {
    "User-Request": 1, "Lost-Carrier": 2, "Lost-Service": 3, "Session-Timeout": 5,
    "Admin-Reset": 6, "NAS-Request": 10,
}  # fmt: skip
"""RFC 2866, section 5.10."""

USER_NAME, NAS_ADDRESS, STATUS, INPUT, OUTPUT, SESSION, SECONDS, CAUSE, EVENT_TIME = (
    1, 4, 40, 42, 43, 44, 46, 49, 55,
)  # fmt: skip
ANSWER_SECONDS, TRIES = 2.0, 5


def _attribute(kind: int, value: int | str | bytes) -> bytes:
    raw = pack("!I", value) if isinstance(value, int) else value
    raw = raw.encode() if isinstance(raw, str) else raw
    return bytes((kind, len(raw) + 2)) + raw


@dataclass
class Nas:
    """A NAS at an address of its own, which repeats a record until it is acknowledged."""

    address: str
    secret: bytes
    door: tuple[str, int]
    identifier: int = 0
    repeated: int = 0
    line: socket.socket = field(init=False)

    def __post_init__(self) -> None:
        self.line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.line.bind((self.address, 0))
        self.line.settimeout(ANSWER_SECONDS)

    def tell(
        self, status: int, user: str, session: str, *, at: datetime, seconds: int = 0,
        octets: tuple[int, int] = (0, 0), cause: str = "",
    ) -> None:  # fmt: skip
        """One accounting record; TimeoutError when nobody acknowledges it."""
        body = _attribute(STATUS, status) + _attribute(USER_NAME, user)
        body += _attribute(NAS_ADDRESS, socket.inet_aton(self.address))
        body += _attribute(SESSION, session) + _attribute(EVENT_TIME, int(at.timestamp()))
        if status != START:
            body += _attribute(SECONDS, max(0, seconds))
            body += _attribute(INPUT, octets[0] % 2**32) + _attribute(OUTPUT, octets[1] % 2**32)
        if status == STOP:
            body += _attribute(CAUSE, CAUSES.get(cause, CAUSES["Lost-Carrier"]))
        self.identifier = (self.identifier + 1) % 256
        head = pack("!BBH", 4, self.identifier, 20 + len(body))
        self._send(head + md5(head + bytes(16) + body + self.secret).digest() + body)

    def _send(self, packet: bytes) -> None:
        for _ in range(TRIES):
            self.line.sendto(packet, self.door)
            try:
                while self.line.recv(4096)[1] != packet[1]:
                    continue
            except TimeoutError:
                self.repeated += 1
            else:
                return
        raise TimeoutError(f"{self.address}: nobody acknowledges accounting")


@dataclass(frozen=True)
class Web:
    """The desk's HTTP door, for whoever has a token."""

    base: str
    token: str

    def post(self, path: str, lines: list[dict[str, Any]]) -> bytes:
        """Observations, a line each."""
        body = "\n".join(json.dumps(one) for one in lines).encode()
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/x-ndjson"}
        with urlopen(Request(self.base + path, body, headers), timeout=60) as answer:
            return bytes(answer.read())


@dataclass(frozen=True)
class Post:
    """Somebody else's mail server, which hands in by SMTP."""

    host: str
    port: int

    def send(
        self, sender: str, to: str, subject: str, text: str, *, at: datetime, calendar: str = ""
    ) -> None:
        """One mail; refused or unreachable is an error."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, to, subject
        mail["Date"] = format_datetime(at)
        mail["Message-ID"] = f"<{at.timestamp():.6f}.{sender}>"
        mail.set_content(text)
        if calendar:
            mail.add_attachment(
                calendar.encode(), maintype="text", subtype="calendar", filename="work.ics"
            )
        with smtplib.SMTP(self.host, self.port, timeout=60) as door:
            door.send_message(mail)
