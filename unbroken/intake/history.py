"""How mail of the past enters the record: threaded and told as live mail is, in batches.

What a mail means (whose it is, who may read it, what kind it is) is decided by the same rules
as at the door. What differs: it keeps its own date, nothing follows from it, and mail that we
wrote ourselves is kept as our answer.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePath

from django.db import transaction

from unbroken.conversation import history as conversation_history
from unbroken.conversation import queries as conversation
from unbroken.conversation.history import PastMessage, PastTicket
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import Opening
from unbroken.directory.cards import ContactCard
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.history import Book, Historian
from unbroken.intake.actions.take import known_already
from unbroken.intake.entering.mail import (
    mailbox_of,
    may_join,
    name_of,
    opening_of,
    said_in_mail,
)
from unbroken.intake.entering.outcome import Taken
from unbroken.intake.events import IntakeRead, IntakeTaken
from unbroken.intake.ids import IntakeId
from unbroken.intake.inbound import Inbound
from unbroken.intake.mailboxes import is_ours
from unbroken.intake.models import Intake, Reference
from unbroken.intake.past_people import People, outside_of
from unbroken.intake.threading import REFERENCES_MAX, find_ticket, reference_key, remember

_INTAKE = (
    "id", "version", "changed_at", "channel", "mailbox", "raw", "size", "sha256", "dedupe",
    "envelope", "taken_at", "outcome", "ticket_id", "contact_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PastMail:
    """One mail of the past: where it was, its bytes, its date, its names, what it says."""

    label: str
    raw: bytes
    dedupe: bytes
    at: datetime
    names: tuple[str, ...]
    said: Inbound

    @property
    def is_own(self) -> bool:
        """Whether one of our mailboxes wrote it."""
        return self.said.sender is not None and is_ours(self.said.sender.email)


@dataclass(frozen=True, slots=True)
class Relatives:
    """Mails that belong together, oldest first; `family` is their number in this import."""

    family: int
    mails: tuple[PastMail, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """How many mails of a batch were new, how many known."""

    new: int
    known: int


@dataclass
class _Entry:
    """One family's new mails on their way to their ticket."""

    mails: list[PastMail]
    family: int
    ticket_id: TicketId | None = None
    linked: tuple[TicketId, ...] = ()
    circle: "_Circle | None" = None
    messages: list[PastMessage] = field(default_factory=list)
    intakes: list[tuple[IntakeId, PastMail, str, int | None]] = field(default_factory=list)


@dataclass
class _Circle:
    """Who is heard as the customer on a ticket: the reporter, those who take part, their own."""

    customer_id: int | None
    members: set[int]

    def holds(self, sender: ContactCard) -> bool:
        """Whether this contact belongs to it."""
        if sender.id in self.members:
            return True
        return (
            sender.confirmed
            and sender.customer_id is not None
            and sender.customer_id == self.customer_id
        )


