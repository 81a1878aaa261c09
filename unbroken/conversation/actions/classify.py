"""What a ticket is about, how much it matters, in whose hands it is, whose it is."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from unbroken.conversation.complaints import check_may_have, check_not_about
from unbroken.conversation.events import (
    OwnerConfirmed,
    PriorityMatrixSet,
    RuleActed,
    TicketAssigned,
    TicketClassified,
    TicketQueued,
    TicketTagged,
    TopicSet,
)
from unbroken.conversation.ids import TicketId, TopicId
from unbroken.conversation.models import Participant, PriorityMatrix, Topic, TroubleTicket
from unbroken.conversation.queries.matrix import kept_matrix, priority_for
from unbroken.conversation.queries.topics import kept_tree
from unbroken.conversation.states import LEVELS, TICKET_TYPES, matrix_problem
from unbroken.directory import queries as directory
from unbroken.directory.ids import ServiceId
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change
from unbroken.ground.log import has_happened


def classify_ticket(
    *,
    ticket_id: TicketId,
    by: Actor,
    at: datetime,
    ticket_type: str | None = None,
    topic_id: int | None = None,
    impact: str | None = None,
    urgency: str | None = None,
    service_id: int | None = None,
    name: str | None = None,
    no_topic: bool = False,
) -> None:
    """Say what it is about and how much it matters; what is left out stays as it is.

    `no_topic`: it is about nothing in particular again, as before somebody said so.

    The priority follows from impact and urgency by the operator's matrix.
    """
    wanted: dict[str, Any] = {
        "ticket_type": ticket_type,
        "topic_id": topic_id,
        "impact": impact,
        "urgency": urgency,
        "service_id": service_id,
        "name": name,
    }
    _check_levels(ticket_type, impact, urgency)
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        new = {k: v for k, v in wanted.items() if v is not None and v != getattr(ticket, k)}
        if no_topic and ticket.topic_id is not None:
            new["topic_id"] = None
        _check_service(ticket, new.get("service_id"))
        if "ticket_type" in new:
            check_not_about(ticket, by=by)
        for field, value in new.items():
            setattr(ticket, field, value)
        before = ticket.priority
        ticket.priority = priority_for(ticket.impact, ticket.urgency)
        if not new and ticket.priority == before:
            return
        ticket.tell(
            TicketClassified(
                ticket_type=new.get("ticket_type"),
                topic=(new["topic_id"] or 0) if "topic_id" in new else None,
                impact=new.get("impact"),
                urgency=new.get("urgency"),
                priority=ticket.priority if ticket.priority != before else None,
                service=new.get("service_id"),
                name_changed="name" in new,
            )
        )


def _check_levels(ticket_type: str | None, impact: str | None, urgency: str | None) -> None:
    if ticket_type is not None and ticket_type not in TICKET_TYPES:
        raise Refused("ticket.unknown_type", value=ticket_type)
    for level in (impact, urgency):
        if level is not None and level not in LEVELS:
            raise Refused("ticket.unknown_level", value=level)


def _check_service(ticket: Any, service_id: int | None) -> None:
    """Its agreement and its place follow from the service, so nobody else's will do."""
    if service_id is None:
        return
    card = directory.service(ServiceId(service_id))
    if card is None or card.customer_id != ticket.customer_id:
        raise Refused("ticket.service_of_another")


