"""What is known of a person, what erasing them would empty, and what would stay."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from unbroken.console.admin.history import actor_names
from unbroken.console.privacy.export import known_as
from unbroken.directory import queries as directory
from unbroken.directory.ids import ContactId
from unbroken.ground.actor import Actor
from unbroken.ground.sql import row, rows
from unbroken.ground.words import Phrase, _, in_language
from unbroken.ground.writers import would_erase

QUERIES = "console/privacy/queries"
GOES: Mapping[str, Phrase] = {
    "contact": _("The person's name"),
    "contact_address": _("Their addresses and telephone numbers"),
    "customer": _("The name of their household"),
    "trouble_ticket": _("Subjects of their requests"),
    "ground_said": _("Texts: what they wrote, and what machines wrote to them"),
    "message": _("Subject, sender and recipients of messages"),
    "delivery": _("Their address on deliveries"),
    "attachment": _("Names of files"),
    "ground_blob": _("Files"),
    "intake": _("Mails and forms as they came, with the files in them"),
    "draft": _("Answers begun on their requests"),
    "rule_firing": _("What rules saw of their requests"),
    "portal_door_key": _("Links and codes that were mailed to them"),
    "status_reader": _("That they want the status page by mail"),
    "procrastinate_jobs": _("Mails of the desk's own on their way to them"),
    "person_export": _("Files made to be handed to them"),
    "api_answered": _("Answers kept for other systems"),
}
SEARCH = _("Entries of the search")
_ORDER = tuple(GOES)


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who may be meant."""

    id: int
    name: str
    customer: str
    addresses: str


@dataclass(frozen=True, slots=True)
class Stays:
    """How much of them stays, without their words."""

    tickets: int
    messages: int
    answers: int


@dataclass(frozen=True, slots=True)
class _Erased:
    at: datetime
    by: str
    reason: str
    counts: str


@dataclass(frozen=True, slots=True)
class Erased:
    """When they were erased, by whom, why, and what went."""

    at: datetime
    by: str
    reason: str
    went: tuple[tuple[str, int], ...]


def find(text: str) -> list[Found]:
    """People by number, address, telephone or part of the name."""
    text = " ".join(text.replace("\0", "").split())[:100]
    if not text:
        return []
    ids = [int(text)] if text.isascii() and text.isdigit() and len(text) < 16 else []
    for kind in ("email", "phone"):
        ids += [int(card.id) for card in directory.contacts_at(kind, text)]
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    pattern = f"%{escaped}%" if len(text) > 1 else None
    return rows(Found, f"{QUERIES}/found.sql", ids=ids, pattern=pattern)


def goes(contact_id: int, *, at: datetime) -> tuple[tuple[str, int], ...]:
    """What erasing would empty now, kind by kind."""
    counts: dict[str, int] = {}
    for one in (contact_id, *directory.merged_into(ContactId(contact_id))):
        for kind, number in would_erase(Actor.contact(one), at=at).items():
            counts[kind] = counts.get(kind, 0) + number
    return _by_kind(counts)


def stays(contact_id: int) -> Stays:
    """What would stay."""
    found = row(Stays, f"{QUERIES}/stays.sql", **known_as(contact_id))
    assert found is not None, "an aggregate has a row"
    return found


def erased(contact_id: int) -> list[Erased]:
    """Each time they were erased; more than once if they wrote again, or a backup was restored."""
    found = rows(_Erased, f"{QUERIES}/erased.sql", whose=known_as(contact_id)["whose"])
    names = actor_names(one.by for one in found)
    told: dict[tuple[str, str, datetime], dict[str, int]] = {}
    for one in found:
        counts = told.setdefault((one.by, one.reason, one.at), {})
        for kind, number in json.loads(one.counts).items():
            counts[kind] = counts.get(kind, 0) + number
    return [
        Erased(at, names[by], reason, _by_kind(counts)) for (by, reason, at), counts in told.items()
    ]


def _by_kind(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Counts in the reader's words, the most personal first; nothing of which there is none."""
    search = sum(count for table, count in counts.items() if table.startswith("search_"))
    plain = {table: count for table, count in counts.items() if not table.startswith("search_")}
    known = sorted(plain, key=lambda one: (_ORDER.index(one) if one in GOES else 99, one))
    lines = [(in_language(GOES[one]) if one in GOES else one, plain[one]) for one in known]
    return tuple(line for line in [*lines, (in_language(SEARCH), search)] if line[1])
