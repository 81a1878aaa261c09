"""Which mail somebody wants: heeded when it leaves, when we know what it is about.

A question to them, the number of their request and all they cannot miss is always mailed: the
promise's clock stands still for their answer. Of other news they chose on the portal.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from unbroken.conversation.links import unfollow_link
from unbroken.conversation.queries import DeliveryRow, ticket_facts
from unbroken.conversation.states import ENDED
from unbroken.ground.sql import rows
from unbroken.intake.outgoing import Address, Outgoing

News = Literal["question", "end", "news"]
"""What an answer is to its reader: their turn, the end of it, or neither."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What one who takes part wishes at one address."""

    address: str
    mails: str
    follows: bool


def heeded(outgoing: Outgoing, delivery: DeliveryRow) -> Outgoing | None:
    """The mail as it shall leave: only to those who want it; None when nobody does."""
    if delivery.kind != "reply":
        return outgoing
    ticket = ticket_facts(delivery.ticket_id)
    news = news_of(ticket.status if ticket else "")
    wishes = rows(Wish, "intake/queries/mail_wishes.sql", ticket=delivery.ticket_id)
    to = tuple(one for one in outgoing.to if wants(one, wishes, news))
    cc = tuple(one for one in outgoing.cc if wants(one, wishes, news))
    if not to:
        to, cc = cc[:1], cc[1:]
    if not to:
        return None
    is_alone = outgoing.to == to and not delivery.cc and len(to) == 1
    link = ""
    if is_alone and news != "question" and delivery.contact_id is not None:
        link = unfollow_link(delivery.ticket_id, delivery.contact_id)
    return replace(outgoing, to=to, cc=cc, unsubscribe=link)


def news_of(status: str) -> News:
    """What an answer is to its reader, by how the request stands when it leaves."""
    if status == "pending":
        return "question"
    return "end" if status in ENDED else "news"


def wants(one: Address, wishes: Iterable[Wish], news: News) -> bool:
    """Whether somebody at this address wants it. Of whom nothing is known, it is assumed."""
    known = [wish for wish in wishes if wish.address == one[1].lower()]
    return not known or any(is_wanted(wish.mails, wish.follows, news) for wish in known)


def is_wanted(mails: str, follows: bool, news: News) -> bool:
    """Whether news of this kind is mailed to somebody with these wishes."""
    if news == "question":
        return True
    if not follows or mails == "mine":
        return False
    return mails == "all" or news == "end"
