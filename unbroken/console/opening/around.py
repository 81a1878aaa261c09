"""What lies around a new request: who it may be, what they have, what is open already."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from unbroken.console.access import Seen, sight, tickets_seen
from unbroken.console.contacts import find_customers
from unbroken.console.opening.forms import Who
from unbroken.console.opening.named import named_in
from unbroken.console.struck.beside import Beside, problems_beside
from unbroken.console.tickets.page import OtherTicket
from unbroken.console.tickets.work_list import WaitingTicket
from unbroken.conversation import queries as record
from unbroken.directory import queries as directory
from unbroken.directory.cards import ContactCard, CustomerCard, ServiceCard
from unbroken.directory.ids import ContactId, CustomerId
from unbroken.ground.sql import rows
from unbroken.ground.words import current_language
from unbroken.search import asking
from unbroken.search import queries as search
from unbroken.search.asking import Asked, Clause, Term
from unbroken.search.queries import Known, Sight
from unbroken.staffing.queries import AgentCard

CANDIDATES_MAX = 8
OTHERS_MAX = 6
SIMILAR_MAX = 5
WORDS_ASKED = 8
_WORD = re.compile(r"[^\W\d_]{4,30}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody it may be, and why they were found."""

    who: Who
    name: str
    told: str


@dataclass(frozen=True, slots=True)
class Here:
    """An open problem that fits: of what was chosen, or of a place that the words name."""

    problem: Beside
    place: str = ""


@dataclass(frozen=True, slots=True)
class _Named:
    id: int
    place: str


@dataclass(frozen=True, slots=True)
class Around:
    """Everything beside the words: who was found, who was chosen, what may be the same."""

    who: Who
    find: str
    candidates: tuple[Candidate, ...] = ()
    customer: CustomerCard | None = None
    contact: ContactCard | None = None
    contacts: tuple[ContactCard, ...] = ()
    services: tuple[ServiceCard, ...] = ()
    others: tuple[OtherTicket, ...] = ()
    similar: tuple[WaitingTicket, ...] = ()
    problems: tuple[Here, ...] = ()
    is_from_words: bool = False
    """The candidates were named in the words; nobody looked for them."""

    @property
    def kept(self) -> Who:
        """What the form keeps of it: person and service of a customer have fields of their own."""
        return Who(self.who.customer_id) if self.customer else self.who

    @property
    def is_chosen(self) -> bool:
        """Whether it is known whose request this is."""
        return self.customer is not None or self.contact is not None


def around(
    agent: AgentCard, who: Who, *, find: str, words: str, topic_id: int | None, at: datetime
) -> Around:
    """What the page shows beside the words. Whoever answers the phone must find every customer."""
    chosen = _chosen(who)
    from_words = not chosen.is_chosen and not find
    looked_for = () if chosen.is_chosen else named_in(words) if from_words else (find,)
    found = replace(
        chosen,
        find=find,
        candidates=tuple(_all_of(agent, looked_for)),
        is_from_words=from_words,
        others=_others(agent, chosen.who),
        problems=_problems(chosen.who, words),
    )
    return replace(found, similar=_similar(agent, found, words, topic_id, at))


def _all_of(agent: AgentCard, looked_for: Sequence[str]) -> list[Candidate]:
    """By several names in the words somebody is found several times: the surest stays."""
    found: dict[str, Candidate] = {}
    for text in looked_for:
        for one in _candidates(agent, text):
            key = str(one.who.customer_id or one.who) if len(looked_for) > 1 else str(one.who)
            found.setdefault(key, one)
    return list(found.values())[:CANDIDATES_MAX]


def _problems(who: Who, words: str) -> tuple[Here, ...]:
    """What is known to be broken for them; of somebody not chosen yet, at a place they named."""
    fits = words.strip() and not who.customer_id
    named = (
        rows(_Named, "console/opening/queries/problems_named.sql", words=words[:4000])
        if fits
        else []
    )
    if not named and not who.customer_id:
        return ()
    beside = problems_beside(0, who.service_id, who.customer_id)
    places = {one.id: one.place for one in named}
    every = [*beside.fitting, *beside.rest]
    return tuple(Here(one, places.get(one.id, "")) for one in every if one.fits or one.id in places)


def _chosen(who: Who) -> Around:
    """Only what belongs together: a person and a service of this very customer."""
    contact = directory.contact(ContactId(who.contact_id)) if who.contact_id else None
    customer_id = who.customer_id or (contact.customer_id if contact else None)
    customer = directory.customer(CustomerId(customer_id)) if customer_id else None
    if customer is None:
        return Around(Who(None, contact.id if contact else None), "", contact=contact)
    if contact is not None and contact.customer_id != customer.id:
        contact = None
    contacts = directory.contacts_of(customer.id)
    services = [one for one in directory.services_of(customer.id) if one.state != "ended"]
    if contact is None and who.contact_id is None and len(contacts) == 1:
        contact = contacts[0]
    service = next((one.id for one in services if one.id == who.service_id), None)
    if service is None and len(services) == 1:
        service = services[0].id
    return Around(
        Who(customer.id, contact.id if contact else None, service),
        "",
        customer=customer,
        contact=contact,
        contacts=contacts,
        services=tuple(services),
    )


