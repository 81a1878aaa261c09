"""What comes in and goes out, as the API's own description tells it.

Answers are made by `tickets.queries`; the shapes here describe them. What comes in is
checked against them: an attribute that nobody knows is refused, never left aside.
"""

import base64
import binascii
from datetime import UTC, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field
from pydantic.alias_generators import to_camel

from unbroken.conversation.states import Level, Priority, Status, TicketType, WaitingFor
from unbroken.intake.asked import WebFile

NUMBER_MAX = 9_007_199_254_740_991
"""The largest whole number that every JSON reader keeps exactly."""

WORDS_MAX = 200_000
KEY_MAX = 200


def without_nul(text: str) -> str:
    """The one character that the database cannot keep, made visible."""
    return text.replace("\0", "\ufffd")


def not_blank(text: str) -> str:
    """Refuse what is nothing but blanks."""
    if not text.strip():
        raise ValueError("it is blank")
    return without_nul(text)


def in_utc(at: datetime) -> datetime:
    """The same instant in UTC: not every offset that can be written fits the database."""
    try:
        return at.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("it lies outside the calendar") from error


def is_base64(text: str) -> str:
    """Refuse what is not base64, before anything is kept."""
    try:
        base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("it is not base64") from error
    return text


Number = Annotated[int, Field(ge=1, le=NUMBER_MAX)]
Key = Annotated[str, Field(min_length=1, max_length=KEY_MAX), AfterValidator(without_nul)]
Line = Annotated[str, Field(max_length=300), AfterValidator(without_nul)]
Words = Annotated[str, Field(min_length=1, max_length=WORDS_MAX), AfterValidator(not_blank)]
Base64 = Annotated[str, Field(json_schema_extra={"format": "byte"}), AfterValidator(is_base64)]
MediaType = Annotated[str, Field(pattern=r"^[A-Za-z0-9.+-]{1,60}/[A-Za-z0-9.+-]{1,100}$")]
When = Annotated[AwareDatetime, AfterValidator(in_utc)]
Tag = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(without_nul)]
Language = Annotated[str, Field(pattern="^(en|ru|it)$")]


class Given(Schema):
    """What is sent to us: camel case, and nothing that we do not know."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)


class FileGiven(Given):
    """A file said along; `content` is base64."""

    name: Annotated[str, Field(min_length=1, max_length=255), AfterValidator(without_nul)]
    media_type: MediaType = "application/octet-stream"
    content: Base64

    def as_asked(self) -> WebFile:
        """As it is kept."""
        return WebFile(self.name, self.media_type, self.content)


class ContactGiven(Given):
    """Who asks: a contact we know by number, or what is known of somebody new."""

    id: Number | None = None
    name: Line = ""
    email: Annotated[str, Field(max_length=254), AfterValidator(without_nul)] = ""
    phone: Annotated[str, Field(max_length=60), AfterValidator(without_nul)] = ""


class CharacteristicGiven(Given):
    """A custom field by its short name, and what it is to hold; blank empties it."""

    name: Key
    value: Annotated[str, Field(max_length=2000), AfterValidator(without_nul)]


class TicketGiven(Given):
    """A request for us. `customer`, `service` and `category` are the provider's own keys."""

    description: Words
    name: Line = ""
    ticket_type: TicketType | None = None
    category: Key | None = None
    impact: Level = "medium"
    urgency: Level = "medium"
    external_id: Annotated[str, Field(max_length=KEY_MAX), AfterValidator(without_nul)] = ""
    customer: Key | None = None
    service: Key | None = None
    contact: ContactGiven | None = None
    language: Language = "en"
    receipt: bool = True
    characteristic: Annotated[list[CharacteristicGiven], Field(max_length=100)] = []
    files: Annotated[list[FileGiven], Field(max_length=20)] = []


class HandOverGiven(Given):
    """What goes along when a ticket changes hands: done, needed in one sentence, by when."""

    done: Annotated[str, Field(max_length=5000), AfterValidator(without_nul)]
    needed: Annotated[str, Field(max_length=300), AfterValidator(without_nul)]
    due: When
    facts: dict[Key, Annotated[str, Field(max_length=200), AfterValidator(without_nul)]] = {}
    language: Language = "en"


