"""The look at the line of a request: its service, judged with what the customer wrote."""

from datetime import datetime

from unbroken.conversation import queries as record
from unbroken.conversation.events_looked import LineLookedAt
from unbroken.conversation.queries import TicketFacts
from unbroken.conversation.queries.line import corrections_on
from unbroken.directory import queries as directory
from unbroken.directory.cards import ServiceCard
from unbroken.directory.ids import ServiceId
from unbroken.evidence.claims.corrected import Corrections
from unbroken.evidence.looking import Look, look

SAID_MAX = 3
"""So many of the customer's messages are read for claims: the first say what is wrong."""


def look_at(ticket: TicketFacts, at: datetime, known: Corrections | None = None) -> Look | None:
    """Judged anew: more records may have come. None when the request is about no service.

    `known`: how agents read the customer's words again, where the caller has that already.
    """
    card = _service(ticket)
    if card is None:
        return None
    known = corrections_on(ticket.id) if known is None else known
    return look(card, at, said=said_on(ticket), corrections=known)


def finding_on(ticket_id: int, at: datetime) -> LineLookedAt:
    """What the relay notes. Skipped at once where nothing of the service could be heard at all."""
    ticket = record.ticket_facts(ticket_id)
    card = _service(ticket) if ticket is not None else None
    if ticket is None or card is None or not _can_be_heard(card):
        return LineLookedAt(skipped=True)
    verdict = look(card, at, said=said_on(ticket)).verdict
    return LineLookedAt(
        cause=verdict.key,
        certainty=round(verdict.certainty, 4),
        since=verdict.since,
        element=verdict.element.key if verdict.element else "",
        affected=max(1, verdict.affected),
    )


def said_on(ticket: TicketFacts) -> list[tuple[str, datetime]]:
    """What the customer wrote, each with its moment: the subject and the first messages."""
    said = record.messages_of(ticket.id, for_customer=True)
    words = [(one.words or "", one.at) for one in said if one.direction == "in"][:SAID_MAX]
    return [(ticket.name, ticket.reported_at), *words]


def _service(ticket: TicketFacts) -> ServiceCard | None:
    if ticket.service_id is None:
        return None
    service_id = ServiceId(ticket.service_id)
    return directory.services([service_id]).get(service_id)


def _can_be_heard(card: ServiceCard) -> bool:
    """Whether the network knows it by any name: a domain or a mailbox has no line."""
    return bool(card.access_name or card.circuit or card.ip or card.resource_key)
