"""Customers, the people who speak for them, and where they can be reached.

A sender nobody knows becomes a contact to be confirmed; only an agent says whose contact that is.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Unpack

from django.db import connection, transaction

from unbroken.directory.addresses import STATES, NotAnAddress, normal_address
from unbroken.directory.columns import put
from unbroken.directory.country import country
from unbroken.directory.engineers import works_here
from unbroken.directory.events import (
    AddressStateNoted,
    ContactChanged,
    ContactConfirmed,
    ContactRegistered,
    CustomerChanged,
    CustomerRegistered,
)
from unbroken.directory.ids import ContactId, CustomerId
from unbroken.directory.kinds import CUSTOMER_KINDS
from unbroken.directory.models import Contact, ContactAddress, Customer
from unbroken.directory.queries import contacts_at
from unbroken.directory.values import ContactValues, CustomerValues
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.events import LoggedEvent
from unbroken.ground.undo import restores, values_back
from unbroken.ground.words import _

CUSTOMER_PLAIN = ("kind", "language", "timezone", "vip", "agreement", "engineer")
CONTACT_PLAIN = ("language", "timezone")
"""Columns whose values events may tell: they name nobody."""

Address = tuple[str, str]
"""Its kind and its value as given."""

refusals(
    {
        "customer.no_such_kind": _("A customer is a household, a company or a reseller."),
        "customer.key_taken": _("There is a customer with the id {id} already."),
        "customer.unknown": _("There is no such customer."),
        "customer.no_such_engineer": _("Nobody who works here is meant by {who}."),
        "customer.own_parent": _("A customer cannot belong to itself."),
        "contact.bad_address": _("{address} cannot be used as an address of kind {kind}."),
        "contact.belongs_to_another": _("This contact belongs to another customer."),
        "contact.no_such_address": _("The contact has no such address."),
        "contact.no_such_state": _("An address is good, bouncing, dead or unknown."),
    }
)


def register_customer(*, by: Actor, at: datetime, **values: Unpack[CustomerValues]) -> CustomerId:
    """Somebody has a contract with us from now on."""
    _check_customer(None, values)
    with begin(Customer, by=by, at=at) as customer:
        put(customer, values)
        customer.tell(CustomerRegistered(kind=customer.kind))
    return CustomerId(customer.id)


def change_customer(
    *, customer_id: CustomerId, by: Actor, at: datetime, **values: Unpack[CustomerValues]
) -> bool:
    """New values for what is given; says whether anything was new."""
    _check_customer(customer_id, values)
    with change(Customer, customer_id, by=by, at=at) as customer:
        before = _plain_values(customer, CUSTOMER_PLAIN)
        fields = put(customer, values)
        if fields:
            was, now = difference(before, _plain_values(customer, CUSTOMER_PLAIN))
            customer.tell(CustomerChanged(fields=fields, was=was, now=now))
    return bool(fields)


def register_contact(
    *,
    email: str | None = None,
    phone: str | None = None,
    addresses: Sequence[Address] = (),
    customer_id: CustomerId | None = None,
    from_inventory: bool = False,
    confirmed: bool = True,
    by: Actor,
    at: datetime,
    **values: Unpack[ContactValues],
) -> ContactId:
    """Somebody speaks to us. Without a customer they are to be confirmed, one contact an address.

    Who only says that they speak for a customer, on the telephone, is not `confirmed` either.

    Two mails of one stranger at the same instant give one contact: whoever comes second waits and
    finds the first. Only the first address given is looked at, and never does it give a confirmed
    contact: anybody can type an address into a form (a mail's sender is asked for by `who_writes`).
    An address that cannot be read is kept as it came and matches nobody.
    """
    wanted = [*_given("email", email), *_given("phone", phone), *addresses]
    spelled = [(kind, text, _spelling(kind, text, customer_id)) for kind, text in wanted]
    with transaction.atomic():
        if customer_id is None:
            waiting = _waiting_at(*spelled[0]) if spelled else None
            if waiting is not None:
                return waiting
        else:
            _check_exists(customer_id)
        with begin(Contact, by=by, at=at) as contact:
            put(contact, values)
            contact.customer_id = customer_id
            contact.confirmed = confirmed and customer_id is not None
            for kind, text, normal in each_once(spelled):
                contact.add(new_address(contact.id, kind, text, normal, from_inventory))
            contact.tell(ContactRegistered(customer_id, contact.confirmed))
    return ContactId(contact.id)


def change_contact(
    *,
    contact_id: ContactId,
    addresses: Sequence[Address] | None = None,
    by: Actor,
    at: datetime,
    **values: Unpack[ContactValues],
) -> bool:
    """New values for what is given.

    `addresses` are those of the inventory: new ones are added, and those that an earlier inventory
    brought and this one has no more are taken off. What agents added stays.
    """
    with change(Contact, contact_id, by=by, at=at) as contact:
        before = _plain_values(contact, CONTACT_PLAIN)
        fields = put(contact, values)
        was, now = difference(before, _plain_values(contact, CONTACT_PLAIN))
        if addresses is not None and _follow_inventory(contact, addresses):
            fields = (*fields, "addresses")
        if fields:
            contact.tell(ContactChanged(fields=fields, was=was, now=now))
    return bool(fields)


def confirm_contact(
    *, contact_id: ContactId, customer_id: CustomerId, by: Actor, at: datetime
) -> None:
    """An agent knows now whose contact this is."""
    _check_exists(customer_id)
    with change(Contact, contact_id, by=by, at=at) as contact:
        if contact.confirmed:
            if contact.customer_id != customer_id:
                raise Refused("contact.belongs_to_another")
            return
        contact.customer_id, contact.confirmed = customer_id, True
        contact.tell(ContactConfirmed(customer=customer_id))


def add_address(*, contact_id: ContactId, kind: str, address: str, by: Actor, at: datetime) -> None:
    """One more way to reach a contact; nothing when it is known already."""
    normal = strict_spelling(kind, address)
    with change(Contact, contact_id, by=by, at=at) as contact:
        known = ContactAddress.objects.filter(
            contact_id=contact_id, kind=kind, normal=normal
        ).first()
        if known is not None and not known.taken_off:
            return
        if known is None:
            known = new_address(contact_id, kind, address, normal, False)
        known.taken_off = False
        contact.add(known)
        contact.tell(ContactChanged(fields=("addresses",)))


def take_off_address(
    *, contact_id: ContactId, kind: str, address: str, by: Actor, at: datetime
) -> None:
    """The contact cannot be reached there any more, and nobody there is taken for them."""
    with change(Contact, contact_id, by=by, at=at) as contact:
        known = _address_of(contact_id, kind, address)
        known.taken_off = True
        contact.add(known)
        contact.tell(ContactChanged(fields=("addresses",)))


def note_address_state(
    *,
    contact_id: ContactId,
    address: str,
    state: str,
    kind: str = "email",
    by: Actor,
    at: datetime,
) -> bool:
    """Mail there gets through, bounces, or never will arrive; says whether that is news."""
    if state not in STATES:
        raise Refused("contact.no_such_state")
    with change(Contact, contact_id, by=by, at=at) as contact:
        known = _address_of(contact_id, kind, address)
        if known.state == state:
            return False
        known.state = state
        contact.add(known)
        contact.tell(AddressStateNoted(address=known.id, state=state))
    return True


def _customer_as_before(event: LoggedEvent, **told: Any) -> None:
    change_customer(customer_id=CustomerId(event.subject_id), **all_of_it(event), **told)


def _contact_as_before(event: LoggedEvent, **told: Any) -> None:
    change_contact(contact_id=ContactId(event.subject_id), **all_of_it(event), **told)


restores({"customer.changed": _customer_as_before, "contact.changed": _contact_as_before})


# ── what the sentences above need ─────────────────────────────────────────────


def _plain_values(row: Any, columns: Iterable[str]) -> dict[str, object]:
    return {column: getattr(row, column) for column in columns}


Told = dict[str, object] | None


def difference(before: dict[str, object], after: dict[str, object]) -> tuple[Told, Told]:
    """What an event says of plain columns; of names and addresses it never says anything."""
    changed = [column for column in before if before[column] != after[column]]
    if not changed:
        return None, None
    return {one: before[one] for one in changed}, {one: after[one] for one in changed}


def all_of_it(event: LoggedEvent) -> dict[str, Any]:
    """The values of before; refused where the record holds only a part of them."""
    was = values_back(event)
    if set(event.data["fields"]) - {name.removesuffix("_id") for name in was}:
        raise Refused("undo.cannot")
    return was


def _check_customer(customer_id: CustomerId | None, values: CustomerValues) -> None:
    if values.get("kind", CUSTOMER_KINDS[0]) not in CUSTOMER_KINDS:
        raise Refused("customer.no_such_kind")
    if engineer := values.get("engineer", 0):
        _check_engineer(customer_id, engineer)
    key, parent_id = values.get("key"), values.get("parent_id")
    holder = Customer.objects.filter(key=key).first() if key else None
    if holder is not None and holder.id != customer_id:
        raise Refused("customer.key_taken", id=key)
    if parent_id is not None:
        _check_exists(parent_id)
        _check_not_below_itself(customer_id, parent_id)


def _check_engineer(customer_id: CustomerId | None, engineer: int) -> None:
    """Who left may stay named until somebody else is; nobody names them anew."""
    stays = Customer.objects.filter(pk=customer_id or 0, engineer=engineer)
    if not works_here(engineer) and not stays.exists():
        raise Refused("customer.no_such_engineer", who=engineer)


def _check_not_below_itself(customer_id: CustomerId | None, parent_id: CustomerId) -> None:
    above: int | None = parent_id
    while customer_id is not None and above is not None:
        if above == customer_id:
            raise Refused("customer.own_parent")
        above = Customer.objects.values_list("parent_id", flat=True).get(pk=above)


def _check_exists(customer_id: CustomerId) -> None:
    if not Customer.objects.filter(pk=customer_id).exists():
        raise Refused("customer.unknown")


def _given(kind: str, value: str | None) -> list[Address]:
    return [(kind, value)] if value else []


def _spelling(kind: str, text: str, customer_id: CustomerId | None) -> str:
    """An agent is told of a bad address; what a stranger wrote is kept and matches nobody."""
    if customer_id is not None:
        return strict_spelling(kind, text)
    try:
        return normal_address(kind, text, country=country())
    except NotAnAddress:
        return ""


def strict_spelling(kind: str, text: str) -> str:
    """How an address is looked up; one that cannot be read is refused."""
    try:
        return normal_address(kind, text, country=country())
    except NotAnAddress as problem:
        raise Refused("contact.bad_address", address=text, kind=kind) from problem


def each_once(spelled: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Two spellings of one address are one; unreadable ones are kept each."""
    return list(
        {(kind, normal or text): (kind, text, normal) for kind, text, normal in spelled}.values()
    )


def _waiting_at(kind: str, text: str, normal: str) -> ContactId | None:
    """Who waits to be confirmed at an address; until the transaction ends nobody else asks."""
    if not normal:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [f"{kind}:{normal}"]
        )
    waiting = (card for card in contacts_at(kind, text) if card.customer_id is None)
    return next((card.id for card in waiting), None)


