"""Everything a person gave us or was told, as one ZIP: JSON to be read by machines, and the mails
and files as they came.

Nobody else's words are in it: no notes, no third parties, no agent's name.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from unbroken.console.files import Kept, bytes_of
from unbroken.conversation import queries as record
from unbroken.directory import queries as directory
from unbroken.directory.ids import ContactId
from unbroken.ground.actor import Actor
from unbroken.ground.sql import row, rows
from unbroken.ground.words import _, in_language

QUERIES = "console/privacy/queries"
BYTES_MAX = 200 * 1024 * 1024
README = _(
    "What the support desk keeps about you. person.json: who you are. requests.json: what you "
    "asked, and what you were answered. mails/: your mails as they came. files/: what you sent."
)


class TooLarge(Exception):
    """More than one file should hold."""


@dataclass(frozen=True, slots=True)
class _Ticket:
    number: int
    subject: str
    kind: str
    status: str
    channel: str
    reported_at: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Message:
    id: int
    request: int
    at: datetime
    channel: str
    is_theirs: bool
    subject: str
    words: str | None
    intake_id: int | None


@dataclass(frozen=True, slots=True)
class _File:
    id: int
    request: int
    message: int
    name: str


def as_zip(contact_id: int, *, at: datetime) -> bytes:
    """The whole of it; TooLarge when it is."""
    out, size = io.BytesIO(), 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in _parts(contact_id, at=at):
            size += len(data)
            if size > BYTES_MAX:
                raise TooLarge
            packed.writestr(name, data)
    return out.getvalue()


def known_as(contact_id: int) -> dict[str, Any]:
    """The person with all entries that turned out to be them, as the queries take it."""
    ids = [contact_id, *map(int, directory.merged_into(ContactId(contact_id)))]
    return {"contacts": ids, "whose": [str(Actor.contact(one)) for one in ids]}


def _parts(contact_id: int, *, at: datetime) -> Iterator[tuple[str, bytes]]:
    card = directory.contact(ContactId(contact_id))
    assert card is not None, "asked for by somebody who saw them"
    them = known_as(contact_id)
    tickets = rows(_Ticket, f"{QUERIES}/own_tickets.sql", **them)
    messages = rows(_Message, f"{QUERIES}/own_messages.sql", **them)
    theirs = [one for one in messages if one.is_theirs]
    files = rows(_File, f"{QUERIES}/own_files.sql", messages=[one.id for one in theirs])
    yield "README.txt", in_language(README, card.language or "en").encode()
    yield "person.json", _json({"made_at": at, **_person(card)})
    yield (
        "requests.json",
        _json(
            {
                "requests": [asdict(one) for one in tickets],
                "messages": [_said(one) for one in messages],
                "files": [asdict(one) | {"path": _path(one)} for one in files],
            }
        ),
    )
    for mail in dict.fromkeys(one.intake_id for one in theirs if one.intake_id):
        kept = row(Kept, "console/queries/raw_mail.sql", intake=mail)
        if kept is not None and kept.raw is not None:
            ending = "eml" if kept.channel == "mail" else "json"
            yield f"mails/{mail}.{ending}", bytes(kept.raw)
    for file in files:
        found = record.attachment(file.id)
        data = bytes_of(found) if found is not None else None
        if data is not None:
            yield _path(file), data


def _person(card: Any) -> dict[str, Any]:
    return {
        "name": card.name,
        "speaks_for": card.customer_name,
        "language": card.language,
        "timezone": card.timezone,
        "wants_mails": card.mails,
        "addresses": [
            {"kind": one.kind, "value": one.value, "state": one.state} for one in card.addresses
        ],
    }


def _said(one: _Message) -> dict[str, Any]:
    told = asdict(one)
    told["by"] = "you" if told.pop("is_theirs") else "us"
    told.pop("intake_id")
    return told


def _path(file: _File) -> str:
    """A path that stays within the folder, whatever the file was called."""
    plain = "".join(one if one.isalnum() or one in "._-" else "_" for one in file.name)
    return f"files/{file.request}-{file.id}-{plain.lstrip('.')[-80:] or 'file'}"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2, default=str).encode()
