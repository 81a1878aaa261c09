"""Work is given to people by the rules of its queue, and comes back when nobody can go on with it.

Who gets it is chosen in `choosing`; here it happens, each time with the reason on record.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from unbroken.conversation import actions as conversation
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.queries import TicketFacts
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.sql import rows
from unbroken.routing import handover, state
from unbroken.routing.assignment_people import candidates, queue_of, work_of
from unbroken.routing.choosing import PULL, Chosen, choose
from unbroken.routing.queries import queues
from unbroken.routing.triage import QueueRow
from unbroken.staffing import queries as staffing
from unbroken.staffing.shift_queries import kept_plans

AT_ONCE = 200
SOON = timedelta(minutes=30)
"""Who begins within this is waited for rather than another team troubled."""

BREAK_MAX = timedelta(hours=2)
"""Over a lunch nobody hands over their work."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that nobody has in hand."""

    id: int


@dataclass(frozen=True, slots=True)
class InHands:
    """A request in somebody's hands; `is_touched`: they did something with it since."""

    id: int
    agent_id: int
    team_id: int | None
    given_at: datetime
    is_touched: bool
    is_by_house: bool


def assign(
    *,
    ticket_id: TicketId,
    but: Collection[int] = (),
    only_now: bool = False,
    whatever_way: bool = False,
    why: str = "",
    by: Actor = HOUSE,
    at: datetime,
) -> Chosen | None:
    """Give it to whoever should have it; None where people take work themselves.

    `but`: not to these. `only_now`: only to somebody who is there; else it stays where it is.
    `why`: what came before, put first among the reasons.
    """
    ticket = record.ticket_facts(ticket_id)
    if ticket is None or ticket.status not in ("acknowledged", "inProgress"):
        return None
    queue = queue_of(ticket)
    if queue is None or (queue.way == PULL and not whatever_way):
        return None
    team_id = ticket.team_id or queue.team_id
    found = who_gets(ticket, queue, team_id, but=but, at=at)
    if _is_far(found, at) and queue.else_team and queue.else_team != team_id:
        other = who_gets(ticket, queue, queue.else_team, but=but, at=at)
        if other.agent_id is not None and "comes_next" not in other.reasons:
            reasons = (*other.reasons, "else_team")
            found, team_id = Chosen(other.agent_id, reasons, other.aside), queue.else_team
    if found.agent_id is None or (only_now and "comes_next" in found.reasons):
        return found
    because = found.because(queue.way)
    if why:
        because["reasons"] = [why, *found.reasons]
    conversation.assign_ticket(
        ticket_id=ticket_id, team_id=team_id, agent_id=found.agent_id, because=because, by=by, at=at
    )
    state.note_turn(found.agent_id, at=at)
    return found


def assign_if_nobodys(*, ticket_id: TicketId, at: datetime) -> None:
    """Give it to somebody unless somebody has it."""
    if not _teams():
        return
    ticket = record.ticket_facts(ticket_id)
    if ticket is not None and ticket.assignee_id is None:
        assign(ticket_id=ticket_id, at=at)


def who_gets(
    ticket: TicketFacts, queue: QueueRow, team_id: int, *, but: Collection[int] = (), at: datetime
) -> Chosen:
    """Who of a team would be given it now, and why; nothing happens."""
    work = work_of(ticket, queue, but=but, at=at)
    return choose(work, candidates(team_id, at=at), way=queue.way, at=at)


def _is_far(found: Chosen, at: datetime) -> bool:
    """Whether nobody of the team will begin with it soon."""
    if found.agent_id is None:
        return True
    return "comes_next" in found.reasons and (found.from_at is None or found.from_at > at + SOON)


def assign_waiting(*, at: datetime) -> int:
    """Give away what lies in queues that give; returns how much."""
    given = 0
    for one in rows(Waiting, "routing/queries/waiting.sql", teams=_teams(), limit=AT_ONCE):
        found = assign(ticket_id=TicketId(one.id), at=at)
        given += found is not None and found.agent_id is not None
    return given


