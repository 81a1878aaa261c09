"""The columns of the card index that may be given when something is registered or changed."""

from decimal import Decimal
from typing import TypedDict

from unbroken.directory.ids import CustomerId, PlaceId, ProductId, ResourceId


class PartnerValues(TypedDict, total=False):
    """What is known of a partner."""

    name: str
    email: str


class CustomerValues(TypedDict, total=False):
    """What is known of a customer."""

    key: str | None
    name: str
    kind: str
    language: str
    timezone: str
    parent_id: CustomerId | None
    vip: bool
    agreement: str
    engineer: int


class PlaceValues(TypedDict, total=False):
    """What is known of a place, site or department."""

    key: str | None
    kind: str
    name: str
    timezone: str
    latitude: float | None
    longitude: float | None
    customer_id: CustomerId | None
    part_of_id: PlaceId | None


class ContactValues(TypedDict, total=False):
    """What is known of a contact besides the customer and the addresses."""

    key: str | None
    name: str
    language: str
    timezone: str
    place_id: PlaceId | None
    manages: bool
    mails: str
    news_by: str


class ProductValues(TypedDict, total=False):
    """What is known of a product."""

    name: str
    technology: str
    agreement: str
    down_kbit: int | None
    monthly_price: Decimal | None
    currency: str


class ServiceValues(TypedDict, total=False):
    """What is known of a service."""

    key: str | None
    customer_id: CustomerId
    product_id: ProductId | None
    technology: str
    access_name: str
    circuit: str
    ip: str | None
    resource_id: ResourceId | None
    place_id: PlaceId | None
    agreement: str
    monthly_price: Decimal | None
    currency: str
    session_timeout: int | None
    quota_octets: int | None
    quota_day: int | None
    state: str


class ResourceValues(TypedDict, total=False):
    """What is known of a resource besides its parents."""

    kind: str
    name: str
    address: str
    radius_secret: str
    model: str
    circuit: str
    owner: str
    place_id: PlaceId | None
