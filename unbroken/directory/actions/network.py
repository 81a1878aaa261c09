"""Places, partners, products, services, and the graph of resources under them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from ipaddress import ip_address
from typing import Any, Unpack

from django.db import connection, transaction

from unbroken.directory.actions.people import all_of_it
from unbroken.directory.actions.people import difference as _difference
from unbroken.directory.columns import put
from unbroken.directory.events import (
    PartnerChanged,
    PartnerRegistered,
    PlaceChanged,
    PlaceRegistered,
    ProductChanged,
    ProductRegistered,
    ResourceChanged,
    ResourceRegistered,
    ServiceChanged,
    ServiceRegistered,
)
from unbroken.directory.ids import PartnerId, PlaceId, ProductId, ResourceId, ServiceId
from unbroken.directory.kinds import PLACE_KINDS, RESOURCE_KINDS, SERVICE_STATES, THE_CUSTOMER, US
from unbroken.directory.models import Partner, Place, Product, Resource, ResourceParent, Service
from unbroken.directory.values import (
    PartnerValues,
    PlaceValues,
    ProductValues,
    ResourceValues,
    ServiceValues,
)
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.events import LoggedEvent
from unbroken.ground.sql import text_of
from unbroken.ground.undo import restores
from unbroken.ground.words import _

SERVICE_PLAIN = (
    "product_id", "technology", "resource_id", "place_id", "agreement", "monthly_price", "currency",
    "state",
)  # fmt: skip
RESOURCE_PLAIN = ("kind", "name", "model", "circuit", "owner", "place_id")

refusals(
    {
        "place.no_such_kind": _("A place is an area, a site or a department."),
        "service.no_such_state": _("A service is active, suspended or ended."),
        "service.no_such_ip": _("{ip} is no IP address."),
        "resource.no_such_kind": _("There is no kind of resource called {kind}."),
        "resource.no_such_owner": _(
            "A resource is ours, the customer's or a partner's; {owner} is unknown."
        ),
        "resource.would_carry_itself": _("The resource would depend on itself."),
    }
)


def register_partner(
    *, key: str, by: Actor, at: datetime, **values: Unpack[PartnerValues]
) -> PartnerId:
    """A carrier or supplier is known from now on."""
    with begin(Partner, by=by, at=at) as partner:
        partner.key = key
        put(partner, values)
        partner.tell(PartnerRegistered())
    return PartnerId(partner.id)


def change_partner(
    *, partner_id: PartnerId, by: Actor, at: datetime, **values: Unpack[PartnerValues]
) -> bool:
    """New values for what is given; says whether anything was new."""
    with change(Partner, partner_id, by=by, at=at) as partner:
        fields = put(partner, values)
        if fields:
            partner.tell(PartnerChanged(fields=fields))
    return bool(fields)


def register_place(*, by: Actor, at: datetime, **values: Unpack[PlaceValues]) -> PlaceId:
    """An area, or a customer's site or department, is known from now on."""
    _check_place(values)
    with begin(Place, by=by, at=at) as place:
        put(place, values)
        place.tell(PlaceRegistered(kind=place.kind))
    return PlaceId(place.id)


def change_place(
    *, place_id: PlaceId, by: Actor, at: datetime, **values: Unpack[PlaceValues]
) -> bool:
    """New values for what is given; says whether anything was new."""
    _check_place(values)
    with change(Place, place_id, by=by, at=at) as place:
        fields = put(place, values)
        if fields:
            place.tell(PlaceChanged(fields=fields))
    return bool(fields)


def register_product(
    *, key: str, by: Actor, at: datetime, **values: Unpack[ProductValues]
) -> ProductId:
    """We sell this from now on."""
    with begin(Product, by=by, at=at) as product:
        product.key = key
        put(product, values)
        product.tell(ProductRegistered())
    return ProductId(product.id)


def change_product(
    *, product_id: ProductId, by: Actor, at: datetime, **values: Unpack[ProductValues]
) -> bool:
    """New values for what is given; says whether anything was new."""
    with change(Product, product_id, by=by, at=at) as product:
        fields = put(product, values)
        if fields:
            product.tell(ProductChanged(fields=fields))
    return bool(fields)


def register_service(*, by: Actor, at: datetime, **values: Unpack[ServiceValues]) -> ServiceId:
    """A customer has this service from now on."""
    wanted = checked_service(values)
    with begin(Service, by=by, at=at) as service:
        put(service, wanted)
        service.tell(ServiceRegistered(service.customer_id, service.agreement))
    return ServiceId(service.id)


def change_service(
    *, service_id: ServiceId, by: Actor, at: datetime, **values: Unpack[ServiceValues]
) -> bool:
    """New values for what is given; a new agreement is told by its key."""
    wanted = checked_service(values)
    with change(Service, service_id, by=by, at=at) as service:
        before = _plain(service, SERVICE_PLAIN)
        fields = put(service, wanted)
        if fields:
            agreement = service.agreement if "agreement" in fields else None
            was, now = _difference(before, _plain(service, SERVICE_PLAIN))
            service.tell(ServiceChanged(fields=fields, agreement=agreement, was=was, now=now))
    return bool(fields)


