"""Everything the page of one ticket shows, gathered once."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from unbroken.console.access import is_elsewhere, note_reading, sight
from unbroken.console.aside.gathered import NOTHING_BESIDE, Aside, aside_of, names_beside
from unbroken.console.chain.shown import NO_WORK, Work, usual_due, work_of
from unbroken.console.complaints.shown import Complained, complained
from unbroken.console.presence.people import Looker, people_in
from unbroken.console.tickets import labels
from unbroken.console.tickets.below import below_of, called
from unbroken.console.tickets.brief import Brief, brief_of
from unbroken.console.tickets.composer import NOBODY, Composer, composer_for
from unbroken.console.tickets.expected import Expected, expected_of
from unbroken.console.tickets.happened import Happening, happenings
from unbroken.console.tickets.marks import marks_on
from unbroken.console.tickets.named import named_in
from unbroken.console.tickets.promises import Owed, PromiseLine, owed_after, promises_of
from unbroken.console.tickets.story import Entry, SaidRow, entry, last_in_copy
from unbroken.console.tickets.whose import people_known
from unbroken.conversation.ids import TicketId
from unbroken.conversation.queries import LinkRow, ParticipantRow
from unbroken.conversation.states import ENDED, FOLLOWS, OPEN
from unbroken.directory import queries as directory
from unbroken.directory.cards import ContactCard, ServiceCard
from unbroken.ground import time_words
from unbroken.ground.log import events_of, words_of
from unbroken.ground.sql import row, rows
from unbroken.ground.words import current_language, supported
from unbroken.routing.chain.happening import Standing
from unbroken.routing.chain.reading import chain_view
from unbroken.staffing.queries import AgentCard

STORY_MAX = 60
"""Messages shown at once; the earlier ones are one click away."""

OTHERS_MAX = 12


@dataclass(frozen=True, slots=True)
class Head:
    """The ticket itself, with names."""

    id: TicketId
    version: int
    name: str
    ticket_type: str
    status: str
    waiting_for: str
    pending_until: datetime | None
    impact: str
    urgency: str
    priority: str
    topic_id: int | None
    topic: str | None
    customer_id: int | None
    customer: str | None
    customer_key: str | None
    customer_kind: str
    is_vip: bool
    contact_id: int | None
    contact: str | None
    is_confirmed: bool
    language: str
    timezone: str
    service_id: int | None
    team_id: int | None
    team: str | None
    assignee_id: int | None
    assignee: str | None
    channel: str
    tags: list[str]
    external_id: str
    merged_into: int | None
    created_at: datetime
    reported_at: datetime
    resolved_at: datetime | None
    closed_at: datetime | None
    sleep: str
    sleeps_until: datetime | None
    customer_wrote_at: datetime | None
    answered_at: datetime | None
    imported: bool
    read_version: int
    merged: list[TicketId]
    drafts: list[list[str]]
    shared: Any
    looks: Any
    rings: bool
    problem: int | None
    orders: list[list[str]]
    is_aside: bool
    """Another team asked: answers go back to it, never to a customer."""
    asked_on: int | None
    """On which request, if the reader may see it."""
    since: int

    @property
    def lookers(self) -> list[Looker]:
        """Who has it open now."""
        return people_in(self.looks)

    @property
    def is_open(self) -> bool:
        """Whether there is anything left to do."""
        return self.status in OPEN

    @property
    def is_in_work(self) -> bool:
        """Whether somebody has begun: then it is handed over, not only sorted elsewhere."""
        return self.is_open and (self.assignee_id is not None or self.status != "acknowledged")

    @property
    def is_ended(self) -> bool:
        """Whether it can be opened again."""
        return self.status in ENDED

    @property
    def waits(self) -> str:
        """Who waits for whom."""
        wrote, answered = self.customer_wrote_at, self.answered_at
        last = wrote is not None and (answered is None or wrote > answered)
        return labels.who_waits(self.status, self.waiting_for, last)

    def may_become(self, status: str) -> bool:
        """Whether a state may follow straight on this one."""
        return status != self.status and status in FOLLOWS[self.status]  # type: ignore[index]


@dataclass(frozen=True, slots=True)
class OtherTicket:
    """Another request of the same customer, and where it stands."""

    number: int
    name: str
    status: str
    waiting_for: str
    customer_wrote_last: bool
    created_at: datetime
    assignee: str | None
    team: str | None

    @property
    def stands(self) -> str:
        """Where it stands: who waits for whom, in whose hands."""
        waits = labels.who_waits(self.status, self.waiting_for, self.customer_wrote_last)
        return " · ".join(word for word in (waits, self.assignee or self.team) if word)

    @property
    def is_open(self) -> bool:
        """Whether there is anything left to do."""
        return self.status in OPEN


@dataclass(frozen=True, slots=True)
class SharedDraft:
    """What a colleague laid open: to be read, and taken over."""

    id: int
    mode: str
    who: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TicketPage:
    """The three columns."""

    head: Head
    story: tuple[Entry | Happening, ...]
    is_cut: bool
    since: int
    brief: Brief | None = None
    contact: ContactCard | None = None
    services: tuple[ServiceCard, ...] = ()
    others: tuple[OtherTicket, ...] = ()
    promises: tuple[PromiseLine, ...] = ()
    links: tuple[LinkRow, ...] = ()
    participants: tuple[ParticipantRow, ...] = ()
    composer: Composer = NOBODY
    aside: Aside = NOTHING_BESIDE
    expected: Expected | None = None
    work: Work = NO_WORK
    credited: tuple[str, ...] = ()
    """What was credited to the customer, an amount for each currency."""
    complaint: Complained | None = None
    at: datetime | None = None

    @property
    def usual_due(self) -> str:
        """By when what is handed over will usually be needed."""
        return usual_due(self.work, self.at)

    @property
    def last_heard(self) -> int:
        """The customer's last message; 0: there is none."""
        heard = (one for one in reversed(self.story) if isinstance(one, Entry) and one.look == "in")
        return next((one.id for one in heard), 0)

    @property
    def owed(self) -> Owed:
        """What an answer would do to the promises."""
        return owed_after(self.promises)

    @property
    def shared(self) -> tuple[SharedDraft, ...]:
        """Drafts of colleagues that may be taken over."""
        shared = self.head.shared
        found = json.loads(shared) if isinstance(shared, str) else shared
        return tuple(
            SharedDraft(**{**one, "at": datetime.fromisoformat(one["at"])}) for one in found
        )

    @property
    def version_seen(self) -> int:
        """Everything up to here is on the page."""
        return self.head.version


