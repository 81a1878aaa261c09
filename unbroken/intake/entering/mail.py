"""A mail enters the record."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from unbroken.conversation import actions
from unbroken.conversation import queries as conversation
from unbroken.conversation.ids import DeliveryId, TicketId
from unbroken.conversation.incoming import Address, Audience, FileIn, Incoming, Opening
from unbroken.conversation.queries.topics import TopicRow
from unbroken.directory import actions as directory_actions
from unbroken.directory import queries as directory
from unbroken.directory.cards import ContactCard
from unbroken.ground.actor import HOUSE, Actor
from unbroken.intake import approvals
from unbroken.intake.addresses import mark_address
from unbroken.intake.entering.agents import enter_agents
from unbroken.intake.entering.one_word import enter_one_word
from unbroken.intake.entering.outcome import Outcome, Taken
from unbroken.intake.inbound import Inbound, Mailbox
from unbroken.intake.mail import problems
from unbroken.intake.mailboxes import MailboxRow, by_key, is_ours, mailbox_for
from unbroken.intake.notices.taking import take_notices
from unbroken.intake.threading import Found, find_ticket, is_of_customer, remember_references
from unbroken.intake.understanding import service_of, topic_of, type_of

REOPENS_WITHIN = timedelta(days=14)
"""A closed ticket is opened again by mail this long; later mail opens a linked one."""

MACHINE_KINDS = frozenset({"bounce", "auto_reply", "loop"})
_PREFIX = re.compile(
    r"^\s*(?:(?:re|aw|fwd?|wg|sv|vs|tr|rif|r|i|отв|на|пересл|fyi)\s*(?:\[\d+\])?\s*:\s*)+",
    re.I,
)
_OUR_MARK = re.compile(r"\[#\d{6,12}\]\s*")
NAME_MAX = 200


def enter_mail(taken: Taken, mail: Inbound, *, at: datetime) -> Outcome:
    """Join the mail to its ticket, or give it a number of its own."""
    answered = enter_agents(taken, mail, at=at) or enter_one_word(mail, at=at)
    if answered is not None:
        return answered
    sender = sender_of(mail, at=at)
    found = find_ticket(mail, sender=sender)
    if mail.kind == "bounce" and found.ticket_id is not None:
        outcome = _bounce(taken, mail, found.ticket_id, at=at)
    elif found.ticket_id is not None and may_join(found.ticket_id, mail, at=at):
        outcome = _join(taken, mail, found.ticket_id, sender, at=at)
    else:
        outcome = _open(taken, mail, sender, at=at)
        found = Found(None, "", tuple(filter(None, (found.ticket_id, *found.linked))))
    remember_references(mail, outcome.ticket_id)
    _link(outcome.ticket_id, found, at=at)
    if mail.kind == "maintenance":
        take_notices(mail, intake_id=taken.id, ticket_id=outcome.ticket_id, at=at)
    return outcome


def sender_of(mail: Inbound, *, at: datetime) -> ContactCard | None:
    """Who writes, by the address alone; a person nobody knows becomes a contact to confirm."""
    if mail.sender is None or "@" not in mail.sender.email or is_ours(mail.sender.email):
        return None
    known = directory.who_writes("email", mail.sender.email, name=mail.sender.name)
    if known is not None or mail.kind in MACHINE_KINDS:
        return known
    contact_id = directory_actions.register_contact(
        name=mail.sender.name, email=mail.sender.email, language=mail.language or "", by=HOUSE,
        at=at,
    )  # fmt: skip
    return directory.contact(contact_id)


def may_join(ticket_id: TicketId, mail: Inbound, *, at: datetime) -> bool:
    """A ticket long closed is not opened again; machines never open one."""
    ticket = conversation.ticket_facts(ticket_id)
    if ticket is None:
        return False
    over_at = ticket.closed_at if ticket.status != "resolved" else None
    return mail.kind != "message" or over_at is None or at - over_at <= REOPENS_WITHIN


def _join(
    taken: Taken, mail: Inbound, ticket_id: TicketId, sender: ContactCard | None, *, at: datetime
) -> Outcome:
    by = Actor.contact(sender.id) if sender else HOUSE
    contact_id = sender.id if sender else None
    if mail.kind != "message" or sender is None:
        said = said_in_mail(taken, mail, by=by, kind=mail.kind, audience="agents")
        message = actions.add_remark(ticket_id=ticket_id, said=said, by=by, at=at)
        return Outcome("remark", ticket_id, message, contact_id)
    takes_part = conversation.is_participant(ticket_id, sender.id)
    is_theirs = takes_part or is_of_customer(sender, ticket_id)
    side_id = conversation.side_of(
        ticket_id,
        delivery_ids=_our_deliveries(mail),
        sender=mail.sender.email if mail.sender else "",
        is_of_ticket=is_theirs,
    )
    if side_id is not None:
        said = said_in_mail(taken, mail, by=by, kind="third_party", audience="agents")
        message = actions.hear_aside(ticket_id=ticket_id, side_id=side_id, said=said, by=by, at=at)
        return Outcome("remark", ticket_id, message, contact_id)
    if is_theirs:
        if not takes_part:
            actions.join_ticket(
                ticket_id=ticket_id, contact_id=sender.id, role="cc", confirmed=True, by=by, at=at
            )
        said = said_in_mail(taken, mail, by=by, kind="message", audience="customer")
        message = actions.add_message(ticket_id=ticket_id, said=said, by=by, at=at)
        return Outcome("joined", ticket_id, message, contact_id)
    actions.join_ticket(
        ticket_id=ticket_id, contact_id=sender.id, role="third", confirmed=False, by=by, at=at
    )
    said = said_in_mail(taken, mail, by=by, kind="third_party", audience="agents")
    message = actions.add_remark(ticket_id=ticket_id, said=said, by=by, at=at)
    return Outcome("remark", ticket_id, message, contact_id)


def _open(taken: Taken, mail: Inbound, sender: ContactCard | None, *, at: datetime) -> Outcome:
    mailbox = mailbox_of(taken, mail)
    by = Actor.contact(sender.id) if sender else HOUSE
    is_person = mail.kind == "message" and sender is not None
    opening = opening_of(
        taken, mail, sender, mailbox, may_answer=is_person and mail.may_auto_answer
    )
    said = said_in_mail(
        taken, mail, by=by, kind=mail.kind, audience="customer" if is_person else "agents"
    )
    ticket_id, message_id = actions.acknowledge_ticket(opening, said, by=by, at=at)
    if opening.ticket_type == "order":
        approvals.ask_if_needed(ticket_id=ticket_id, at=at)
    return Outcome("opened", ticket_id, message_id, sender.id if sender else None)


def opening_of(
    taken: Taken,
    mail: Inbound,
    sender: ContactCard | None,
    mailbox: MailboxRow | None,
    *,
    may_answer: bool,
    topics: Sequence[TopicRow] | None = None,
) -> Opening:
    text = f"{mail.subject}\n{mail.new_text}"
    topics = conversation.topic_tree() if topics is None else topics
    topic = topic_of(topics, subject=mail.subject, words=mail.new_text)
    customer_id = sender.customer_id if sender and sender.confirmed else None
    services = directory.services_of(customer_id) if customer_id else []
    service = service_of(services, text=text)
    written = mail.language or (sender.language if sender else "")
    return Opening(
        name=name_of(mail),
        channel=taken.channel,
        mailbox=mailbox.key if mailbox else "",
        reported_at=taken.taken_at,
        ticket_type=type_of(topic, text=text),
        language=written or (mailbox.language if mailbox else "en"),
        contact_id=sender.id if sender else None,
        contact_confirmed=sender is not None,
        customer_id=customer_id,
        service_id=service.id if service else None,
        topic_id=topic.id if topic else None,
        may_answer=may_answer,
        also=_colleagues(mail, sender),
    )


def _colleagues(mail: Inbound, sender: ContactCard | None) -> tuple[tuple[int, str, bool], ...]:
    """Those in copy who are of the sender's own customer; nobody else is told anything."""
    if sender is None or not sender.confirmed:
        return ()
    found: dict[int, tuple[int, str, bool]] = {}
    for copy in (*mail.to, *mail.cc)[:20]:
        if is_ours(copy.email):
            continue
        card = directory.who_writes("email", copy.email, name=copy.name)
        if card and card.confirmed and card.customer_id == sender.customer_id:
            found[card.id] = (card.id, "cc", True)
    return tuple(found.values())


