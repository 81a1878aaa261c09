"""What a mail says, once it is read: everything the desk will ever ask of it.

Frozen, plain values only. Nothing in here is trusted: who may do what follows from the
door a message came through and from tokens that carry our own signature, never from
what its headers claim.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Kind = Literal["message", "auto_reply", "bounce", "abuse_report", "maintenance", "loop"]
BounceClass = Literal["address", "mailbox", "policy", "temporary", "other"]
HeldReason = Literal[
    "program",  # runs when opened: executables, installers, shortcuts
    "script",  # a text that some interpreter runs
    "macro",  # an office document that carries a program
    "active_content",  # a page or drawing with script, a document with embedded objects
    "archive_hides",  # an archive with one of the above inside
    "archive_encrypted",  # an archive nobody can look into
    "archive_unreadable",  # an archive we cannot look into
    "archive_bomb",  # an archive that would not stop unpacking
    "disk_image",  # mounts when opened
]


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A person or a machine as a header names it."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class PartFound:
    """One attachment: what it is, never its bytes (`part_bytes(raw, path)` fetches those)."""

    name: str
    type: str
    size: int
    inline: bool
    content_id: str | None
    path: str
    sha256: str
    held: HeldReason | None
    original_name: str | None = None


@dataclass(frozen=True, slots=True)
class BounceReport:
    """What became of our mail to one recipient."""

    recipient: str
    bounce_class: BounceClass
    permanent: bool
    status: str | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class AbuseReport:
    """Somebody outside complains about one of our customers (ARF, X-ARF, XARF)."""

    form: Literal["arf", "xarf"]
    category: str
    source: str | None
    reporter: str | None
    happened_at: datetime | None
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MaintenanceNotice:
    """A carrier announces work (MAINTNOTE); free-form notices have no provider.

    `stamped_at`: when it was written, by its DTSTAMP.
    """

    provider: str
    account: str
    maintenance_id: str
    object_ids: tuple[str, ...]
    impact: str
    status: str
    starts_at: datetime | None
    ends_at: datetime | None
    summary: str
    sequence: int = 0
    stamped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CalendarFound:
    """A calendar entry in the mail."""

    path: str
    method: str
    summary: str
    uid: str


@dataclass(frozen=True, slots=True)
class HeaderFacts:
    """What the headers say about how the mail came and what it wants."""

    auto_submitted: str = ""
    precedence: str = ""
    return_path: str | None = None
    """The envelope sender the last server noted: "" is the null sender, None not noted."""
    sender: Mailbox | None = None
    delivered_to: tuple[str, ...] = ()
    received_count: int = 0
    received_from_us: int = 0
    is_list: bool = False
    is_bulk: bool = False
    asks_no_answer: bool = False
    """X-Auto-Response-Suppress names automatic answers."""
    desk: str | None = None
    """Our own X-Unbroken-Desk header, when the mail carries one."""


@dataclass(frozen=True, slots=True)
class AgentMark:
    """Our own mark on a notice to an agent: the ticket, whose notice, what it showed, when it left.

    `seen`: the ticket's version when the notice was written. `day`: days since 1970, UTC.
    """

    ticket: int
    agent: int
    seen: int
    day: int
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class LetterMark:
    """Our own mark on a letter: `w`, a crew's pass; `q`, news to many; `s`, the status page."""

    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Inbound:
    """One mail, read. An unreadable one has a `problem` in words; its raw bytes stay."""

    kind: Kind = "message"
    sender: Mailbox | None = None
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    reply_to: tuple[Mailbox, ...] = ()
    subject: str = ""
    sent_at: datetime | None = None
    message_id: str | None = None
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    text: str = ""
    """The whole text body, as people read it."""
    new_text: str = ""
    quoted_text: str = ""
    html_text: str = ""
    """The HTML body made safe to show: it runs nothing and loads nothing from outside."""
    is_forward: bool = False
    attachments: tuple[PartFound, ...] = ()
    calendars: tuple[CalendarFound, ...] = ()
    ticket: int | None = None
    """From our own signed token, else from a number in the subject, else inside a bounce."""
    tokens: tuple[int, ...] = ()
    """Tickets proven by our own token (Message-ID or address), most telling first."""
    agent_mark: AgentMark | None = None
    """The mark of the notice that this answers; it counts only from the agent's own address."""
    letter_mark: LetterMark | None = None
    """The mark of the letter that one word answers, and that this answers."""
    numbers_in_subject: tuple[int, ...] = ()
    numbers_in_body: tuple[int, ...] = ()
    numbers_in_bounce: tuple[int, ...] = ()
    bounced_message_ids: tuple[str, ...] = ()
    may_auto_answer: bool = True
    bounces: tuple[BounceReport, ...] = ()
    abuse: AbuseReport | None = None
    maintenance: tuple[MaintenanceNotice, ...] = ()
    language: str | None = None
    headers: HeaderFacts = field(default_factory=HeaderFacts)
    problem: str | None = None
    """What could not be read, in words fit for an agent."""
