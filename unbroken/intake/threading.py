"""Which ticket a mail belongs to.

In this order: our own token, whoever sends; the Message-IDs it refers to, also those of
mails we never saw; a bare number in the subject, only for somebody who belongs to that
ticket; numbers inside a bounce. Never the subject alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from unbroken.conversation import queries as conversation
from unbroken.conversation.history import said_already
from unbroken.conversation.ids import TicketId
from unbroken.directory.cards import ContactCard
from unbroken.ground.foreseen import Foreseen
from unbroken.ground.sql import planned_once
from unbroken.intake import state
from unbroken.intake.inbound import Inbound

REFERENCES_MAX = 60
"""Message-IDs of one mail that are remembered; the nearest ones."""


_REFERRED_TO = """
SELECT message_id, ticket_id FROM intake_reference WHERE message_id = ANY (%s::text[])
"""


@dataclass(frozen=True, slots=True)
class Found:
    """The ticket a mail joins, if any, and others it names, which are linked."""

    ticket_id: TicketId | None = None
    by: str = ""
    linked: tuple[TicketId, ...] = ()


_KNOWN: Final[Foreseen[str, int]] = Foreseen()
"""The ticket of a Message-ID, or `NOTHING` when it leads nowhere."""

NOTHING = -1


def foresee(mails: Sequence[Inbound]) -> None:
    """Ask for the Message-IDs of several mails at once."""
    keys = list(dict.fromkeys(key for mail in mails for key in _keys(mail)))
    _KNOWN.put(dict.fromkeys(keys, NOTHING) | _asked(keys))


def is_surely_new(mail: Inbound) -> bool:
    """Whether a mail that was foreseen speaks of no ticket, as far as can be seen."""
    speaks = mail.tokens or mail.numbers_in_subject or mail.letter_mark
    is_request = not speaks and mail.kind == "message"
    return is_request and all(_KNOWN.get(key) == NOTHING for key in _keys(mail))


def _keys(mail: Inbound) -> list[str]:
    own = [reference_key(mail.message_id)] if mail.message_id else []
    return [*own, *_references(mail)]


def find_ticket(mail: Inbound, *, sender: ContactCard | None) -> Found:
    """Where this mail belongs, and what else it speaks of."""
    proven = [*mail.tokens, *_referred_to(_references(mail)), *_heard_of(mail)]
    if mail.kind == "bounce":
        proven += mail.numbers_in_bounce
    named = [n for n in mail.numbers_in_subject if n not in proven]
    proven_tickets = _existing(proven)
    named_tickets = _existing(named)
    joined: TicketId | None
    if proven_tickets:
        joined, others = proven_tickets[0], [*proven_tickets[1:], *named_tickets]
        by = "token" if mail.tokens else "reference"
    else:
        own = [one for one in named_tickets if belongs(sender, one)]
        joined, by = (own[0], "number") if own else (None, "")
        others = named_tickets
    return Found(joined, by, tuple(one for one in dict.fromkeys(others) if one != joined))


def _heard_of(mail: Inbound) -> list[int]:
    """The ticket of an answer that came before this, its original.

    Machines give every mail the same name: one that is there already was not waited for.
    """
    found = _referred_to([reference_key(mail.message_id)]) if mail.message_id else []
    return [] if found and said_already(found, [mail.message_id or ""]) else found


def is_heard_of(mail: Inbound) -> bool:
    """Whether a mail of this name came before, or was referred to."""
    return bool(mail.message_id and _referred_to([reference_key(mail.message_id)]))


def belongs(sender: ContactCard | None, ticket_id: TicketId) -> bool:
    """Whether somebody takes part in a ticket, or is of the customer whose it is."""
    if sender is None:
        return False
    if conversation.is_participant(ticket_id, sender.id, confirmed_only=False):
        return True
    return is_of_customer(sender, ticket_id)


def is_of_customer(sender: ContactCard, ticket_id: TicketId) -> bool:
    """Whether a confirmed contact's customer is the ticket's."""
    ticket = conversation.ticket_facts(ticket_id)
    return (
        ticket is not None
        and sender.confirmed
        and sender.customer_id is not None
        and sender.customer_id == ticket.customer_id
    )


def remember_references(mail: Inbound, ticket_id: TicketId) -> None:
    """Every Message-ID this mail carries or refers to leads to this ticket from now on."""
    own = [mail.message_id] if mail.message_id else []
    keys = dict.fromkeys([*map(reference_key, own), *_references(mail)])
    remember([(key, ticket_id) for key in keys])


def remember(pairs: Iterable[tuple[str, int]]) -> None:
    """Message-ID and ticket; one that leads somewhere already stays."""
    known = {reference_key(key): ticket for key, ticket in pairs}
    if known:
        state.keep_references(known)
        _KNOWN.put({key: at for key, at in known.items() if _KNOWN.get(key) in (None, NOTHING)})


def _references(mail: Inbound) -> list[str]:
    """What the mail refers to, nearest first."""
    near = [*mail.in_reply_to, *reversed(mail.references), *mail.bounced_message_ids]
    # Old mailers name a person there too: "Message from Bob <bob@…> of Monday <id>".
    people = {one.email.lower() for one in (*mail.to, *mail.cc, mail.sender) if one}
    keys = dict.fromkeys(reference_key(one) for one in near)
    return [key for key in keys if key.lower() not in people][:REFERENCES_MAX]


def reference_key(message_id: str) -> str:
    """How a Message-ID is remembered."""
    return message_id.strip("<> \t")[:500]


def _referred_to(keys: list[str]) -> list[int]:
    foreseen = [_KNOWN.get(key) for key in keys]
    if None not in foreseen:
        return [ticket for ticket in foreseen if ticket is not None and ticket != NOTHING]
    known = _asked(keys)
    return [known[key] for key in keys if key in known]


def _asked(keys: list[str]) -> dict[str, int]:
    if not keys:
        return {}
    with planned_once() as cursor:
        cursor.execute(_REFERRED_TO, [keys])
        return dict(cursor.fetchall())


def _existing(numbers: Iterable[int]) -> list[TicketId]:
    """Numbers that are tickets, each led on to where its conversation continues."""
    found = []
    for number in dict.fromkeys(numbers):
        ticket = conversation.ticket_facts(number)
        if ticket is not None:
            is_merged = ticket.merged_into_id is not None
            found.append(conversation.surviving(number) if is_merged else TicketId(number))
    return list(dict.fromkeys(found))
