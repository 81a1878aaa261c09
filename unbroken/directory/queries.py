"""Who somebody is, what they have, and who answers for it. Nothing here guesses.

Somebody is recognised by an address alone, spelled the one way; a display name never counts. Where
two customers share an address, several cards come back and the caller must not choose between them.
"""

import contextlib
import dataclasses
from collections.abc import Iterable, Sequence
from decimal import Decimal
from ipaddress import ip_address
from typing import Final

from django.db import connection

from unbroken.directory.addresses import NotAnAddress, normal_address
from unbroken.directory.cards import (
    AddressCard,
    Answerable,
    ContactCard,
    CustomerCard,
    PartnerCard,
    PlaceCard,
    Rights,
    ServiceCard,
    SiteRow,
    Step,
)
from unbroken.directory.country import country
from unbroken.directory.demarcation import answerable
from unbroken.directory.ids import ContactId, CustomerId, PartnerId, PlaceId, ServiceId
from unbroken.directory.models import Contact, Partner, Place, Service
from unbroken.directory.recognition import recognised
from unbroken.ground.foreseen import Foreseen
from unbroken.ground.sql import row, rows, rows_where, text_of

_CONTACTS = "directory/queries/contacts.sql"
_CUSTOMERS = "directory/queries/customers.sql"
_SERVICES = "directory/queries/services.sql"
_BY_ANY_KEY = "directory/queries/services_by_any_key.sql"
_HOUSE = "directory/queries/house.sql"
_SITES = "directory/queries/site_rows.sql"
_WAY_UP = "directory/queries/way_up.sql"


@dataclasses.dataclass(frozen=True, slots=True)
class _Id:
    """A number alone."""

    id: int


@dataclasses.dataclass(frozen=True, slots=True)
class _BareContact:
    """A contact before its addresses are joined to it."""

    id: ContactId
    key: str | None
    name: str
    confirmed: bool
    customer_id: CustomerId | None
    customer_name: str
    language: str
    timezone: str
    place_id: PlaceId | None
    held: list[tuple[int, str, str, str, str]]
    manages: bool
    approves: bool
    sees: str
    sites: list[int]
    order_limit: Decimal | None
    mails: str
    news_by: str
    has_left: bool
    merged_into: ContactId | None


# ── people ────────────────────────────────────────────────────────────────────


def contacts_at(kind: str, value: str) -> tuple[ContactCard, ...]:
    """Everybody who can be reached at exactly this address; empty when it cannot be read."""
    try:
        normal = normal_address(kind, value, country=country())
    except NotAnAddress:
        return ()
    if not normal:
        return ()
    foreseen = _AT.get((kind, normal))
    return foreseen if foreseen is not None else _contacts(_AT_ADDRESS, kind=kind, normal=normal)


def foresee_contacts(kind: str, values: Iterable[str]) -> set[CustomerId]:
    """Have everybody at these addresses at hand (`ground.foreseen`); returns their customers."""
    normals = set()
    for value in values:
        with contextlib.suppress(NotAnAddress):
            normals.add(normal_address(kind, value, country=country()))
    found: dict[tuple[str, str], list[ContactCard]] = {(kind, normal): [] for normal in normals}
    cards = _contacts(_AT_ADDRESSES, kind=kind, normals=sorted(normals)) if normals else ()
    for card in cards:
        for normal in {one.normal for one in card.addresses if one.kind == kind} & normals:
            found[kind, normal].append(card)
    _AT.put({key: tuple(there) for key, there in found.items()})
    return {card.customer_id for card in cards if card.customer_id is not None}


def address_number(kind: str, value: str) -> int:
    """The number under which an address is kept, of somebody who has it; 0 when nobody has."""
    held = (one for card in contacts_at(kind, value) for one in card.addresses if one.kind == kind)
    normal = normal_address(kind, value, country=country())
    return next((one.id for one in held if one.normal == normal), 0)


def contacts_sharing(number: int) -> tuple[ContactCard, ...]:
    """Everybody who can be reached at the address of this number; nobody once it was erased."""
    return _contacts(_SHARING, number=number)


def who_writes(kind: str, value: str, *, name: str = "") -> ContactCard | None:
    """The one contact whose words these surely are, or nobody (then `register_contact`).

    Confirmed contacts of one customer who share the address are told apart by name; contacts of two
    customers are not told apart at all.
    """
    return recognised(contacts_at(kind, value), name=name)


def contact(contact_id: ContactId) -> ContactCard | None:
    """One contact with all addresses that are not taken off."""
    return next(iter(_contacts(_THESE, ids=[contact_id])), None)


