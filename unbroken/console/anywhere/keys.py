"""The shortcuts: what the sheet on "?" shows, the scripts obey and the palette teaches.

One table for all three, so that no key does what no sheet says. `deed` is what the script knows
it by; empty where the key is an element's own (Ctrl+Enter in the composer) and only told here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, reverse

from unbroken.console.anywhere.statuses import STATUSES
from unbroken.ground.words import Phrase, _
from unbroken.staffing.permissions import EDIT_KNOWLEDGE, READ_ADMINISTRATION

LIST, TICKET, OTHER = "list", "ticket", ""


@dataclass(frozen=True, slots=True)
class Key:
    """Keys pressed one after the other (`g l`), what they do, and the page they lead to."""

    keys: str
    words: Phrase
    deed: str = ""
    to: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """Each key by itself."""
        return tuple(self.keys.split(" "))


@dataclass(frozen=True, slots=True)
class Group:
    """Keys under one heading."""

    title: Phrase
    keys: tuple[Key, ...]


HERE = {
    LIST: Group(
        _("In this list"),
        (
            Key("j", _("Next request"), "next"),
            Key("k", _("Request before"), "before"),
            Key("o", _("Open it (or Enter)"), "open"),
            Key("x", _("Choose it, or not"), "choose"),
            Key("a", _("Do something with the chosen"), "many"),
            Key("z", _("Let it sleep"), "many"),
        ),
    ),
    TICKET: Group(
        _("In this request"),
        (
            Key("r", _("Answer"), "reply"),
            Key("x", _("Note"), "note"),
            Key("a", _("Give it to me"), "take"),
            Key("z", _("Let it sleep"), "sleep"),
            Key("m", _("Do a macro"), "macro"),
            Key("h", _("Mark the words you chose"), "mark"),
            Key("c", _("Resolve or close it: once to get there, once more to do it"), "end"),
            Key("j", _("Next request in the list"), "next"),
            Key("k", _("Request before it in the list"), "before"),
            Key("u", _("To the list"), "list"),
            Key(".", _("Copy the number"), "copy-number"),
            Key(". .", _("Copy the number and the subject"), "copy-name"),
            Key(". . .", _("Copy the link"), "copy-link"),
        ),
    ),
}
WRITING = Group(
    _("While writing"),
    (
        Key("Ctrl ↵", _("Send, or keep the note")),
        Key("/", _("Insert a canned answer")),
    ),
)
EVERYWHERE = (
    Key("Ctrl k", _("Find or do anything"), "palette"),
    Key("s", _("Search"), "search"),
    Key("/", _("Search"), "search"),
    Key("?", _("Shortcuts of this page"), "sheet"),
)
PLACES: tuple[tuple[str, Phrase, str, str], ...] = (
    ("g l", _("To do"), "console:work", ""),
    ("g m", _("My requests"), "console:work", "?q=mine"),
    ("g b", _("What waits for you"), "console:bell", ""),
    ("g u", _("Nobody's yet"), "console:work", "?q=unassigned"),
    ("g k", _("Knowledge"), "console:knowledge", ""),
    ("g c", _("Unknown senders"), "console:contacts", ""),
    ("g e", _("Sent mail"), "console:mail", ""),
    ("g o", _("Operations"), "console:stuck", ""),
    ("g h", _("How you work"), "console:habits", ""),
    ("n", _("New request"), "console:new", ""),
)

NAMED: tuple[tuple[str, Phrase, str, str, str], ...] = (
    ("", _("Late requests"), "console:work", "?q=late", ""),
    ("", _("Ended requests"), "console:work", "?q=ended", ""),
    ("", _("Saved views"), "console:saved_lists", "", ""),
    ("", _("Write an article"), "console:article_new", "", EDIT_KNOWLEDGE),
    ("", _("Canned answers"), "console:answers", "", ""),
    ("", _("What no article answers yet"), "console:gaps", "", ""),
    ("", _("How you sign in"), "console:own", "", ""),
    ("", _("Administration"), "console:admin", "", READ_ADMINISTRATION),
)
"""Commands without keys; the last word is the permission they take."""


@lru_cache(maxsize=64)
def commands(permissions: frozenset[str]) -> tuple[Key, ...]:
    """The commands without keys that somebody with these permissions has."""
    mine = (named[:4] for named in NAMED if not named[4] or named[4] in permissions)
    return tuple(_there(mine))


STATUS = Group(
    _("How one can reach you"),
    tuple(
        Key(f"v {key}", STATUSES[name], "status", name)
        for key, name in (
            ("a", "here"), ("w", "writing"), ("c", "call"), ("y", "away"), ("o", "off"),
        )
    ),
)  # fmt: skip


def sheet_of(page: str) -> tuple[Group, ...]:
    """The groups of the sheet on this kind of page."""
    own = (HERE[page],) if page in HERE else ()
    writing = (WRITING,) if page == TICKET else ()
    return (*own, *writing, Group(_("Anywhere"), EVERYWHERE), Group(_("Go to"), places()), STATUS)


@lru_cache(maxsize=1)
def places() -> tuple[Key, ...]:
    """Pages with keys of their own, as far as this house has them."""
    return tuple(_there(PLACES))


def _there(wanted: Iterable[tuple[str, Phrase, str, str]]) -> Iterable[Key]:
    for keys, words, name, query in wanted:
        try:
            yield Key(keys, words, "go", reverse(name) + query)
        except NoReverseMatch:
            continue
