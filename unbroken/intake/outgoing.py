"""Something on its way out, as a channel needs it; and how handing it over can fail."""

from dataclasses import dataclass
from datetime import datetime

Address = tuple[str, str]


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """A file sent along."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message, ready to leave. `message_id` is the same at every attempt, without <>."""

    message_id: str
    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    text: str
    html: str
    at: datetime
    language: str = "en"
    reply_to: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    is_automatic: bool = False
    files: tuple[OutgoingFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """One recipient whom the next server would not take, although it took the others."""

    address: str
    code: int
    text: str

    @property
    def is_permanent(self) -> bool:
        """Whether trying again is pointless."""
        return self.code >= 500


class TemporaryFailure(Exception):
    """Not now; try again later. The text is a key ("smtp.451"), not a sentence."""


class PermanentFailure(Exception):
    """Never; trying again is pointless."""
