"""The town for tests: its people do what people do, and everything that follows has happened.

    ticket = town.anneke.reports("no sync", at="mon 08:00")
    town.sofie.asks(ticket, "which lamp is dark?", at="mon 09:00")
    assert town.what_happened(ticket) == ["acknowledged", "replied", "customer_asked"]

After every sentence the letterboxes are emptied inside the test's own transaction, each room
reacting as of the same instant.
"""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from town import cast
from town.furniture import furnish
from town.lindenhof import inventory
from town.times import Moment, moment
from unbroken.conversation import actions as record
from unbroken.conversation import queries as conversation
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.directory import queries as directory
from unbroken.directory.cards import ContactCard, ServiceCard
from unbroken.directory.importing.run import import_inventory
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.log import events_of
from unbroken.ground.postman import drain
from unbroken.promise import queries as promise
from unbroken.routing import actions as routing
from unbroken.staffing import queries as staff
from unbroken.staffing.cards import AgentCard

BOOKKEEPING = frozenset(
    {"looked", "matched", "queued", "receipted", "delivered", "delivery_failed"}
)
"""What the house notes by itself; a story is told without it."""


class Town:
    """Everybody, and what may be asked about them. Settled long before the first sentence."""

    def __init__(self, *, settled_at: Moment = "mon 00:00") -> None:
        at = moment(settled_at) - timedelta(days=30)
        furnish(at=at, with_passwords=False)
        import_inventory([json.dumps(inventory())], by=HOUSE, at=at)
        drain(at=at)
        self.anneke = Asker(cast.ANNEKE)
        self.bram = Asker(cast.BRAM)
        self.ada = Asker(cast.ADA)
        self.irina = Asker(cast.IRINA)
        self.pietro = Asker(cast.PIETRO)
        self.weber = Asker(cast.WEBER)
        self.sofie = Answerer(cast.SOFIE)
        self.timo = Answerer(cast.TIMO)
        self.oleg = Answerer(cast.OLEG)
        self.mila = Answerer(cast.MILA)

    def what_happened(self, ticket: TicketId, *, everything: bool = False) -> list[str]:
        """The ticket's events by name, without what the house only notes for itself."""
        names = [event.kind.removeprefix("ticket.") for event in events_of([f"ticket:{ticket}"])]
        return [name for name in names if everything or name not in BOOKKEEPING]

    def elapsed(
        self, ticket: TicketId, measure: str, *, at: Moment = "next sun 23:59"
    ) -> timedelta:
        """How much of a promise's time was used, in its calendar; by the latest such promise."""
        found = [p for p in promise.promises_of(ticket, at=moment(at)) if p.key == measure]
        return timedelta(seconds=found[-1].used_seconds)

    def status(self, ticket: TicketId) -> str:
        """Where the ticket stands."""
        facts = conversation.ticket_facts(ticket)
        assert facts is not None
        return facts.status


class Asker:
    """Somebody who has a contract and something to say."""

    def __init__(self, person: cast.Person) -> None:
        self.person = person

    @property
    def card(self) -> ContactCard:
        """Their contact."""
        card = directory.who_writes("email", self.person.email, name=self.person.name)
        assert card is not None
        return card

    @property
    def actor(self) -> Actor:
        """As whom they act."""
        return Actor.contact(self.card.id)

    def reports(
        self,
        words: str,
        *,
        at: Moment,
        subject: str = "",
        ticket_type: str = "incident",
        service: str | None = None,
        topic: str | None = None,
        **more: Any,
    ) -> TicketId:
        """A request of theirs gets its number; the service is their first unless one is named."""
        card, instant = self.card, moment(at)
        opening = Opening(
            name=subject or words.partition("\n")[0],
            channel="mail",
            reported_at=instant,
            ticket_type=ticket_type,
            language=self.person.language,
            contact_id=card.id,
            contact_confirmed=card.confirmed,
            customer_id=card.customer_id,
            service_id=_service_id(card, service),
            topic_id=_topic_id(topic),
            **more,
        )
        said = self._says(words, at=at)
        ticket, _message = record.acknowledge_ticket(opening, said, by=self.actor, at=instant)
        drain(at=instant)
        return ticket

    def answers(self, ticket: TicketId, words: str, *, at: Moment) -> None:
        """They write again; what waited for them goes on."""
        record.add_message(
            ticket_id=ticket, said=self._says(words, at=at), by=self.actor, at=moment(at)
        )
        drain(at=moment(at))

    def withdraws(self, ticket: TicketId, *, at: Moment) -> None:
        """They do not need it any more."""
        record.cancel_ticket(ticket_id=ticket, by=self.actor, at=moment(at))
        drain(at=moment(at))

    def _says(self, words: str, *, at: Moment) -> Incoming:
        return Incoming(
            author=self.actor,
            channel="mail",
            words=words,
            at=moment(at),
            sender=(self.person.name, self.person.email),
            to=(("", "support@lindenhof.example"),),
        )


