"""A desk with Anneke, Bram and Sofie for the tests of promises with a database.

The week is the one from Monday, 7 May 2040: later than any real clock, so that letters
are opened at the time of their event.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from unbroken.conversation import actions as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.directory import actions as directory
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.letters import react
from unbroken.ground.postman import waiting
from unbroken.promise import actions, queries
from unbroken.promise.book import Aim
from unbroken.promise.queries import PromiseRow

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SOFIE = Actor.agent(3)
LONG_AGO = datetime(2040, 1, 1, tzinfo=UTC)
HOUR = 3600


def when(text: str) -> datetime:
    """`mon 08:00` in UTC."""
    weeks = 1 if text.startswith("next ") else 0
    day, clock = text.removeprefix("next ").split()
    hour, minute = map(int, clock.split(":"))
    days = timedelta(days=DAYS.index(day), weeks=weeks)
    return datetime(2040, 5, 7, hour, minute, tzinfo=UTC) + days


def hear() -> None:
    """Open the letters of this room, and of no other."""
    while letters := waiting("promise", at=LONG_AGO):
        for letter in letters:
            react(letter.event, "promise", at=letter.event.at, prepared={})
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM ground_letter WHERE id = %s", [letter.id])


@dataclass(frozen=True)
class Customer:
    """Somebody with one contact and one service."""

    id: int
    contact_id: int
    service_id: int

    def reports(self, name: str, at: str, *, with_service: bool = True, **more: Any) -> TicketId:
        opening = Opening(
            name=name, channel="mail", reported_at=when(at), contact_id=self.contact_id,
            contact_confirmed=True, customer_id=self.id,
            service_id=self.service_id if with_service else None, **more,
        )  # fmt: skip
        said = self._says(name, at)
        ticket_id, _message = record.acknowledge_ticket(opening, said, by=HOUSE, at=when(at))
        hear()
        return ticket_id

    def writes(self, ticket_id: TicketId, at: str) -> None:
        actor = Actor.contact(self.contact_id)
        record.add_message(ticket_id=ticket_id, said=self._says("…", at), by=actor, at=when(at))
        hear()

    def withdraws(self, ticket_id: TicketId, at: str) -> None:
        actor = Actor.contact(self.contact_id)
        record.cancel_ticket(ticket_id=ticket_id, by=actor, at=when(at))
        hear()

    def _says(self, words: str, at: str) -> Incoming:
        return Incoming(
            author=Actor.contact(self.contact_id), channel="mail", words=words, at=when(at)
        )


class Sofie:
    """An agent; every verb of hers is an action of the record, followed by its letters."""

    def replies(self, ticket_id: TicketId, at: str) -> Any:
        answered = record.reply(
            ticket_id=ticket_id, words="We look.", goes_to=None, by=SOFIE, at=when(at)
        )
        hear()
        return answered

    def __getattr__(self, verb: str) -> Any:
        action = getattr(record, verb)

        def do(ticket_id: TicketId, at: str, **more: Any) -> None:
            action(ticket_id=ticket_id, by=SOFIE, at=when(at), **more)
            hear()

        return do


class Desk:
    """Everybody, and what may be asked about them."""

    def __init__(self) -> None:
        actions.plant_agreements(timezone="UTC", by=HOUSE, at=LONG_AGO)
        self.sofie = Sofie()
        self.anneke = self.customer("Anneke de Wit", "anneke@home.example", "classic")
        hear()

    def customer(self, name: str, email: str, agreement: str) -> Customer:
        customer_id = directory.register_customer(
            name=name, kind="household", language="en", timezone="UTC", by=HOUSE, at=LONG_AGO
        )
        contact_id = directory.register_contact(
            name=name, email=email, customer_id=customer_id, by=HOUSE, at=LONG_AGO
        )
        service_id = directory.register_service(
            customer_id=customer_id, agreement=agreement, by=HOUSE, at=LONG_AGO
        )
        return Customer(customer_id, contact_id, service_id)

    def promises(self, agreement: str, at: str = "mon 00:00", **hours: float) -> None:
        """This agreement promises so many hours, whatever the priority, round the clock."""
        aims = [
            Aim(measure, "", dict.fromkeys(("critical", "high", "moderate", "low"), int(h * HOUR)),
                0.75)
            for measure, h in hours.items()
        ]  # fmt: skip
        actions.set_agreement(
            key=agreement, name=agreement.title(), calendar="round-the-clock", objectives=aims,
            by=SOFIE, at=when(at),
        )  # fmt: skip
        hear()

    def promise(self, ticket_id: TicketId, key: str, at: str) -> PromiseRow:
        """The latest promise of this kind."""
        return [p for p in queries.promises_of(ticket_id, at=when(at)) if p.key == key][-1]

    def missed(self, ticket_id: TicketId) -> list[str]:
        return [row.measure for row in queries.violations_of(ticket_id)]
