"""Who turned out to belong elsewhere, or to be somebody known already.

Both numbers of record stay alive: whatever names the one that gave way leads to the other. Each
can be taken back, and then everything that went along comes back that nobody moved on meanwhile.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from unbroken.directory.actions.people import new_address
from unbroken.directory.events import (
    ContactAbsorbed,
    ContactMerged,
    ContactMoved,
    ContactParted,
    CustomerAbsorbed,
    CustomerChanged,
    CustomerMerged,
    CustomerParted,
    PlaceChanged,
    ServiceChanged,
)
from unbroken.directory.ids import ContactId, CustomerId
from unbroken.directory.models import Contact, ContactAddress, Customer, Place, Service
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, change, change_pair, refusals
from unbroken.ground.events import LoggedEvent
from unbroken.ground.undo import restores, undoes
from unbroken.ground.words import _

RIGHTS = ("manages", "approves", "sees", "sites", "place_id")
NONE_OF_THEM = {"manages": False, "approves": False, "sees": "own", "sites": [], "place_id": None}
refusals(
    {
        "same.itself": _("That is the same one."),
        "same.merged_already": _("One of the two was merged with another already."),
        "same.two_customers": _("They speak for two customers: move one of them first."),
        "same.below": _("One of the two belongs to the other: take them apart first."),
        "same.to_be_confirmed": _("Say first whose contact this is."),
    }
)


def move_contact(
    *, contact_id: ContactId, customer_id: CustomerId, by: Actor, at: datetime
) -> None:
    """They speak for another customer from now on; what they might do at the old one ends."""
    _check_alive(Customer, customer_id)
    _move(contact_id, {"customer_id": int(customer_id), **NONE_OF_THEM}, by=by, at=at)


def merge_contacts(*, contact_id: ContactId, into_id: ContactId, by: Actor, at: datetime) -> None:
    """Two entries of one person become one: addresses and requests go to `into_id`."""
    if contact_id == into_id:
        raise Refused("same.itself")
    with change_pair(Contact, contact_id, into_id, by=by, at=at) as (gone, kept):
        _check_pair(gone, kept)
        if kept.left_at is not None or not kept.confirmed:
            raise Refused("same.to_be_confirmed")
        if gone.customer_id != kept.customer_id:
            raise Refused("same.two_customers")
        taken, fresh = _hand_over(gone, kept)
        gone.merged_into_id, gone.left_at = kept.id, at
        gone.tell(ContactMerged(into=kept.id, addresses=tuple(taken), lent=tuple(fresh)))
        kept.tell(ContactAbsorbed(other=gone.id))


def merge_customers(
    *, customer_id: CustomerId, into_id: CustomerId, by: Actor, at: datetime
) -> None:
    """Two entries of one customer become one: people, services, sites and requests follow."""
    if customer_id == into_id:
        raise Refused("same.itself")
    moved = {
        "contacts": _ids(Contact, customer_id=customer_id, merged_into=None),
        "services": _ids(Service, customer_id=customer_id),
        "places": _ids(Place, customer_id=customer_id),
        "departments": _ids(Customer, parent_id=customer_id),
    }
    with transaction.atomic():
        with change_pair(Customer, customer_id, into_id, by=by, at=at) as (gone, kept):
            _check_pair(gone, kept)
            if kept.parent_id == gone.id or gone.parent_id == kept.id:
                raise Refused("same.below")
            gone.merged_into_id = kept.id
            gone.tell(CustomerMerged(into=kept.id, **_as_told(moved)))
            kept.tell(CustomerAbsorbed(other=gone.id))
        _carry(moved, was=customer_id, becomes=into_id, by=by, at=at)


def part_customers(*, customer_id: CustomerId, by: Actor, at: datetime, **moved: list[int]) -> None:
    """They are two again; what went along and is still there comes back."""
    with transaction.atomic():
        with change(Customer, customer_id, by=by, at=at) as customer:
            if customer.merged_into_id is None:
                raise Refused("undo.cannot")
            into, customer.merged_into_id = customer.merged_into_id, None
            customer.tell(CustomerParted(other=into))
        _carry(moved, was=into, becomes=customer_id, by=by, at=at)


def part_contacts(
    *,
    contact_id: ContactId,
    addresses: Sequence[int],
    lent: Sequence[int],
    by: Actor,
    at: datetime,
) -> None:
    """They are two again: the addresses that went along come back."""
    into = Contact.objects.values_list("merged_into_id", flat=True).get(pk=contact_id)
    if into is None:
        raise Refused("undo.cannot")
    with change_pair(Contact, contact_id, into, by=by, at=at) as (back, kept):
        for one in ContactAddress.objects.filter(contact_id=contact_id, pk__in=addresses):
            one.taken_off = False
            back.add(one)
        for one in ContactAddress.objects.filter(contact_id=into, pk__in=lent, taken_off=False):
            one.taken_off = True
            kept.add(one)
        back.merged_into_id = back.left_at = None
        back.tell(ContactParted(other=into, back=True))
        kept.tell(ContactParted(other=back.id, back=False))


# ── taking back ───────────────────────────────────────────────────────────────


def _moved_back(event: LoggedEvent, **told: Any) -> None:
    _move(ContactId(event.subject_id), dict(event.data["was"]), **told)


def _contact_parted(event: LoggedEvent, **told: Any) -> None:
    data = event.data
    part_contacts(
        contact_id=ContactId(event.subject_id),
        addresses=data["addresses"],
        lent=data["lent"],
        **told,
    )


def _customer_parted(event: LoggedEvent, **told: Any) -> None:
    moved = {name: event.data[name] for name in ("contacts", "services", "places", "departments")}
    part_customers(customer_id=CustomerId(event.subject_id), **moved, **told)


restores({"contact.moved": _moved_back})
undoes({"contact.merged": _contact_parted, "customer.merged": _customer_parted})


# ── what the sentences above need ─────────────────────────────────────────────


def _move(contact_id: ContactId, wanted: dict[str, Any], *, by: Actor, at: datetime) -> None:
    with change(Contact, contact_id, by=by, at=at) as contact:
        if contact.customer_id is None or not contact.confirmed:
            raise Refused("same.to_be_confirmed")
        was = {name: getattr(contact, name) for name in ("customer_id", *RIGHTS)}
        if was["customer_id"] == wanted["customer_id"]:
            return
        for name, value in wanted.items():
            setattr(contact, name, value)
        contact.tell(ContactMoved(was=was, now=wanted))


def _check_alive(model: Any, number: int) -> None:
    if not model.objects.filter(pk=number, merged_into=None).exists():
        raise Refused("customer.unknown")


def _check_pair(gone: Any, kept: Any) -> None:
    if gone.merged_into_id is not None or kept.merged_into_id is not None:
        raise Refused("same.merged_already")


def _hand_over(gone: Any, kept: Any) -> tuple[list[int], list[int]]:
    """The numbers of the addresses taken off there, and of those that are new here."""
    held = {
        (one.kind, one.normal or one.value): one
        for one in ContactAddress.objects.filter(contact_id=kept.id)
    }
    taken, fresh = [], []
    for one in ContactAddress.objects.filter(contact_id=gone.id, taken_off=False):
        one.taken_off = True
        gone.add(one)
        taken.append(one.pk)
        known = held.get((one.kind, one.normal or one.value))
        if known is not None and not known.taken_off:
            continue
        if known is None:
            known = new_address(kept.id, one.kind, one.value, one.normal, one.from_inventory)
        known.taken_off, known.state = False, one.state
        kept.add(known)
        fresh.append(known)
    return taken, [one.pk for one in fresh if one.pk]


def _as_told(moved: dict[str, list[int]]) -> dict[str, tuple[int, ...]]:
    return {name: tuple(numbers) for name, numbers in moved.items()}


def _ids(model: Any, **where: object) -> list[int]:
    return list(model.objects.filter(**where).order_by("id").values_list("id", flat=True))


def _carry(moved: dict[str, list[int]], *, was: int, becomes: int, by: Actor, at: datetime) -> None:
    """Each of them belongs to the other customer, if it still belongs to this one."""
    told = {"by": by, "at": at}
    for contact_id in moved["contacts"]:
        with change(Contact, contact_id, **told) as contact:  # type: ignore[arg-type]
            if contact.customer_id == was:
                contact.customer_id = becomes
                contact.tell(ContactMoved(was={"customer_id": was}, now={"customer_id": becomes}))
    for service_id in moved["services"]:
        with change(Service, service_id, **told) as service:  # type: ignore[arg-type]
            if service.customer_id == was:
                service.customer_id = becomes
                service.tell(ServiceChanged(fields=("customer",), agreement=None))
    for place_id in moved["places"]:
        with change(Place, place_id, **told) as place:  # type: ignore[arg-type]
            if place.customer_id == was:
                place.customer_id = becomes
                place.tell(PlaceChanged(fields=("customer",)))
    for department_id in moved["departments"]:
        with change(Customer, department_id, **told) as department:  # type: ignore[arg-type]
            if department.parent_id == was:
                department.parent_id = becomes
                department.tell(CustomerChanged(fields=("parent",)))
