"""What can only be seen when everything is read: doubles, strangers, circles. Pure.

Given what the desk already knows, it keeps the items that can be written, each after those it
names, and refuses the rest with the reason. Whoever names a refused item is refused as well.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from unbroken.directory.importing.items import KINDS, Inventory, Item
from unbroken.directory.kinds import THE_CUSTOMER, US
from unbroken.ground.words import Phrase, _

_CIRCLE_SHOWN_MAX = 8
# Which references make an order within their own kind.
_ABOVE = {"customer": "parent_id", "place": "part_of_id"}


@dataclass(frozen=True, slots=True)
class Known:
    """Keys the desk has already, by kind, and the parents of each resource it has."""

    keys: Mapping[str, Collection[str]]
    parents: Mapping[str, Sequence[str]]


def check(inventory: Inventory, known: Known) -> dict[str, list[Item]]:
    """The items to write, by kind and in order; the others are refused in the inventory."""
    checking = _Checking(inventory, known)
    return {kind: checking.kept(kind) for kind in KINDS}


class _Checking:
    """Goes through the kinds in their order and remembers what may be named."""

    def __init__(self, inventory: Inventory, known: Known) -> None:
        self.inventory = inventory
        self.known = known
        self.nameable = {kind: set(known.keys.get(kind, ())) for kind in KINDS}
        self.refused = {refusal.item for refusal in inventory.refusals}

    def kept(self, kind: str) -> list[Item]:
        """Every item of a kind that can be written, those named by others first."""
        items = self._without_doubles(kind)
        if kind == "product":
            items = [*items, *self._products_named(items)]
        items = [item for item in items if self._names_known_things(item)]
        edges = {item.key or item.label: self._edges(item) for item in items}
        if any(edges.values()):
            items = self._in_order(kind, items, edges)
        self.nameable[kind] |= {item.key for item in items if item.key is not None}
        return items

    def _without_doubles(self, kind: str) -> list[Item]:
        first: dict[str, Item] = {}
        kept = []
        for item in self.inventory.items[kind]:
            if item.key is not None and first.setdefault(item.key, item) is not item:
                self.inventory.refuse(item.label, _("the id stands there twice; the first counts"))
            else:
                kept.append(item)
        return kept

    def _products_named(self, listed: Iterable[Item]) -> list[Item]:
        """A product needs no entry of its own: a service that names it is enough."""
        have = {item.key for item in listed} | self.nameable["product"]
        named: dict[str, str] = {}
        for service in self.inventory.items["service"]:
            _to, key = service.references.get("product_id", ("", None))
            if key is not None and key not in have:
                named.setdefault(key, str(service.values.get("technology", "")))
        return [
            Item(
                "product",
                key,
                f"product {key}",
                {"name": key, "technology": technology},
                is_implied=True,
            )
            for key, technology in named.items()
        ]

    def _names_known_things(self, item: Item) -> bool:
        if item.customer is not None and item.customer not in self.nameable["customer"]:
            label = f"customer {item.customer}"
            self._refuse(item, _("its customer was refused: {label}"), label=label)
            return False
        for kind, key in item.references.values():
            same = kind == item.kind  # settled when the order is made
            if key is not None and not same and key not in self.nameable[kind]:
                self._refuse_stranger(item, kind, key)
                return False
        owner = item.values.get("owner", US)
        if owner not in (US, THE_CUSTOMER) and owner not in self.nameable["partner"]:
            self._refuse(item, _("its owner “{owner}” is no partner"), owner=owner)
            return False
        return True

    def _edges(self, item: Item) -> tuple[str, ...]:
        """The things of its own kind that an item stands on."""
        if item.kind == "resource":
            return item.parents or ()
        _kind, key = item.references.get(_ABOVE.get(item.kind, ""), ("", None))
        return (key,) if key is not None else ()

    def _in_order(
        self, kind: str, items: Sequence[Item], edges: Mapping[str, tuple[str, ...]]
    ) -> list[Item]:
        """Parents before children; circles, strangers and all that stands on them are refused."""
        by_key = {item.key or item.label: item for item in items}
        known = self.known.parents if kind == "resource" else {}
        order, stuck = peeled({**known, **edges})
        self._refuse_circles(kind, stuck, by_key)
        kept: list[Item] = []
        there = set(self.nameable[kind])
        for item in (by_key[key] for key in order if key in by_key):
            missing = next((one for one in self._edges(item) if one not in there), None)
            if missing is not None:
                self._refuse_stranger(item, kind, missing)
                continue
            kept.append(item)
            if item.key is not None:
                there.add(item.key)
        return kept

    def _refuse_circles(
        self, kind: str, stuck: Mapping[str, Sequence[str]], by_key: Mapping[str, Item]
    ) -> None:
        around = circles(stuck)
        for circle in around:
            shown = " → ".join([*circle[:_CIRCLE_SHOWN_MAX], circle[0]])
            for key in circle:
                if key in by_key:
                    self._refuse(by_key[key], _("it would stand on itself: {circle}"), circle=shown)
        done = {key for circle in around for key in circle}
        for key in stuck:
            if key in by_key and key not in done:
                below = next(one for one in stuck[key] if one in stuck)
                label = f"{kind} {below}"
                self._refuse(by_key[key], _("it names {label}, which was refused"), label=label)

    def _refuse_stranger(self, item: Item, kind: str, key: str) -> None:
        label = f"{kind} {key}"
        if label in self.refused:
            self._refuse(item, _("it names {label}, which was refused"), label=label)
        else:
            self._refuse(item, _("it names {label}, which nobody knows"), label=label)

    def _refuse(self, item: Item, phrase: Phrase, **values: object) -> None:
        self.refused.add(item.label)
        self.inventory.refuse(item.label, phrase, **values)


def peeled(
    graph: Mapping[str, Sequence[str]],
) -> tuple[list[str], dict[str, Sequence[str]]]:
    """Everything in an order in which parents come first, and what no order can hold.

    The second part is every circle and all that stands on one.
    """
    carried: dict[str, list[str]] = {}
    waits_for: dict[str, int] = {}
    for key, parents in graph.items():
        waits_for[key] = waits_for.get(key, 0) + len(parents)
        for parent in parents:
            waits_for.setdefault(parent, 0)
            carried.setdefault(parent, []).append(key)
    order = [key for key, count in waits_for.items() if count == 0]
    for key in order:  # grows while it is walked
        for below in carried.get(key, ()):
            waits_for[below] -= 1
            if waits_for[below] == 0:
                order.append(below)
    return order, {key: graph[key] for key, count in waits_for.items() if count > 0}


def circles(stuck: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """One circle above each stuck key: walk up until a step repeats."""
    found: list[list[str]] = []
    seen: set[str] = set()
    for start in stuck:
        walk: dict[str, int] = {}
        key = start
        while key not in seen:
            seen.add(key)
            walk[key] = len(walk)
            key = next(parent for parent in stuck[key] if parent in stuck)
        if key in walk:
            found.append(list(walk)[walk[key] :])
    return found
