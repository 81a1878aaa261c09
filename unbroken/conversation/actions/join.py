"""Requests and the problems that many share. The problem's own row is never touched."""

from datetime import datetime
from typing import Any

from unbroken.conversation.events_joined import TicketJoined, TicketMatched, TicketParted
from unbroken.conversation.ids import TicketId
from unbroken.conversation.models import TroubleTicket
from unbroken.conversation.models_beside import TicketProblem
from unbroken.conversation.states import OPEN
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, change
from unbroken.ground.log import has_happened


def note_matched(
    *, ticket_id: TicketId, problem: int | None, skipped: bool, by: Actor, at: datetime
) -> None:
    """Stage of the relay: it was looked up among the problems. Matched already changes nothing."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        if has_happened(ticket.stream, "ticket.matched"):
            return
        if problem is not None and _joined(ticket_id) is None:
            _join(ticket, problem)
        ticket.tell(TicketMatched(problem=problem, skipped=skipped))


def join_problem(*, ticket_id: TicketId, problem: int, by: Actor, at: datetime) -> None:
    """It suffers from this problem; from another one no more. Joined already changes nothing."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        if ticket.merged_into_id:
            raise Refused("ticket.merged_away", into=ticket.merged_into_id)
        before = _joined(ticket_id)
        if before is not None and before.problem == problem:
            return
        if before is not None:
            raise Refused("ticket.in_a_problem", problem=before.problem)
        _join(ticket, problem)
        ticket.tell(TicketJoined(problem=problem))


def part_from_problem(*, ticket_id: TicketId, problem: int, by: Actor, at: datetime) -> None:
    """It does not belong to this problem. Not in it changes nothing."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        link = _joined(ticket_id)
        if link is None or link.problem != problem:
            return
        link.ended_at = ticket.at
        ticket.add(link)
        if ticket.sleep:
            ticket.sleep, ticket.sleeps_until, ticket.back_version = "", None, ticket.version
        ticket.tell(TicketParted(problem=problem))


def _joined(ticket_id: int) -> TicketProblem | None:
    return TicketProblem.objects.filter(ticket_id=ticket_id, ended_at__isnull=True).first()


def _join(ticket: Any, problem: int) -> None:
    """Nobody has to chase it by itself: it sleeps until the customer writes or it parts."""
    if ticket.status in OPEN and not ticket.sleep:
        ticket.sleep, ticket.sleeps_until, ticket.back_version = "answer", None, None
    ticket.add(TicketProblem(ticket_id=ticket.id, problem=problem, joined_at=ticket.at))
