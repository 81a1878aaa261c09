"""What the inventory is made of once it is read: items, refusals, notes."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from unbroken.ground.words import Phrase, in_language

# In the order in which they are written: what is named by others first.
KINDS = ("partner", "customer", "place", "product", "resource", "contact", "service")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of the inventory, readable but not yet checked against the others.

    `references` are columns that hold the key of another item (`place_id`: `v12`, or none).
    What is implied stands in no list of its own: a product that only a service names.
    """

    kind: str
    key: str | None
    label: str
    values: Mapping[str, object]
    references: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)
    parents: tuple[str, ...] | None = None
    addresses: tuple[tuple[str, str], ...] | None = None
    customer: str | None = None
    is_implied: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """An item that was not taken in, and why."""

    item: str
    phrase: Phrase
    values: Mapping[str, object]

    @property
    def reason(self) -> str:
        """One sentence in the reader's language."""
        return in_language(self.phrase, None, **self.values)


@dataclass(slots=True)
class Inventory:
    """Everything that was read, the good and the refused."""

    read: int = 0
    items: dict[str, list[Item]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    refusals: list[Refusal] = field(default_factory=list)
    unknown_fields: Counter[str] = field(default_factory=Counter)
    strangers: Counter[str] = field(default_factory=Counter)
    """Who is named for customers and does not work here (any more)."""

    def refuse(self, item: str, phrase: Phrase, **values: object) -> None:
        """Note that an item is left out."""
        self.refusals.append(Refusal(item, phrase, values))
