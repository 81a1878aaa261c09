"""From the text of an inventory to items, each field read by itself. Pure.

A bad field refuses its own item only; but a customer who cannot be taken in takes contacts and
services along. A field nobody knows is counted and left aside, so that a misspelling shows.
"""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final, cast

from unbroken.directory.addresses import KINDS as ADDRESS_KINDS
from unbroken.directory.addresses import NotAnAddress, normal_address
from unbroken.directory.importing.fields import (
    FIELDS,
    NEEDED,
    NOBODY_HERE,
    NULLABLE,
    REFERENCES,
    Bad,
    Reader,
    checked_email,
    identity,
    text,
)
from unbroken.directory.importing.items import Inventory, Item
from unbroken.ground.words import _

LISTS: Final = {
    "partners": "partner",
    "places": "place",
    "products": "product",
    "resources": "resource",
    "customers": "customer",
}
_NESTED: Final = ("contacts", "services")
_ALSO: Final = {
    "customer": _NESTED,
    "resource": ("parents",),
    "contact": ADDRESS_KINDS,
}

Source = Mapping[str, object]


class NotAnInventory(ValueError):
    """The file as a whole cannot be read; the text says why."""


def read_inventory(source: str, inventory: Inventory, *, country: str) -> None:
    """Add everything that stands in one file to the inventory."""
    for kind, number, raw in _raw_items(_parse(source), inventory):
        reading = _Reading(inventory, country)
        if kind == "customer":
            reading.customer(raw, number)
        else:
            reading.plain(kind, raw, number)


def _parse(source: str) -> Source:
    try:
        parsed = json.loads(source, parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, RecursionError) as problem:
        raise NotAnInventory(f"it is not JSON: {problem}") from problem
    if not isinstance(parsed, dict):
        raise NotAnInventory("an inventory is one JSON object with lists such as “customers”")
    return cast(Source, parsed)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _raw_items(parsed: Source, inventory: Inventory) -> Iterator[tuple[str, int, object]]:
    for name, held in parsed.items():
        kind = LISTS.get(name)
        if kind is None:
            inventory.unknown_fields[name] += 1
        elif not isinstance(held, list):
            inventory.read += 1
            inventory.refuse(name, _("must be a list"))
        else:
            for number, raw in enumerate(held, start=1):
                yield kind, number, raw


class _Reading:
    """One item of the file, with what hangs on it."""

    def __init__(self, inventory: Inventory, country: str) -> None:
        self.inventory = inventory
        self.country = country

    def plain(self, kind: str, raw: object, number: int) -> None:
        """A partner, place, product or resource."""
        self.inventory.read += 1
        label = _label(kind, raw, number)
        try:
            found = _as_object(raw)
            item = self._item(kind, found, label, key=_key(found))
        except Bad as problem:
            self.inventory.refuse(label, problem.phrase, **problem.values)
            return
        self.inventory.items[kind].append(item)

    def customer(self, raw: object, number: int) -> None:
        """A customer with contacts and services, refused together when the customer is."""
        self.inventory.read += 1
        label = _label("customer", raw, number)
        nested = list(_nested(raw, label))
        try:
            found = _as_object(raw)
            item = self._item("customer", found, label, key=_key(found))
        except Bad as problem:
            self.inventory.refuse(label, problem.phrase, **problem.values)
            for _kind, _raw, below in nested:
                self.inventory.read += 1
                self.inventory.refuse(below, _("its customer was refused: {label}"), label=label)
            return
        self.inventory.items["customer"].append(item)
        for kind, below_raw, below in nested:
            self._below(kind, below_raw, below, cast(str, item.key))

    def _below(self, kind: str, raw: object, label: str, customer: str) -> None:
        self.inventory.read += 1
        try:
            found = _as_object(raw)
            key = _key(found) if kind == "service" or found.get("id") is not None else None
            item = self._item(kind, found, label, key=key, customer=customer)
        except Bad as problem:
            self.inventory.refuse(label, problem.phrase, **problem.values)
            return
        self.inventory.items[kind].append(item)

    def _item(
        self, kind: str, raw: Source, label: str, *, key: str | None, customer: str | None = None
    ) -> Item:
        for name in NEEDED[kind]:
            if raw.get(name) is None:
                raise Bad(_("has no “{field}”"), field=name)
        self._count_unknown(kind, raw)
        addresses = self._addresses(raw) if kind == "contact" else None
        if kind == "contact" and not addresses and not raw.get("name"):
            raise Bad(_("has neither a name nor an address"))
        return Item(
            kind=kind,
            key=key,
            label=label,
            values=self._values(kind, raw),
            references={column: (to, named) for column, to, named in _references(kind, raw)},
            parents=_parents(raw) if kind == "resource" else None,
            addresses=addresses,
            customer=customer,
        )

    def _values(self, kind: str, raw: Source) -> dict[str, object]:
        """An engineer who left takes no customer along: who is named stays, and a note says so."""
        values = dict(_columns(kind, raw))
        if values.get("engineer") == NOBODY_HERE:
            del values["engineer"]
            self.inventory.strangers[str(raw["engineer"])] += 1
        return values

    def _addresses(self, raw: Source) -> tuple[tuple[str, str], ...]:
        found: list[tuple[str, str]] = []
        for kind in ADDRESS_KINDS:
            held = raw.get(kind)
            for one in held if isinstance(held, list) else [held]:
                value = _field(kind, text, one) if one is not None else ""
                if value:
                    self._check_address(kind, str(value))
                    found.append((kind, str(value)))
        return tuple(found)

    def _check_address(self, kind: str, value: str) -> None:
        if kind == "email":
            checked_email(value)
        try:
            normal_address(kind, value, country=self.country)
        except NotAnAddress as problem:
            raise Bad(_("“{given}” cannot be used as {kind}"), given=value, kind=kind) from problem

    def _count_unknown(self, kind: str, raw: Source) -> None:
        known = {"id", *FIELDS[kind], *REFERENCES[kind], *_ALSO.get(kind, ())}
        for name in raw:
            if name not in known:
                self.inventory.unknown_fields[f"{kind}.{name}"] += 1