def ticket_page(
    agent: AgentCard, number: TicketId, at: datetime, *, whole: bool, sides: bool = True
) -> TicketPage | None:
    """The page of one ticket; None when there is none that the agent may see.

    Without `sides` only the story is gathered: for a screen that heard of news.
    """
    head = row(
        Head,
        "console/tickets/queries/head.sql",
        number=number,
        language=current_language(),
        **sight(agent),
    )
    if head is None:
        return None
    if is_elsewhere(agent, head.team_id, head.assignee_id):
        note_reading(agent, f"ticket:{head.id}")
    said, story, is_cut = _story(head, agent, at, whole=whole)
    brief = brief_of(head.name, story, [head.id, *head.merged], is_cut=is_cut)
    if not sides:
        return TicketPage(head=head, story=story, is_cut=is_cut, since=head.since, brief=brief)
    links, clocks = _links(agent, number), promises_of(head.id, at)
    promises = tuple(one for one in clocks if one.state != "ended")
    expected = (
        expected_of(head.id, promises, at, agent.timezone, team=(head.team_id, head.team or ""),
                    waits=head.status in ("pending", "held"))
        if head.is_open
        else None
    )  # fmt: skip
    return TicketPage(
        head=head,
        contact=directory.contact(head.contact_id) if head.contact_id else None,  # type: ignore[arg-type]
        services=_services(head),
        others=_others(head, agent),
        story=story,
        is_cut=is_cut,
        brief=brief,
        promises=promises,
        expected=expected,
        work=_work(head, agent, expected, at),
        credited=tuple(clocks[0].credited) if clocks else (),
        complaint=complained(head.id, agent) if head.ticket_type == "complaint" else None,
        at=at,
        links=links,
        participants=tuple(
            rows(ParticipantRow, "console/tickets/queries/participants.sql", number=number)
        ),
        composer=_composer(head, agent, links, last_in_copy(said)),
        aside=aside_of(agent, number, head.topic_id),
        since=head.since,
    )


