"""What was said on a ticket, message by message; what happened between stands in `happened.py`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from unbroken.console.files import PDF, PICTURES, TEXTS
from unbroken.console.tickets import labels
from unbroken.console.tickets.marks import Mark
from unbroken.console.tickets.named import nameless
from unbroken.conversation.actions.reply import LEAVES, NOTE_WITHDRAWN_WITHIN, UNDO
from unbroken.ground.words import in_language


@dataclass(frozen=True, slots=True)
class File:
    """Something that came along or was sent along."""

    id: int
    name: str
    size: int
    media_type: str
    held: str

    @property
    def look(self) -> str:
        """How it can be looked at on the page: "picture", "text", "page", or not at all."""
        if self.held:
            return ""
        if self.media_type == PDF:
            return "page"
        return "picture" if self.media_type in PICTURES else "text" * (self.media_type in TEXTS)

    @property
    def warning(self) -> str:
        """Why it opens only on purpose."""
        phrase = labels.HELD_FILES.get(self.held)
        return in_language(phrase) if phrase else self.held


@dataclass(frozen=True, slots=True)
class Sending:
    """How far a message has come on its way out."""

    state: str
    sent_at: datetime | None
    error: str
    attempts: int


@dataclass(frozen=True, slots=True)
class SaidRow:
    """One message as the query gives it."""

    id: int
    ticket_id: int
    version: int
    kind: str
    direction: str
    audience: str
    author: str
    channel: str
    at: datetime
    subject: str
    from_name: str
    from_address: str
    to: Sequence[Sequence[str]]
    cc: Sequence[Sequence[str]]
    intake_id: int | None
    withdrawn_at: datetime | None
    problem: str
    has_words: bool
    words: str | None
    quoted: str | None
    files: Any
    sendings: Any
    marks: Any


@dataclass(frozen=True, slots=True)
class Entry:
    """A message in the story. `look`: in, out, receipt, note, machine."""

    id: int
    ticket_id: int
    at: datetime
    look: str
    kind: str
    who: str
    address: str
    is_me: bool
    channel: str
    subject: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    words: str
    quoted: str
    is_erased: bool
    is_withdrawn: bool
    is_new: bool
    has_source: bool
    problem: str
    files: tuple[File, ...]
    sendings: tuple[Sending, ...]
    undo_until: datetime | None = None
    drafted_by: str = ""
    in_languages: tuple[tuple[str, str], ...] = ()
    """What those below were told instead: a language as the reader calls it, and the words."""
    marks: tuple[Mark, ...] = ()
    may_take_note_back: bool = False
    is_message: bool = True


def entry(
    row: SaidRow, *, people: Mapping[str, str], me: str, read_version: int, at: datetime
) -> Entry:
    """One message, ready to be shown."""
    is_ours = row.author.startswith("agent:")
    sendings = tuple(_sending(sending) for sending in _list(row.sendings))
    return Entry(
        id=row.id,
        ticket_id=row.ticket_id,
        at=row.at,
        look=_look(row),
        kind=row.kind,
        who=people.get(row.author) or row.from_name or row.from_address or nameless(row.author),
        address="" if is_ours else row.from_address,
        is_me=row.author == me,
        channel=row.channel,
        subject=row.subject,
        to=tuple(_address(one) for one in _list(row.to)),
        cc=tuple(_address(one) for one in _list(row.cc)),
        words=row.words or "",
        quoted=row.quoted or "",
        is_erased=row.has_words and row.words is None,
        is_withdrawn=row.withdrawn_at is not None,
        is_new=row.author != me and row.direction == "in" and row.version > read_version,
        has_source=row.intake_id is not None,
        problem=row.problem,
        files=tuple(_file(file) for file in _list(row.files)),
        sendings=sendings,
        undo_until=_undo_until(row, sendings, at) if row.author == me else None,
        may_take_note_back=(row.author, row.kind, row.withdrawn_at) == (me, "note", None)
        and at - row.at <= NOTE_WITHDRAWN_WITHIN,
    )


def last_in_copy(said: Sequence[SaidRow]) -> list[tuple[str, str]]:
    """Who else was addressed by the customer's last message and our last answer.

    `said`: the latest first.
    """
    found: list[tuple[str, str]] = []
    for direction in ("in", "out"):
        last = next(
            (
                one
                for one in said
                if one.direction == direction
                and (one.kind, one.audience) == ("message", "customer")
                and one.withdrawn_at is None
            ),
            None,
        )
        if last is not None:
            to = _list(last.to)[1:]  # the first is who it was written to: we, or the customer
            found += [(str(pair[0]), str(pair[1])) for pair in (*to, *_list(last.cc))]
    return found


def _undo_until(row: SaidRow, sendings: Sequence[Sending], at: datetime) -> datetime | None:
    """Until when whoever sent it may take it back; None once it has left."""
    if row.direction != "out" or row.kind not in LEAVES or row.withdrawn_at is not None:
        return None
    if any(one.state != "waiting" for one in sendings):
        return None
    until = row.at + UNDO
    return until if at < until else None


def _look(row: SaidRow) -> str:
    if row.kind == "forward":
        return "forward"
    if row.audience == "agents" and row.author.startswith("agent:"):
        return "note"
    if row.direction == "out":
        return "receipt" if row.kind == "receipt" else "out"
    return "in" if row.kind == "message" else "machine"


def _address(pair: Sequence[str]) -> str:
    name, address = [*pair, "", ""][:2]
    return f"{name} <{address}>" if name and address else name or address


def _file(data: Mapping[str, Any]) -> File:
    return File(data["id"], data["name"], data["size"], data["media_type"], data["held"])


def _sending(data: Mapping[str, Any]) -> Sending:
    return Sending(
        data["state"],
        _instant(data["sent_at"]),
        data["error"],
        data["attempts"],
    )


def _list(value: Any) -> list[Any]:
    """JSON as the driver gives it: read already, or still text."""
    read = json.loads(value) if isinstance(value, str) else value
    return read or []


def _instant(value: object) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None
