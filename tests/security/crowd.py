"""Anneke's ticket with everything on it, and all who might want to read it.

Whatever is hers carries the word `quokka`, so that one search finds any leak: the subject, her
words, the note, the answer, the draft, the names of files and what they hold, the raw mail.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import connection
from django.test import Client

from tests.console.desk import PASSWORD, a_file
from tests.security.beside import answered_aside, kept_beside, tell_carla
from unbroken.calendars import actions as calendars
from unbroken.calendars.queries import holiday_sets, stored_calendars
from unbroken.console.many.deeds import Deed
from unbroken.console.many.doing import Result
from unbroken.console.many.state import keep
from unbroken.console.saved_lists.state import Wanted, save_list
from unbroken.conversation import actions as record
from unbroken.conversation import queries as conversation
from unbroken.conversation import state as record_state
from unbroken.conversation.ids import TicketId
from unbroken.conversation.links import link_token
from unbroken.directory import actions as directory
from unbroken.directory.ids import ContactId
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.clock import now
from unbroken.ground.postman import drain
from unbroken.intake.actions import RawThing, set_mailbox, take_in
from unbroken.intake.mailboxes import stored_mailboxes
from unbroken.intake.reading import read_intake
from unbroken.intake.sending import send
from unbroken.portal.state import make_link_key
from unbroken.promise import actions as promise
from unbroken.promise.queries import named_agreements
from unbroken.routing import actions as routing
from unbroken.routing.queries import every_queue
from unbroken.staffing import actions as staffing
from unbroken.staffing.actions import issue_token
from unbroken.staffing.ids import AgentId

SECRET = "quokka"
ANNEKE, BRAM, CARLA = "anneke@home.example", "bram@home.example", "carla@third.example"
MILA, SOFIE, VERA = "mila@desk.example", "sofie@desk.example", "vera@desk.example"
ALDO = "aldo@desk.example"
ROLES = {MILA: "agent", SOFIE: "agent", VERA: "admin", ALDO: "auditor"}

NO_TICKET = TicketId(0)

RAW = f"""\
From: Anneke de Wit <{ANNEKE}>
To: support@isp.example
Cc: Carla Third <{CARLA}>
Subject: Quokka in the attic
Message-ID: <{SECRET}-1@home.example>
Date: Sun, 24 May 2026 08:05:00 +0200
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset=utf-8

The quokka words of Anneke.

On Monday Anneke wrote:
> quokka quoted
--b
Content-Type: text/plain; name=quokka-plan.txt
Content-Disposition: attachment; filename=quokka-plan.txt

the quokka plan
--b--
""".replace("\n", "\r\n").encode()

FROM_CARLA = f"""\
From: Carla Third <{CARLA}>
To: support@isp.example
Subject: Re: Quokka in the attic
References: <{SECRET}-1@home.example>
In-Reply-To: <{SECRET}-1@home.example>
Message-ID: <third-1@third.example>
Date: Sun, 24 May 2026 09:05:00 +0200

Carla was here too.
""".replace("\n", "\r\n").encode()


@dataclass
class Crowd:
    """Who is there, and the numbers of everything that is Anneke's."""

    ticket: TicketId = NO_TICKET
    other: TicketId = NO_TICKET
    own: TicketId = NO_TICKET
    message: int = 0
    reply: int = 0
    mail_file: int = 0
    own_file: int = 0
    note_file: int = 0
    letter: int = 0
    team: int = 0
    role: int = 0
    provider: int = 0
    queue: int = 0
    calendar: int = 0
    holiday_set: int = 0
    agreement: int = 0
    mailbox: int = 0
    customer: int = 0
    view: int = 0
    done: int = 0
    sent_name: str = ""
    service_mail: str = ""
    beside: dict[str, int | str] = field(default_factory=dict)
    contacts: dict[str, int] = field(default_factory=dict)
    agents: dict[str, int] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    browsers: dict[str, SimpleCookie] = field(default_factory=dict)
    """Who came in before the test began, and what their browser kept of it: one each."""

    @property
    def link(self) -> str:
        """Anneke's own link, as in her receipt."""
        return link_token(self.ticket, self.contacts[ANNEKE])

    def agent(self, email: str) -> Client:
        """A browser in which somebody of the desk is signed in; a second one signs in anew."""
        client = _browser()
        if email in self.browsers:
            client.cookies = self.browsers.pop(email)
            return client
        answer = client.post("/sign-in", {"email": email, "password": PASSWORD})
        assert answer.status_code == 303, answer.content
        return client

    def reader(self, email: str) -> Client:
        """A browser in which somebody proved that they read this mailbox; a second one anew."""
        client = _browser()
        if email in self.browsers:
            client.cookies = self.browsers.pop(email)
            return client
        answer = client.post(f"/sign-in-link/{make_link_key(address=email, at=now())}")
        assert answer.status_code == 303, answer.content
        return client

    def stranger(self) -> Client:
        """A browser of which nothing is known."""
        return _browser()


