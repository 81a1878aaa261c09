"""What can happen to customers, their people, places, services and resources.

Events name columns and ids. The values of personal columns (names, addresses) never stand here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from unbroken.ground.events import event
from unbroken.ground.words import _

_SAMPLE = {"fields": ["language"], "was": {"language": "en"}, "now": {"language": "it"}}


@event("partner.registered", says=_("A partner was registered."))
@dataclass(frozen=True, slots=True)
class PartnerRegistered:
    """A carrier or supplier is known from now on."""


@event("partner.changed", says=_("A partner was changed."), sample={"fields": ["email"]})
@dataclass(frozen=True, slots=True)
class PartnerChanged:
    """Some columns of a partner have new values."""

    fields: tuple[str, ...]


@event("customer.registered", says=_("A customer was registered."), sample={"kind": "household"})
@dataclass(frozen=True, slots=True)
class CustomerRegistered:
    """Somebody has a contract with us from now on."""

    kind: str


@event("customer.changed", says=_("A customer was changed."), sample=_SAMPLE)
@dataclass(frozen=True, slots=True)
class CustomerChanged:
    """Some columns of a customer have new values."""

    fields: tuple[str, ...]
    was: Mapping[str, object] | None = None
    now: Mapping[str, object] | None = None


@event("place.registered", says=_("A place was registered."), sample={"kind": "site"})
@dataclass(frozen=True, slots=True)
class PlaceRegistered:
    """An area, or a site or department of a customer, is known from now on."""

    kind: str


@event("place.changed", says=_("A place was changed."), sample={"fields": ["timezone"]})
@dataclass(frozen=True, slots=True)
class PlaceChanged:
    """Some columns of a place have new values."""

    fields: tuple[str, ...]


@event("product.registered", says=_("A product was registered."))
@dataclass(frozen=True, slots=True)
class ProductRegistered:
    """We sell this from now on."""


@event("product.changed", says=_("A product was changed."), sample={"fields": ["technology"]})
@dataclass(frozen=True, slots=True)
class ProductChanged:
    """Some columns of a product have new values."""

    fields: tuple[str, ...]


@event(
    "contact.registered",
    says=_("A contact was registered."),
    sample={"customer": 7, "confirmed": True},
)
@dataclass(frozen=True, slots=True)
class ContactRegistered:
    """Somebody speaks to us; without a customer they are to be confirmed."""

    customer: int | None = None
    confirmed: bool = False


@event(
    "contact.confirmed",
    says=_("The contact was confirmed as one of the customer's."),
    sample={"customer": 7},
)
@dataclass(frozen=True, slots=True)
class ContactConfirmed:
    """An agent knows now whose contact this is."""

    customer: int


@event("contact.changed", says=_("A contact was changed."), sample=_SAMPLE)
@dataclass(frozen=True, slots=True)
class ContactChanged:
    """Some columns, or the addresses, of a contact have new values."""

    fields: tuple[str, ...]
    was: Mapping[str, object] | None = None
    now: Mapping[str, object] | None = None


@event(
    "contact.invited",
    says=_("A colleague was invited to the portal."),
    sample={"customer": 7},
)
@dataclass(frozen=True, slots=True)
class ContactInvited:
    """Somebody who manages the company invited them by mail; they have not come yet."""

    customer: int


@event(
    "contact.rights_set",
    says=_("Who manages, approves or sees what at the company was changed."),
    sample={
        "customer": 7,
        "manages": False,
        "approves": True,
        "sees": "sites",
        "sites": [12],
        "order_limit": "50.00",
    },
)
@dataclass(frozen=True, slots=True)
class RightsSet:
    """What somebody of a company may see and do on the portal from now on, whole."""

    customer: int
    manages: bool
    approves: bool
    sees: str
    sites: tuple[int, ...] = ()
    order_limit: str | None = None


@event(
    "contact.let_go", says=_("The contact speaks for the company no more."), sample={"customer": 7}
)
@dataclass(frozen=True, slots=True)
class ContactLetGo:
    """They left; nobody at their addresses is taken for them, and they see nothing any more."""

    customer: int


@event(
    "contact.address_state_noted",
    says=_("An address of the contact is {state} now."),
    sample={"address": 12, "state": "dead"},
)
@dataclass(frozen=True, slots=True)
class AddressStateNoted:
    """Mail bounced, or got through again; `address` is the number of the address."""

    address: int
    state: str


@event(
    "service.registered",
    says=_("A service was registered."),
    sample={"customer": 7, "agreement": "classic"},
)
@dataclass(frozen=True, slots=True)
class ServiceRegistered:
    """A customer has this service from now on, under this agreement."""

    customer: int
    agreement: str = ""


@event(
    "service.changed",
    says=_("A service was changed."),
    sample={"fields": ["agreement"], "agreement": "business"},
)
@dataclass(frozen=True, slots=True)
class ServiceChanged:
    """Some columns of a service have new values; `agreement` is told when it is among them."""

    fields: tuple[str, ...]
    agreement: str | None = None
    was: Mapping[str, object] | None = None
    now: Mapping[str, object] | None = None


@event("resource.registered", says=_("A resource was registered."), sample={"kind": "dslam"})
@dataclass(frozen=True, slots=True)
class ResourceRegistered:
    """A thing in the network is known from now on."""

    kind: str


@event("resource.changed", says=_("A resource was changed."), sample={"fields": ["parents"]})
@dataclass(frozen=True, slots=True)
class ResourceChanged:
    """Some columns, or the parents, of a resource have new values."""

    fields: tuple[str, ...]
    was: Mapping[str, object] | None = None
    now: Mapping[str, object] | None = None


@event(
    "contact.moved",
    says=_("The contact speaks for another customer."),
    sample={"was": {"customer_id": 7}, "now": {"customer_id": 8}},
)
@dataclass(frozen=True, slots=True)
class ContactMoved:
    """They belong to another customer from now on; what they might see at the old one ended."""

    was: Mapping[str, object]
    now: Mapping[str, object]


@event(
    "contact.merged",
    says=_("The contact was merged into another one."),
    sample={"into": 9, "addresses": [3], "lent": [12]},
)
@dataclass(frozen=True, slots=True)
class ContactMerged:
    """They are the person `into`; `addresses` were taken off here, `lent` are new there."""

    into: int
    addresses: tuple[int, ...]
    lent: tuple[int, ...]


@event("contact.absorbed", says=_("Another contact was merged into this one."), sample={"other": 8})
@dataclass(frozen=True, slots=True)
class ContactAbsorbed:
    """`other` turned out to be this person; their addresses are here now."""

    other: int


@event(
    "contact.parted",
    says=_("The two contacts are two again."),
    sample={"other": 9, "back": True},
)
@dataclass(frozen=True, slots=True)
class ContactParted:
    """The merging with `other` was taken back; `back`: this is the one that had given way."""

    other: int
    back: bool


@event(
    "customer.merged",
    says=_("The customer was merged into another one."),
    sample={"into": 5, "contacts": [1], "services": [2], "places": [3], "departments": []},
)
@dataclass(frozen=True, slots=True)
class CustomerMerged:
    """They are the customer `into`; the rows named here went along."""

    into: int
    contacts: tuple[int, ...]
    services: tuple[int, ...]
    places: tuple[int, ...]
    departments: tuple[int, ...]


@event(
    "customer.absorbed",
    says=_("Another customer was merged into this one."),
    sample={"other": 4},
)
@dataclass(frozen=True, slots=True)
class CustomerAbsorbed:
    """`other` turned out to be this customer."""

    other: int


@event("customer.parted", says=_("The two customers are two again."), sample={"other": 5})
@dataclass(frozen=True, slots=True)
class CustomerParted:
    """The merging with `other` was taken back."""

    other: int
