"""A small desk for the console's tests: people, teams, requests, made by the rooms' own verbs."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.cookies import SimpleCookie

from django.test import Client

from unbroken.conversation import actions as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import FileIn, Incoming, Opening
from unbroken.directory import actions as directory
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.clock import now
from unbroken.staffing import actions as staffing
from unbroken.staffing.ids import AgentId
from unbroken.staffing.models import Browser
from unbroken.staffing.state.browsers import note_browser

PASSWORD = "correct horse battery staple"
SOFIE, TIMO, VERA = "sofie@desk.example", "timo@desk.example", "vera@desk.example"


def ago(**span: float) -> datetime:
    """So long before now."""
    return now() - timedelta(**span)


@dataclass
class Desk:
    """Sofie and Timo answer the first line, Timo also routers, Vera is in billing and sees all."""

    agents: dict[str, int] = field(default_factory=dict)
    teams: dict[str, int] = field(default_factory=dict)
    customers: dict[str, int] = field(default_factory=dict)
    contacts: dict[str, int] = field(default_factory=dict)
    browsers: dict[str, SimpleCookie] = field(default_factory=dict)
    """What the browser of who signed in when the desk was opened kept of it."""

    def by(self, who: str) -> Actor:
        """Somebody of the desk, as the one who acts."""
        return Actor.agent(self.agents[who])

    def client(self, who: str) -> Client:
        """A browser in which somebody is signed in; a second one signs in anew."""
        client = Client()
        if who in self.browsers:
            client.cookies = self.browsers.pop(who)
            self._is_there(who, client.session.session_key or "")
            return client
        answer = client.post("/sign-in", {"email": who, "password": PASSWORD})
        assert answer.status_code == 303, answer.content
        return client

    def _is_there(self, who: str, session: str) -> None:
        """From now on: nobody was at their desk before their browser was asked for."""
        note_browser(
            session, agent_id=AgentId(self.agents[who]), place="127.0.0.1", device="",
            way="password", at=now(),
        )  # fmt: skip

    def known(self, name: str, email: str, *, kind: str = "household", language: str = "en") -> int:
        """A customer with one contact."""
        at = ago(days=30)
        customer = directory.register_customer(
            name=name, kind=kind, language=language, timezone="Europe/Berlin", by=HOUSE, at=at
        )
        self.customers[name] = customer
        self.contacts[name] = directory.register_contact(
            name=name, email=email, customer_id=customer, by=HOUSE, at=at
        )
        return int(customer)

    def stranger(self, name: str, email: str) -> int:
        """Somebody nobody has confirmed."""
        self.contacts[name] = directory.register_contact(
            name=name, email=email, by=HOUSE, at=ago(days=1)
        )
        return self.contacts[name]

    def asks(
        self,
        who: str,
        subject: str,
        words: str = "Please help.",
        *,
        at: datetime | None = None,
        team: str | None = "first-line",
        files: tuple[FileIn, ...] = (),
        **opening: str,
    ) -> TicketId:
        """Somebody writes for the first time about something."""
        at = at or ago(hours=1)
        contact, email = self.contacts[who], f"{who.split()[0].lower()}@home.example"
        ticket, _message = record.acknowledge_ticket(
            Opening(
                name=subject,
                channel="mail",
                reported_at=at,
                contact_id=contact,
                contact_confirmed=who in self.customers,
                customer_id=self.customers.get(who),
                **opening,  # type: ignore[arg-type]
            ),
            said(contact, who, email, words, at, files),
            by=Actor.contact(contact),
            at=at,
        )
        if team is not None:
            record.note_queued(
                ticket_id=ticket, team_id=self.teams[team], skipped=False, by=HOUSE, at=at
            )
        return ticket

    def writes(self, who: str, ticket: TicketId, words: str, *, at: datetime | None = None) -> int:
        """The customer writes again."""
        at = at or now()
        email = f"{who.split()[0].lower()}@home.example"
        return record.add_message(
            ticket_id=ticket,
            said=said(self.contacts[who], who, email, words, at),
            by=Actor.contact(self.contacts[who]),
            at=at,
        )


def said(
    contact: int, name: str, email: str, words: str, at: datetime, files: tuple[FileIn, ...] = ()
) -> Incoming:
    """A mail as it was read."""
    return Incoming(
        author=Actor.contact(contact),
        channel="mail",
        words=words,
        at=at,
        sender=(name, email),
        to=(("", "help@desk.example"),),
        files=files,
    )


def a_file(name: str, data: bytes, media_type: str, *, held: str = "") -> FileIn:
    """Something sent along."""
    return FileIn(
        name=name,
        media_type=media_type,
        size=len(data),
        sha256=hashlib.sha256(data).digest(),
        held=held,
        data=data,
    )


def staffed_desk() -> Desk:
    """The same with everybody signed in, for a scene: what is done once serves many tests."""
    desk = open_desk()
    desk.browsers = {who: desk.client(who).cookies for who in desk.agents}
    Browser.objects.all().delete()
    return desk


def open_desk() -> Desk:
    """The people and their teams; Anneke and Bram are customers."""
    desk, at = Desk(), ago(days=60)
    for key, name in (("first-line", "First line"), ("routers", "Routers"), ("billing", "Billing")):
        desk.teams[key] = staffing.open_team(key=key, name=name, by=HOUSE, at=at)
    for email, name, teams, is_admin in (
        (SOFIE, "Sofie Marchetti", ("first-line",), False),
        (TIMO, "Timo Brandt", ("first-line", "routers"), False),
        (VERA, "Vera Lindholm", ("billing",), True),
    ):
        agent = staffing.hire_agent(
            name=name, email=email, timezone="Europe/Berlin", is_admin=is_admin,
            password=PASSWORD, by=HOUSE, at=at,
        )  # fmt: skip
        desk.agents[email] = agent
        for team in teams:
            staffing.join_team(agent_id=agent, team_id=desk.teams[team], by=HOUSE, at=at)  # type: ignore[arg-type]
    desk.known("Anneke de Wit", "anneke@home.example")
    desk.known("Bram Visser", "bram@home.example", kind="company")
    return desk