def gather() -> Crowd:
    """Everybody comes in, Anneke's mail arrives, Mila works on it."""
    crowd, at = Crowd(), now() - timedelta(hours=3)
    set_mailbox(key="support", address="support@isp.example", is_default=True, by=HOUSE, at=at)
    teams = {
        key: staffing.open_team(key=key, name=name, by=HOUSE, at=at)
        for key, name in (("first-line", "First line"), ("billing", "Billing"))
    }
    hired = {
        email: staffing.hire_agent(
            name=email.split("@")[0].title(), email=email, timezone="Europe/Berlin",
            role=role, password=PASSWORD, by=HOUSE, at=at,
        )
        for email, role in ROLES.items()
    }  # fmt: skip
    crowd.agents = {email: int(number) for email, number in hired.items()}
    sofie = AgentId(hired[SOFIE])
    staffing.bind_identity(agent_id=sofie, issuer="https://id.example", subject="s", at=at)
    for email, team in ((MILA, "billing"), (SOFIE, "first-line")):
        staffing.join_team(agent_id=hired[email], team_id=teams[team], by=HOUSE, at=at)
    _administered(crowd, teams, at=at)
    for email, name in ((ANNEKE, "Anneke de Wit"), (BRAM, "Bram Visser")):
        customer = directory.register_customer(name=name, kind="company", by=HOUSE, at=at)
        directory.change_customer(customer_id=customer, timezone="UTC", by=HOUSE, at=at)
        crowd.customer = int(customer)
        crowd.contacts[email] = directory.register_contact(
            name=name, email=email, customer_id=customer, by=HOUSE, at=at
        )
        contact = ContactId(crowd.contacts[email])
        directory.change_contact(contact_id=contact, timezone="UTC", by=HOUSE, at=at)
    crowd.tokens = {
        name: issue_token(name=name, teams=only, by=HOUSE, at=at)[1]
        for name, only in (("all", ()), ("billing", ("billing",)), ("other", ("first-line",)))
    }
    _mails(crowd, teams, at=at)
    _work(crowd, Actor.agent(hired[MILA]), at=at + timedelta(minutes=10))
    _the_house_writes(crowd)
    crowd.beside = _beside(crowd, Actor.agent(hired[MILA]), at=at + timedelta(minutes=20))
    crowd.view = save_list(
        int(hired[MILA]), Wanted(f"{SECRET} of mine", "lamp", "mine", None, True)
    )
    done = keep(int(hired[MILA]), Deed("tag", "add", SECRET), [Result(crowd.ticket)], at=at)
    crowd.done = done.id
    return crowd


def _administered(crowd: Crowd, teams: Mapping[str, int], *, at: datetime) -> None:
    """A person, a team and a role, each with a last change that could be taken back."""
    crowd.team = teams["billing"]
    crowd.provider = staffing.add_provider(
        name="Hof", entity_id="https://idp/", sign_in_url="https://idp.example/", by=HOUSE, at=at
    )
    staffing.change_provider(provider_id=crowd.provider, name="Lindenhof", by=HOUSE, at=at)
    crowd.role = staffing.make_role(name="Editors", allows=["edit_knowledge"], by=HOUSE, at=at)
    staffing.change_role(role_id=crowd.role, name="Writers", by=HOUSE, at=at)  # type: ignore[arg-type]
    staffing.change_team(team_id=crowd.team, name="Bills", by=HOUSE, at=at)  # type: ignore[arg-type]
    for name in ("Cash", "Bills"):
        routing.set_queue(key="cash", name=name, team_id=crowd.team, by=HOUSE, at=at)
    crowd.queue = every_queue()[0].id
    for name in ("Shop", "Shop and hotline"):
        hours = {"timezone": "UTC", "week": {}}
        calendars.set_calendar(key="shop", name=name, definition=hours, by=HOUSE, at=at)
        calendars.set_holidays(key="own", name=name, dates=["12-24"], by=HOUSE, at=at)
        promise.set_agreement(
            key="fair", name=name, calendar="shop", objectives=(), by=HOUSE, at=at
        )
    crowd.agreement = named_agreements()[0].id
    set_mailbox(
        key="support", address="support@isp.example", name="Us", is_default=True, by=HOUSE, at=at
    )
    crowd.mailbox = stored_mailboxes()[0].id
    crowd.calendar = stored_calendars()[0].id
    crowd.holiday_set = holiday_sets()[0].id


def come_in(crowd: Crowd) -> None:
    """Everybody signs in, once for all tests that walk into the scene."""
    agents = {who: crowd.agent(who).cookies for who in ROLES}
    crowd.browsers = agents | {who: crowd.reader(who).cookies for who in (ANNEKE, BRAM, CARLA)}


