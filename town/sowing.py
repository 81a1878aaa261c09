"""Telling the stories to the desk: through the doors and the rooms' own actions, at their times."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.encoders import encode_base64
from email.header import Header
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr

from django.db import connection, transaction

from town import cast
from town.script import Step, Story
from unbroken.conversation import actions as record
from unbroken.conversation import queries as conversation
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.directory import queries as directory
from unbroken.directory.cards import ContactCard
from unbroken.ground.actor import Actor
from unbroken.ground.postman import drain
from unbroken.intake.actions import RawThing, take_in
from unbroken.intake.asked import WebRequest
from unbroken.intake.reading import read_intake
from unbroken.routing import actions as routing
from unbroken.staffing import queries as staff

MAILBOX = "{key}@lindenhof.example"
NEXT = timedelta(seconds=1)


class Sower:
    """Tells stories one after the other and remembers their numbers."""

    def __init__(self, *, at: datetime) -> None:
        self.at = at
        self.tickets: dict[str, TicketId] = {}
        self.colleagues = {one.key: _colleague(one) for one in cast.COLLEAGUES}

    def tell(self, story: Story) -> None:
        """The first word, then every step that lies in the past; all of it or nothing."""
        began = self.at - story.ago
        with transaction.atomic():
            known = _known(story)
            if known is not None:
                self.tickets[story.key] = known
                return
            ticket_id = self._open(story, at=began)
            self.tickets[story.key] = ticket_id
            drain(at=began + NEXT)
            for step in story.then:
                at = began + step.after
                if at < self.at:
                    self._do(story, step, ticket_id, at=at)
                    drain(at=at + NEXT)

    # ── the first word ────────────────────────────────────────────────────────

    def _open(self, story: Story, *, at: datetime) -> TicketId:
        opened = {"mail": _by_mail, "web": _by_web, "phone": self._by_phone}[story.by]
        return opened(story, at=at)

    def _by_phone(self, story: Story, *, at: datetime) -> TicketId:
        """Sofie answers the telephone and writes down what is said."""
        contact = _contact(story)
        services = directory.services_of(contact.customer_id) if contact.customer_id else []
        opening = Opening(
            name=story.subject,
            channel="phone",
            reported_at=at,
            ticket_type="incident",
            language=story.who.language,
            contact_id=contact.id,
            contact_confirmed=contact.confirmed,
            customer_id=contact.customer_id,
            service_id=services[0].id if services else None,
        )
        said = Incoming(Actor.contact(contact.id), "phone", story.words, at, subject=story.subject)
        return record.acknowledge_ticket(opening, said, by=self.colleagues["sofie"], at=at)[0]

    # ── what follows ──────────────────────────────────────────────────────────

    def _do(self, story: Story, step: Step, ticket_id: TicketId, *, at: datetime) -> None:
        if step.verb == "writes":
            self._writes_again(story, step, ticket_id, at=at)
            return
        verbs: dict[str, Callable[..., None]] = {
            "takes": self._takes,
            "gives": self._gives,
            "answers": self._answers,
            "notes": self._notes,
            "asks": self._asks,
            "holds": self._holds,
            "weighs": self._weighs,
            "tags": self._tags,
            "links": self._links,
            "resolves": self._resolves,
        }
        verbs[step.verb](step, ticket_id, by=self.colleagues[step.who], at=at)

    def _writes_again(self, story: Story, step: Step, ticket_id: TicketId, *, at: datetime) -> None:
        facts = conversation.ticket_facts(ticket_id)
        assert facts is not None
        again = Story(
            story.key, story.who, story.ago, f"Re: [#{ticket_id}] {facts.name}", step.words
        )
        _by_mail(again, at=at, mailbox=story.mailbox)

    def _takes(self, step: Step, ticket_id: TicketId, *, by: Actor, at: datetime) -> None:
        agent = staff.agent_by_email(_COLLEAGUES[step.who].email)
        assert agent is not None
        routing.give_to_agent(ticket_id=ticket_id, agent_id=agent.id, by=by, at=at)
        facts = conversation.ticket_facts(ticket_id)
        if facts is not None and facts.status == "acknowledged":
            record.start_work(ticket_id=ticket_id, by=by, at=at)

    def _gives(self, step: Step, ticket_id: TicketId, *, by: Actor, at: datetime) -> None:
        team = staff.team_by_key(step.detail)
        assert team is not None, step.detail
        routing.give_to_team(ticket_id=ticket_id, team_id=team.id, by=by, at=at)

    def _answers(self, step: Step, ticket_id: TicketId, *, by: Actor, at: datetime) -> None:
        goes_to = conversation.reply_goes_to(ticket_id)
        record.reply(ticket_id=ticket_id, words=step.words, goes_to=goes_to, by=by, at=at)

    def _notes(self, step: Step, ticket_id: TicketId, *, by: Actor, at: datetime) -> None:
        record.note_ticket(ticket_id=ticket_id, words=step.words, by=by, at=at)

    def _asks(self, step: Step, ticket_id: TicketId, *, by: Actor, at: datetime) -> None:
        self._answers(step, ticket_id, by=by, at=at)
        record.ask_customer(ticket_id=ticket_id, by=by, at=at)

    def _holds(self, step: Step, ticket_id: TicketId, *, by: Actor, at: datetime) -> None:
        until = at + timedelta(days=2) if step.detail in ("date", "appointment") else None
        record.hold_ticket(
            ticket_id=ticket_id,
            waiting_for=step.detail,  # type: ignore[arg-type]  # one of the record's own words
            until=until,
            by=by,
            at=at,
        )

    def _weighs(self, step: Step, ticket_id: TicketId, *, by: Actor, at: datetime) -> None:
        impact, _slash, urgency = step.detail.partition("/")
        record.classify_ticket(ticket_id=ticket_id, impact=impact, urgency=urgency, by=by, at=at)

    def _tags(self, step: Step, ticket_id: TicketId, *, by: Actor, at: datetime) -> None:
        record.tag_ticket(ticket_id=ticket_id, add=step.detail.split(), by=by, at=at)

    def _links(self, step: Step, ticket_id: TicketId, *, by: Actor, at: datetime) -> None:
        record.relate_ticket(
            ticket_id=ticket_id,
            other_id=self.tickets[step.detail],
            relation="parent",
            by=by,
            at=at,
        )

    def _resolves(self, step: Step, ticket_id: TicketId, *, by: Actor, at: datetime) -> None:
        if step.words:
            self._answers(step, ticket_id, by=by, at=at)
        record.resolve_ticket(ticket_id=ticket_id, by=by, at=at)


_COLLEAGUES = {one.key: one for one in cast.COLLEAGUES}


def _colleague(one: cast.Colleague) -> Actor:
    agent = staff.agent_by_email(one.email)
    assert agent is not None, one.email
    return Actor.agent(agent.id)


def _contact(story: Story) -> ContactCard:
    contact = directory.who_writes("email", story.who.email)
    assert contact is not None, story.who.email
    return contact


def _known(story: Story) -> TicketId | None:
    """Told before: a planting that was cut off goes on where it stopped."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ticket.id FROM trouble_ticket ticket"
            " JOIN contact_address address ON address.contact_id = ticket.contact_id"
            " WHERE ticket.name = %s AND address.normal = %s ORDER BY ticket.id LIMIT 1",
            [story.subject, story.who.email],
        )
        found = cursor.fetchone()
    return TicketId(found[0]) if found else None