def take_back_untouched(*, at: datetime) -> int:
    """What the desk gave somebody who has not touched it in time goes to somebody else."""
    minutes = {one.team_id: one.untouched_minutes for one in queues() if one.untouched_minutes}
    if not minutes:
        return 0
    moved = 0
    for one in _in_hands(teams=list(minutes)):
        if one.is_touched or not one.is_by_house:
            continue
        ticket = record.ticket_facts(TicketId(one.id))
        limit = minutes.get(ticket.team_id or 0) if ticket else None
        if limit and _waited(one, at) >= limit * 60:
            found = assign(
                ticket_id=TicketId(one.id), but={one.agent_id}, only_now=True, why="untouched",
                at=at,
            )  # fmt: skip
            moved += _is_given(found)
    return moved


def _waited(one: InHands, at: datetime) -> float:
    """Seconds for which they could have begun: while they were on."""
    plan = kept_plans().get(one.agent_id)
    if plan is None:
        return (at - one.given_at).total_seconds()
    return plan.calendar.worked(one.given_at, at)


def hand_over_ended(*, at: datetime) -> int:
    """Work of those whose shift is over goes to those who are on, with the hand-over written."""
    plans, moved, there = kept_plans(), 0, teams_there(at)
    for one in _in_hands(teams=_teams()):
        if one.team_id not in there:
            continue
        plan = plans.get(one.agent_id)
        if plan is None or plan.is_on(at):
            continue
        back = plan.next_on(at)
        if back is not None and back - at < BREAK_MAX:
            continue
        moved += _pass_on(one, why="shift_ended", at=at)
    return moved


def teams_there(at: datetime) -> set[int]:
    """The teams of which somebody could begin now, and those whose work goes to such a team."""
    plans, there = kept_plans(), set[int]()
    for one in staffing.agents():
        plan = plans.get(one.id)
        if one.takes_work and (plan is None or plan.is_on(at)):
            there.update(one.team_ids)
    return there | {one.team_id for one in queues() if one.else_team in there}


def hand_over_all(*, agent_id: int, why: str = "ill", by: Actor, at: datetime) -> tuple[int, int]:
    """Everything somebody has in hand goes to colleagues; what nobody can take, to its team.

    Returns how much a colleague has now, and how much lies with its team.
    """
    moved = left = 0
    for one in _in_hands(teams=[], agent_id=agent_id):
        if _pass_on(one, why=why, whatever_way=True, only_now=False, by=by, at=at):
            moved += 1
            continue
        ticket = record.ticket_facts(TicketId(one.id))
        conversation.assign_ticket(
            ticket_id=TicketId(one.id), team_id=ticket.team_id if ticket else None, agent_id=None,
            because={"way": "hand", "reasons": [why, "nobody"]}, by=by, at=at,
        )  # fmt: skip
        left += 1
    return moved, left


def _pass_on(
    one: InHands,
    *,
    why: str,
    whatever_way: bool = False,
    only_now: bool = True,
    by: Actor = HOUSE,
    at: datetime,
) -> bool:
    found = assign(
        ticket_id=TicketId(one.id), but={one.agent_id}, only_now=only_now,
        whatever_way=whatever_way, why=why, by=by, at=at,
    )  # fmt: skip
    if not _is_given(found):
        return False
    if one.is_touched and found is not None and found.agent_id is not None:
        handover.write(TicketId(one.id), giver=one.agent_id, taker=found.agent_id, by=by, at=at)
    return True


def _is_given(found: Chosen | None) -> bool:
    return found is not None and found.agent_id is not None and "comes_next" not in found.reasons


def _in_hands(*, teams: Collection[int], agent_id: int | None = None) -> list[InHands]:
    asked: Mapping[str, object] = {"teams": list(teams), "agent": agent_id, "limit": AT_ONCE}
    return rows(InHands, "routing/queries/held_by_people.sql", **asked)


def _teams() -> list[int]:
    """Whose work is given, not taken."""
    return sorted({one.team_id for one in queues() if one.way != PULL})