def contacts(contact_ids: Sequence[ContactId]) -> dict[ContactId, ContactCard]:
    """Several at once, for a page."""
    return {card.id: card for card in _contacts(_THESE, ids=list(contact_ids))}


@dataclasses.dataclass(frozen=True, slots=True)
class Decider:
    """Somebody who may decide what a customer's people ordered, or manages there."""

    for_customer: int
    contact_id: int
    approves: bool
    manages: bool


def deciders_for(customer_ids: Iterable[int], *, floors: int) -> list[Decider]:
    """For each of these customers, those of it and of the companies above; one question."""
    wanted = sorted(customer_ids)
    if not wanted:
        return []
    return rows(Decider, "directory/queries/deciders.sql", customers=wanted, floors=floors)


def merged_into(contact_id: ContactId) -> list[ContactId]:
    """Those who turned out to be this person, one after the other."""
    found: list[ContactId] = []
    waiting = [contact_id]
    while waiting:
        rows_below = Contact.objects.filter(merged_into_id=waiting.pop())
        below = [ContactId(one) for one in rows_below.values_list("id", flat=True)]
        waiting += below
        found += below
    return found


def who_they_are_now(contact_id: ContactId) -> ContactCard | None:
    """This person, or whom they turned out to be, in the end."""
    card = contact(contact_id)
    while card is not None and card.merged_into is not None:
        card = contact(card.merged_into)
    return card


def contacts_of(customer_id: CustomerId) -> tuple[ContactCard, ...]:
    """Everybody who speaks for a customer."""
    return _contacts(_OF_CUSTOMER, customer_id=customer_id)


def customer(customer_id: CustomerId) -> CustomerCard | None:
    """One customer."""
    return row(CustomerCard, _CUSTOMERS, customer_id=customer_id, key=None, parent_id=None)


def customer_by_key(key: str) -> CustomerCard | None:
    """The customer with the provider's own id."""
    return row(CustomerCard, _CUSTOMERS, customer_id=None, key=key, parent_id=None)


def customers_of(parent_id: CustomerId) -> list[CustomerCard]:
    """The departments of a company, the customers of a reseller."""
    return rows(CustomerCard, _CUSTOMERS, customer_id=None, key=None, parent_id=parent_id)


def house_of(customer_id: CustomerId) -> frozenset[int]:
    """A customer and all below: the departments of a company, the customers of a reseller."""
    return frozenset(found.id for found in rows(_Id, _HOUSE, customer_id=customer_id))


def site_rows(customer_id: CustomerId) -> list[SiteRow]:
    """A company's sites and departments, each under what it is part of."""
    return rows(SiteRow, _SITES, customer_id=customer_id)


# ── services and places ───────────────────────────────────────────────────────


def service(service_id: ServiceId) -> ServiceCard | None:
    """One service."""
    return services([service_id]).get(service_id)


def services(service_ids: Sequence[ServiceId]) -> dict[ServiceId, ServiceCard]:
    """Several at once, for a page."""
    condition = "service.id = ANY (%(ids)s::bigint[])"
    found = rows_where(ServiceCard, _SERVICES, condition, ids=list(service_ids))
    return {card.id: card for card in found}


def services_count() -> int:
    """How many services are in use."""
    return Service.objects.exclude(state="ended").count()


def services_of(customer_id: CustomerId) -> list[ServiceCard]:
    """What a customer has, ended services last."""
    foreseen = _SERVICES_OF.get(customer_id)
    if foreseen is not None:
        return list(foreseen)
    condition = "service.customer_id = %(customer_id)s::bigint"
    return rows_where(ServiceCard, _SERVICES, condition, customer_id=customer_id)


def foresee_services(customer_ids: Iterable[CustomerId]) -> None:
    """Have what these customers have at hand (`ground.foreseen`)."""
    found: dict[int, list[ServiceCard]] = {int(customer_id): [] for customer_id in customer_ids}
    if found:
        condition = "service.customer_id = ANY (%(customer_ids)s::bigint[])"
        for card in rows_where(ServiceCard, _SERVICES, condition, customer_ids=sorted(found)):
            found[int(card.customer_id)].append(card)
        _SERVICES_OF.put({customer: tuple(cards) for customer, cards in found.items()})


def services_by_any_key(text: str) -> list[ServiceCard]:
    """All services that a provider's id, access name, circuit or IP address may mean."""
    with connection.cursor() as cursor:
        cursor.execute(text_of(_BY_ANY_KEY), {"text": text.strip(), "ip": _as_ip(text.strip())})
        ids = [found[0] for found in cursor.fetchall()]
    return list(services(ids).values()) if ids else []