def _by_mail(story: Story, *, at: datetime, mailbox: str = "") -> TicketId:
    """A real mail through the door, raw bytes and all."""
    address = MAILBOX.format(key=mailbox or story.mailbox)
    mail = MIMEMultipart()
    mail["From"] = formataddr((story.who.name, story.who.email))
    mail["To"] = address
    mail["Subject"] = Header(story.subject, "utf-8").encode()
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{story.key}.{int(at.timestamp())}@town.example>"
    mail.attach(MIMEText(story.words, "plain", "utf-8"))
    for name, media_type, data in story.files:
        part = MIMEBase(*media_type.split("/"))
        part.set_payload(data)
        encode_base64(part)
        part.add_header("Content-Disposition", "attachment", filename=name)
        mail.attach(part)
    envelope = {"mail_from": story.who.email, "rcpt_to": [address]}
    intake_id, _is_new = take_in(RawThing("mail", mail.as_bytes(), envelope=envelope), at=at)
    return read_intake(intake_id, at=at).ticket_id


def _by_web(story: Story, *, at: datetime) -> TicketId:
    """The web form of somebody who has signed in."""
    contact = _contact(story)
    asked = WebRequest(
        words=story.words,
        subject=story.subject,
        contact_id=contact.id,
        customer_id=contact.customer_id,
        language=story.who.language,
    )
    intake_id, _is_new = take_in(RawThing("web", asked.to_json()), at=at)
    return read_intake(intake_id, at=at).ticket_id