def assign_ticket(
    *,
    ticket_id: TicketId,
    team_id: int | None,
    agent_id: int | None,
    because: Mapping[str, object] | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Into a team's hands, or a person's. The same hands as before change nothing.

    `because`: why they, where rules chose. In other hands it is awake: who gets it shall see it.
    """
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        before = (ticket.team_id, ticket.assignee_id)
        if before == (team_id, agent_id):
            return
        check_may_have(ticket, agent_id)
        ticket.team_id, ticket.assignee_id = team_id, agent_id
        ticket.sleep, ticket.sleeps_until = "", None
        ticket.tell(
            TicketAssigned(
                team=team_id,
                agent=agent_id,
                team_before=before[0],
                agent_before=before[1],
                because=because,
            )
        )


def note_queued(
    *, ticket_id: TicketId, team_id: int | None, skipped: bool, by: Actor, at: datetime
) -> None:
    """Stage of the relay: the ticket is in its queue. Queued already changes nothing."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        if _was_queued(ticket):
            return
        if not skipped and ticket.team_id is None:
            ticket.team_id = team_id
        ticket.tell(TicketQueued(team=ticket.team_id, skipped=skipped))


def _was_queued(ticket: Any) -> bool:
    return has_happened(ticket.stream, "ticket.queued")


def tag_ticket(
    *,
    ticket_id: TicketId,
    add: Collection[str] = (),
    remove: Collection[str] = (),
    by: Actor,
    at: datetime,
) -> None:
    """Words to find it by: lower case, no blanks around."""
    wanted = {tag.strip().lower() for tag in add if tag.strip()}
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        added = tuple(sorted(wanted - set(ticket.tags)))
        removed = tuple(sorted(set(remove) & set(ticket.tags)))
        if not added and not removed:
            return
        ticket.tags = sorted((set(ticket.tags) | set(added)) - set(removed))
        ticket.tell(TicketTagged(added=added, removed=removed))


def note_rule(
    *, ticket_id: TicketId, rule_id: int, outcome: str, cause: int | None, by: Actor, at: datetime
) -> int:
    """A rule acted on it, or was kept from it; returns the version of this note."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        ticket.tell(RuleActed(rule=rule_id, outcome=outcome, cause=cause))
        return int(ticket.version)


def confirm_owner(
    *, ticket_id: TicketId, customer_id: int, contact_id: int, by: Actor, at: datetime
) -> None:
    """The unknown sender is this customer, says an agent."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        if ticket.customer_id is not None and ticket.customer_id != customer_id:
            raise Refused("ticket.already_owned")
        known = Participant.objects.filter(ticket_id=ticket_id, contact_id=contact_id).first()
        if ticket.customer_id == customer_id and known is not None and known.confirmed:
            return
        ticket.customer_id = customer_id
        if known is not None:
            known.confirmed = True
            ticket.add(known)
        ticket.tell(OwnerConfirmed(customer=customer_id))


def set_topic(
    *,
    key: str,
    names: dict[str, str],
    parent_key: str | None = None,
    hints: Collection[str] = (),
    ticket_type: str = "",
    position: int = 0,
    active: bool = True,
    by: Actor,
    at: datetime,
) -> TopicId:
    """Add, rename, move or retire a topic of the one tree."""
    parent = Topic.objects.get(key=parent_key) if parent_key else None
    known = Topic.objects.filter(key=key).first()
    wanted = {
        "key": key,
        "names": names,
        "parent_id": parent.pk if parent else None,
        "hints": sorted(hints),
        "ticket_type": ticket_type,
        "position": position,
        "active": active,
    }
    if known is None:
        with begin(Topic, by=by, at=at) as topic:
            for field, value in wanted.items():
                setattr(topic, field, value)
            topic.tell(_topic_as(wanted, parent_key))
        kept_tree.forget()
        return TopicId(topic.id)
    _check_no_circle(known, parent)
    if not active and Topic.objects.filter(parent_id=known.pk, active=True).exists():
        raise Refused("topic.has_branches")
    with change(Topic, known.pk, by=by, at=at) as topic:
        if all(getattr(topic, field) == value for field, value in wanted.items()):
            return TopicId(known.pk)
        for field, value in wanted.items():
            setattr(topic, field, value)
        topic.tell(_topic_as(wanted, parent_key))
    kept_tree.forget()
    return TopicId(known.pk)


def _topic_as(wanted: dict[str, Any], parent_key: str | None) -> TopicSet:
    told = ("key", "names", "ticket_type", "position", "active")
    return TopicSet(
        parent=parent_key or "",
        hints=tuple(wanted["hints"]),
        **{name: wanted[name] for name in told},
    )


def _check_no_circle(topic: Topic, parent: Topic | None) -> None:
    above = parent
    while above is not None:
        if above.pk == topic.pk:
            raise Refused("topic.in_a_circle")
        above = above.parent


def edit_priorities(*, cells: dict[str, str], by: Actor, at: datetime) -> None:
    """The operator's own impact by urgency. It counts for what is classified from now on."""
    problem = matrix_problem(cells)
    if problem:
        raise Refused("priority_matrix.not_whole", problem=problem)
    known = PriorityMatrix.objects.order_by("id").first()
    if known is None:
        with begin(PriorityMatrix, by=by, at=at) as matrix:
            matrix.cells = cells
            matrix.tell(PriorityMatrixSet(cells=cells))
    elif known.cells != cells:
        with change(PriorityMatrix, known.pk, by=by, at=at) as matrix:
            matrix.cells = cells
            matrix.tell(PriorityMatrixSet(cells=cells))
    kept_matrix.forget()