class TicketChange(Given):
    """What is to be different. What is left out stays as it is."""

    name: Words | None = None
    ticket_type: TicketType | None = None
    category: Key | None = None
    impact: Level | None = None
    urgency: Level | None = None
    service: Key | None = None
    tags: Annotated[list[Tag], Field(max_length=50)] | None = None
    characteristic: Annotated[list[CharacteristicGiven], Field(max_length=100)] | None = None
    group: Key | None = None
    assignee_id: Number | None = None
    hand_over: HandOverGiven | None = None
    status: Status | None = None
    waiting_for: WaitingFor | None = None
    pending_until: When | None = None
    status_change_reason: Line = ""


class ReplyGiven(Given):
    """An answer for the customer."""

    text: Words
    subject: Line = ""
    files: Annotated[list[FileGiven], Field(max_length=20)] = []


class NoteGiven(Given):
    """Something said among ourselves."""

    text: Words
    files: Annotated[list[FileGiven], Field(max_length=20)] = []


class MessageGiven(Given):
    """Something the customer said; `contactId` says who, else it is who reported it."""

    text: Words
    contact_id: Number | None = None
    files: Annotated[list[FileGiven], Field(max_length=20)] = []


class Told(Schema):
    """What we answer, in camel case."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class ErrorTold(Told):
    """Why something was not done: the status, a key for programs, a sentence for people."""

    status: int
    code: str
    reason: str


class PromiseTold(Told):
    """A promise that runs on a ticket."""

    key: str
    due: datetime | None
    state: str
    paused: bool


class ProgressTold(Told):
    """So many of so many."""

    done: int
    of: int
    unit: str


class LinkTold(Told):
    """One pair of hands that a ticket was in; what was handed over only where it was written."""

    group: str | None
    person: str | None
    since: datetime | None
    until: datetime | None
    kind: str | None = None
    state: str | None = None
    needed: str | None = None
    due: datetime | None = None
    done: str | None = None
    facts: dict[str, str] = {}
    progress: ProgressTold | None = None


class HappeningWords(Told):
    """What is happening: for colleagues, for the customer, and to be read aloud in 15 seconds."""

    agent: str
    customer: str
    phone: str


class CharacteristicTold(Told):
    """A custom field that holds something."""

    name: str
    value: str


class TicketTold(Told):
    """A ticket. Only its number and address are always told; `fields` chooses the rest."""

    number: int
    href: str
    external_id: str | None = None
    name: str | None = None
    ticket_type: TicketType | None = None
    status: Status | None = None
    waiting_for: str | None = None
    pending_until: datetime | None = None
    impact: Level | None = None
    urgency: Level | None = None
    priority: Priority | None = None
    channel: str | None = None
    category: str | None = None
    characteristic: list[CharacteristicTold] = []
    tags: list[str] = []
    language: str | None = None
    customer: str | None = None
    customer_id: int | None = None
    contact_id: int | None = None
    service: str | None = None
    service_id: int | None = None
    group: str | None = None
    assignee_id: int | None = None
    creation_date: datetime | None = None
    reported_date: datetime | None = None
    last_update: datetime | None = None
    resolution_date: datetime | None = None
    closed: datetime | None = None
    merged_into: int | None = None
    groups: list[str] = []
    handovers: int = 0
    returns: int = 0
    reopened: int = 0
    promises: list[PromiseTold] = []
    chain: list[LinkTold] = []
    happening: HappeningWords | None = None


class TicketsTold(Told):
    """A page of tickets, and the address of the next one."""

    tickets: list[TicketTold]
    next: str | None


class AddressTold(Told):
    """A name and an address; either may be empty."""

    name: str
    address: str


class AttachmentTold(Told):
    """A file said along; `held` says why it is fetched on purpose only."""

    id: int
    href: str
    name: str
    media_type: str
    size: int
    inline: bool
    held: str | None


class MessageTold(Told):
    """Something said on a ticket; `text` is null where the words were erased."""

    id: int
    href: str
    kind: str
    direction: str
    audience: str
    author: str
    channel: str
    at: datetime
    subject: str
    sender: AddressTold
    to: list[AddressTold]
    cc: list[AddressTold]
    text: str | None
    quoted: str | None
    withdrawn: datetime | None
    attachments: list[AttachmentTold]


class MessagesTold(Told):
    """A page of what was said, in order, and the address of the next one."""

    messages: list[MessageTold]
    next: str | None


class HappeningTold(Told):
    """One event of a ticket."""

    at: datetime
    by: str
    kind: str
    data: dict[str, Any]


class TimelineTold(Told):
    """Everything that happened to a ticket, in order."""

    timeline: list[HappeningTold]