class Answerer:
    """Somebody who works here."""

    def __init__(self, colleague: cast.Colleague) -> None:
        self.colleague = colleague

    @property
    def card(self) -> AgentCard:
        """Their card as the rooms see it."""
        card = staff.agent_by_email(self.colleague.email)
        assert card is not None
        return card

    @property
    def actor(self) -> Actor:
        """As whom they act."""
        return Actor.agent(self.card.id)

    def takes(self, ticket: TicketId, *, at: Moment) -> None:
        """It is theirs now, and work begins."""
        instant = moment(at)
        routing.give_to_agent(ticket_id=ticket, agent_id=self.card.id, by=self.actor, at=instant)
        record.start_work(ticket_id=ticket, by=self.actor, at=instant)
        drain(at=instant)

    def gives(self, ticket: TicketId, *, team: str, at: Moment) -> None:
        """It goes to another team, by its short name."""
        found = staff.team_by_key(team)
        assert found is not None, team
        routing.give_to_team(ticket_id=ticket, team_id=found.id, by=self.actor, at=moment(at))
        drain(at=moment(at))

    def replies(self, ticket: TicketId, words: str, *, at: Moment, **more: Any) -> None:
        """An answer for the customer."""
        goes_to = conversation.reply_goes_to(ticket)
        record.reply(
            ticket_id=ticket, words=words, goes_to=goes_to, by=self.actor, at=moment(at), **more
        )
        drain(at=moment(at))

    def asks(self, ticket: TicketId, words: str, *, at: Moment) -> None:
        """A question for the customer; the request waits for them."""
        self.replies(ticket, words, at=at)
        record.ask_customer(ticket_id=ticket, by=self.actor, at=moment(at))
        drain(at=moment(at))

    def notes(self, ticket: TicketId, words: str, *, at: Moment) -> None:
        """Said among colleagues."""
        record.note_ticket(ticket_id=ticket, words=words, by=self.actor, at=moment(at))
        drain(at=moment(at))

    def holds(
        self, ticket: TicketId, *, waiting_for: Any, at: Moment, until: Moment | None = None
    ) -> None:
        """It waits for a partner, an appointment or a date."""
        record.hold_ticket(
            ticket_id=ticket,
            waiting_for=waiting_for,
            until=moment(until) if until is not None else None,
            by=self.actor,
            at=moment(at),
        )
        drain(at=moment(at))

    def resumes(self, ticket: TicketId, *, at: Moment) -> None:
        """The wait is over."""
        record.resume_ticket(ticket_id=ticket, by=self.actor, at=moment(at))
        drain(at=moment(at))

    def resolves(self, ticket: TicketId, *, at: Moment, remedy: str = "") -> None:
        """It is done; what was done is noted for the colleagues."""
        if remedy:
            self.notes(ticket, remedy, at=at)
        record.resolve_ticket(ticket_id=ticket, by=self.actor, at=moment(at))
        drain(at=moment(at))

    def closes(self, ticket: TicketId, *, at: Moment) -> None:
        """Nobody objects any more."""
        record.close_ticket(ticket_id=ticket, by=self.actor, at=moment(at))
        drain(at=moment(at))

    def reopens(self, ticket: TicketId, *, at: Moment) -> None:
        """It was not over."""
        record.reopen_ticket(ticket_id=ticket, by=self.actor, at=moment(at))
        drain(at=moment(at))


def _service_id(card: ContactCard, key: str | None) -> int | None:
    services: Sequence[ServiceCard] = (
        directory.services_of(card.customer_id) if card.customer_id is not None else ()
    )
    meant = [service.id for service in services if key in (None, service.key)]
    return int(meant[0]) if meant else None


def _topic_id(key: str | None) -> int | None:
    if key is None:
        return None
    return next(topic.id for topic in conversation.topic_tree() if topic.key == key)
