"""Who could be given something, as `choosing` sees them; and what is known of a request."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from unbroken.conversation.queries import TicketFacts
from unbroken.directory import queries as directory
from unbroken.directory.ids import CustomerId
from unbroken.ground.sql import rows
from unbroken.routing.choosing import Candidate, Needs, Work
from unbroken.routing.models import Turn
from unbroken.routing.queries import queues, who_would_get
from unbroken.routing.triage import QueueRow
from unbroken.staffing import queries as staffing
from unbroken.staffing.cards import AgentCard
from unbroken.staffing.ids import TeamId
from unbroken.staffing.permissions import ANSWER
from unbroken.staffing.shift_queries import kept_plans

KNOWN_FOR: timedelta = timedelta(days=60)
"""So long somebody who helped a customer is remembered as the one who knows them."""


@dataclass(frozen=True, slots=True)
class InHand:
    """How many requests of a channel somebody has in hand."""

    agent_id: int
    channel: str
    tickets: int


@dataclass(frozen=True, slots=True)
class Dealt:
    """Somebody who dealt with the caller."""

    agent_id: int


def candidates(team_id: int, *, at: datetime) -> list[Candidate]:
    """Everybody of a team who answers requests."""
    found = [one for one in staffing.agents(team_id=TeamId(team_id)) if ANSWER in one.permissions]
    load = in_hand([one.id for one in found])
    turns = dict(
        Turn.objects.filter(agent_id__in=[one.id for one in found]).values_list(
            "agent_id", "given_at"
        )
    )
    return [_candidate(one, load.get(one.id, {}), turns.get(one.id), at) for one in found]


def in_hand(agents: Collection[int]) -> dict[int, dict[str, int]]:
    """By person and channel."""
    found: dict[int, dict[str, int]] = {}
    for one in rows(InHand, "routing/queries/in_hand.sql", agents=list(agents)):
        found.setdefault(one.agent_id, {})[one.channel] = one.tickets
    return found


def _candidate(
    card: AgentCard, load: dict[str, int], given_at: datetime | None, at: datetime
) -> Candidate:
    plan = kept_plans().get(card.id)
    return Candidate(
        id=card.id,
        languages=frozenset({card.language, *card.languages}),
        skills={skill: card.level(skill) for skill in card.skills},
        grants=card.grants,
        capacity=card.capacity,
        availability=card.availability,
        has_plan=plan is not None,
        on_until=plan.on_until(at) if plan else None,
        on_at=plan.next_on(at) if plan else None,
        in_hand=load,
        given_at=given_at,
    )


def queue_of(ticket: TicketFacts) -> QueueRow | None:
    """By whose rules it is given: the queue it belongs to, or one of the team it is with now."""
    found = who_would_get(
        topic_id=ticket.topic_id, mailbox=ticket.mailbox, customer_id=ticket.customer_id
    )
    if found is not None and ticket.team_id in (None, found.queue.team_id):
        return found.queue
    return next((one for one in queues() if one.team_id == ticket.team_id), None)


def needs_of(queue: QueueRow) -> Needs:
    """What its queue asks of whoever gets something."""
    return Needs(queue.skills, queue.grants)


def named_for(customer_id: int | None) -> int | None:
    """The engineer who is named for a customer, or for the company it belongs to."""
    card = directory.customer(CustomerId(customer_id)) if customer_id is not None else None
    return (card.cared_for_by or None) if card is not None else None


def work_of(ticket: TicketFacts, queue: QueueRow, *, but: Collection[int], at: datetime) -> Work:
    """A request as work to be given."""
    before: Sequence[Dealt] = rows(
        Dealt,
        "routing/queries/dealt_before.sql",
        ticket=ticket.id,
        customer=ticket.customer_id,
        since=at - KNOWN_FOR,
    )
    return Work(
        language=ticket.language,
        channel=ticket.channel,
        needs=needs_of(queue),
        named=named_for(ticket.customer_id),
        before=tuple(dict.fromkeys(one.agent_id for one in before)),
        but=frozenset(but),
    )
