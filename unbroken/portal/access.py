"""Who is reading, and what of it is theirs: permission is part of fetching.

Somebody is known by what they have proved. The link of a request opens that request and nothing
else, because mails are forwarded. A sign-in by mail proves whose mailbox they read: they see what
everybody at that address takes part in, and what they were granted of their company's. Proof is
looked at anew with every page, so that whoever has left sees nothing more. Anything else is "not
found".
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse

from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.queries import TicketFacts
from unbroken.directory import queries as directory
from unbroken.directory.cards import ContactCard, PlaceCard, ServiceCard
from unbroken.directory.ids import ContactId, PlaceId
from unbroken.directory.recognition import recognised
from unbroken.ground.actor import Actor
from unbroken.ground.pages import answer
from unbroken.ground.sql import rows_of, text_of

CONTACT, TICKETS, MAILBOX = "portal_contact", "portal_tickets", "portal_mailbox"
"""A session holds numbers only: whoever is erased is forgotten by every browser at once."""
NUMBERS_END = 2**62
"""Above any number we ever give: an address may hold digits without end."""

Rest = ParamSpec("Rest")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody we know: one contact, or all who read the same mailbox.

    `is_wide`: they proved whose mailbox they read, so their company's requests are theirs too.
    `only`: the requests whose links they opened; None stands for all they take part in.
    """

    contacts: tuple[ContactCard, ...]
    is_wide: bool
    only: tuple[int, ...] | None = None

    @property
    def contact(self) -> ContactCard:
        """As whom they act by choice: whoever surely writes from there, else the first."""
        return recognised(self.contacts) or self.contacts[0]

    @property
    def name(self) -> str:
        return self.contact.name or self.contact.email

    @property
    def ids(self) -> list[int]:
        return [int(card.id) for card in self.contacts]

    @property
    def zone(self) -> str:
        """The time zone on record; empty when there is none that exists."""
        return next((card.timezone for card in self.contacts if is_zone(card.timezone)), "")

    @property
    def has_company(self) -> bool:
        """Whether they see more of a company than their own requests."""
        return self.is_wide and any(sees_company(card) for card in self.contacts)

    @property
    def speaks_for(self) -> str:
        """The customer's name, where it says more than the person's own."""
        return self.contact.customer_name if self.contact.confirmed else ""


@dataclass(frozen=True, slots=True)
class Seen:
    """The number of a ticket that the reader may see."""

    id: int


class KnownRequest(HttpRequest):
    """A request by somebody we know."""

    visitor: Visitor


KnownView = Callable[Concatenate[KnownRequest, Rest], HttpResponse]


def known_required(view: KnownView[Rest]) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """Only for people we know. Anybody else is told how to become known: the same, and as "not
    found", whether what they asked for exists or not."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        visitor = visitor_of(request)
        if visitor is None:
            return unknown(request)
        known = cast(KnownRequest, request)
        known.visitor = visitor
        return view(known, *args, **kwargs)

    return cast(Callable[Concatenate[HttpRequest, Rest], HttpResponse], guarded)


def unknown(request: HttpRequest) -> HttpResponse:
    """Not found, and how to become known."""
    context = {"visitor": visitor_of(request), "place": ""}
    return answer(request, "portal/unknown.html", context, status=404)


def visitor_of(request: HttpRequest) -> Visitor | None:
    """Whoever this browser has proved to be, as the card index has them now."""
    mailbox = request.session.get(MAILBOX)
    if mailbox:
        cards = directory.contacts_sharing(mailbox)
        return Visitor(cards, is_wide=True) if cards else None
    contact_id = request.session.get(CONTACT)
    card = directory.contact(ContactId(contact_id)) if contact_id else None
    tickets = tuple(request.session.get(TICKETS, ()))
    return Visitor((card,), is_wide=False, only=tickets) if card and not card.has_left else None


def sight(visitor: Visitor, number: int | None = None) -> dict[str, Any]:
    """What every query is told about the reader."""
    only = None if visitor.only is None else list(visitor.only)
    return {
        "contacts": visitor.ids,
        "is_wide": visitor.is_wide,
        "only": only,
        "number": number,
    }


def with_sight(name: str) -> str:
    """A query that begins with what the reader may see."""
    return f"{text_of('portal/queries/sight.sql')}\n{text_of(f'portal/queries/{name}.sql')}"


def may_see(visitor: Visitor, number: int) -> bool:
    """Whether this ticket is theirs to see."""
    return number < NUMBERS_END and bool(
        rows_of(Seen, with_sight("may_see"), sight(visitor, number))
    )


def ticket_for(visitor: Visitor, number: int) -> TicketFacts:
    """The ticket, if it is theirs; not found otherwise."""
    facts = record.ticket_facts(number) if may_see(visitor, number) else None
    if facts is None:
        raise Http404("ticket")
    return facts


def acting_for(visitor: Visitor, ticket: TicketFacts) -> ContactCard:
    """As which contact somebody acts on a ticket: one who takes part, else one of its customer."""
    parts = {row.contact_id for row in record.participants_of(ticket.id) if row.confirmed}
    part = next((card for card in visitor.contacts if card.id in parts), None)
    mine = (c for c in visitor.contacts if c.confirmed and c.customer_id == ticket.customer_id)
    return part or next(mine, None) or visitor.contact


def sees_all(card: ContactCard) -> bool:
    """Whether everything their company asked is theirs to see."""
    return card.confirmed and (card.rights.manages or card.rights.sees == "all")


def _is_company(card: ContactCard) -> bool:
    found = directory.customer(card.customer_id) if card.customer_id else None
    return found is not None and found.kind != "household"


def sees_company(card: ContactCard) -> bool:
    """Whether somebody was granted to see what their company asked, or some of its sites."""
    return card.confirmed and (card.rights.manages or card.rights.sees != "own")


def services_for(visitor: Visitor) -> list[ServiceCard]:
    """What they have from us: their customer's services that are not ended.

    Of a company with sites only those at sites they see or belong to.
    """
    card = visitor.contact
    if not visitor.is_wide or not card.confirmed or card.customer_id is None:
        return []
    found = [one for one in directory.services_of(card.customer_id) if one.state != "ended"]
    places = directory.places_of(card.customer_id)
    if not places or sees_all(card) or not _is_company(card):
        return found
    own = {card.place_id} if card.place_id else set()
    tops = {*own, *(card.rights.sites if card.rights.sees == "sites" else ())}
    sites = set().union(*(_within(PlaceId(top), places) for top in tops))
    return [one for one in found if one.place_id in sites]


def _within(top: PlaceId, places: Sequence[PlaceCard]) -> set[PlaceId]:
    """A site and everything that is part of it."""
    found: set[PlaceId] = set()
    wave = {top}
    while wave:
        found |= wave
        wave = {one.id for one in places if one.part_of_id in wave} - found
    return found


def actor(card: ContactCard) -> Actor:
    """A contact as the one who acts."""
    return Actor.contact(card.id)


def first_contact_who_may_see(address: str, number: TicketId) -> ContactCard | None:
    """Somebody at this address who takes part in this ticket."""
    cards = directory.contacts_at("email", address)
    return next((c for c in cards if may_see(Visitor((c,), is_wide=False), number)), None)


def is_zone(name: str) -> bool:
    """Whether a time zone of that name exists."""
    try:
        return bool(name) and ZoneInfo(name) is not None
    except (KeyError, ValueError, OSError):
        return False
