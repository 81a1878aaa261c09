"""Who sees what of a company: said by somebody who manages it, or by us.

Nobody manages a company by chance: the first one is named by an agent or the inventory. Whoever
manages grants and takes back, and invites colleagues, at their own company and its departments and
nowhere else; that is asked here once more, under the lock, because they may just have been let go.
"""

from datetime import datetime
from typing import Any

from unbroken.directory.actions.people import new_address, strict_spelling
from unbroken.directory.cards import Rights
from unbroken.directory.events import (
    ContactConfirmed,
    ContactInvited,
    ContactLetGo,
    RightsSet,
)
from unbroken.directory.ids import ContactId, CustomerId
from unbroken.directory.kinds import SIGHTS
from unbroken.directory.models import Contact, ContactAddress, Customer
from unbroken.directory.queries import contacts_at, house_of, site_rows
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.words import _

refusals(
    {
        "company.not_yours": _("You do not manage this company's people."),
        "company.no_such_sight": _("Choose what they may see."),
        "company.no_such_site": _("One of these sites does not belong to the company."),
        "company.no_site": _("Choose at least one site, or let them see only their own requests."),
        "company.last_manager": _(
            "Nobody else manages who sees what here. Name somebody else first."
        ),
        "company.speaks_for_another": _(
            "This address speaks for another customer with us. Ask to be invited at another "
            "address, or write to us."
        ),
        "company.no_company": _("Only people of a company have colleagues here."),
    }
)


def set_rights(*, contact_id: ContactId, rights: Rights, by: Actor, at: datetime) -> bool:
    """What a colleague may see and do from now on; says whether anything was new."""
    with change(Contact, contact_id, by=by, at=at) as contact:
        customer_id = _company_of(contact.customer_id, contact.left_at)
        _check_manages(by, customer_id)
        sites = _checked(rights, customer_id)
        wanted = Rights(rights.manages, rights.approves, rights.sees, sites, rights.order_limit)
        if _rights_of(contact) == wanted:
            return False
        if contact.manages and not wanted.manages:
            _check_not_last(contact_id, customer_id, by)
        contact.manages, contact.approves = wanted.manages, wanted.approves
        contact.sees, contact.sites = wanted.sees, list(sites)
        contact.order_limit = wanted.order_limit
        limit = None if wanted.order_limit is None else f"{wanted.order_limit:.2f}"
        contact.tell(
            RightsSet(
                customer=customer_id,
                manages=wanted.manages,
                approves=wanted.approves,
                sees=wanted.sees,
                sites=sites,
                order_limit=limit,
            )
        )
    return True


def invite_colleague(
    *, customer_id: CustomerId, name: str, email: str, language: str, by: Actor, at: datetime
) -> ContactId:
    """A colleague is asked to the portal. Until they come, nobody is taken for them.

    Somebody of the company who is known at that address is found again, and invited anew.
    """
    _company_of(customer_id, None)
    normal = strict_spelling("email", email)
    house = managed_house(customer_id)
    known = next((card for card in contacts_at("email", email) if card.customer_id in house), None)
    if known is not None:
        _check_manages(by, known.customer_id)
        return known.id
    with begin(Contact, by=by, at=at) as contact:
        _check_manages(by, customer_id)
        contact.customer_id, contact.name, contact.language = customer_id, name, language
        contact.add(new_address(contact.id, "email", email, normal, False))
        contact.tell(ContactInvited(customer=customer_id))
    return ContactId(contact.id)


def accept_invitation(*, contact_id: ContactId, address: str, by: Actor, at: datetime) -> bool:
    """Whoever reads that mailbox says yes: from now on they speak for the company.

    An address that speaks for another customer is refused, or it would speak for neither. Said
    twice changes nothing.
    """
    with change(Contact, contact_id, by=by, at=at) as contact:
        if contact.left_at is not None or not _is_reached(contact_id, address):
            raise Refused("contact.no_such_address")
        if contact.confirmed:
            return False
        others = (card for card in contacts_at("email", address) if card.confirmed)
        if any(card.customer_id != contact.customer_id for card in others):
            raise Refused("company.speaks_for_another")
        contact.confirmed = True
        contact.tell(ContactConfirmed(customer=contact.customer_id))
    return True


