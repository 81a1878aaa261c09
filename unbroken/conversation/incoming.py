"""What is handed to the record: a message as read, ready to be kept. Frozen values, no tables."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from unbroken.ground.actor import Actor

Audience = Literal["customer", "agents"]
Address = tuple[str, str]
"""A name and an address; either may be empty."""


@dataclass(frozen=True)
class FileIn:
    """A file said along: a part of a raw mail (`intake_id`, `part`) or bytes of its own."""

    name: str
    media_type: str
    size: int
    sha256: bytes
    original_name: str = ""
    inline: bool = False
    content_id: str = ""
    held: str = ""
    part: str = ""
    data: bytes | None = None


@dataclass(frozen=True)
class Incoming:
    """One message from outside, whatever the medium."""

    author: Actor
    channel: str
    words: str
    at: datetime
    audience: Audience = "customer"
    kind: str = "message"
    quoted: str = ""
    subject: str = ""
    sender: Address = ("", "")
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    message_id: str = ""
    intake_id: int | None = None
    sha256: bytes | None = None
    files: tuple[FileIn, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class Opening:
    """What is known when a request gets its number. Customer and service may be unknown."""

    name: str
    channel: str
    reported_at: datetime
    ticket_type: str = "request"
    language: str = "en"
    mailbox: str = ""
    contact_id: int | None = None
    contact_confirmed: bool = False
    customer_id: int | None = None
    service_id: int | None = None
    topic_id: int | None = None
    impact: str = "medium"
    urgency: str = "medium"
    external_id: str = ""
    may_answer: bool = True
    also: tuple[tuple[int, str, bool], ...] = ()
    """Others who take part from the start: contact id, role ("cc", "third"), confirmed."""


@dataclass(frozen=True)
class ReplyTo:
    """Where an answer goes: by which channel, to whom, with whose copy."""

    channel: str
    to: tuple[Address, ...]
    cc: tuple[Address, ...] = ()
    contact_id: int | None = None
