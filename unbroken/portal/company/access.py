"""Whose company it is: permission is part of fetching, here too.

Somebody manages as the contact who was named, and only after they proved whose mailbox they read;
the link of one request opens no company. Colleagues are those of the company and its departments.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404

from unbroken.directory import queries as directory
from unbroken.directory.actions.company import managed_house
from unbroken.directory.cards import ContactCard, SiteRow
from unbroken.directory.ids import ContactId, CustomerId
from unbroken.portal.access import NUMBERS_END, Visitor, sees_all, sees_company


@dataclass(frozen=True, slots=True)
class Managed:
    """A company and the contact as whom the reader manages it."""

    manager: ContactCard
    customer_id: CustomerId
    name: str


def managed_by(visitor: Visitor) -> list[Managed]:
    """The companies whose people the reader manages."""
    if not visitor.is_wide:
        return []
    return [
        Managed(card, card.customer_id, card.customer_name)
        for card in visitor.contacts
        if card.confirmed and card.rights.manages and card.customer_id is not None
    ]


def manages(visitor: Visitor, customer_id: int | None = None) -> Managed:
    """The company they manage (the first, or the one asked for); not found otherwise."""
    found = managed_by(visitor)
    wanted = [one for one in found if customer_id in (None, int(one.customer_id))]
    if not wanted:
        raise Http404("company")
    return wanted[0]


def people_of(company: Managed) -> list[ContactCard]:
    """Everybody who speaks for it or was invited, and has not left."""
    house = (CustomerId(one) for one in managed_house(company.customer_id))
    cards = [card for one in house for card in directory.contacts_of(one) if not card.has_left]
    return sorted(cards, key=lambda card: (not card.rights.manages, card.name.casefold(), card.id))


def colleague_for(visitor: Visitor, contact_id: int) -> tuple[Managed, ContactCard]:
    """A colleague whom the reader manages; not found otherwise."""
    card = directory.contact(ContactId(contact_id)) if contact_id < NUMBERS_END else None
    if card is None or card.has_left or card.customer_id is None:
        raise Http404("colleague")
    for company in managed_by(visitor):
        if card.customer_id in managed_house(company.customer_id):
            return company, card
    raise Http404("colleague")


def sites_seen(card: ContactCard) -> list[SiteRow]:
    """The sites of their company that somebody sees, and what is part of them."""
    if card.customer_id is None or not sees_company(card):
        return []
    found = directory.site_rows(card.customer_id)
    if sees_all(card):
        return found
    return [site for site in found if not set(card.rights.sites).isdisjoint(site.way)]


def below(site_id: int, sites: Iterable[SiteRow]) -> list[int]:
    """A site and everything that is part of it."""
    return [int(site.id) for site in sites if site_id in site.way]