def _candidates(agent: AgentCard, find: str) -> list[Candidate]:
    """By telephone in any notation, name, number, circuit, address; also by a request's number."""
    if len(find) < 2:
        return []
    asked = asking.read(find)
    found: dict[str, Candidate] = {}
    for seen in tickets_seen(agent, [asked.number]) if asked.number else ():
        ticket = record.ticket_facts(seen)
        if ticket is not None and (ticket.customer_id or ticket.contact_id):
            who = Who(ticket.customer_id, ticket.contact_id, ticket.service_id)
            found[str(who)] = Candidate(who, _name_of(who), f"#{ticket.id} {ticket.name}")
    for one in search.known(asked, sees_all=True, teams=(), me=agent.id):
        candidate = _candidate(one)
        if candidate is not None:
            found.setdefault(str(candidate.who), candidate)
    people = {one.who.customer_id for one in found.values() if one.who.customer_id}
    for customer in find_customers(find):
        if customer.id not in people:
            told = " · ".join(part for part in (customer.key, customer.places) if part)
            who = Who(customer.id)
            found.setdefault(str(who), Candidate(who, customer.name, told))
    return list(found.values())[:CANDIDATES_MAX]


def _candidate(one: Known) -> Candidate | None:
    name, told = one.name or "", one.told or ""
    if one.kind == "service":
        who = Who(one.customer_id, None, one.ref_id)
        return Candidate(who, one.customer or name, name)
    if one.kind == "customer":
        return Candidate(Who(one.customer_id), one.customer or name, told)
    if one.kind == "place":
        return (
            Candidate(Who(one.customer_id), one.customer or "", name) if one.customer_id else None
        )
    parts = [name if one.customer and one.customer != name else "", told]
    words = " · ".join(part for part in parts if part)
    return Candidate(Who(one.customer_id, one.ref_id), one.customer or name or told, words)


def _name_of(who: Who) -> str:
    if who.customer_id:
        card = directory.customer(CustomerId(who.customer_id))
        return card.name if card else ""
    contact = directory.contact(ContactId(who.contact_id or 0))
    return contact.name if contact else ""


def _others(agent: AgentCard, who: Who) -> tuple[OtherTicket, ...]:
    """Their open requests that the agent may see."""
    if who.customer_id is None:
        return ()
    found = rows(
        OtherTicket,
        "console/tickets/queries/same_customer.sql",
        **sight(agent),
        customer=who.customer_id,
        number=0,
        limit=OTHERS_MAX,
    )
    return tuple(one for one in found if one.is_open)


def _similar(
    agent: AgentCard, found: Around, words: str, topic_id: int | None, at: datetime
) -> tuple[WaitingTicket, ...]:
    """Open requests of others at the same place, then those that use the same words."""
    numbers = [*_same_place(agent, found.who), *_same_words(agent, words, topic_id, at)]
    known = {one.number for one in found.others}
    numbers = [number for number in dict.fromkeys(numbers) if number not in known][:SIMILAR_MAX]
    if not numbers:
        return ()
    lines = rows(
        WaitingTicket,
        "console/tickets/queries/work_rows.sql",
        shown=numbers,
        me=agent.id,
        at=at,
        language=current_language(),
    )
    return tuple(sorted(lines, key=lambda line: numbers.index(line.number)))


def _same_place(agent: AgentCard, who: Who) -> list[int]:
    if who.service_id is None:
        return []
    found = rows(
        Seen,
        "console/opening/queries/similar_here.sql",
        service=who.service_id,
        customer=who.customer_id,
        limit=SIMILAR_MAX,
        **sight(agent),
    )
    return [one.id for one in found]


def _same_words(agent: AgentCard, words: str, topic_id: int | None, at: datetime) -> list[int]:
    """Any of the longest words, under the same topic if one was chosen; best first."""
    asked = any_of(words, topic_key=_key_of(topic_id))
    if asked is None:
        return []
    own = sight(agent)
    seen = Sight(sees_all=own["sees_all"], teams=tuple(own["teams"]), me=own["me"])
    hits = search.find(asked, seen, None, today=at.astimezone(UTC).date()).hits
    return [hit.number for hit in hits[:SIMILAR_MAX]]


def any_of(words: str, *, topic_key: str = "") -> Asked | None:
    """A search among open requests for any of the words that say most; None without one."""
    said = dict.fromkeys(word.lower() for word in _WORD.findall(words[:4000]))
    longest: Sequence[str] = sorted(said, key=len, reverse=True)[:WORDS_ASKED]
    if not longest:
        return None
    wants: dict[str, tuple[str, ...]] = {"state": ("open",)}
    if topic_key:
        wants["topic"] = (topic_key,)
    return Asked(
        typed=" ".join(longest),
        clauses=(Clause(tuple(Term(word) for word in longest)),),
        wants=wants,
    )


def _key_of(topic_id: int | None) -> str:
    return next((one.key for one in record.topic_tree() if one.id == topic_id), "")
