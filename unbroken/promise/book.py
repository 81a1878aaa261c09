"""The book of agreements: what is promised to whom, under which hours.

Pure. A key that nobody knows is answered with the default agreement and a note, because a
customer without a promise is worse than one with the ordinary promise.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from unbroken.calendars.working_time import Calendar
from unbroken.ground.words import Phrase, _

ANY_TYPE = ""


@dataclass(frozen=True, slots=True)
class Target:
    """So many working seconds, and the share of them after which we warn ourselves."""

    seconds: int
    warning_share: float


@dataclass(frozen=True, slots=True)
class Aim:
    """An objective: a measure's seconds by priority, for one type of ticket or any."""

    measure: str
    ticket_type: str
    seconds: Mapping[str, int]
    warning_share: float


@dataclass(frozen=True, slots=True)
class Terms:
    """One agreement, ready to be counted by. `edition` changes with anything that matters."""

    key: str
    name: str
    calendar_key: str
    calendar: Calendar
    aims: Mapping[tuple[str, str], Aim]
    edition: int

    def target(self, measure: str, *, ticket_type: str, priority: str) -> Target | None:
        """What is promised; the type's own objective before the one for any type."""
        for kind in (ticket_type, ANY_TYPE):
            aim = self.aims.get((measure, kind))
            if aim is not None and priority in aim.seconds:
                return Target(aim.seconds[priority], aim.warning_share)
        return None


@dataclass(frozen=True, slots=True)
class Resolved:
    """The agreement that applies, and why it is not the one that was named.

    `edition` is that of its terms, or of a book in which nothing applies.
    """

    terms: Terms | None
    edition: int
    note: Phrase | None = None
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """All agreements as of one reading; `stamp` tells whether the database still says so."""

    stamp: str
    terms: Mapping[str, Terms]
    default: str
    edition: int

    def resolve(self, asked: str) -> Resolved:
        """The agreement under this key, else the default one with a note."""
        if found := self.terms.get(plain_key(asked)):
            return Resolved(found, found.edition, asked=asked)
        ordinary = self.terms.get(self.default)
        if ordinary is None:
            note = _("No agreement applies: there is no default one.")
            return Resolved(None, self.edition, note, asked)
        note = (
            _("There is no agreement “{key}”; the default one applies.")
            if asked
            else _("No agreement is named; the default one applies.")
        )
        return Resolved(ordinary, ordinary.edition, note, asked)


def plain_key(text: str) -> str:
    """`24x7 Business` and `24x7-business` are one agreement."""
    return "-".join(text.lower().split())


@dataclass(frozen=True, slots=True)
class Entry:
    """An agreement as stored, with its calendar found."""

    key: str
    name: str
    is_default: bool
    calendar_key: str
    calendar_text: str
    calendar: Calendar
    aims: tuple[Aim, ...]


def bind(stamp: str, entries: Iterable[Entry]) -> Book:
    """A book of these agreements.

    Editions depend on the keys of all: a new agreement may be the one that a service
    has been naming in vain.
    """
    entries = sorted(entries, key=lambda entry: entry.key)
    default = next((entry.key for entry in entries if entry.is_default), "")
    others = [default, *(entry.key for entry in entries)]
    terms = {entry.key: _terms(entry, others) for entry in entries}
    return Book(stamp, terms, default, _edition(others))


def _terms(entry: Entry, others: list[str]) -> Terms:
    aims = {(aim.measure, aim.ticket_type): aim for aim in entry.aims}
    content = [others, entry.key, entry.calendar_text] + [
        [*key, sorted(aim.seconds.items()), aim.warning_share] for key, aim in sorted(aims.items())
    ]
    edition = _edition(content)
    return Terms(entry.key, entry.name, entry.calendar_key, entry.calendar, aims, edition)


def _edition(content: object) -> int:
    """A number for exactly this content; never 0."""
    digest = hashlib.sha256(json.dumps(content).encode()).digest()
    return int.from_bytes(digest[:7], "big") + 1
