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
from unbroken.promise.legs import InternalBook

ANY_TYPE = ""
ANY_TOPIC = ""

Place = tuple[str, str, str]
"""A measure, a type of ticket and a topic: each is promised something once."""

Paths = Mapping[int, tuple[str, ...]]
"""A topic's key and those of the branches it hangs on, the nearest first."""


@dataclass(frozen=True, slots=True)
class Target:
    """So many working seconds, and the share of them after which we warn ourselves."""

    seconds: int
    warning_share: float


@dataclass(frozen=True, slots=True)
class Aim:
    """An objective: a measure's seconds by priority, for one type of ticket or any.

    `topic` is the key of a branch of the tree; empty for every topic.
    """

    measure: str
    ticket_type: str
    seconds: Mapping[str, int]
    warning_share: float
    topic: str = ANY_TOPIC

    @property
    def place(self) -> Place:
        """What it is for."""
        return (self.measure, self.ticket_type, self.topic)


@dataclass(frozen=True, slots=True)
class Terms:
    """One agreement, ready to be counted by. `edition` changes with anything that matters.

    `paths` are empty where no aim asks for a topic.
    """

    key: str
    name: str
    calendar_key: str
    calendar: Calendar
    aims: Mapping[Place, Aim]
    edition: int
    paths: Paths

    def target(
        self, measure: str, *, ticket_type: str, priority: str, topic: int | None = None
    ) -> Target | None:
        """What is promised; the nearest topic's objective first, and in it the type's own."""
        for branch in (*self.paths.get(topic or 0, ()), ANY_TOPIC):
            for kind in (ticket_type, ANY_TYPE):
                aim = self.aims.get((measure, kind, branch))
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
    internal: InternalBook

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


def bind(
    stamp: str, entries: Iterable[Entry], paths: Paths, internal: InternalBook, within: str
) -> Book:
    """A book of these agreements.

    Editions depend on the keys of all: a new agreement may be the one that a service
    has been naming in vain. They depend on the targets within the house too: `within` is their
    text.
    """
    entries = sorted(entries, key=lambda entry: entry.key)
    default = next((entry.key for entry in entries if entry.is_default), "")
    others = [default, within, *(entry.key for entry in entries)]
    terms = {entry.key: _terms(entry, others, paths) for entry in entries}
    return Book(stamp, terms, default, _edition(others), internal)


def _terms(entry: Entry, others: list[str], paths: Paths) -> Terms:
    aims = {aim.place: aim for aim in entry.aims}
    known = _asked_paths(aims, paths)
    content = [others, entry.key, entry.calendar_text, sorted(known.items())] + [
        [*key, sorted(aim.seconds.items()), aim.warning_share] for key, aim in sorted(aims.items())
    ]
    edition = _edition(content)
    return Terms(entry.key, entry.name, entry.calendar_key, entry.calendar, aims, edition, known)


def _asked_paths(aims: Mapping[Place, Aim], paths: Paths) -> Paths:
    """Of each topic only the branches that an aim names: moving another one changes nothing."""
    named = {aim.topic for aim in aims.values()} - {ANY_TOPIC}
    asked = {one: tuple(key for key in path if key in named) for one, path in paths.items()}
    return {one: path for one, path in asked.items() if path}


def _edition(content: object) -> int:
    """A number for exactly this content; never 0."""
    digest = hashlib.sha256(json.dumps(content).encode()).digest()
    return int.from_bytes(digest[:7], "big") + 1
