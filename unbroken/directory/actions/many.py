"""The sentences of an import, said for many at once: the same rules, a hundredth of the trips.

Every row still has its own event. One that cannot be registered takes the whole lot back; who says
them for many says them again one by one to find the guilty.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db import models, transaction

from unbroken.directory.actions.network import check_resource, checked_service
from unbroken.directory.actions.people import each_once, strict_spelling
from unbroken.directory.events import (
    ContactRegistered,
    CustomerRegistered,
    ResourceRegistered,
    ServiceRegistered,
)
from unbroken.directory.ids import ContactId, CustomerId, ResourceId, ServiceId
from unbroken.directory.kinds import CUSTOMER_KINDS, THE_CUSTOMER, US
from unbroken.directory.models import (
    Contact,
    ContactAddress,
    Customer,
    Partner,
    Resource,
    ResourceParent,
    Service,
)
from unbroken.directory.values import (
    ContactValues,
    CustomerValues,
    ResourceValues,
    ServiceValues,
)
from unbroken.ground.actor import Actor
from unbroken.ground.batch import begin_all, copy_rows, draw_many
from unbroken.ground.change import Refused
from unbroken.ground.models import Guarded, GuardedChild


@dataclass(frozen=True, slots=True)
class NewContact:
    """A contact of a customer, with where it can be reached."""

    customer_id: CustomerId
    addresses: Sequence[tuple[str, str]]
    values: ContactValues


@dataclass(frozen=True, slots=True)
class NewResource:
    """A resource with what it stops working without; its parents are there already."""

    key: str
    parents: Sequence[ResourceId]
    values: ResourceValues


def register_customers(
    new: Sequence[CustomerValues], *, by: Actor, at: datetime
) -> list[CustomerId]:
    """They all have a contract with us from now on."""
    for values in new:
        if values.get("kind", CUSTOMER_KINDS[0]) not in CUSTOMER_KINDS:
            raise Refused("customer.no_such_kind")
    rows = [Customer(**values) for values in new]
    told = [CustomerRegistered(kind=row.kind) for row in rows]
    return [CustomerId(row_id) for row_id in _begin(Customer, rows, told, by=by, at=at)]


def register_contacts(new: Sequence[NewContact], *, by: Actor, at: datetime) -> list[ContactId]:
    """They all speak for customers of ours, says the inventory."""
    rows = [Contact(customer_id=one.customer_id, confirmed=True, **one.values) for one in new]
    told = [ContactRegistered(one.customer_id, True) for one in new]
    with transaction.atomic():
        ids = _begin(Contact, rows, told, by=by, at=at)
        addresses = [
            ContactAddress(
                contact_id=contact_id, kind=kind, value=text, normal=normal, from_inventory=True
            )
            for contact_id, one in zip(ids, new, strict=True)
            for kind, text, normal in each_once(
                (kind, text, strict_spelling(kind, text)) for kind, text in one.addresses
            )
        ]
        _hang(ContactAddress, addresses, [f"contact:{row.contact_id}" for row in addresses])
    return [ContactId(row_id) for row_id in ids]


def register_services(new: Sequence[ServiceValues], *, by: Actor, at: datetime) -> list[ServiceId]:
    """Their customers have them from now on."""
    rows = [Service(**checked_service(values)) for values in new]
    told = [ServiceRegistered(row.customer_id, row.agreement) for row in rows]
    return [ServiceId(row_id) for row_id in _begin(Service, rows, told, by=by, at=at)]


def register_resources(new: Sequence[NewResource], *, by: Actor, at: datetime) -> list[ResourceId]:
    """They are all known from now on. New ones carry nothing yet: no circle."""
    owners = {one.values.get("owner", US) for one in new} - {US, THE_CUSTOMER}
    partners = set(Partner.objects.filter(key__in=owners).values_list("key", flat=True))
    for one in new:
        check_resource(one.values, partners)
    rows = [Resource(key=one.key, **one.values) for one in new]
    told = [ResourceRegistered(kind=row.kind) for row in rows]
    with transaction.atomic():
        ids = _begin(Resource, rows, told, by=by, at=at)
        links = [
            ResourceParent(resource_id=resource_id, parent_id=parent_id)
            for resource_id, one in zip(ids, new, strict=True)
            for parent_id in dict.fromkeys(one.parents)
        ]
        _hang(ResourceParent, links, [f"resource:{row.resource_id}" for row in links])
    return [ResourceId(row_id) for row_id in ids]


def _begin(
    model: type[Guarded],
    rows: Sequence[models.Model],
    told: Iterable[object],
    *,
    by: Actor,
    at: datetime,
) -> list[int]:
    new = [(_columns(row), one) for row, one in zip(rows, told, strict=True)]
    return begin_all(model, new, by=by, at=at)


def _hang(model: type[GuardedChild], rows: Sequence[GuardedChild], streams: Iterable[str]) -> None:
    """Children of new rows: each carries the event that registered its parent."""
    if not rows:
        return
    ids = draw_many(model, len(rows))
    columns = tuple(_columns(rows[0]))
    copy_rows(
        model,
        ("id", "stream", "version", *columns),
        (
            (row_id, stream, 1, *_columns(row).values())
            for row_id, stream, row in zip(ids, streams, rows, strict=True)
        ),
    )


_OWN = frozenset({"id", "stream", "version", "changed_at"})


def _columns(row: models.Model) -> Mapping[str, Any]:
    """Every column with its value or its default."""
    names = (field.attname for field in row._meta.concrete_fields)
    return {name: cast(Any, getattr(row, name)) for name in names if name not in _OWN}
