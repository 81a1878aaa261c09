"""Something on its way out, as a channel needs it; and how handing it over can fail."""

import re
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
    """One message, ready to leave. `message_id` is the same at every attempt, without <>.

    `unsubscribe`: where one press spares its only reader more of it (RFC 8058); empty: nowhere.
    `returns_to`: where it comes back to when it finds nobody; empty: to the sender, and what is
    automatic nowhere (RFC 3834).
    """

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
    unsubscribe: str = ""
    returns_to: str = ""


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

    @property
    def is_no_such_mailbox(self) -> bool:
        """Whether the address is at fault: not a full mailbox, nor what the other side thinks of
        us (RFC 3463: x.1 speaks of addresses, x.2 of mailboxes, x.7 of policies)."""
        known = re.search(r"\b5\.(\d{1,3})\.(\d{1,3})\b", self.text)
        if known is None:
            return self.code in (550, 551, 553)
        return known[1] == "1" or known.groups() == ("2", "1")


class TemporaryFailure(Exception):
    """Not now; try again later. The text is a key ("smtp.451"), not a sentence."""


class PermanentFailure(Exception):
    """Never; trying again is pointless. `refused`: whom the next server would not take."""

    def __init__(self, text: str, refused: tuple[Refusal, ...] = ()) -> None:
        super().__init__(text)
        self.refused = refused