def _bounce(taken: Taken, mail: Inbound, ticket_id: TicketId, *, at: datetime) -> Outcome:
    """Our mail came back: the ticket says so, and the address is marked."""
    worst = max(mail.bounces, key=lambda one: one.permanent, default=None)
    delivery_id = _bounced_delivery(mail, ticket_id)
    message = actions.note_bounce(
        ticket_id=ticket_id,
        said=said_in_mail(taken, mail, by=HOUSE, kind="bounce", audience="agents"),
        delivery_id=delivery_id,
        bounce_class=worst.bounce_class if worst else "other",
        permanent=worst.permanent if worst else False,
        by=HOUSE,
        at=at,
    )
    if delivery_id is not None:
        _mark_addresses(mail, ticket_id, at=at)
    return Outcome("bounce", ticket_id, message)


def _mark_addresses(mail: Inbound, ticket_id: TicketId, *, at: datetime) -> None:
    for report in mail.bounces:
        if report.bounce_class != "temporary":
            state = "dead" if report.permanent else "bouncing"
            mark_address(report.recipient, ticket_id, state, at=at)


_OUR_ID = re.compile(r"u\.(\d{6,12})\.(\d{1,18})\.[a-z2-7]{16}@", re.I)


def _our_deliveries(mail: Inbound) -> list[int]:
    """Which mails of ours this one answers, by our own Message-IDs that the reader has checked."""
    found = (_OUR_ID.search(text) for text in (*mail.in_reply_to, *mail.references))
    return [int(one[2]) for one in found if one and int(one[1]) in mail.tokens]


