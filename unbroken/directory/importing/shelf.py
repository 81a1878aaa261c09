"""What the desk knows before an import, read once, so that what did not change costs nothing."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from unbroken.directory.importing.checking import Known
from unbroken.directory.importing.fields import FIELDS, REFERENCES
from unbroken.directory.models import (
    Contact,
    ContactAddress,
    Customer,
    Partner,
    Place,
    Product,
    Resource,
    ResourceParent,
    Service,
)
from unbroken.ground.models import Guarded

MODELS: Mapping[str, type[Guarded]] = {
    "partner": Partner,
    "customer": Customer,
    "place": Place,
    "product": Product,
    "resource": Resource,
    "contact": Contact,
    "service": Service,
}


@dataclass(slots=True)
class Row:
    """One row as it stood when the import began."""

    id: int
    values: Mapping[str, object]
    addresses: dict[tuple[str, str], tuple[str, bool]] = field(default_factory=dict)
    """Of a contact: by kind and spelling, the value as given and whether the inventory gave it."""


@dataclass(slots=True)
class Shelf:
    """All rows by kind and key; contacts by customer, because few have a key."""

    by_key: dict[str, dict[str, Row]]
    contacts: dict[int, list[Row]]
    parents: dict[str, tuple[str, ...]]

    @property
    def known(self) -> Known:
        """For the check of the inventory as a whole."""
        return Known(self.by_key, self.parents)

    def id_of(self, kind: str, key: str | None) -> int | None:
        """The number behind a key that the check has found to be known."""
        return None if key is None else self.by_key[kind][key].id


def read_shelf() -> Shelf:
    """Everything with a key, and every contact of a customer."""
    by_key = {kind: _rows(kind) for kind in MODELS if kind != "contact"}
    contacts = _contacts()
    by_key["contact"] = {
        str(row.values["key"]): row
        for rows in contacts.values()
        for row in rows
        if row.values["key"] is not None
    }
    return Shelf(by_key, contacts, _parents(by_key["resource"]))


def columns_of(kind: str) -> list[str]:
    """The columns that an inventory may give."""
    plain = [column for column, _reader in FIELDS[kind].values()]
    named = [column for column, _to in REFERENCES[kind].values()]
    extra = {"service": ["customer_id"], "contact": ["customer_id", "key"]}.get(kind, [])
    return [*plain, *named, *extra]


def _rows(kind: str) -> dict[str, Row]:
    columns = columns_of(kind)
    found = MODELS[kind]._base_manager.values_list("id", "key", *columns)
    return {
        key: Row(row_id, dict(zip(columns, values, strict=True)))
        for row_id, key, *values in found.iterator()
        if key is not None
    }


def _contacts() -> dict[int, list[Row]]:
    columns = columns_of("contact")
    by_id: dict[int, Row] = {}
    by_customer: dict[int, list[Row]] = defaultdict(list)
    found = Contact.objects.filter(customer_id__isnull=False).order_by("id")
    for row_id, *values in found.values_list("id", *columns).iterator():
        row = Row(row_id, dict(zip(columns, values, strict=True)))
        by_id[row_id] = row
        customer_id = row.values["customer_id"]
        assert isinstance(customer_id, int)
        by_customer[customer_id].append(row)
    held = ContactAddress.objects.filter(taken_off=False).exclude(normal="")
    for contact_id, kind, normal, value, listed in held.values_list(
        "contact_id", "kind", "normal", "value", "from_inventory"
    ).iterator():
        if contact_id in by_id:
            by_id[contact_id].addresses[kind, normal] = (value, listed)
    return by_customer


def _parents(resources: Mapping[str, Row]) -> dict[str, tuple[str, ...]]:
    names = {row.id: key for key, row in resources.items()}
    parents: dict[str, list[str]] = defaultdict(list)
    links = ResourceParent.objects.filter(cut=False).order_by("id")
    for below, above in links.values_list("resource_id", "parent_id").iterator():
        parents[names[below]].append(names[above])
    return {key: tuple(above) for key, above in parents.items()}