def new_address(
    contact_id: int, kind: str, text: str, normal: str, from_inventory: bool
) -> ContactAddress:
    return ContactAddress(
        contact_id=contact_id,
        kind=kind,
        value=text.strip(),
        normal=normal,
        from_inventory=from_inventory,
    )


def _address_of(contact_id: ContactId, kind: str, address: str) -> ContactAddress:
    known = ContactAddress.objects.filter(
        contact_id=contact_id, kind=kind, normal=strict_spelling(kind, address), taken_off=False
    ).first()
    if known is None:
        raise Refused("contact.no_such_address")
    return known


def _follow_inventory(contact: Any, addresses: Sequence[Address]) -> bool:
    """Make the contact's addresses those of the inventory, plus what agents added."""
    wanted = {(kind, strict_spelling(kind, text)): text.strip() for kind, text in addresses}
    known = {
        (row.kind, row.normal): row for row in ContactAddress.objects.filter(contact_id=contact.id)
    }
    touched = []
    for (kind, normal), text in wanted.items():
        row = known.get((kind, normal))
        if row is None:
            touched.append(new_address(contact.id, kind, text, normal, True))
        elif row.taken_off or row.value != text or not row.from_inventory:
            row.taken_off, row.value, row.from_inventory = False, text, True
            touched.append(row)
    for place, row in known.items():
        if place not in wanted and row.from_inventory and not row.taken_off:
            row.taken_off = True
            touched.append(row)
    for row in touched:
        contact.add(row)
    return bool(touched)
