"""A request that another system makes: checked, taken in raw, read at once.

Both in one transaction, so the disk is waited for once. If reading fails, what was taken in stays
all the same: the door's loop reads it, and the same Idempotency-Key asks for the number again.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from unbroken.api.errors import OTHER_REQUEST, Wrong
from unbroken.api.shapes import CharacteristicGiven, ContactGiven, FileGiven, TicketGiven
from unbroken.api.state import fingerprint
from unbroken.conversation import queries as record
from unbroken.conversation.fields import Wrong as BadValue
from unbroken.conversation.fields import read_value
from unbroken.conversation.ids import MessageId, TicketId
from unbroken.directory import queries as directory
from unbroken.directory.cards import ContactCard, CustomerCard, ServiceCard
from unbroken.directory.ids import ContactId
from unbroken.ground.change import Refused
from unbroken.ground.sql import row
from unbroken.ground.words import Phrase, _
from unbroken.intake.actions import RawThing, take_in
from unbroken.intake.asked import WebRequest
from unbroken.intake.reading import read_intake
from unbroken.staffing.tokens import Caller

NO_CUSTOMER = _("There is no customer {key}.")
NO_SERVICE = _("There is no service {key} of this customer.")
NO_CONTACT = _("There is no contact {key} of this customer.")
NO_CATEGORY = _("There is no category {key}.")
NO_ONE_ASKED = _("Say which contact said it: the ticket has none.")

CHANNEL = "api"

Card = TypeVar("Card")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a request: the ticket, the message, whether it is news."""

    ticket_id: TicketId
    message_id: MessageId | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class _Asked:
    """The fingerprint that came with an earlier request of the same key."""

    asked: str | None


def open_ticket(
    given: TicketGiven, caller: Caller, *, key: str | None, asked: bytes, at: datetime
) -> Taken:
    """The request has a number when this returns."""
    return _take(_request(given), caller, key=key, asked=asked, at=at)


def add_words(
    ticket_id: TicketId,
    contact_id: int | None,
    words: str,
    files: list[FileGiven],
    caller: Caller,
    *,
    key: str | None,
    asked: bytes,
    at: datetime,
) -> Taken:
    """Something the customer said on a ticket of theirs."""
    facts = record.ticket_facts(ticket_id)
    assert facts is not None, "the face has fetched it"
    speaker = contact_id or facts.contact_id
    if speaker is None:
        raise Wrong(409, "contact.unknown", NO_ONE_ASKED)
    _contact(ContactGiven(id=speaker), facts.customer_id)
    request = WebRequest(
        words=words,
        contact_id=speaker,
        ticket_id=ticket_id,
        language=facts.language,
        files=tuple(file.as_asked() for file in files),
    )
    return _take(request, caller, key=key, asked=asked, at=at)


def _take(
    request: WebRequest, caller: Caller, *, key: str | None, asked: bytes, at: datetime
) -> Taken:
    thing = RawThing(
        channel=CHANNEL,
        raw=request.to_json(),
        dedupe=fingerprint("api", str(caller.token_id), key) if key else None,
        envelope={"token": str(caller.token_id), "asked": asked.hex()},
    )
    failed: Exception | None = None
    with transaction.atomic():
        intake_id, is_new = take_in(thing, at=at)
        if not is_new:
            _check_same(intake_id, asked)
        try:
            with transaction.atomic():
                outcome = read_intake(intake_id, at=at, said=request if is_new else None)
        except Exception as error:  # it stays taken in; the door's loop reads it
            failed = error
    if failed is not None:
        raise failed
    return Taken(outcome.ticket_id, outcome.message_id, is_new)


def _check_same(intake_id: int, asked: bytes) -> None:
    """The same key for another request is a mistake of the caller."""
    earlier = row(_Asked, "api/tickets/queries/asked.sql", intake_id=intake_id)
    if earlier is None or earlier.asked != asked.hex():
        raise Wrong(409, "idempotency.other_request", OTHER_REQUEST)


def _request(given: TicketGiven) -> WebRequest:
    """What is kept, with every key found in the card index; a wrong one is refused first."""
    customer = _customer(given.customer)
    service = _service(given.service, customer)
    customer_id = customer.id if customer else service.customer_id if service else None
    contact = _contact(given.contact, customer_id) if given.contact else None
    who = given.contact or ContactGiven()
    topic_id = category_id(given.category) if given.category else None
    return WebRequest(
        words=given.description,
        subject=given.name,
        contact_id=contact.id if contact else None,
        name="" if contact else who.name,
        email="" if contact else who.email,
        phone="" if contact else who.phone,
        customer_id=customer_id or (contact.customer_id if contact else None),
        service_id=service.id if service else None,
        topic_id=topic_id,
        fields=_fields(given.characteristic, topic_id),
        ticket_type=given.ticket_type or "",
        impact=given.impact,
        urgency=given.urgency,
        language=given.language,
        external_id=given.external_id,
        may_answer=given.receipt,
        files=tuple(file.as_asked() for file in given.files),
    )


def _fields(given: list[CharacteristicGiven], topic_id: int | None) -> tuple[tuple[str, str], ...]:
    """Custom fields, checked before anything is kept."""
    rows = {row.key: row for row in record.fields_for(topic_id)}
    for one in given:
        if one.name not in rows:
            raise Refused("field.not_here", key=one.name)
        read = read_value(rows[one.name], one.value)
        if isinstance(read, BadValue):
            raise Refused(read.key, name=one.name, choices=read.choices)
    return tuple((one.name, one.value) for one in given)


def _customer(key: str | None) -> CustomerCard | None:
    if key is None:
        return None
    return _found(directory.customer_by_key(key), "customer.unknown", NO_CUSTOMER, key)


def _service(key: str | None, customer: CustomerCard | None) -> ServiceCard | None:
    if key is None:
        return None
    card = directory.service_by_any_key(key)
    if card is not None and customer is not None and card.customer_id != customer.id:
        card = None
    return _found(card, "service.unknown", NO_SERVICE, key)


def service_id(key: str, customer_id: int | None) -> int:
    """The service that a ticket of this customer may be about."""
    card = directory.service_by_any_key(key)
    if card is not None and customer_id is not None and card.customer_id != customer_id:
        card = None
    return _found(card, "service.unknown", NO_SERVICE, key).id


def _contact(who: ContactGiven, customer_id: int | None) -> ContactCard | None:
    """The contact meant: by number, or the customer's own with this address."""
    if who.id is not None:
        card = directory.contact(ContactId(who.id))
        if card and customer_id and card.customer_id not in (None, customer_id):
            card = None
        return _found(card, "contact.unknown", NO_CONTACT, who.id)
    if who.email and customer_id:
        for card in directory.contacts_at("email", who.email):
            if card.customer_id == customer_id:
                return card
    return None


def category_id(key: str) -> int:
    """The topic with this key."""
    found = next((topic for topic in record.topic_tree() if topic.key == key), None)
    return _found(found, "category.unknown", NO_CATEGORY, key).id


def _found(card: Card | None, code: str, sentence: Phrase, key: object) -> Card:
    if card is None:
        raise Wrong(409, code, sentence, key=key)
    return card
