"""Who gets the work: triage into a queue, assignment by hand; the chain has files of its own."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction

from unbroken.conversation import actions as conversation
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.events import LoggedEvent
from unbroken.ground.undo import restores, values_back
from unbroken.ground.values import set_values
from unbroken.ground.words import _
from unbroken.routing.choosing import WAYS
from unbroken.routing.events import QueueSet
from unbroken.routing.models import Queue
from unbroken.routing.queries import cause_of, kept_queues, who_would_get
from unbroken.routing.triage import KINDS
from unbroken.staffing import queries as staffing

DAY = 24 * 60
KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")

refusals(
    {
        "queue.needs_name": _("A queue needs a short name of small letters and a name."),
        "queue.needs_team": _("Say which team it goes to."),
        "queue.unknown_kind": _(
            "A queue can be for households, companies, resellers, VIPs or unknown senders."
        ),
        "queue.default_needed": _(
            "Something has to take what fits nowhere else: make another queue the default first."
        ),
        "queue.unknown_way": _("Work is taken, given or goes round; within a day it comes back."),
        "routing.not_in_team": _("{agent} does not work in this team."),
        "routing.unknown_agent": _("There is no such agent."),
        "routing.unknown_team": _("There is no such team."),
    }
)


class QueueValues(TypedDict, total=False):
    """What a queue is made of; see the table."""

    name: str
    names: Mapping[str, str]
    team_id: int
    mailboxes: Collection[str]
    topics: Collection[str]
    kinds: Collection[str]
    causes: Collection[str]
    seen_by: Collection[int]
    position: int
    is_default: bool
    active: bool
    way: str
    skills: Mapping[str, int]
    grants: Mapping[str, int]
    untouched_minutes: int
    else_team: int


def triage_ticket(*, ticket_id: TicketId, at: datetime) -> None:
    """Put a new ticket into its queue; the relay goes on with that."""
    ticket = record.ticket_facts(ticket_id)
    if ticket is None or ticket.merged_into_id:
        return
    chosen = who_would_get(
        topic_id=ticket.topic_id, mailbox=ticket.mailbox, customer_id=ticket.customer_id,
        cause=cause_of(ticket),
    )  # fmt: skip
    conversation.note_queued(
        ticket_id=ticket_id,
        team_id=chosen.queue.team_id if chosen else None,
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
    by: Actor,
    at: datetime,
    **values: Unpack[QueueValues],
) -> None:
    """Add a queue, or change what is given; what is not given stays as it is.

    There is one default queue: whichever was it gives way.
    """
    known = Queue.objects.filter(key=key).first()
    _check(known, key, values)
    with transaction.atomic():
        if values.get("is_default"):
            for old in Queue.objects.filter(is_default=True).exclude(key=key):
                _set(old, {"is_default": False}, by=by, at=at)
        if known is None:
            _open(key, values, by=by, at=at)
        else:
            _set(known, _plain(values), by=by, at=at)
    kept_queues.forget()


def _open(key: str, values: QueueValues, *, by: Actor, at: datetime) -> None:
    with begin(Queue, by=by, at=at) as queue:
        queue.key = key
        for column, value in _plain(values).items():
            setattr(queue, column, value)
        queue.tell(QueueSet(key=key))


def _set(known: Queue, values: Mapping[str, object], *, by: Actor, at: datetime) -> None:
    with change(Queue, known.pk, by=by, at=at) as queue:
        changed = set_values(queue, values)
        if changed is not None:
            queue.tell(QueueSet(key=known.key, was=changed.was, now=changed.now))


def _plain(values: QueueValues) -> dict[str, object]:
    """The values as they are stored: lists in one order, so that nothing changes by itself."""
    stored: dict[str, object] = {}
    for column, value in values.items():
        if column == "kinds":
            stored[column] = [one for one in KINDS if one in value]  # type: ignore[operator]
        elif column in ("mailboxes", "topics", "seen_by", "causes"):
            stored[column] = sorted(set(value))  # type: ignore[call-overload]
        else:
            stored[column] = dict(value) if isinstance(value, Mapping) else value
    return stored


def _check(known: Queue | None, key: str, values: QueueValues) -> None:
    name = values.get("name", known.name if known else "")
    if not KEY.fullmatch(key) or not name.strip():
        raise Refused("queue.needs_name")
    if known is None and "team_id" not in values:
        raise Refused("queue.needs_team")
    if set(values.get("kinds", ())) - set(KINDS):
        raise Refused("queue.unknown_kind")
    if values.get("way", WAYS[0]) not in WAYS or not 0 <= values.get("untouched_minutes", 0) < DAY:
        raise Refused("queue.unknown_way")
    stays = values.get("is_default", known.is_default if known else False)
    if known is not None and known.is_default and not stays:
        raise Refused("queue.default_needed")
    if stays and not values.get("active", known.active if known else True):
        raise Refused("queue.default_needed")


def _queue_as_before(event: LoggedEvent, **told: Any) -> None:
    set_queue(key=event.data["key"], **values_back(event), **told)


restores({"queue.set": _queue_as_before})
