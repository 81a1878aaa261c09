"""Questions about queues."""

from collections.abc import Collection
from typing import Any

from unbroken.conversation import queries as conversation
from unbroken.conversation.queries.looked import finding_of
from unbroken.directory import queries as directory
from unbroken.directory.ids import CustomerId
from unbroken.ground.kept import Kept
from unbroken.routing.models import Queue
from unbroken.routing.triage import SURE_FROM, Choice, QueueRow, choose
from unbroken.staffing.cards import AgentCard


def queues() -> list[QueueRow]:
    """Every queue in use, in the operator's order."""
    return kept_queues()


def every_queue() -> list[QueueRow]:
    """The same with those that are retired, for whoever edits them."""
    return [_row(row) for row in Queue.objects.order_by("position", "name")]


def queue(queue_id: int) -> QueueRow | None:
    """One queue, also one that is retired."""
    found = Queue.objects.filter(pk=queue_id).first()
    return _row(found) if found is not None else None


def _row(row: Queue) -> QueueRow:
    return QueueRow(
        id=row.pk,
        key=row.key,
        name=row.name,
        team_id=row.team_id,
        mailboxes=tuple(row.mailboxes),
        topics=tuple(row.topics),
        is_default=row.is_default,
        kinds=tuple(row.kinds),
        seen_by=tuple(row.seen_by),
        causes=tuple(row.causes),
        names=row.names,
        position=row.position,
        active=row.active,
        way=row.way,
        skills=row.skills,
        grants=row.grants,
        untouched_minutes=row.untouched_minutes,
        else_team=row.else_team,
    )


kept_queues = Kept(lambda: [one for one in every_queue() if one.active])


def queue_by_key(key: str) -> QueueRow | None:
    """The queue with this key."""
    return next((queue for queue in queues() if queue.key == key), None)


def who_would_get(
    *,
    topic_id: int | None,
    mailbox: str,
    customer_id: int | None = None,
    kinds: Collection[str] = (),
    cause: str = "",
) -> Choice | None:
    """Where a request like this goes, and why; `kinds` for an example without a customer.

    `cause`: what was found on the line, with enough certainty to go by (`cause_of`).
    """
    known = queues()
    if not kinds and any(one.kinds for one in known):
        kinds = kinds_of(customer_id)
    return choose(
        known, topic_keys=topic_keys_above(topic_id), mailbox=mailbox, kinds=kinds, cause=cause
    )


def cause_of(ticket: conversation.TicketFacts) -> str:
    """The cause by which a ticket may be sorted; empty where none is known with certainty.

    Only of incidents, and of requests of which nobody knows yet what they are about: somebody who
    asks about a bill has a question, whatever the line does.
    """
    may_be_one = ticket.ticket_type == "request" and ticket.topic_id is None
    if ticket.service_id is None or not (ticket.ticket_type == "incident" or may_be_one):
        return ""
    if not any(one.causes for one in queues()):
        return ""
    found = finding_of(ticket.id)
    return found.cause if found is not None and found.certainty >= SURE_FROM else ""


def kinds_of(customer_id: int | None) -> tuple[str, ...]:
    """Of which kinds a customer is, as queues know them."""
    card = directory.customer(CustomerId(customer_id)) if customer_id is not None else None
    if card is None:
        return ("unknown",)
    return (card.kind, "vip") if card.vip else (card.kind,)


def teams_also_seen(team_ids: Collection[int]) -> set[int]:
    """The teams whose requests the members of these teams see besides their own."""
    own = set(team_ids)
    return {one.team_id for one in queues() if not own.isdisjoint(one.seen_by)} - own


def sight(agent: AgentCard) -> dict[str, Any]:
    """What a question about tickets is told of the agent who asks: which they may see."""
    teams = [*agent.team_ids, *sorted(teams_also_seen(agent.team_ids))]
    return {"sees_all": agent.sees_all, "teams": teams, "me": agent.id}


def topic_keys_above(topic_id: int | None) -> tuple[str, ...]:
    """The keys of a topic and of every topic above it, nearest first."""
    known = {row.id: row for row in conversation.topic_tree()}
    keys: list[str] = []
    while topic_id is not None:
        row = known.get(topic_id) or conversation.topic(topic_id)
        if row is None or row.key in keys:
            break
        keys.append(row.key)
        topic_id = row.parent_id
    return tuple(keys)
