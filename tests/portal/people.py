"""Anneke, Bram's company and the others, for the tests of the portal; browsers, and their mail."""

import re
from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from unbroken.conversation import actions as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import FileIn, Incoming, Opening
from unbroken.directory import actions as directory
from unbroken.directory.ids import ContactId, CustomerId
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.clock import now
from unbroken.portal.once import form_number
from unbroken.staffing import actions as staffing

ANNEKE, MALLORY = "anneke@home.example", "mallory@elsewhere.example"


def ago(**span: float) -> datetime:
    """So long before now."""
    return now() - timedelta(**span)


def customer(name: str, kind: str = "household", parent: CustomerId | None = None) -> CustomerId:
    """Somebody with a contract."""
    return directory.register_customer(
        name=name, kind=kind, timezone="Europe/Berlin", language="en", parent_id=parent,
        by=HOUSE, at=ago(days=90),
    )  # fmt: skip


def contact(name: str, email: str, owner: CustomerId | None = None, **values: Any) -> ContactId:
    """A person; without a customer they wait to be confirmed."""
    return directory.register_contact(
        name=name, email=email, customer_id=owner, by=HOUSE, at=ago(days=90), **values
    )


def anneke() -> ContactId:
    """Anneke, in her household."""
    return contact("Anneke de Wit", ANNEKE, customer("Anneke de Wit"))


def sofie() -> Actor:
    """Somebody who works here."""
    return Actor.agent(
        staffing.hire_agent(
            name="Sofie Brandt", email="sofie@desk.example", by=HOUSE, at=ago(days=90)
        )
    )


def asks(
    who: ContactId | None,
    subject: str = "No sync",
    words: str = "The lamp is dark.",
    *,
    owner: CustomerId | None = None,
    at: datetime | None = None,
    files: tuple[FileIn, ...] = (),
    **opening: Any,
) -> TicketId:
    """A first mail becomes a ticket."""
    at = at or ago(hours=2)
    author = Actor.contact(who) if who else HOUSE
    said = Incoming(author=author, channel="mail", words=words, at=at, files=files)
    known = Opening(
        name=subject,
        channel="mail",
        reported_at=at,
        ticket_type=opening.pop("ticket_type", "incident"),
        contact_id=who,
        contact_confirmed=who is not None,
        customer_id=owner,
        **opening,
    )
    return record.acknowledge_ticket(known, said, by=author, at=at)[0]


def browser(who: ContactId | None = None, ticket: TicketId | None = None) -> Client:
    """A browser; somebody known in it came by the link of a ticket."""
    client = Client()
    if who is not None and ticket is not None:
        answer = client.get(link_path(ticket, who))
        assert answer.status_code == 303, answer.status_code
    return client


def reader_of(address: str) -> Client:
    """A browser in which somebody proved that they read this mailbox."""
    from unbroken.portal.state import make_link_key

    client = Client()
    key = make_link_key(address=address, at=now())
    answer = client.post(f"/sign-in-link/{key}")
    assert answer.status_code == 303, answer.status_code
    return client


def link_path(ticket: int, who: int) -> str:
    """The link as it stands in a mail, without the host."""
    from unbroken.conversation.links import link_token

    return f"/r/{link_token(ticket, who)}"


def form(**fields: Any) -> dict[str, Any]:
    """A form of ours, filled in."""
    return {"form": form_number(), **fields}


def question(**fields: Any) -> dict[str, Any]:
    """What a stranger sends."""
    known = {"kind": "incident", "words": "The lamp is dark.", "name": "Nobody", "email": MALLORY}
    return form(**{**known, **fields})


def number_in(address: str) -> int:
    """The number of a ticket in an address."""
    found = re.search(r"/(\d{6,})", address)
    assert found is not None, address
    return int(found[1])


def text_of(answer: Any) -> str:
    """What a page says, without its tags."""
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(plain.split())
