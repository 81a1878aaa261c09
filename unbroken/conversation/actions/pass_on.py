"""An answer to a request above many reaches each below it, by its own way and in its own name."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction

from unbroken.conversation.actions.keep import keep_message
from unbroken.conversation.actions.reply import keep_delivery, spoken, withdraw_reply
from unbroken.conversation.events_said import TicketReplied
from unbroken.conversation.ids import MessageId, TicketId
from unbroken.conversation.incoming import Incoming, ReplyTo
from unbroken.conversation.links import ticket_link
from unbroken.conversation.models import Message, TicketRelationship, TroubleTicket
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, change
from unbroken.ground.filling import filled
from unbroken.ground.log import words_of

FILLED_BELOW = frozenset({"customer", "number", "subject", "link"})
"""What each request below fills in with its own, in words of its customer's language."""


def pass_on_to_child(
    *,
    child_id: TicketId,
    parent_message_id: MessageId,
    goes_to: ReplyTo | None,
    by: Actor,
    at: datetime,
    not_before: datetime | None = None,
    in_languages: Mapping[str, int] | None = None,
) -> None:
    """The parent's answer is the child's too; told once, however often we are asked.

    It leaves when the parent's does, so that both can be taken back. One that was taken back
    already is passed on to nobody. `in_languages`: the ids of its words in other languages.
    """
    parent = Message.objects.get(pk=parent_message_id)
    marker = f"parent:{parent_message_id}"
    if Message.objects.filter(ticket_id=child_id, message_id=marker).exists():
        return
    if parent.withdrawn_at is not None:
        return
    with change(TroubleTicket, child_id, by=by, at=at) as ticket:
        said = Incoming(
            author=by,
            channel=goes_to.channel if goes_to else ticket.channel,
            words=_in_their_words(ticket, goes_to, in_languages or {}) or spoken(parent),
            at=at,
            subject=ticket.name,
            to=goes_to.to if goes_to else (),
            message_id=marker,
        )
        message = keep_message(ticket, said, direction="out")
        delivery = keep_delivery(
            ticket, message, goes_to, kind="reply", not_before=not_before or at
        )
        ticket.answered_at = at
        ticket.tell(TicketReplied(message=message.pk, delivery=delivery))


def _in_their_words(ticket: Any, goes_to: ReplyTo | None, in_languages: Mapping[str, int]) -> str:
    """The words in the language of this request's customer, with its own name and number."""
    said = in_languages.get(_language_of(ticket)) if in_languages else None
    if said is None:
        return ""
    contact, customer = ticket.contact, ticket.customer
    name = (contact.name if contact else "") or (customer.name if customer else "")
    values = {
        "customer": name or (goes_to.to[0][1] if goes_to else ""),
        "number": str(ticket.id),
        "subject": ticket.name,
        "link": ticket_link(ticket.id, ticket.contact_id) if ticket.contact_id else "",
    }
    return filled(words_of([said]).get(said) or "", values)


def _language_of(ticket: Any) -> str:
    """In which language its customer is written to."""
    contact, customer = ticket.contact, ticket.customer
    theirs = (contact.language if contact else "") or (customer.language if customer else "")
    return str(theirs or ticket.language)


def take_back_from_children(*, parent_message_id: MessageId, by: Actor, at: datetime) -> None:
    """The parent's answer was taken back: so is the child's, where it has not left yet."""
    told = Message.objects.filter(
        message_id=f"parent:{parent_message_id}",
        ticket_id__in=_children_ever(parent_message_id),
        withdrawn_at__isnull=True,
    )
    for ticket_id, message_id in told.order_by("ticket_id").values_list("ticket_id", "id"):
        with suppress(Refused), transaction.atomic():
            withdraw_reply(
                ticket_id=TicketId(ticket_id), message_id=MessageId(message_id), by=by, at=at
            )


def _children_ever(parent_message_id: int) -> list[int]:
    """Every ticket that is or was a child of the one this was said on."""
    parent_id = Message.objects.values_list("ticket_id", flat=True).get(pk=parent_message_id)
    links = TicketRelationship.objects.filter(other_id=parent_id, kind="parent")
    return list(links.values_list("ticket_id", flat=True))