def _bounced_delivery(mail: Inbound, ticket_id: TicketId) -> DeliveryId | None:
    """Which delivery came back, by our own Message-ID; the reader has checked its mark."""
    for text in (*mail.bounced_message_ids, *mail.in_reply_to, *mail.references):
        found = _OUR_ID.search(text)
        if found and int(found[1]) in mail.tokens:
            delivery = conversation.delivery(int(found[2]))
            if delivery and conversation.surviving(delivery.ticket_id) == ticket_id:
                return DeliveryId(delivery.id)
    return None


def _link(ticket_id: TicketId, found: Found, *, at: datetime) -> None:
    """The other tickets a mail names are linked, once."""
    known = {link.other for link in conversation.links_of(ticket_id)} if found.linked else set()
    for other in found.linked[:5]:
        if other not in known and other != ticket_id:
            actions.relate_ticket(
                ticket_id=ticket_id, other_id=other, relation="related", by=HOUSE, at=at
            )


def mailbox_of(taken: Taken, mail: Inbound) -> MailboxRow | None:
    if taken.mailbox:
        return by_key(taken.mailbox)
    told = [str(one) for one in taken.envelope.get("rcpt_to", ())]
    named = [one.email for one in (*mail.to, *mail.cc)[:100]]
    return mailbox_for([*told, *mail.headers.delivered_to, *named])


def said_in_mail(
    taken: Taken, mail: Inbound, *, by: Actor, kind: str, audience: Audience
) -> Incoming:
    return Incoming(
        author=by,
        channel=taken.channel,
        words=mail.new_text,
        quoted=mail.quoted_text,
        at=taken.taken_at,
        audience=audience,
        kind=kind,
        subject=mail.subject,
        sender=_address(mail.sender),
        to=tuple(_address(one) for one in mail.to[:100]),
        cc=tuple(_address(one) for one in mail.cc[:100]),
        message_id=mail.message_id or "",
        intake_id=taken.id,
        sha256=taken.sha256,
        files=files_of(mail),
        problem=problems.CUT if "cut_at" in taken.envelope else mail.problem or "",
    )


def _address(box: Mailbox | None) -> Address:
    return (box.name, box.email) if box else ("", "")


def files_of(mail: Inbound) -> tuple[FileIn, ...]:
    """The parts of a mail that are files; their bytes stay in the raw mail."""
    return tuple(
        FileIn(
            name=part.name,
            original_name=part.original_name or "",
            media_type=part.type,
            size=part.size,
            sha256=bytes.fromhex(part.sha256),
            inline=part.inline,
            content_id=part.content_id or "",
            held=part.held or "",
            part=part.path,
        )
        for part in mail.attachments
    )


def name_of(mail: Inbound) -> str:
    """What a ticket is called: the subject without Re: and our mark, else its first words."""
    name = _PREFIX.sub("", _OUR_MARK.sub("", mail.subject)).strip()
    if not name:
        first = next((line.strip() for line in mail.new_text.splitlines() if line.strip()), "")
        name = first[:80]
    return name[:NAME_MAX]
