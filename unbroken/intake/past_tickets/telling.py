"""A request and its steps, as another desk kept them, told in the words of this record. Pure.

Steps that every desk knows (given to a group, resolved, opened again, closed) become events of
ours; all others keep the old desk's own word.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from unbroken.conversation.events import (
    TicketAssigned,
    TicketCancelled,
    TicketClosed,
    TicketRejected,
    TicketReopened,
    TicketResolved,
)
from unbroken.conversation.events_past import PastStep
from unbroken.conversation.history import PastMove
from unbroken.conversation.states import ENDED, OPEN, Status
from unbroken.ground.actor import HOUSE, Actor
from unbroken.intake.past_tickets.lines import StepLine, TicketLine
from unbroken.intake.past_tickets.words import Meaning, is_work, meaning_of, status_of

_TELLS: Mapping[Meaning, tuple[type, Status]] = {
    "resolved": (TicketResolved, "resolved"),
    "closed": (TicketClosed, "closed"),
    "cancelled": (TicketCancelled, "cancelled"),
    "rejected": (TicketRejected, "rejected"),
}


@dataclass
class Hands:
    """In whose hands a request is, and in which state its steps have left it."""

    team: int | None = None
    agent: int | None = None
    state: Status | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What happened, in order of time, and how the request stands at its end."""

    moves: tuple[PastMove, ...]
    status: Status
    team: int | None
    agent: int | None
    resolved_at: datetime | None
    closed_at: datetime | None


def told(
    line: TicketLine,
    steps: Sequence[StepLine],
    *,
    teams: Mapping[str, int],
    people: Mapping[str, int],
) -> Told:
    """One request. What its own row says of its end counts more than its steps do."""
    hands = Hands()
    moves: list[PastMove] = []
    for number, step in enumerate(sorted(steps, key=lambda one: one.at)):
        by = str(Actor.agent(people[step.person])) if step.person else str(HOUSE)
        at = max(step.at, line.created)
        for event in _events(step, hands, teams, people, is_first=number == 0):
            moves.append(PastMove(event, at, by))
    status = _status(line, hands, bool(steps))
    resolved = line.resolved or hands.resolved_at
    closed = line.closed or hands.closed_at
    if status in OPEN or status in ("cancelled", "rejected"):
        resolved = None
    if status != "closed" and not (status in ENDED and line.closed):
        closed = None
    if status in ("resolved", "closed") and resolved is None and closed is None:
        closed = resolved = moves[-1].at if moves else line.created
        closed = closed if status == "closed" else None
    moves = _with_ends(moves, status, resolved, closed)
    return Told(tuple(moves), status, hands.team, hands.agent, resolved, closed)


def _events(
    step: StepLine,
    hands: Hands,
    teams: Mapping[str, int],
    people: Mapping[str, int],
    *,
    is_first: bool,
) -> Iterable[object]:
    team = teams[step.group] if step.group else hands.team
    kept = hands.agent if team == hands.team else None
    agent = people[step.person] if step.person else kept
    meaning = meaning_of(step.activity)
    is_moved = (team, agent) != (hands.team, hands.agent)
    if is_moved:
        yield TicketAssigned(team, agent, hands.team, hands.agent)
        hands.team, hands.agent = team, agent
    ended = hands.state in ENDED
    if meaning == "reopened" or (ended and meaning is None and is_work(step.activity)):
        yield TicketReopened()
        hands.state, hands.resolved_at, hands.closed_at = "inProgress", None, None
    if meaning is not None and meaning in _TELLS:
        event, hands.state = _TELLS[meaning]
        _note_end(step, hands)
        yield event()
    elif not (
        meaning == "reopened"
        or (meaning == "opened" and is_first)
        or (meaning == "assigned" and is_moved)
    ):
        yield PastStep(step.activity, team)


def _note_end(step: StepLine, hands: Hands) -> None:
    if hands.state == "resolved":
        hands.resolved_at = step.at
    elif hands.state == "closed":
        hands.closed_at = step.at


def _status(line: TicketLine, hands: Hands, has_steps: bool) -> Status:
    if line.status:
        return status_of(line.status) or "inProgress"
    if line.closed or (hands.state == "closed" and not line.resolved):
        return "closed"
    if line.resolved or hands.state == "resolved":
        return "resolved"
    return hands.state or ("inProgress" if has_steps else "acknowledged")


def _with_ends(
    moves: list[PastMove], status: Status, resolved: datetime | None, closed: datetime | None
) -> list[PastMove]:
    """Ends that only the row of the request knows of."""
    kinds = {type(move.told) for move in moves}
    if resolved is not None and TicketResolved not in kinds:
        moves.append(PastMove(TicketResolved(), resolved))
    if status == "closed" and closed is not None and TicketClosed not in kinds:
        moves.append(PastMove(TicketClosed(), closed))
    return sorted(moves, key=lambda move: move.at)