class Archivist:
    """Keeps batches; knows from one to the next who is who and which family has which ticket."""

    def __init__(self, *, mailbox: str, at: datetime) -> None:
        self.mailbox = mailbox
        self.at = at
        self.tickets: set[int] = set()
        self._historian = Historian(at_once=500)
        self._people = People(self._historian, at)
        self._ticket_of: dict[int, TicketId] = {}
        self._topics = conversation.topic_tree()

    def keep(self, batch: Sequence[Relatives]) -> Kept:
        """All of a batch in one transaction, or nothing of it."""
        try:
            return self._keep(batch)
        except Exception:
            # Whoever was made known in the failed transaction is not known.
            self._historian = Historian(at_once=500)
            self._people = People(self._historian, self.at)
            raise

    @transaction.atomic
    def _keep(self, batch: Sequence[Relatives]) -> Kept:
        known = known_already([mail.dedupe for one in batch for mail in one.mails])
        self._people.meet([mail.said for one in batch for mail in one.mails])
        self._note_known(batch, known)
        seen = set(known)
        entries = []
        for relatives in batch:
            fresh = [mail for mail in relatives.mails if not _noted(mail.dedupe, seen)]
            if fresh:
                entries.append(_Entry(fresh, relatives.family))
        references = _references_of([mail for entry in entries for mail in entry.mails])
        entries = [entry for entry in entries if self._is_news(entry, references)]
        for entry in entries:
            self._place(entry, references)
            self._tell(entry)
        self._write(entries)
        new = sum(len(entry.mails) for entry in entries)
        return Kept(new, sum(len(one.mails) for one in batch) - new)

    def recall(self, keys: Sequence[bytes]) -> dict[bytes, TicketId | None]:
        """Which of these mails are in the record already, and on which tickets."""
        known: dict[bytes, TicketId | None] = {}
        for start in range(0, len(keys), 5000):
            rows = Intake.objects.filter(dedupe__in=keys[start : start + 5000])
            for key, ticket in rows.values_list("dedupe", "ticket_id"):
                known[bytes(key or b"")] = TicketId(ticket) if ticket else None
        return known

    def note(self, family: int, tickets: Iterable[TicketId | None]) -> None:
        """A family has these tickets already; the first is the one that others join."""
        for ticket in tickets:
            if ticket is not None:
                self.tickets.add(ticket)
                self._ticket_of.setdefault(family, ticket)

    def _note_known(self, batch: Sequence[Relatives], known: dict[bytes, IntakeId]) -> None:
        """Known since the import began: the door was quicker."""
        if not known:
            return
        tickets = self.recall(list(known))
        for relatives in batch:
            here = [tickets.get(mail.dedupe) for mail in relatives.mails if mail.dedupe in known]
            self.note(relatives.family, here)

    def _is_news(self, entry: _Entry, references: dict[str, int]) -> bool:
        """Without what this desk sent itself and has on record: its folder of sent mail."""
        own = [mail for mail in entry.mails if mail.is_own]
        tickets = {references.get(reference_key(mail.names[0]), 0) for mail in own} - {0}
        if tickets:
            on_record = conversation_history.said_already(tickets, [m.names[0] for m in own])
            entry.mails = [m for m in entry.mails if not (m.is_own and m.names[0] in on_record)]
        return bool(entry.mails)

    # ── which ticket ──────────────────────────────────────────────────────────

    def _place(self, entry: _Entry, references: dict[str, int]) -> None:
        """The ticket these mails join, if there is one, and those they only name."""
        proven: list[int] = [self._ticket_of[entry.family]] if self._has_ticket(entry) else []
        named: list[TicketId] = []
        for mail in entry.mails:
            keys = [reference_key(name) for name in mail.names]
            proven += [references[key] for key in keys if key in references]
            if _speaks_of_tickets(mail.said):
                found = find_ticket(mail.said, sender=self._people.of(mail.said))
                proven += [found.ticket_id] if found.ticket_id else []
                named += found.linked
        there = list(dict.fromkeys(conversation.surviving(number) for number in proven))
        first = entry.mails[0]
        joined = next((one for one in there if may_join(one, first.said, at=first.at)), None)
        entry.ticket_id = joined
        others = dict.fromkeys((*there, *named))
        entry.linked = tuple(one for one in others if one != joined)[:5]

    def _has_ticket(self, entry: _Entry) -> bool:
        return entry.family in self._ticket_of

    # ── what is told ──────────────────────────────────────────────────────────

    def _tell(self, entry: _Entry) -> None:
        entry.circle = self._circle_of(entry)
        for mail in entry.mails:
            intake_id = IntakeId(self._historian.draw(Intake))
            message, outcome, contact_id = self._message(mail, intake_id, entry.circle)
            if not entry.messages and entry.ticket_id is None:
                outcome = "opened"
            entry.messages.append(message)
            entry.intakes.append((intake_id, mail, outcome, contact_id))

    def _circle_of(self, entry: _Entry) -> _Circle:
        if entry.ticket_id is not None:
            facts = conversation.ticket_facts(entry.ticket_id)
            taking_part = conversation.participants_of(entry.ticket_id)
            members = {one.contact_id for one in taking_part if one.confirmed}
            return _Circle(facts.customer_id if facts else None, members)
        reporter = self._reporter(entry.mails)
        customer = reporter.customer_id if reporter and reporter.confirmed else None
        return _Circle(customer, {reporter.id} if reporter else set())

    def _reporter(self, mails: Sequence[PastMail]) -> ContactCard | None:
        """The first person outside who wrote; if only we did, to whom."""
        for mail in mails:
            if mail.said.kind == "message" and not mail.is_own:
                sender = self._people.of(mail.said)
                if sender is not None:
                    return sender
        for mail in mails:
            if mail.is_own:
                for one in outside_of(mail.said):
                    return self._people.called(one)
        return None

    def _message(
        self, mail: PastMail, intake_id: IntakeId, circle: _Circle
    ) -> tuple[PastMessage, str, int | None]:
        taken = self._taken(mail, intake_id)
        if mail.is_own:
            kind = "message" if mail.said.kind in ("message", "loop") else "receipt"
            said = said_in_mail(taken, mail.said, by=HOUSE, kind=kind, audience="customer")
            return PastMessage(said, "out"), "joined", None
        sender = self._people.of(mail.said)
        by = Actor.contact(sender.id) if sender else HOUSE
        contact_id = sender.id if sender else None
        if mail.said.kind != "message" or sender is None:
            said = said_in_mail(taken, mail.said, by=by, kind=mail.said.kind, audience="agents")
            outcome = "bounce" if mail.said.kind == "bounce" else "remark"
            return PastMessage(said), outcome, contact_id
        if circle.holds(sender):
            said = said_in_mail(taken, mail.said, by=by, kind="message", audience="customer")
            return PastMessage(said, joins=((sender.id, "cc", True),)), "joined", contact_id
        said = said_in_mail(taken, mail.said, by=by, kind="third_party", audience="agents")
        return PastMessage(said, joins=((sender.id, "third", False),)), "remark", contact_id

    def _taken(self, mail: PastMail, intake_id: IntakeId) -> Taken:
        digest = hashlib.sha256(mail.raw).digest()
        return Taken(intake_id, "mail", self.mailbox, {}, digest, mail.at)

    # ── what is written ───────────────────────────────────────────────────────

    def _write(self, entries: Sequence[_Entry]) -> None:
        new = [entry for entry in entries if entry.ticket_id is None]
        opened = [self._past_ticket(entry) for entry in new]
        numbers = conversation_history.write_tickets(opened, historian=self._historian)
        for entry in entries:
            if entry.ticket_id is not None:
                conversation_history.add_messages(
                    ticket_id=entry.ticket_id,
                    messages=entry.messages,
                    historian=self._historian,
                )
        for entry, number in zip(new, numbers, strict=True):
            entry.ticket_id = number
        with self._historian.book() as book:
            for entry in entries:
                self._keep_intakes(book, entry)
        remember(_pairs(entries))
        links = [(e.ticket_id, other) for e in entries for other in e.linked if e.ticket_id]
        conversation_history.relate_past_tickets(links, historian=self._historian)
        for entry in entries:
            assert entry.ticket_id is not None
            self._ticket_of.setdefault(entry.family, entry.ticket_id)
            self.tickets.add(entry.ticket_id)

    def _past_ticket(self, entry: _Entry) -> PastTicket:
        return PastTicket(
            opening=self._opening(entry),
            messages=tuple(entry.messages),
            status="inProgress"
            if any(message.direction == "out" for message in entry.messages)
            else "acknowledged",
        )

    def _opening(self, entry: _Entry) -> Opening:
        """As the door would open it, from the first mail that somebody outside wrote."""
        first = entry.mails[0]
        reporter = self._reporter(entry.mails)
        telling = next((mail for mail in entry.mails if self._is_by(mail, reporter)), first)
        taken = self._taken(telling, IntakeId(0))
        box = mailbox_of(taken, telling.said)
        opening = opening_of(
            taken, telling.said, reporter, box, may_answer=False, topics=self._topics
        )
        return replace(opening, name=name_of(first.said), reported_at=first.at)

    def _is_by(self, mail: PastMail, reporter: ContactCard | None) -> bool:
        if reporter is None or mail.is_own:
            return False
        sender = self._people.of(mail.said)
        return sender is not None and sender.id == reporter.id

    def _keep_intakes(self, book: Book, entry: _Entry) -> None:
        assert entry.ticket_id is not None
        for intake_id, mail, outcome, contact_id in entry.intakes:
            stream, size = f"intake:{intake_id}", len(mail.raw)
            taken, done = IntakeTaken("mail", size), IntakeRead(outcome, entry.ticket_id)
            book.tell(stream, 1, taken, at=self.at, by=str(HOUSE))
            book.tell(stream, 2, done, at=self.at, by=str(HOUSE))
            box = mailbox_of(self._taken(mail, intake_id), mail.said)
            digest = hashlib.sha256(mail.raw).digest()
            envelope = {"imported": PurePath(mail.label).name[:200]}
            row = (
                intake_id, 2, self.at, "mail", box.key if box else "", mail.raw, size, digest,
                mail.dedupe, envelope, self.at, outcome, entry.ticket_id, contact_id,
            )  # fmt: skip
            book.put(Intake, _INTAKE, row)

    def link(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Families that were named on one another: their tickets are linked."""
        tickets = [
            (self._ticket_of[one], self._ticket_of[other])
            for one, other in pairs
            if one in self._ticket_of and other in self._ticket_of
        ]
        conversation_history.relate_past_tickets(tickets, historian=self._historian)


def _noted(dedupe: bytes, seen: set[bytes]) -> bool:
    """Whether it was seen before; from now on it was."""
    was = dedupe in seen
    seen.add(dedupe)
    return was


def _speaks_of_tickets(mail: Inbound) -> bool:
    """Whether it carries our mark or a number; plain references are looked up in batches."""
    in_bounce = mail.kind == "bounce" and bool(mail.numbers_in_bounce or mail.bounced_message_ids)
    return bool(mail.tokens or mail.numbers_in_subject or in_bounce)


def _references_of(mails: Sequence[PastMail]) -> dict[str, int]:
    """Which tickets the names on these mails lead to already."""
    names = list(dict.fromkeys(reference_key(name) for mail in mails for name in mail.names))
    found: dict[str, int] = {}
    for start in range(0, len(names), 5000):
        rows = Reference.objects.filter(message_id__in=names[start : start + 5000])
        found.update(rows.values_list("message_id", "ticket_id"))
    return found


def _pairs(entries: Sequence[_Entry]) -> list[tuple[str, int]]:
    pairs: dict[str, int] = {}
    for entry in entries:
        assert entry.ticket_id is not None
        for mail in entry.mails:
            for name in mail.names[: REFERENCES_MAX + 1]:
                if not name.startswith("(mail "):
                    pairs.setdefault(reference_key(name), entry.ticket_id)
    return list(pairs.items())
