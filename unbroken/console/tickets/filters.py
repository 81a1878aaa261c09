"""What stands in the address of a list, in words: `mine queue:dsl waiting:customer lamp`. Pure.

Shareable, and forgiving: what is not understood is named and left out. A word may be said in two
ways: `assigned:me` is `mine`, `assigned:nobody` is `unassigned`.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from unbroken.console.tickets.counted import WORDS as COUNTED
from unbroken.console.tickets.counted import Counted, read_counted
from unbroken.conversation.states import PRIORITIES, STATUSES, TICKET_TYPES

FLAGS: Final = ("mine", "unassigned", "unread", "late", "ended", "asleep")
BOTH: Final = ("late", "ended")
CLOSED_LISTS: Final[dict[str, tuple[str, ...]]] = {
    "status": STATUSES,
    "type": TICKET_TYPES,
    "priority": PRIORITIES,
    "due": ("2h", "24h", "today"),
    "waiting": ("us", "customer", "partner", "appointment", "date", "other"),
}
OPEN_LISTS: Final = ("queue", "team", "assigned", "topic", "channel", "tag", "customer", "watcher")
NAMES: Final = ("queue", "team", "assigned", "topic", "watcher")
"""Lists whose values are short names of something that is there, or is not."""

SAME_AS: Final = {"assigned:me": "mine", "assigned:nobody": "unassigned"}
WORDS_MAX = 12


@dataclass(frozen=True, slots=True)
class Ask:
    """A list as asked for. Empty tuples do not narrow it."""

    flags: frozenset[str] = frozenset()
    queue: tuple[str, ...] = ()
    team: tuple[str, ...] = ()
    assigned: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    due: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    priority: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    customer: tuple[str, ...] = ()
    counted: tuple[Counted, ...] = ()
    watcher: tuple[str, ...] = ()
    fields: tuple[tuple[str, tuple[str, ...]], ...] = ()
    numbers: tuple[int, ...] = ()
    text: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def is_narrowed(self) -> bool:
        """Whether it asks for less than everything to do."""
        return replace(self, unknown=()) != Ask()

    @property
    def is_asleep(self) -> bool | None:
        """Only those that sleep, or only those that do not; None: both.

        They leave the lists of what to do, not those of somebody, of a word, or of what is late.
        """
        if "asleep" in self.flags:
            return True
        if self.numbers or self.customer or self.text or not self.flags.isdisjoint(BOTH):
            return None
        return False

    @property
    def is_personal(self) -> bool:
        """Whether another reader with the same rights would find something else."""
        is_own = (
            "today" in self.due
            or "me" in self.watcher
            or any(one.what == "me" for one in self.counted)
        )
        return is_own or not self.flags.isdisjoint({"mine", "unread"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the list goes on: after this promise (None: below all of them) and number."""

    due_at: datetime | None
    number: int

    def __str__(self) -> str:
        return f"{self.due_at.isoformat() if self.due_at else ''}~{self.number}"


def read(words: str) -> Ask:
    """The words of an address or a search field."""
    ask = Ask()
    for word in words.split()[:WORDS_MAX]:
        ask = _with(ask, SAME_AS.get(word, word))
    return ask


def tidy(text: str) -> str:
    """Words as they may stand in an address: a dozen at most, one blank between them."""
    return " ".join(text.replace("\0", "").split()[:WORDS_MAX])[:200]


def without(words: str, place: int) -> str:
    """The same words but for one."""
    each = words.split()
    return " ".join(each[:place] + each[place + 1 :])


def _with(ask: Ask, word: str) -> Ask:
    key, colon, value = word.partition(":")
    if not colon:
        return _with_plain(ask, word)
    if key in COUNTED:
        return _with_counted(ask, word, read_counted(key, value))
    values = tuple(v for v in value.split(",") if v)
    if key.startswith("field.") and values:
        return replace(ask, fields=(*ask.fields, (key.removeprefix("field."), values)))
    allowed = CLOSED_LISTS.get(key)
    is_known = key in OPEN_LISTS or (allowed is not None and set(values) <= set(allowed))
    if not is_known or not values or (key == "customer" and not all(map(is_number, values))):
        return replace(ask, unknown=(*ask.unknown, word))
    more: dict[str, Any] = {key: (*getattr(ask, key), *values)}
    return replace(ask, **more)


def _with_counted(ask: Ask, word: str, counted: Counted | None) -> Ask:
    if counted is None:
        return replace(ask, unknown=(*ask.unknown, word))
    return replace(ask, counted=(*ask.counted, counted))


def _with_plain(ask: Ask, word: str) -> Ask:
    if word in FLAGS:
        return replace(ask, flags=ask.flags | {word})
    if is_number(word.removeprefix("#")):
        return replace(ask, numbers=(*ask.numbers, int(word.removeprefix("#"))))
    return replace(ask, text=(*ask.text, word))


def is_number(text: str) -> bool:
    """Whether it can be the number of something; digits without end are none."""
    return text.isascii() and text.isdigit() and len(text) < 16


def read_place(text: str) -> Place | None:
    """The `after` of an address; None when there is none or it cannot be read."""
    due_text, tilde, number = text.partition("~")
    if not tilde or not is_number(number):
        return None
    try:
        due_at = datetime.fromisoformat(due_text) if due_text else None
    except ValueError:
        return None
    if due_at is not None and due_at.tzinfo is None:
        return None
    return Place(due_at, int(number))