def service_by_any_key(text: str) -> ServiceCard | None:
    """The one service meant; nobody when there is none or more than one."""
    found = services_by_any_key(text)
    return found[0] if len(found) == 1 else None


def place(place_id: PlaceId) -> PlaceCard | None:
    """One place."""
    return _place(Place.objects.filter(pk=place_id).first())


def place_by_key(key: str) -> PlaceCard | None:
    """The place with the provider's own id."""
    return _place(Place.objects.filter(key=key).first())


def places_of(customer_id: CustomerId) -> list[PlaceCard]:
    """A customer's sites and departments."""
    every = Place.objects.filter(customer_id=customer_id).order_by("name", "id")
    return [card for card in map(_place, every) if card is not None]


# ── the network ───────────────────────────────────────────────────────────────


def way_up(resource_key: str) -> list[Step]:
    """A resource and everything it stops working without, nearest first."""
    return rows(Step, _WAY_UP, key=resource_key)


def who_answers_for(resource_key: str) -> Answerable | None:
    """Whose a resource is, and at which borders on the way up somebody else begins to answer."""
    return answerable(way_up(resource_key))


def partners() -> list[PartnerCard]:
    """Every carrier and supplier, by name."""
    columns = ("id", "key", "name", "email")
    found = Partner.objects.order_by("name", "id").values_list(*columns)
    return [PartnerCard(*values) for values in found]


def partner_by_key(key: str) -> PartnerCard | None:
    """The carrier or supplier with this key."""
    found = Partner.objects.filter(key=key).first()
    return PartnerCard(PartnerId(found.id), found.key, found.name, found.email) if found else None


# ── what the questions above need ─────────────────────────────────────────────


_THESE = "contact.id = ANY (%(ids)s::bigint[])"
_OF_CUSTOMER = "contact.customer_id = %(customer_id)s::bigint"
# An array is looked up by the index; IN would read every contact there is. Nobody who has left is
# found at an address, whatever a later inventory says of it.
_AT_ADDRESS = """contact.left_at IS NULL AND contact.id = ANY (ARRAY(
    SELECT there.contact_id FROM contact_address there
    WHERE there.kind = %(kind)s AND there.normal = %(normal)s AND NOT there.taken_off))"""

_AT_ADDRESSES = _AT_ADDRESS.replace("= %(normal)s", "= ANY (%(normals)s::text[])")
_AT: Final[Foreseen[tuple[str, str], tuple[ContactCard, ...]]] = Foreseen(
    "contact", "customer", "place"
)
_SERVICES_OF: Final[Foreseen[int, tuple[ServiceCard, ...]]] = Foreseen(
    "service", "customer", "product", "resource", "place"
)

_SHARING = """contact.left_at IS NULL AND contact.id = ANY (ARRAY(
    SELECT there.contact_id FROM contact_address known
    JOIN contact_address there ON there.kind = known.kind AND there.normal = known.normal
    WHERE known.id = %(number)s AND known.normal <> '' AND NOT there.taken_off))"""


def _contacts(condition: str, **asked: object) -> tuple[ContactCard, ...]:
    return tuple(
        ContactCard(
            id=card.id,
            key=card.key,
            name=card.name,
            confirmed=card.confirmed,
            customer_id=card.customer_id,
            customer_name=card.customer_name,
            language=card.language,
            timezone=card.timezone,
            place_id=card.place_id,
            addresses=tuple(AddressCard(*address) for address in card.held),
            rights=Rights(
                card.manages, card.approves, card.sees, tuple(card.sites), card.order_limit
            ),
            mails=card.mails,
            news_by=card.news_by,
            has_left=card.has_left,
            merged_into=card.merged_into,
        )
        for card in rows_where(_BareContact, _CONTACTS, condition, **asked)
    )


def _place(found: Place | None) -> PlaceCard | None:
    if found is None:
        return None
    return PlaceCard(
        id=PlaceId(found.id),
        key=found.key,
        kind=found.kind,
        name=found.name,
        timezone=found.timezone,
        latitude=found.latitude,
        longitude=found.longitude,
        customer_id=CustomerId(found.customer_id) if found.customer_id else None,
        part_of_id=PlaceId(found.part_of_id) if found.part_of_id else None,
    )


def _as_ip(text: str) -> str | None:
    try:
        return str(ip_address(text))
    except ValueError:
        return None
