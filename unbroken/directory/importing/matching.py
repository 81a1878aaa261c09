"""Which contact of a customer an item of the inventory means. Pure.

Contacts seldom have an id of their own. Within one customer (never across) they are told by id,
by name and address together, by name, by address; each known one is meant by one item at most.
"""

from collections.abc import Callable, Mapping, Sequence

from unbroken.directory.addresses import normal_address
from unbroken.directory.importing.items import Item
from unbroken.directory.importing.shelf import Row


def spelled(item: Item, *, country: str) -> dict[tuple[str, str], str]:
    """The addresses of an item by kind and spelling."""
    return {
        (kind, normal_address(kind, text, country=country)): text
        for kind, text in item.addresses or ()
    }


def matched(items: Sequence[Item], rows: Sequence[Row], *, country: str) -> dict[str, Row]:
    """The known contact behind each item, by the item's label; those without are new."""
    found: dict[str, Row] = {}
    taken: set[int] = set()
    addresses = {item.label: spelled(item, country=country).keys() for item in items}
    for is_meant in _SIGNS:
        for item in items:
            if item.label in found:
                continue
            for row in rows:
                if row.id not in taken and is_meant(item, addresses[item.label], row):
                    found[item.label] = row
                    taken.add(row.id)
                    break
    return found


def _same_key(item: Item, _addresses: object, row: Row) -> bool:
    return item.key is not None and item.key == row.values["key"]


def _same_name(item: Item, _addresses: object, row: Row) -> bool:
    name = str(item.values.get("name", ""))
    return _may_be(item, row) and name != "" and name == row.values["name"]


def _same_address(item: Item, addresses: Mapping[tuple[str, str], str], row: Row) -> bool:
    return _may_be(item, row) and any(place in row.addresses for place in addresses)


def _both(item: Item, addresses: Mapping[tuple[str, str], str], row: Row) -> bool:
    return _same_name(item, addresses, row) and _same_address(item, addresses, row)


def _may_be(item: Item, row: Row) -> bool:
    """Two ids are two people."""
    return item.key is None or row.values["key"] is None


_SIGNS: tuple[Callable[..., bool], ...] = (_same_key, _both, _same_name, _same_address)
