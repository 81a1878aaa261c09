"""Who is on call at an instant. Pure.

A stand-in who was named for this time comes first; then, where the rota goes by shift, those of its
team who are on; then whose turn it is. Whoever is not available for work any more is passed over.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Stand:
    """Somebody stands in from one instant until another."""

    since: datetime
    until: datetime
    agent_id: int


@dataclass(frozen=True, slots=True)
class RotaRow:
    """A rota as it is kept."""

    id: int
    version: int
    key: str
    name: str
    team: int
    by_shift: bool
    people: tuple[int, ...]
    since: date
    turn_days: int
    change_at: str
    timezone: str
    stands: tuple[Stand, ...]
    active: bool


@dataclass(frozen=True, slots=True)
class OnCall:
    """Who is called, and why they: stand, shift, turn, or nobody."""

    agents: tuple[int, ...]
    why: str


NOBODY = OnCall((), "nobody")


def on_call(
    rota: RotaRow, at: datetime, *, known: Collection[int], on_shift: Collection[int]
) -> OnCall:
    """`known`: who works here; `on_shift`: who of the rota's team is on now."""
    stands = [one for one in rota.stands if one.since <= at < one.until and one.agent_id in known]
    if stands:
        return OnCall((stands[-1].agent_id,), "stand")
    if rota.by_shift and on_shift:
        return OnCall(tuple(sorted(set(on_shift) & set(known))), "shift")
    turn = whose_turn(rota, at, known=known)
    return OnCall((turn,), "turn") if turn is not None else NOBODY


def whose_turn(rota: RotaRow, at: datetime, *, known: Collection[int]) -> int | None:
    """Whose turn it is: counted in days of the wall, so that the hour stays when clocks change."""
    if not rota.people or rota.turn_days < 1:
        return None
    number = _turns_gone(rota, at)
    in_turn = [rota.people[(number + n) % len(rota.people)] for n in range(len(rota.people))]
    return next((one for one in in_turn if one in known), None)


def turn_ends(rota: RotaRow, at: datetime) -> datetime:
    """When the turn that runs at this instant is over."""
    zone, (hour, minute) = ZoneInfo(rota.timezone), _hour(rota.change_at)
    day = rota.since + timedelta(days=rota.turn_days * (_turns_gone(rota, at) + 1))
    return datetime.combine(day, time(hour, minute), zone)


def _turns_gone(rota: RotaRow, at: datetime) -> int:
    there = at.astimezone(ZoneInfo(rota.timezone))
    days = (there.date() - rota.since).days
    if (there.hour, there.minute) < _hour(rota.change_at):
        days -= 1
    return days // rota.turn_days


def _hour(text: str) -> tuple[int, int]:
    hour, _colon, minute = text.partition(":")
    return int(hour), int(minute or 0)


def stands_of(kept: Sequence[Mapping[str, object]]) -> tuple[Stand, ...]:
    """Stand-ins as they lie in the table."""
    return tuple(
        Stand(
            datetime.fromisoformat(str(one["since"])),
            datetime.fromisoformat(str(one["until"])),
            int(str(one["agent"])),
        )
        for one in kept
    )
