"""Orders above what a person may order alone: who is asked, and the mails about it.

Asked are those of the company who approve; where nobody does, whoever manages it. One mail each,
one reminder, and word to the one who ordered when it is decided. No program that follows the link
in a mail decides anything: that takes a button.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from unbroken.conversation import actions as record
from unbroken.conversation import queries as conversation
from unbroken.conversation.ids import TicketId
from unbroken.conversation.links import approval_link, ticket_link
from unbroken.conversation.queries import ApprovalRow, TicketFacts
from unbroken.directory import queries as directory
from unbroken.directory.cards import ContactCard
from unbroken.directory.ids import ContactId, CustomerId
from unbroken.ground.actor import HOUSE
from unbroken.ground.time_words import day_and_hour
from unbroken.ground.words import Phrase, _, in_language
from unbroken.intake.post import send_service_mail

ABOVE_MAX = 8
"""How many companies above a department are asked for somebody who approves."""

GREETING, GREETING_NOBODY = _("Hello {name},"), _("Hello,")
ASK_SUBJECT = _("[#{number}] Please approve: {subject}")
REMIND_SUBJECT = _("[#{number}] Still waits for your approval: {subject}")
ASK = _("{who} ordered something that needs your approval: {subject}.")
COST = _("As they wrote, it may cost up to {amount} a month.")
UNTIL = _("Approve or decline here by {time}; after that the order lapses:")
KEEP = _("Whoever has this link can decide: do not pass it on.")
DONE_SUBJECT = _("[#{number}] {subject}")
DONE: dict[str, Phrase] = {
    "ticket.approved": _("your order #{number} was approved by your company. We begin."),
    "ticket.declined": _("your order #{number} was declined by your company. We do nothing."),
    "ticket.approval_expired": _(
        "nobody of your company approved your order #{number} in time. We do nothing; write to us "
        "if you still need it."
    ),
}
THEIR_WORDS = _("What they wrote: {words}")
STANDS = _("How it stands: {link}")


def ask_if_needed(*, ticket_id: TicketId, said: str = "", at: datetime) -> None:
    """Have an order approved if there is a limit to what the person may order alone.

    `said`: what it may cost a month in their own words. It is shown to those who approve and spares
    nobody's approval, for whoever orders could write anything.
    """
    ticket = conversation.ticket_facts(ticket_id)
    if ticket is None or ticket.ticket_type != "order" or not ticket.contact_id:
        return
    card = directory.contact(ContactId(ticket.contact_id))
    if card is None or not card.confirmed or card.customer_id is None:
        return
    limit = card.rights.order_limit
    if limit is None or card.rights.approves:
        return
    if approvers_of(card.customer_id, but=card.id):
        record.ask_approval(ticket_id=ticket_id, amount=_amount(said), limit=limit, by=HOUSE, at=at)


def decided_by(rows: Sequence[ApprovalRow], contact_ids: Sequence[int]) -> list[ApprovalRow]:
    """Those of the orders that one of these people may decide, asked of the database at once.

    The rule is that of `approvers_of`; nobody decides about their own.
    """
    deciders = directory.deciders_for(
        {row.customer_id for row in rows if row.customer_id}, floors=ABOVE_MAX
    )
    found = []
    for row in rows:
        others = [one for one in deciders if one.for_customer == row.customer_id]
        others = [one for one in others if one.contact_id != (row.contact_id or 0)]
        asked = [one for one in others if one.approves] or others
        if any(one.contact_id in contact_ids for one in asked):
            found.append(row)
    return found


def approvers_of(customer_id: CustomerId, *, but: int = 0) -> list[ContactCard]:
    """Who may approve for a customer: of it or of the companies above; else who manages it."""
    people: list[ContactCard] = []
    here: CustomerId | None = customer_id
    for _floor in range(ABOVE_MAX):
        if here is None:
            break
        people += [
            card
            for card in directory.contacts_of(here)
            if card.confirmed and not card.has_left and card.id != but
        ]
        above = directory.customer(here)
        here = above.parent_id if above and above.kind == "company" else None
    found = [card for card in people if card.rights.approves]
    return found or [card for card in people if card.rights.manages]


def ask_by_mail(*, approval_id: int, is_again: bool, at: datetime) -> None:
    """One mail with a link to each who may approve."""
    row = conversation.approval(approval_id)
    ticket = conversation.ticket_facts(row.ticket_id) if row else None
    if row is None or ticket is None or row.customer_id is None or not row.is_open(at):
        return
    who = directory.contact(ContactId(row.contact_id)) if row.contact_id else None
    for card in approvers_of(CustomerId(row.customer_id), but=row.contact_id or 0):
        if card.email:
            _ask(row, ticket, card, who.name or who.email if who else "", is_again=is_again)


def tell_who_ordered(*, ticket_id: TicketId, kind: str, words: str, at: datetime) -> None:
    """It was decided: one mail to whoever ordered."""
    ticket = conversation.ticket_facts(ticket_id)
    card = directory.contact(ContactId(ticket.contact_id)) if ticket and ticket.contact_id else None
    if ticket is None or card is None or not card.email:
        return
    language = ticket.language
    lines = [_hello(card, language), in_language(DONE[kind], language, number=ticket.id)]
    if words:
        lines.append(in_language(THEIR_WORDS, language, words=words))
    lines.append(in_language(STANDS, language, link=ticket_link(ticket.id, card.id)))
    _mail(card, ticket, DONE_SUBJECT, lines, language, until=at + timedelta(days=4))


def _ask(
    row: ApprovalRow, ticket: TicketFacts, card: ContactCard, who: str, *, is_again: bool
) -> None:
    language = card.language or ticket.language
    time = day_and_hour(row.ends_at, zone=card.timezone or "UTC", language=language)
    lines = [
        _hello(card, language),
        in_language(ASK, language, who=who, subject=ticket.name),
        *([in_language(COST, language, amount=f"{row.amount:.2f}")] if row.amount else []),
        in_language(UNTIL, language, time=time),
        approval_link(row.id, int(card.id)),
        in_language(KEEP, language),
    ]
    subject = REMIND_SUBJECT if is_again else ASK_SUBJECT
    _mail(card, ticket, subject, lines, language, until=row.ends_at)


def _mail(
    card: ContactCard,
    ticket: TicketFacts,
    subject: Phrase,
    lines: list[str],
    language: str,
    *,
    until: datetime,
) -> None:
    send_service_mail(
        to=(card.name, card.email),
        subject=in_language(subject, language, number=ticket.id, subject=ticket.name),
        words="\n\n".join(lines) + "\n",
        language=language,
        until=until,
    )


def _hello(card: ContactCard, language: str) -> str:
    if not card.name:
        return in_language(GREETING_NOBODY, language)
    return in_language(GREETING, language, name=" ".join(card.name.split()))


def _amount(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
