"""Who gets the work: triage into a queue, and assignment by hand."""

from collections.abc import Collection
from datetime import datetime

from unbroken.conversation import actions as conversation
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.words import _
from unbroken.routing.events import QueueSet
from unbroken.routing.models import Queue
from unbroken.routing.queries import kept_queues, queues, topic_keys_above
from unbroken.routing.triage import choose
from unbroken.staffing import queries as staffing

refusals(
    {
        "routing.not_in_team": _("{agent} does not work in this team."),
        "routing.unknown_agent": _("There is no such agent."),
        "routing.unknown_team": _("There is no such team."),
    }
)


def triage_ticket(*, ticket_id: TicketId, at: datetime) -> None:
    """Put a new ticket into its queue; the relay goes on with that."""
    ticket = record.ticket_facts(ticket_id)
    if ticket is None or ticket.merged_into_id:
        return
    queue = choose(queues(), topic_keys=topic_keys_above(ticket.topic_id), mailbox=ticket.mailbox)
    conversation.note_queued(
        ticket_id=ticket_id,
        team_id=queue.team_id if queue else None,
        skipped=False,
        by=HOUSE,
        at=at,
    )


def give_to_agent(*, ticket_id: TicketId, agent_id: int, by: Actor, at: datetime) -> None:
    """Into one person's hands, in the team the ticket is in, or else in one of theirs."""
    agent = staffing.agent(agent_id)  # type: ignore[arg-type]
    ticket = record.ticket_facts(ticket_id)
    if agent is None or ticket is None:
        raise Refused("routing.unknown_agent")
    team_id = ticket.team_id
    if team_id is None or team_id not in agent.team_ids:
        if not agent.team_ids:
            raise Refused("routing.not_in_team", agent=agent.name)
        team_id = min(agent.team_ids)
    conversation.assign_ticket(
        ticket_id=ticket_id, team_id=team_id, agent_id=agent_id, by=by, at=at
    )


def give_to_team(*, ticket_id: TicketId, team_id: int, by: Actor, at: datetime) -> None:
    """Into a team's hands; nobody of it has it yet."""
    if staffing.team(team_id) is None:  # type: ignore[arg-type]
        raise Refused("routing.unknown_team")
    conversation.assign_ticket(ticket_id=ticket_id, team_id=team_id, agent_id=None, by=by, at=at)


def set_queue(
    *,
    key: str,
    name: str,
    team_id: int,
    mailboxes: Collection[str] = (),
    topics: Collection[str] = (),
    is_default: bool = False,
    active: bool = True,
    by: Actor,
    at: datetime,
) -> None:
    """Add or change a queue."""
    wanted = {
        "key": key,
        "name": name,
        "team_id": team_id,
        "mailboxes": sorted(mailboxes),
        "topics": sorted(topics),
        "is_default": is_default,
        "active": active,
    }
    known = Queue.objects.filter(key=key).first()
    if known is not None and all(getattr(known, field) == wanted[field] for field in wanted):
        return
    opened = begin(Queue, by=by, at=at) if known is None else change(Queue, known.pk, by=by, at=at)
    with opened as queue:
        for field, value in wanted.items():
            setattr(queue, field, value)
        queue.tell(QueueSet(key=key))
    kept_queues.forget()
