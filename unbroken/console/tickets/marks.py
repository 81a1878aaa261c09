"""What colleagues marked in a message, as far as it still stands there."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from unbroken.conversation.state import plain
from unbroken.ground import time_words
from unbroken.ground.words import _, in_language

MARKED = _("Marked by {who}, {time}")


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage, from one character of the plain words up to another; who marked it, and when."""

    id: int
    start: int
    end: int
    passage: str
    who: str
    title: str


def marks_on(words: str | None, found: Any, at: datetime, zone: str) -> tuple[Mark, ...]:
    """The marks that fit the words of a message. `found`: JSON, read already or still text."""
    read = json.loads(found) if isinstance(found, str) else found
    if not read or not words:
        return ()
    text = plain(words)
    return tuple(
        _mark(one, text, at, zone)
        for one in read
        if one["end"] <= len(text) and text.startswith(one["quoted"], one["start"])
    )


def _mark(one: dict[str, Any], text: str, at: datetime, zone: str) -> Mark:
    time = time_words.when(datetime.fromisoformat(one["at"]), at, zone)
    title = in_language(MARKED, who=one["who"], time=time)
    passage = " ".join(text[one["start"] : one["end"]].split())
    return Mark(one["id"], one["start"], one["end"], passage, one["who"], title)
