"""A ticket just before something is written on it: where it stands, and what came meanwhile.

News are what people said since the writer last read: never their own words, never machines'.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from unbroken.ground.sql import row

LETTERS_MAX = 600
"""How much of a message is news; the rest stands in the story."""


@dataclass(frozen=True, slots=True)
class SaidMeanwhile:
    """One message; `author` is an actor, `name` and `address` what a mail said of its sender."""

    author: str
    name: str
    address: str
    at: datetime
    words: str
    message_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class BeforeWriting:
    """The ticket as it is now."""

    id: int
    name: str
    status: str
    version: int
    team_id: int | None
    assignee_id: int | None
    mailbox: str
    merged_into: int | None
    said: Any

    @property
    def meanwhile(self) -> tuple[SaidMeanwhile, ...]:
        """What the writer has not had before their eyes, the oldest first."""
        return said_meanwhile(self.said)


def said_meanwhile(said: Any) -> tuple[SaidMeanwhile, ...]:
    """Rows of author, name, address, time, words, message and kind, as a query gives them."""
    read = json.loads(said) if isinstance(said, str) else said
    return tuple(
        SaidMeanwhile(author, name, address, datetime.fromisoformat(at), words or "", id_, kind)
        for author, name, address, at, words, id_, kind in read
    )


def before_writing(
    number: int, *, seen: int | None, sight: dict[str, Any], letters: int = LETTERS_MAX
) -> BeforeWriting | None:
    """None when there is no such ticket within this sight; `seen` None: nothing is news."""
    query = "conversation/queries/before_writing.sql"
    return row(BeforeWriting, query, number=number, seen=seen, letters=letters, **sight)
