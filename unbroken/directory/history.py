"""Who wrote in the past: many writers recognised or made known at once, by the rules of today.

A writer nobody knows becomes a contact to be confirmed, one contact an address, as at the door;
the event is marked imported, so nothing follows from it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from unbroken.directory.actions.many import register_customers
from unbroken.directory.addresses import NotAnAddress, normal_address
from unbroken.directory.cards import ContactCard
from unbroken.directory.country import country
from unbroken.directory.events import ContactRegistered
from unbroken.directory.ids import ContactId
from unbroken.directory.models import Contact, ContactAddress, Customer, Service
from unbroken.directory.queries import contacts
from unbroken.directory.recognition import recognised
from unbroken.directory.values import CustomerValues
from unbroken.ground.actor import HOUSE
from unbroken.ground.history import Historian

_CONTACT = ("id", "version", "changed_at", "name", "language", "confirmed")
_KEYS_AT_ONCE = 5000
_ADDRESS = ("id", "stream", "version", "contact_id", "kind", "value", "normal")


@dataclass(frozen=True, slots=True)
class PastWriter:
    """Somebody as a mail names them; `register` is false for machines: known or nobody."""

    name: str
    email: str
    language: str = ""
    register: bool = True


def past_writers(
    writers: Sequence[PastWriter], *, historian: Historian, at: datetime
) -> list[ContactCard | None]:
    """Whose words these are, in the given order; call inside a transaction."""
    spelled = [_spelling(writer.email) for writer in writers]
    wanted = {normal for normal in spelled if normal}
    _wait_for(wanted)
    known = _known_at(wanted)
    new: dict[str, PastWriter] = {}
    for writer, normal in zip(writers, spelled, strict=True):
        key = normal or writer.email
        if writer.register and recognised(known.get(normal, ()), name=writer.name) is None:
            new.setdefault(key, writer)
    ids = _registered(new, historian=historian, at=at)
    cards = contacts(list(ids.values())) if ids else {}
    return [
        cards[ids[normal or writer.email]]
        if writer.register and (normal or writer.email) in ids
        else recognised(known.get(normal, ()), name=writer.name)
        for writer, normal in zip(writers, spelled, strict=True)
    ]


def _registered(
    new: dict[str, PastWriter], *, historian: Historian, at: datetime
) -> dict[str, ContactId]:
    ids: dict[str, ContactId] = {}
    with historian.book() as book:
        for key, writer in new.items():
            ids[key] = ContactId(historian.draw(Contact))
            stream = f"contact:{ids[key]}"
            book.tell(stream, 1, ContactRegistered(None, False), at=at, by=str(HOUSE))
            row = (ids[key], 1, at, writer.name, writer.language, False)
            book.put(Contact, _CONTACT, row)
            address = historian.draw(ContactAddress)
            normal = _spelling(writer.email)
            row_of_address = (
                address, stream, 1, ids[key], "email", writer.email.strip(), normal,
            )  # fmt: skip
            book.put(ContactAddress, _ADDRESS, row_of_address)
    return ids


def _spelling(email: str) -> str:
    try:
        return normal_address("email", email, country=country())
    except NotAnAddress:
        return ""


def _wait_for(normals: Iterable[str]) -> None:
    """Two who make the same stranger known give one contact: the second waits for the first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(key, 7)) FROM unnest(%s::text[]) AS key",
            [sorted(f"email:{normal}" for normal in normals)],
        )


def _known_at(normals: Iterable[str]) -> dict[str, list[ContactCard]]:
    rows = ContactAddress.objects.filter(kind="email", normal__in=list(normals), taken_off=False)
    places = list(rows.order_by("contact_id").values_list("normal", "contact_id"))
    cards = contacts([ContactId(contact_id) for _, contact_id in places]) if places else {}
    known: dict[str, list[ContactCard]] = {}
    for normal, contact_id in places:
        known.setdefault(normal, []).append(cards[ContactId(contact_id)])
    return known


def past_customers(keys: Iterable[str], *, at: datetime) -> tuple[dict[str, int], int]:
    """Customers by their key, and how many were made known by nothing but that key.

    An inventory that comes later tells the rest of them.
    """
    wanted = sorted({key for key in keys if key})
    known: dict[str, int] = {}
    for key, customer_id, into in _customers(wanted):
        known[key] = into or customer_id
    strangers = [key for key in wanted if key not in known]
    new = [CustomerValues(key=key, name=key) for key in strangers]
    ids = register_customers(new, by=HOUSE, at=at) if new else []
    known.update(zip(strangers, ids, strict=True))
    return known, len(strangers)


def _customers(keys: Sequence[str]) -> Iterator[tuple[str, int, int | None]]:
    for start in range(0, len(keys), _KEYS_AT_ONCE):
        found = Customer.objects.filter(key__in=keys[start : start + _KEYS_AT_ONCE])
        for key, customer_id, into in found.values_list("key", "id", "merged_into_id"):
            yield key or "", customer_id, into


def past_services(keys: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Services that are known by their key: their id and their customer's."""
    wanted = sorted({key for key in keys if key})
    found: dict[str, tuple[int, int]] = {}
    for start in range(0, len(wanted), _KEYS_AT_ONCE):
        rows = Service.objects.filter(key__in=wanted[start : start + _KEYS_AT_ONCE])
        for key, service_id, customer_id in rows.values_list("key", "id", "customer_id"):
            found[key or ""] = (service_id, customer_id)
    return found