def _label(kind: str, raw: object, number: int) -> str:
    key = raw.get("id") if isinstance(raw, dict) else None
    return f"{kind} {key}" if isinstance(key, str | int) and key != "" else f"{kind} no. {number}"


def _nested(raw: object, label: str) -> Iterator[tuple[str, object, str]]:
    for name in _NESTED:
        held = raw.get(name) if isinstance(raw, dict) else None
        if held is None:
            continue
        if not isinstance(held, list):
            yield name.removesuffix("s"), held, f"{name} of {label}"
            continue
        for number, below in enumerate(held, start=1):
            kind = name.removesuffix("s")
            own = _label(kind, below, number)
            yield kind, below, own if " no. " not in own else f"{own} of {label}"


def _as_object(raw: object) -> Source:
    if not isinstance(raw, dict):
        raise Bad(_("must be an object with fields"))
    return cast(Source, raw)


def _key(raw: Source) -> str:
    if raw.get("id") is None:
        raise Bad(_("has no “{field}”"), field="id")
    return str(_field("id", identity, raw["id"]))


def _columns(kind: str, raw: Source) -> Iterator[tuple[str, object]]:
    """Null empties what may be empty; elsewhere it is as if the field were absent."""
    for name, (column, reader) in FIELDS[kind].items():
        if raw.get(name) is not None or (name in raw and name in NULLABLE):
            yield column, _field(name, reader, raw[name])


def _references(kind: str, raw: Source) -> Iterator[tuple[str, str, str | None]]:
    for name, (column, to) in REFERENCES[kind].items():
        if name in raw:
            named = _field(name, text, raw[name]) if raw[name] is not None else ""
            yield column, to, str(named) or None


def _parents(raw: Source) -> tuple[str, ...] | None:
    held = raw.get("parents")
    if held is None:
        return None
    if not isinstance(held, list):
        raise Bad(_("“{field}” must be a list"), field="parents")
    return tuple(dict.fromkeys(str(_field("parents", identity, one)) for one in held))


def _field(name: str, reader: Reader, value: object) -> object:
    """Read one field; what is wrong is told with the field's name."""
    try:
        return reader(value)
    except Bad as problem:
        raise Bad(_("“{field}”: {trouble}"), field=name, trouble=_Nested(problem)) from problem


class _Nested:
    """A trouble inside another: worded when the outer one is."""

    def __init__(self, problem: Bad) -> None:
        self.problem = problem

    def __str__(self) -> str:
        return str(self.problem)