def mail_arrives(raw: bytes, *, at: datetime) -> TicketId:
    """A mail comes through the door and is read."""
    intake, _new = take_in(RawThing(channel="mail", raw=raw, mailbox="support", dedupe=None), at=at)
    return TicketId(int(read_intake(intake, at=at).ticket_id))


def a_mail(*headers: str, body: str = "the lamp is dark") -> bytes:
    """A mail with a From of Anneke's unless the headers say otherwise."""
    known = {"From": f"Anneke <{ANNEKE}>", "To": "support@isp.example", "Subject": "no sync"}
    told = {one.partition(":")[0] for one in headers}
    head = [*headers, *(f"{k}: {v}" for k, v in known.items() if k not in told)]
    return "\r\n".join([*head, "", body, ""]).encode()


def _mails(crowd: Crowd, teams: Mapping[str, int], *, at: datetime) -> None:
    crowd.ticket = mail_arrives(RAW, at=at)
    assert mail_arrives(FROM_CARLA, at=at + timedelta(minutes=1)) == crowd.ticket
    bram = RAW.replace(b"Anneke de Wit", b"Bram Visser").replace(b"anneke@", b"bram@")
    bram = bram.replace(b"quokka", b"wombat").replace(b"Quokka", b"Wombat")
    crowd.other = mail_arrives(bram, at=at + timedelta(minutes=2))
    crowd.contacts[CARLA] = next(
        one.contact_id for one in conversation.participants_of(crowd.ticket) if not one.confirmed
    )
    second = RAW.replace(b"quokka-1", b"quokka-2")
    crowd.own = mail_arrives(second, at=at + timedelta(minutes=2))
    drain()
    queues = ((crowd.ticket, "billing"), (crowd.own, "billing"), (crowd.other, "first-line"))
    for ticket, team in queues:
        routing.give_to_team(
            ticket_id=ticket, team_id=teams[team], by=HOUSE, at=at + timedelta(minutes=3)
        )


def _work(crowd: Crowd, mila: Actor, *, at: datetime) -> None:
    files = [a_file("quokka-bill.pdf", b"%PDF-1.4 quokka", "application/pdf")]
    record.note_ticket(
        ticket_id=crowd.ticket, words="quokka among ourselves",
        files=[a_file("quokka-note.txt", b"quokka noted", "text/plain")], by=mila, at=at,
    )  # fmt: skip
    crowd.reply, delivery = record.reply(
        ticket_id=crowd.ticket, words="The quokka is gone.",
        goes_to=conversation.reply_goes_to(crowd.ticket), files=files, by=mila, at=at,
    )  # fmt: skip
    record.relate_ticket(
        ticket_id=crowd.ticket, other_id=crowd.own, relation="parent", by=mila, at=at
    )
    record_state.save_draft(
        agent_id=int(mila.id or 0), ticket_id=crowd.ticket, mode="note", text="quokka begun", at=at
    )
    drain()
    assert delivery is not None
    send(delivery, at=now())
    said = conversation.messages_of(crowd.ticket)
    crowd.message = next(one.id for one in said if one.direction == "in")
    files_of = {file.name: file.id for one in said for file in one.attachments}
    crowd.mail_file, crowd.own_file = files_of["quokka-plan.txt"], files_of["quokka-bill.pdf"]
    crowd.note_file = files_of["quokka-note.txt"]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ground_letter (box, stream, event_id, attempts, parked_at, error)"
            " SELECT 'routing', stream, max(id), 3, now(), 'KeyError: quokka' FROM ground_event"
            " WHERE stream = %s GROUP BY stream RETURNING id",
            [f"ticket:{crowd.ticket}"],
        )
        crowd.letter = cursor.fetchone()[0]
    answer = next(one for one in said if one.id == crowd.reply)
    crowd.sent_name = answer.message_id.partition("@")[0].strip("<")


def _beside(crowd: Crowd, mila: Actor, *, at: datetime) -> dict[str, int | str]:
    tell_carla(crowd.ticket, crowd.message, crowd.mail_file, CARLA, by=mila, at=at)
    aside = answered_aside(crowd.ticket, CARLA)
    assert mail_arrives(aside, at=at + timedelta(minutes=2)) == crowd.ticket
    drain()
    return kept_beside(
        crowd.ticket, crowd.message, agent=crowd.agents[MILA], boss=crowd.agents[VERA],
        team=crowd.team, person=crowd.contacts[ANNEKE], at=at,
    )  # fmt: skip


def _the_house_writes(crowd: Crowd) -> None:
    """A link to sign in as Anneke lies in the folder of sent mail."""
    folder = Path(unquote(urlsplit(settings.UNBROKEN.smtp_url).path))
    crowd.service_mail = "s.0123456789abcdef0123456789abcdef"
    text = f"To: {ANNEKE}\nSubject: Your link, quokka\n\nhttp://desk.example/sign-in-link/quokka\n"
    (folder / f"{crowd.service_mail}.eml").write_text(text)


def _browser() -> Client:
    return Client(raise_request_exception=False)
