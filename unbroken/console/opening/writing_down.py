"""A request written down by an agent enters the record: a number of its own, or one it joins.

What somebody says by telephone is theirs: the message has them as its author, and who wrote it
down stands in the log.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from unbroken.console.opening.forms import Who
from unbroken.conversation import actions
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.directory import actions as directory_actions
from unbroken.directory import queries as directory
from unbroken.directory.cards import ContactCard
from unbroken.directory.ids import ContactId, CustomerId, ServiceId
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, refusals
from unbroken.ground.words import _
from unbroken.staffing.queries import AgentCard

refusals(
    {
        "console.nothing_written_down": _("Write down what they said, or at least a subject."),
        "console.nobody_asked": _("Say who it is: choose a customer, or write a name."),
        "console.joins_another_customer": _("#{number} belongs to somebody else: link it instead."),
    }
)
NAME_MAX = 200


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, as the record needs it."""

    who: Who
    contact: ContactCard | None
    language: str


def open_request(
    agent: AgentCard, data: dict[str, Any], who: Who, *, keeps: bool, at: datetime
) -> TicketId:
    """A number of its own. `keeps`: the agent takes it in hand.

    The caller holds the transaction.
    """
    by = Actor.agent(agent.id)
    _check_words(data)
    asker = _asker(data, who, by=by, at=at)
    topic = next((one for one in record.topic_tree() if one.id == data["topic"]), None)
    opening = Opening(
        name=subject_of(data),
        channel=data["channel"] or "phone",
        reported_at=at,
        ticket_type=data["type"] or (topic.ticket_type if topic else "") or "request",
        language=asker.language,
        contact_id=asker.who.contact_id,
        contact_confirmed=asker.contact is not None and asker.contact.confirmed,
        customer_id=asker.who.customer_id,
        service_id=asker.who.service_id,
        topic_id=topic.id if topic else None,
        urgency=data["urgency"] or "medium",
    )
    ticket_id, _message = actions.acknowledge_ticket(
        opening, _said(data, asker, at=at, by=by), by=by, at=at
    )
    if keeps:
        actions.assign_ticket(
            ticket_id=ticket_id,
            team_id=agent.team_ids[0] if agent.team_ids else None,
            agent_id=agent.id,
            by=by,
            at=at,
        )
    return ticket_id


def join_request(
    agent: AgentCard, data: dict[str, Any], who: Who, *, number: TicketId, at: datetime
) -> None:
    """What they said belongs to a request that is there: it is added to that one."""
    by = Actor.agent(agent.id)
    _check_words(data)
    ticket = record.ticket_facts(number)
    assert ticket is not None
    asker = _asker(data, who, by=by, at=at)
    if ticket.customer_id is None or ticket.customer_id != asker.who.customer_id:
        raise Refused("console.joins_another_customer", number=number)
    said = _said(data, asker, at=at, by=by)
    actions.add_message(ticket_id=number, said=said, by=by, at=at)


def subject_of(data: dict[str, Any]) -> str:
    """What it is called: the subject, else the first line."""
    first = next((line for line in str(data["words"]).splitlines() if line.strip()), "")
    return (data["name"] or " ".join(first.split()))[:NAME_MAX]


def _check_words(data: dict[str, Any]) -> None:
    if not (data["name"] or str(data["words"]).strip()):
        raise Refused("console.nothing_written_down")


def _said(data: dict[str, Any], asker: Asker, *, at: datetime, by: Actor) -> Incoming:
    contact = asker.contact
    return Incoming(
        author=Actor.contact(contact.id) if contact else by,
        channel=data["channel"] or "phone",
        words=str(data["words"]).strip() or subject_of(data),
        at=at,
        subject=subject_of(data),
        sender=(contact.name if contact else "", ""),
    )


def _asker(data: dict[str, Any], who: Who, *, by: Actor, at: datetime) -> Asker:
    """The person chosen, or the one whose name was written down: they are entered."""
    name, email, phone = data["caller"], data["email"], data["phone"]
    if name or email or phone:
        contact_id = directory_actions.register_contact(
            name=name,
            email=email or None,
            phone=phone or None,
            customer_id=CustomerId(who.customer_id) if who.customer_id else None,
            confirmed=False,  # anybody may telephone and name another's household
            language=data["language"] or "",
            by=by,
            at=at,
        )
        who = replace(who, contact_id=int(contact_id))
    contact = directory.contact(ContactId(who.contact_id)) if who.contact_id else None
    if contact is None and who.customer_id is None:
        raise Refused("console.nobody_asked")
    who = _of_one_customer(who, contact)
    customer = directory.customer(CustomerId(who.customer_id)) if who.customer_id else None
    spoken = (contact.language if contact else "") or (customer.language if customer else "")
    return Asker(who, contact, data["language"] or spoken or "en")


def _of_one_customer(who: Who, contact: ContactCard | None) -> Who:
    """A person or a service of another customer is a forged form, or one from before a merge."""
    service = directory.service(ServiceId(who.service_id)) if who.service_id else None
    if contact is not None and contact.customer_id != who.customer_id:
        raise Refused("console.nobody_asked")
    is_theirs = service is not None and service.customer_id == who.customer_id
    return replace(who, service_id=who.service_id if is_theirs else None)
