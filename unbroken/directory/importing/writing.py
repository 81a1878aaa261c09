"""Writing a checked inventory: what is new is registered, what differs is changed, by the actions.

Many items share a transaction, because each commit waits for the disk. When a batch cannot be
written as a whole, its items are written one by one and only the guilty are refused.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db import DataError, IntegrityError, transaction

from unbroken.directory import actions
from unbroken.directory.actions import NewContact, NewResource
from unbroken.directory.country import country
from unbroken.directory.ids import ResourceId
from unbroken.directory.importing.items import KINDS, Inventory, Item
from unbroken.directory.importing.matching import matched, spelled
from unbroken.directory.importing.shelf import Row, Shelf
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused
from unbroken.ground.words import _

BATCH = 500

_REGISTER: Mapping[str, Callable[..., int]] = {
    "partner": actions.register_partner,
    "place": actions.register_place,
    "product": actions.register_product,
}
_CHANGE: Mapping[str, Callable[..., bool]] = {
    "partner": actions.change_partner,
    "place": actions.change_place,
    "customer": actions.change_customer,
    "contact": actions.change_contact,
    "product": actions.change_product,
    "resource": actions.change_resource,
    "service": actions.change_service,
}


@dataclass(slots=True)
class Written:
    """How many items were new, how many known, and how many of these had something different."""

    new: int = 0
    known: int = 0
    changed: int = 0


class Writer:
    """Writes batch after batch; remembers the numbers of what it registered."""

    def __init__(self, shelf: Shelf, inventory: Inventory, *, by: Actor, at: datetime) -> None:
        self.shelf = shelf
        self.inventory = inventory
        self.by = by
        self.at = at
        self.written = Written()
        self.new_ids: dict[tuple[str, str], int] = {}
        self.contacts: dict[str, Row] = {}

    def write(self, kept: Mapping[str, Sequence[Item]]) -> Iterator[int]:
        """Write everything in order; yields how many items each batch settled."""
        for kind in KINDS:
            if kind == "contact":
                self.contacts = self._contacts_meant(kept[kind])
            for batch in _batches(kept[kind]):
                self._write_batch(batch)
                yield len(batch)

    def _write_batch(self, batch: Sequence[Item]) -> None:
        before = dict(self.new_ids) if len(batch) > 1 else self.new_ids
        counted = Written(self.written.new, self.written.known, self.written.changed)
        try:
            with transaction.atomic():
                self._write_items(batch)
        except (Refused, IntegrityError, DataError, _Unknown) as problem:
            self.new_ids, self.written = before, counted
            if len(batch) == 1:
                self._refuse(batch[0], problem)
            else:
                for item in batch:
                    self._write_batch([item])

    def _write_items(self, batch: Sequence[Item]) -> None:
        new: list[tuple[Item, dict[str, Any]]] = []
        for item in batch:
            values = self._values(item)
            row = self._known(item)
            if row is None:
                new.append((item, values))
                continue
            self.written.known += 1
            if self._differs(item, values, row):
                self.written.changed += self._change(item, values, row)
        if new:
            self._register(new[0][0].kind, new)

    def _register(self, kind: str, new: Sequence[tuple[Item, dict[str, Any]]]) -> None:
        self.written.new += sum(not item.is_implied for item, _values in new)
        for (item, _values), row_id in zip(new, self._registered(kind, new), strict=True):
            if item.key is not None:
                self.new_ids[kind, item.key] = row_id

    def _registered(self, kind: str, new: Sequence[tuple[Item, dict[str, Any]]]) -> Sequence[int]:
        """The sentence for this kind, for all of them; few kinds are worth saying at once."""
        if kind == "customer":
            customers: list[Any] = [{"key": item.key, **values} for item, values in new]
            return actions.register_customers(customers, by=self.by, at=self.at)
        if kind == "service":
            services: list[Any] = [{"key": item.key, **values} for item, values in new]
            return actions.register_services(services, by=self.by, at=self.at)
        if kind == "contact":
            contacts = [_new_contact(item, values) for item, values in new]
            return actions.register_contacts(contacts, by=self.by, at=self.at)
        if kind == "resource":
            resources = [
                NewResource(item.key or "", self._parent_ids(item), cast(Any, values))
                for item, values in new
            ]
            return actions.register_resources(resources, by=self.by, at=self.at)
        return [
            _REGISTER[kind](key=item.key, **values, by=self.by, at=self.at) for item, values in new
        ]

    def _change(self, item: Item, values: dict[str, object], row: Row) -> bool:
        extra: dict[str, object] = {f"{item.kind}_id": row.id}
        if item.parents is not None:
            extra["parents"] = self._parent_ids(item)
        if item.kind == "contact":
            extra |= {"addresses": item.addresses or (), "key": item.key or row.values["key"]}
            values.pop("customer_id")
        return _CHANGE[item.kind](**extra, **values, by=self.by, at=self.at)

    # ── comparing with what is there ──────────────────────────────────────────

    def _known(self, item: Item) -> Row | None:
        if item.kind == "contact":
            meant = self.contacts.get(item.label)
            if meant is None and item.key in self.shelf.by_key["contact"]:
                raise Refused("contact.belongs_to_another")
            return meant
        return self.shelf.by_key[item.kind].get(item.key or "")

    def _differs(self, item: Item, values: Mapping[str, object], row: Row) -> bool:
        if any(row.values[column] != value for column, value in values.items()):
            return True
        if item.kind == "contact":
            return _addresses_differ(item, row) or item.key not in (None, row.values["key"])
        return item.parents is not None and set(item.parents) != set(
            self.shelf.parents.get(item.key or "", ())
        )

    def _values(self, item: Item) -> dict[str, object]:
        values = dict(item.values)
        for column, (kind, key) in item.references.items():
            values[column] = self._id_of(kind, key)
        if item.customer is not None:
            values["customer_id"] = self._id_of("customer", item.customer)
        return values

    def _parent_ids(self, item: Item) -> list[ResourceId]:
        ids = (self._id_of("resource", key) for key in item.parents or ())
        return [ResourceId(row_id) for row_id in ids if row_id is not None]

    def _id_of(self, kind: str, key: str | None) -> int | None:
        if key is None:
            return None
        row = self.shelf.by_key[kind].get(key)
        if row is not None:
            return row.id
        try:
            return self.new_ids[kind, key]
        except KeyError:
            raise _Unknown(kind, key) from None

    def _contacts_meant(self, items: Sequence[Item]) -> dict[str, Row]:
        by_customer: dict[str, list[Item]] = defaultdict(list)
        for item in items:
            by_customer[item.customer or ""].append(item)
        meant: dict[str, Row] = {}
        for key, theirs in by_customer.items():
            row = self.shelf.by_key["customer"].get(key)
            if row is not None and (held := self.shelf.contacts.get(row.id)):
                meant |= matched(theirs, held, country=country())
        return meant

    # ── what went in, what did not ────────────────────────────────────────────

    def _refuse(self, item: Item, problem: Exception) -> None:
        if isinstance(problem, _Unknown):
            label = f"{problem.kind} {problem.key}"
            self.inventory.refuse(item.label, _("it names {label}, which was refused"), label=label)
        elif isinstance(problem, Refused):
            self.inventory.refuse(item.label, _("{trouble}"), trouble=problem)
        else:
            trouble = str(problem).splitlines()[0]
            self.inventory.refuse(item.label, _("the database says: {trouble}"), trouble=trouble)


def _batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """So many at once, but never something together with what it stands on."""
    batch: list[Item] = []
    keys: set[str | None] = set()
    for item in items:
        named = {key for kind, key in item.references.values() if kind == item.kind}
        if len(batch) == BATCH or keys & (named | set(item.parents or ())):
            yield batch
            batch, keys = [], set()
        batch.append(item)
        keys.add(item.key)
    if batch:
        yield batch


def _new_contact(item: Item, values: dict[str, Any]) -> NewContact:
    customer_id = values.pop("customer_id")
    return NewContact(customer_id, item.addresses or (), cast(Any, {"key": item.key, **values}))


class _Unknown(Exception):
    """What an item names was refused while it was written."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(kind, key)
        self.kind = kind
        self.key = key


def _addresses_differ(item: Item, row: Row) -> bool:
    wanted = spelled(item, country=country())
    if any(row.addresses.get(place) != (text, True) for place, text in wanted.items()):
        return True
    return any(listed for place, (_text, listed) in row.addresses.items() if place not in wanted)