def let_go(*, contact_id: ContactId, by: Actor, at: datetime) -> None:
    """They speak for the company no more: their addresses are taken off, their rights end."""
    with change(Contact, contact_id, by=by, at=at) as contact:
        if contact.left_at is not None:
            return
        customer_id = _company_of(contact.customer_id, None)
        _check_manages(by, customer_id)
        if contact.manages:
            _check_not_last(contact_id, customer_id, by)
        contact.manages = contact.approves = False
        contact.sees, contact.sites, contact.left_at = "own", [], at
        for known in ContactAddress.objects.filter(contact_id=contact_id, taken_off=False):
            known.taken_off = True
            contact.add(known)
        contact.tell(ContactLetGo(customer=customer_id))


# ── what the sentences above need ─────────────────────────────────────────────


def _rights_of(contact: Any) -> Rights:
    return Rights(
        contact.manages,
        contact.approves,
        contact.sees,
        tuple(contact.sites),
        contact.order_limit,
    )


def _is_reached(contact_id: ContactId, address: str) -> bool:
    return any(card.id == contact_id for card in contacts_at("email", address))


def _checked(rights: Rights, customer_id: CustomerId) -> tuple[int, ...]:
    """The sites, each once; refused when one is not the company's or none is named."""
    if rights.sees not in SIGHTS:
        raise Refused("company.no_such_sight")
    if rights.sees != "sites":
        return ()
    if not rights.sites:
        raise Refused("company.no_site")
    known = {int(site.id) for site in site_rows(_top_of(customer_id))}
    if not known.issuperset(rights.sites):
        raise Refused("company.no_such_site")
    return tuple(sorted(set(rights.sites)))


def _company_of(customer_id: int | None, left_at: datetime | None) -> CustomerId:
    """The company a contact speaks for; people of a household have no colleagues."""
    if customer_id is None or left_at is not None:
        raise Refused("company.no_company")
    kind = Customer.objects.values_list("kind", flat=True).filter(pk=customer_id).first()
    if kind in (None, "household"):
        raise Refused("company.no_company")
    return CustomerId(customer_id)


def _check_manages(by: Actor, customer_id: int | None) -> None:
    """A contact acts only on people of a company they manage; agents and the house on any."""
    if by.kind != "contact":
        return
    who = Contact.objects.filter(
        pk=by.id or 0, manages=True, confirmed=True, left_at=None
    ).values_list("customer_id", flat=True)
    manager_of = who.first()
    if manager_of is None or customer_id not in managed_house(CustomerId(manager_of)):
        raise Refused("company.not_yours")


def managed_house(customer_id: CustomerId) -> frozenset[int]:
    """Whose people a manager of this customer manages: a reseller's customers manage themselves."""
    kind = Customer.objects.values_list("kind", flat=True).get(pk=customer_id)
    return house_of(customer_id) if kind == "company" else frozenset({int(customer_id)})


def _top_of(customer_id: CustomerId) -> CustomerId:
    """The company above a department: its sites may be granted to the department's people."""
    above = (
        Customer.objects.filter(pk=customer_id, parent__kind="company")
        .values_list("parent_id", flat=True)
        .first()
    )
    return _top_of(CustomerId(above)) if above is not None else customer_id


def _check_not_last(contact_id: ContactId, customer_id: CustomerId, by: Actor) -> None:
    """Whoever manages does not leave the company with nobody who does."""
    if by != Actor.contact(contact_id):
        return
    others = Contact.objects.filter(
        customer_id=customer_id, manages=True, confirmed=True, left_at=None
    )
    if not others.exclude(pk=contact_id).exists():
        raise Refused("company.last_manager")
