"""How each field of the inventory is read, and what is wrong when it cannot be.

Pure. Every reader takes what stood in the JSON and gives the value of a column, or refuses.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from ipaddress import ip_address
from typing import Final

from unbroken.directory.addresses import NotAnAddress, normal_email
from unbroken.directory.engineers import at_address
from unbroken.directory.kinds import (
    CUSTOMER_KINDS,
    PLACE_KINDS,
    RESOURCE_KINDS,
    SERVICE_STATES,
)
from unbroken.ground.words import Phrase, _, in_language
from unbroken.ground.zones import available_timezones

TEXT_LENGTH_MAX: Final = 1000
ID_LENGTH_MAX: Final = 200
COUNT_MAX: Final = 2**63 - 1
PRICE_MAX: Final = Decimal(10**10)

_LANGUAGE: Final = re.compile(r"[a-zA-Z]{2,3}([-_][a-zA-Z0-9]{2,8})*")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")

Reader = Callable[[object], object]


class Bad(ValueError):
    """An item cannot be taken in, for a reason fit for whoever wrote it."""

    def __init__(self, phrase: Phrase, **values: object) -> None:
        super().__init__(phrase)
        self.phrase = phrase
        self.values = values

    def __str__(self) -> str:
        return in_language(self.phrase, None, **self.values)


def text(value: object) -> str:
    """A plain sentence or name; numbers are taken as they are written."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise Bad(_("must be text"))
    plain = str(value).strip()
    if len(plain) > TEXT_LENGTH_MAX:
        raise Bad(_("is longer than {most} characters"), most=TEXT_LENGTH_MAX)
    if "\0" in plain or any("\ud800" <= letter <= "\udfff" for letter in plain):
        raise Bad(_("has characters in it that are no text"))
    return plain


def identity(value: object) -> str:
    """The provider's own id: not empty, not endless."""
    key = text(value)
    if not key:
        raise Bad(_("is empty"))
    if len(key) > ID_LENGTH_MAX:
        raise Bad(_("is longer than {most} characters"), most=ID_LENGTH_MAX)
    return key


def needed(value: object) -> str:
    """Text that has to be there."""
    plain = text(value)
    if not plain:
        raise Bad(_("is empty"))
    return plain


def email(value: object) -> str:
    """An e-mail address with a domain that mail can be sent to; empty for none."""
    plain = text(value)
    if plain:
        checked_email(plain)
    return plain


def checked_email(plain: str) -> None:
    """Refuse what no mail server would take."""
    try:
        normal = normal_email(plain)
    except NotAnAddress as problem:
        raise Bad(_("“{given}” is no e-mail address"), given=plain) from problem
    if "." not in normal.rpartition("@")[2].strip("[]"):
        raise Bad(_("“{given}” is no e-mail address"), given=plain)


def time_zone(value: object) -> str:
    """A name of the time zone database; empty for none."""
    plain = text(value)
    if plain and plain not in available_timezones():
        raise Bad(_("there is no time zone called “{given}”"), given=plain)
    return plain


def language(value: object) -> str:
    """A language tag: en, ru, it, pt-BR."""
    plain = text(value)
    if plain and not _LANGUAGE.fullmatch(plain):
        raise Bad(_("“{given}” is no language, such as en or pt-BR"), given=plain)
    return plain.replace("_", "-")


def one_of(known: tuple[str, ...]) -> Reader:
    """A word of a closed list."""

    def read(value: object) -> str:
        plain = text(value)
        if plain not in known:
            raise Bad(_("“{given}” is none of: {known}"), given=plain, known=", ".join(known))
        return plain

    return read


def yes_or_no(value: object) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise Bad(_("must be true or false"))
    return value


NOBODY_HERE: Final = -1


def engineer(value: object) -> int:
    """Somebody who works here, by the address they sign in with; empty for nobody."""
    plain = text(value)
    return at_address(plain) or NOBODY_HERE if plain else 0


def count(least: int, most: int) -> Reader:
    """A whole number between two bounds; null for none."""

    def read(value: object) -> int | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise Bad(_("must be a whole number from {least} to {most}"), least=least, most=most)
        return value

    return read


def degrees(most: int) -> Reader:
    """A latitude or longitude; null for none."""

    def read(value: object) -> float | None:
        if value is None:
            return None
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            angle = float(value)
            if abs(angle) <= most:
                return angle
        raise Bad(_("must be a number from -{most} to {most}"), most=most)

    return read


