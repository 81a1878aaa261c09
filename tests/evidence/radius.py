"""A NAS as the tests speak for it: packets as they are on the wire, records as they are meant."""

import socket
from datetime import UTC, datetime, timedelta
from hashlib import md5
from struct import pack

from unbroken.evidence.radius.records import INTERIM, ON, START, STOP, Record

SECRET = b"s3cret"
MORNING = datetime(2026, 5, 24, 6, 0, tzinfo=UTC)


def attribute(kind: int, value: int | str | bytes) -> bytes:
    """One attribute: a number of four octets, a text, or octets."""
    raw = pack("!I", value) if isinstance(value, int) else value
    raw = raw.encode() if isinstance(raw, str) else raw
    return bytes((kind, len(raw) + 2)) + raw


def vendor(number: int, kind: int, value: int | str) -> bytes:
    """An attribute of a vendor."""
    return attribute(26, pack("!I", number) + attribute(kind, value))


def packet(body: bytes, *, identifier: int = 1, secret: bytes = SECRET, code: int = 4) -> bytes:
    """A signed request."""
    head = pack("!BBH", code, identifier, 20 + len(body))
    return head + md5(head + bytes(16) + body + secret).digest() + body


def accounting(
    status: int, session: str = "s-1", *, at: datetime | None = MORNING, more: bytes = b""
) -> bytes:
    """The attributes of an accounting request of Anneke's line."""
    body = attribute(40, status) + attribute(1, "anneke@isp") + attribute(4, b"\xc0\x00\x02\x0a")
    body += attribute(44, session) if session else b""
    body += attribute(55, int(at.timestamp())) if at else b""
    return body + more


def is_answer(data: bytes, request: bytes, secret: bytes = SECRET) -> bool:
    """Whether this is the Accounting-Response to that request."""
    sealed = md5(data[:4] + request[4:20] + data[20:] + secret).digest()
    return data[0] == 5 and data[1] == request[1] and data[4:20] == sealed


def free_udp_port() -> int:
    """A port that nobody uses at the moment."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def said(
    status: int, minute: float, *, session: str = "s-1", user: str = "anneke@isp", **more: object
) -> Record:
    """A record of a NAS so many minutes after six in the morning; it arrives a second later."""
    at = MORNING + timedelta(minutes=minute)
    arrived_at = more.pop("arrived_at", at + timedelta(seconds=1))
    about_nas = status == ON
    return Record(
        nas="nas-1",
        status=status,
        session="" if about_nas else session,
        user="" if about_nas else user,
        at=at,
        arrived_at=arrived_at,  # type: ignore[arg-type]
        **more,  # type: ignore[arg-type]
    )


__all__ = ["INTERIM", "MORNING", "ON", "SECRET", "START", "STOP", "said"]
