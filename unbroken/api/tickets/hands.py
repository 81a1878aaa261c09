"""Through whose hands a ticket went: groups, handovers, returns, the chain. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Passing:
    """One event that put a ticket into hands, or opened it again."""

    stream: str
    kind: str
    at: datetime
    team_id: str | None
    agent_id: str | None
    team: str | None
    agent: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """One pair of hands: a group, perhaps a person, from when to when."""

    group: str | None
    person: str | None
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Hands:
    """What became of a ticket: who had it in order, and how often it went to and fro.

    `groups` names each group once; a handover is a change of group, a return one to a group
    that had the ticket before.
    """

    groups: tuple[str, ...] = ()
    handovers: int = 0
    returns: int = 0
    reopened: int = 0
    chain: tuple[Link, ...] = ()


def hands_of(passings: Iterable[Passing]) -> Hands:
    """One ticket's passings, in their order."""
    groups: list[str] = []
    stints: list[tuple[str | None, str | None, datetime]] = []
    handovers = returns = reopened = 0
    for passing in passings:
        if passing.kind == "ticket.reopened":
            reopened += 1
            continue
        before = next((group for group, _, _ in reversed(stints) if group), None)
        if passing.team and passing.team != before:
            handovers += before is not None
            returns += passing.team in groups
            if passing.team not in groups:
                groups.append(passing.team)
        held = (passing.team, passing.agent)
        if held != (stints[-1][:2] if stints else (None, None)):
            stints.append((*held, passing.at))
    return Hands(tuple(groups), handovers, returns, reopened, _chain(stints))


def _chain(stints: list[tuple[str | None, str | None, datetime]]) -> tuple[Link, ...]:
    ends: list[datetime | None] = [*(since for _, _, since in stints), None]
    return tuple(
        Link(group, person, since, until)
        for (group, person, since), until in zip(stints, ends[1:], strict=True)
        if group or person
    )