def register_resource(
    *,
    key: str,
    parents: Sequence[ResourceId] = (),
    by: Actor,
    at: datetime,
    **values: Unpack[ResourceValues],
) -> ResourceId:
    """A thing in the network is known from now on. A new one carries nothing yet: no circle."""
    _check_resource(values)
    with begin(Resource, by=by, at=at) as resource:
        resource.key = key
        put(resource, values)
        for parent_id in dict.fromkeys(parents):
            resource.add(ResourceParent(resource_id=resource.id, parent_id=parent_id))
        resource.tell(ResourceRegistered(kind=resource.kind))
    return ResourceId(resource.id)


def change_resource(
    *,
    resource_id: ResourceId,
    parents: Sequence[ResourceId] | None = None,
    by: Actor,
    at: datetime,
    **values: Unpack[ResourceValues],
) -> bool:
    """New values for what is given; `parents` are then all of them, and never lead back here."""
    _check_resource(values)
    with transaction.atomic():
        if parents is not None:
            _check_no_circle(resource_id, parents)
        with change(Resource, resource_id, by=by, at=at) as resource:
            before = _plain(resource, RESOURCE_PLAIN)
            above = _parents_of(resource_id) if parents is not None else []
            fields = put(resource, values)
            now = _plain(resource, RESOURCE_PLAIN)
            if parents is not None and _hang_below(resource, parents):
                fields = (*fields, "parents")
                before, now = before | {"parents": above}, now | {"parents": sorted(parents)}
            if fields:
                was, new = _difference(before, now)
                resource.tell(ResourceChanged(fields=fields, was=was, now=new))
    return bool(fields)


def _service_as_before(event: LoggedEvent, **told: Any) -> None:
    values = all_of_it(event)
    if values.get("monthly_price"):
        values["monthly_price"] = Decimal(values["monthly_price"])
    change_service(service_id=ServiceId(event.subject_id), **values, **told)


def _resource_as_before(event: LoggedEvent, **told: Any) -> None:
    change_resource(resource_id=ResourceId(event.subject_id), **all_of_it(event), **told)


restores({"service.changed": _service_as_before, "resource.changed": _resource_as_before})


# ── what the sentences above need ─────────────────────────────────────────────


def _plain(row: Any, columns: Sequence[str]) -> dict[str, Any]:
    """Values that an event may tell: they name nobody and open nothing."""
    found = {column: getattr(row, column) for column in columns}
    return {name: str(one) if isinstance(one, Decimal) else one for name, one in found.items()}


def _parents_of(resource_id: ResourceId) -> list[int]:
    links = ResourceParent.objects.filter(resource_id=resource_id, cut=False)
    return sorted(links.values_list("parent_id", flat=True))


def _check_place(values: PlaceValues) -> None:
    if values.get("kind", PLACE_KINDS[0]) not in PLACE_KINDS:
        raise Refused("place.no_such_kind")


def checked_service(values: ServiceValues) -> ServiceValues:
    """The values with the address in its one spelling, or a refusal."""
    if values.get("state", SERVICE_STATES[0]) not in SERVICE_STATES:
        raise Refused("service.no_such_state")
    ip = values.get("ip")
    if ip is None:
        return values
    try:
        return {**values, "ip": str(ip_address(ip))}
    except ValueError as problem:
        raise Refused("service.no_such_ip", ip=ip) from problem


def _check_resource(values: ResourceValues) -> None:
    owner = values.get("owner", US)
    is_partner = Partner.objects.filter(key=owner).exists()
    check_resource(values, {owner} if is_partner else ())


def check_resource(values: ResourceValues, partners: Collection[str]) -> None:
    """Its kind is on the list, and somebody we know answers for it."""
    kind, owner = values.get("kind", RESOURCE_KINDS[0]), values.get("owner", US)
    if kind not in RESOURCE_KINDS:
        raise Refused("resource.no_such_kind", kind=kind)
    if owner not in (US, THE_CUSTOMER, *partners):
        raise Refused("resource.no_such_owner", owner=owner)


def _check_no_circle(resource_id: ResourceId, parents: Sequence[ResourceId]) -> None:
    """Two people who hang a below b and b below a at once must not both succeed: one at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('directory.resource_parent'))")
        cursor.execute(
            text_of("directory/queries/carries.sql"),
            {"resource_id": resource_id, "parents": list(parents)},
        )
        if cursor.fetchone()[0]:
            raise Refused("resource.would_carry_itself")


def _hang_below(resource: Any, parents: Sequence[ResourceId]) -> bool:
    """Make these the parents: new links, links taken up again, links cut."""
    links = {
        link.parent_id: link for link in ResourceParent.objects.filter(resource_id=resource.id)
    }
    touched = []
    for parent_id in dict.fromkeys(parents):
        if parent_id not in links:
            touched.append(ResourceParent(resource_id=resource.id, parent_id=parent_id))
    for link in links.values():
        if link.cut != (link.parent_id not in parents):
            link.cut = link.parent_id not in parents
            touched.append(link)
    for link in touched:
        resource.add(link)
    return bool(touched)
