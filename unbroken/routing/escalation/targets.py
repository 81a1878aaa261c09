"""Whom a step of a path means at this instant: people, by whatever name they are meant."""

from collections.abc import Sequence
from datetime import datetime

from unbroken.conversation.queries import TicketFacts
from unbroken.routing.escalation.rota import NOBODY, OnCall, RotaRow, on_call, stands_of
from unbroken.routing.models_escalation import Rota
from unbroken.staffing import queries as staffing
from unbroken.staffing.cards import AgentCard
from unbroken.staffing.heads import head_for, heads
from unbroken.staffing.shift_queries import kept_plans


def whom(to: Sequence[str], ticket: TicketFacts | None, *, at: datetime) -> list[int]:
    """Everybody who is meant, each once, in the order of the step."""
    people = staffing.agents()
    found: list[int] = []
    for target in to:
        found += _meant(target, ticket, people, at)
    known = {int(one.id) for one in people}
    return [one for one in dict.fromkeys(found) if one in known]


def _meant(
    target: str, ticket: TicketFacts | None, people: Sequence[AgentCard], at: datetime
) -> list[int]:
    kind, _colon, key = target.partition(":")
    team_id = int(key) if kind == "team" and key else (ticket.team_id if ticket else None)
    match kind:
        case "agent":
            return [int(key)]
        case "rota":
            return list(called_now(int(key), people, at).agents)
        case "owner":
            return [ticket.assignee_id] if ticket and ticket.assignee_id else []
        case "leads":
            return [int(one.id) for one in people if team_id in one.lead_of]
        case "team":
            members = [int(one.id) for one in people if team_id in one.team_ids]
            return [one for one in members if is_on(one, at)] or members
        case _:
            return _heads(at)


def _heads(at: datetime) -> list[int]:
    here = [int(one.id) for one in heads() if is_on(int(one.id), at)]
    head = head_for(at=at)
    return here or ([int(head.id)] if head is not None else [])


def is_on(agent_id: int, at: datetime) -> bool:
    """Whether they are on shift; who was never planned is."""
    plan = kept_plans().get(agent_id)
    return plan is None or plan.is_on(at)


def called_now(rota_id: int, people: Sequence[AgentCard], at: datetime) -> OnCall:
    """Who of a rota is on call."""
    row = Rota.objects.filter(pk=rota_id, active=True).first()
    return on_call_by(rota_row(row), people, at) if row is not None else NOBODY


def on_call_by(rota: RotaRow, people: Sequence[AgentCard], at: datetime) -> OnCall:
    """The same for a rota that was read already."""
    plans = kept_plans()
    of_team = [int(one.id) for one in people if rota.team in one.team_ids]
    on_shift = [one for one in of_team if one in plans and plans[one].is_on(at)]
    return on_call(rota, at, known={int(one.id) for one in people}, on_shift=on_shift)


def rota_row(row: Rota) -> RotaRow:
    """As it is read by everybody else."""
    return RotaRow(
        id=row.pk,
        version=row.version,
        key=row.key,
        name=row.name,
        team=row.team,
        by_shift=row.by_shift,
        people=tuple(row.people),
        since=row.since,
        turn_days=row.turn_days,
        change_at=row.change_at,
        timezone=row.timezone,
        stands=stands_of(row.stands),
        active=row.active,
    )