def price(value: object) -> Decimal | None:
    """An amount of money as a decimal string (a number is taken too); null for none."""
    if value is None or value == "":
        return None
    try:
        amount = Decimal(text(value))
    except ArithmeticError as problem:
        raise Bad(_("“{given}” is no amount of money"), given=value) from problem
    if not amount.is_finite() or not 0 <= amount < PRICE_MAX:
        raise Bad(_("“{given}” is no amount of money"), given=value)
    if amount != round(amount, 2):
        raise Bad(_("“{given}” has more than two decimals"), given=value)
    return round(amount, 2)


def currency(value: object) -> str:
    """Three capital letters, as ISO 4217 has them."""
    plain = text(value)
    if plain and not _CURRENCY.fullmatch(plain):
        raise Bad(_("“{given}” is no currency, such as EUR"), given=plain)
    return plain


def ip(value: object) -> str | None:
    """An IPv4 or IPv6 address; null or empty for none."""
    if value is None or value == "":
        return None
    try:
        return str(ip_address(text(value)))
    except ValueError as problem:
        raise Bad(_("“{given}” is no IP address"), given=value) from problem


def host(value: object) -> str:
    """Where a resource answers: an IP address in its one spelling, or a host name."""
    plain = text(value)
    try:
        return str(ip_address(plain))
    except ValueError:
        return plain


# What may stand in an item of each list: the column it becomes and how it is read.
FIELDS: Final[Mapping[str, Mapping[str, tuple[str, Reader]]]] = {
    "partner": {"name": ("name", needed), "email": ("email", email)},
    "place": {
        "kind": ("kind", one_of(PLACE_KINDS)),
        "name": ("name", needed),
        "timezone": ("timezone", time_zone),
        "lat": ("latitude", degrees(90)),
        "lon": ("longitude", degrees(180)),
    },
    "customer": {
        "name": ("name", needed),
        "kind": ("kind", one_of(CUSTOMER_KINDS)),
        "language": ("language", language),
        "timezone": ("timezone", time_zone),
        "vip": ("vip", yes_or_no),
        "agreement": ("agreement", text),
        "engineer": ("engineer", engineer),
    },
    "contact": {
        "name": ("name", text),
        "language": ("language", language),
        "timezone": ("timezone", time_zone),
        "manages": ("manages", yes_or_no),
    },
    "product": {
        "name": ("name", needed),
        "technology": ("technology", text),
        "agreement": ("agreement", text),
        "down_kbit": ("down_kbit", count(1, COUNT_MAX)),
        "monthly_price": ("monthly_price", price),
        "currency": ("currency", currency),
    },
    "resource": {
        "kind": ("kind", one_of(RESOURCE_KINDS)),
        "name": ("name", text),
        "address": ("address", host),
        "radius_secret": ("radius_secret", text),
        "model": ("model", text),
        "circuit": ("circuit", text),
        "owner": ("owner", identity),
    },
    "service": {
        "technology": ("technology", text),
        "access": ("access_name", text),
        "circuit": ("circuit", text),
        "ip": ("ip", ip),
        "agreement": ("agreement", text),
        "monthly_price": ("monthly_price", price),
        "currency": ("currency", currency),
        "session_timeout": ("session_timeout", count(1, COUNT_MAX)),
        "quota_octets": ("quota_octets", count(0, COUNT_MAX)),
        "quota_day": ("quota_day", count(1, 31)),
        "state": ("state", one_of(SERVICE_STATES)),
    },
}

# Fields that null empties; for every other field null is as if it were absent.
NULLABLE: Final = frozenset(
    {"lat", "lon", "ip", "monthly_price", "session_timeout", "quota_octets", "quota_day"}
    | {"down_kbit"}
)

# Fields that name another item: the column, and what is named.
REFERENCES: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = {
    "partner": {},
    "place": {"customer": ("customer_id", "customer"), "part_of": ("part_of_id", "place")},
    "customer": {"parent": ("parent_id", "customer")},
    "contact": {"place": ("place_id", "place")},
    "product": {},
    "resource": {"place": ("place_id", "place")},
    "service": {
        "place": ("place_id", "place"),
        "resource": ("resource_id", "resource"),
        "product": ("product_id", "product"),
    },
}

# Fields without which an item of the list means nothing (a contact needs a name or an address).
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "partner": ("name",),
    "place": ("name",),
    "customer": ("name",),
    "contact": (),
    "product": (),
    "resource": ("kind",),
    "service": (),
}
