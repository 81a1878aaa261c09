"""What the other rooms get to see of the card index: frozen rows, never a secret."""

from dataclasses import dataclass
from decimal import Decimal

from unbroken.directory.ids import (
    ContactId,
    CustomerId,
    PartnerId,
    PlaceId,
    ResourceId,
    ServiceId,
)


@dataclass(frozen=True, slots=True)
class AddressCard:
    """One way to reach a contact; `value` as it was given, `normal` as it is looked up."""

    id: int
    kind: str
    value: str
    normal: str
    state: str

    @property
    def is_usable(self) -> bool:
        """Whether writing there makes sense: readable, and not known to be dead."""
        return self.normal != "" and self.state != "dead"


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody of a company may do on the portal beside following their own requests.

    `sites`: which sites they see when `sees` is "sites". `order_limit`: above it somebody who
    `approves` has to agree; none: no limit.
    """

    manages: bool = False
    approves: bool = False
    sees: str = "own"
    sites: tuple[int, ...] = ()
    order_limit: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ContactCard:
    """A person who speaks to us; language and time zone fall back to the customer's."""

    id: ContactId
    key: str | None
    name: str
    confirmed: bool
    customer_id: CustomerId | None
    customer_name: str
    language: str
    timezone: str
    place_id: PlaceId | None
    addresses: tuple[AddressCard, ...] = ()
    rights: Rights = Rights()
    mails: str = "all"
    news_by: str = "mail"
    has_left: bool = False
    merged_into: ContactId | None = None

    def address(self, kind: str) -> AddressCard | None:
        """The best address of a kind: a usable one, the good before the bouncing."""
        order = {"good": 0, "unknown": 1, "bouncing": 2}
        usable = [card for card in self.addresses if card.kind == kind and card.is_usable]
        return min(usable, key=lambda card: (order.get(card.state, 1), card.id), default=None)

    @property
    def email(self) -> str:
        """Where to write; empty when there is no e-mail address that works."""
        best = self.address("email")
        return best.value if best is not None else ""


@dataclass(frozen=True, slots=True)
class CustomerCard:
    """Who has the contract. `engineer`: the agent who is named for them; `cared_for_by`: the same,
    or who is named for the customer they belong to."""

    id: CustomerId
    key: str | None
    name: str
    kind: str
    language: str
    timezone: str
    vip: bool
    parent_id: CustomerId | None
    parent_name: str
    agreement: str
    merged_into: CustomerId | None = None
    engineer: int = 0
    cared_for_by: int = 0


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """What a customer buys, what carries it and where."""

    id: ServiceId
    key: str | None
    customer_id: CustomerId
    customer_name: str
    product: str
    technology: str
    access_name: str
    circuit: str
    ip: str | None
    resource_id: ResourceId | None
    resource_key: str
    place_id: PlaceId | None
    place_name: str
    timezone: str
    agreement: str
    monthly_price: Decimal | None
    currency: str
    session_timeout: int | None
    quota_octets: int | None
    quota_day: int | None
    state: str


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """A place on the map, or a customer's site or department."""

    id: PlaceId
    key: str | None
    kind: str
    name: str
    timezone: str
    latitude: float | None
    longitude: float | None
    customer_id: CustomerId | None
    part_of_id: PlaceId | None


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site or department of a company, as deep as it is part of others; `way`: down to itself."""

    id: PlaceId
    name: str
    kind: str
    depth: int
    way: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PartnerCard:
    """A carrier or supplier."""

    id: PartnerId
    key: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing on the way up from a resource; `below_id` is what stands on it."""

    id: ResourceId
    key: str
    kind: str
    name: str
    circuit: str
    owner: str
    partner_name: str
    depth: int
    below_id: ResourceId | None


@dataclass(frozen=True, slots=True)
class Border:
    """A demarcation: below it one party answers, above it another."""

    below: Step
    above: Step


@dataclass(frozen=True, slots=True)
class Answerable:
    """Who answers for a resource (us, the customer, a partner's key), and where that ends."""

    resource: Step
    owner: str
    owner_name: str
    borders: tuple[Border, ...]