def _work(head: Head, agent: AgentCard, expected: Expected | None, at: datetime) -> Work:
    """The chain of work and what is happening; words for the customer in their own language."""
    standing = Standing(
        status=head.status,
        waiting_for=head.waiting_for,
        team=head.team or "",
        agent=head.assignee or "",
        by=expected.most_by if expected else None,
        told_by=expected.told_by
        if expected and expected.told_by and expected.told_by > at
        else None,
        looked_at=head.is_in_work,
    )
    language, zone = supported(head.language), head.timezone or agent.timezone
    return work_of(
        chain_view(head.id),
        standing,
        agent,
        language=language,
        zone=zone,
        topic_id=head.topic_id,
        at=at,
    )


def _composer(
    head: Head, agent: AgentCard, links: tuple[LinkRow, ...], heard: list[tuple[str, str]]
) -> Composer:
    """Where one writes; those below are asked for only when there are any."""
    composer = composer_for(head.id, head.drafts, heard)
    below = (one for one in links if one.relation == "parent" and not one.is_mine)
    if not any(one.status in OPEN for one in below):
        return composer
    drafts = composer.in_languages
    return replace(composer, below=below_of(agent, head.id, language=head.language, drafts=drafts))


def _services(head: Head) -> tuple[ServiceCard, ...]:
    if head.customer_id is None:
        return ()
    every = directory.services_of(head.customer_id)  # type: ignore[arg-type]
    return tuple(sorted(every, key=lambda card: card.id != head.service_id)[:OTHERS_MAX])


def _others(head: Head, agent: AgentCard) -> tuple[OtherTicket, ...]:
    if head.customer_id is None:
        return ()
    found = rows(
        OtherTicket,
        "console/tickets/queries/same_customer.sql",
        **sight(agent),
        customer=head.customer_id,
        number=head.id,
        limit=OTHERS_MAX,
    )
    return tuple(found)


def _links(agent: AgentCard, number: TicketId) -> tuple[LinkRow, ...]:
    """Links to requests that the reader may see; of the others not even the number."""
    return tuple(rows(LinkRow, "console/tickets/queries/links.sql", number=number, **sight(agent)))


def _story(
    head: Head, agent: AgentCard, at: datetime, *, whole: bool
) -> tuple[list[SaidRow], tuple[Entry | Happening, ...], bool]:
    """Messages and events of this ticket and of those merged into it, oldest first."""
    numbers = [head.id, *head.merged]
    limit = 100_000 if whole else STORY_MAX + 1
    said = rows(SaidRow, "console/tickets/queries/messages.sql", tickets=numbers, limit=limit)
    is_cut = not whole and len(said) > STORY_MAX
    said = said[:STORY_MAX] if is_cut else said
    events = events_of([f"ticket:{number}" for number in numbers])
    if is_cut:
        events = [event for event in events if event.at >= said[-1].at]
    authors = [one.author for one in said] + [event.by for event in events]
    people = people_known(head.contact_id, head.contact, named_in(events, authors))
    reasons = [
        event.data["reason"] for event in events if isinstance(event.data.get("reason"), int)
    ]
    below = {
        event.data["message"]: event.data["in_languages"]
        for event in events
        if event.data.get("in_languages")
    }
    texts = words_of([*reasons, *(one for told in below.values() for one in told.values())])
    people |= {f"said:{key}": texts.get(key) or "" for key in reasons}
    people |= names_beside(events)
    me = f"agent:{agent.id}"
    drafted = {
        event.data["message"]: people.get(f"agent:{event.data['drafted_by']}", "")
        for event in events
        if event.kind == "ticket.replied" and event.data.get("drafted_by")
    }
    entries: list[Entry | Happening] = [
        replace(
            entry(one, people=people, me=me, read_version=head.read_version, at=at),
            drafted_by=drafted.get(one.id, ""),
            in_languages=tuple(
                (called(key), texts.get(said) or "") for key, said in below.get(one.id, {}).items()
            ),
            marks=marks_on(one.words, one.marks, at, agent.timezone),
        )
        for one in said
    ]
    entries += happenings(
        events, people, lambda instant: time_words.when(instant, at, agent.timezone)
    )
    story = tuple(sorted(entries, key=lambda one: (one.at, one.is_message, one.id)))
    return said, story, is_cut
