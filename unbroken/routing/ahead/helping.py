"""What would help a request that comes too late: each way out, and the time it would give.

It could be given to somebody else of its team, taken first, helped by one person more who is called
in, or its planned steps could run beside one another. Each is thrown with the same dice as the
estimate; what gives less than a quarter of an hour is no help.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from unbroken.routing.ahead import foresee
from unbroken.routing.ahead.people import capacity_of
from unbroken.routing.ahead.work import Desk, InLine, OpenWork, open_work
from unbroken.routing.estimate.queues import Asked, Capacity

COMES_WITHIN, STAYS = 3600.0, 8 * 3600.0
"""Whoever is called in begins in an hour, and stays for a shift."""

SOON = 4 * 3600.0
PEOPLE_MAX = 5
WORTH = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Help:
    """A way out: `reassign` (to whom), `first`, `call_in` (from when) or `split`."""

    kind: str
    p50_at: datetime
    who: str = ""
    from_at: datetime | None = None


def what_helps(number: int, *, at: datetime) -> list[Help]:
    """The best way out of each kind, the best first; none where nothing would help."""
    known = foresee.known_legs()
    if known is None:
        return []
    work = open_work([number])
    desk = foresee.desk_at(work, known.legs, is_whole=False, at=at)
    mine = next((one for one in desk.in_line(work) if one.work.number == number), None)
    if mine is None or mine.work.waits:
        return []
    now_ = _half(desk, mine.asked, at)
    found = [
        Help(kind, half, who, since)
        for kind, asked, who, since in _ways(desk, mine, work)
        if (half := _half(desk, asked, at)) < now_ - WORTH
    ]
    if (split := _split(desk, mine, at)) is not None and split.p50_at < now_ - WORTH:
        found.append(split)
    best: dict[str, Help] = {}
    for one in sorted(found, key=lambda one: one.p50_at):
        best.setdefault(one.kind, one)
    return list(best.values())


def _half(desk: Desk, asked: Asked, at: datetime) -> datetime:
    thrown = desk.forecast.throw(asked)
    half, _most = foresee.kept_trust().moved([end - asked.start for end in thrown.ends])
    return at + timedelta(seconds=half)


def _ways(
    desk: Desk, mine: InLine, work: list[OpenWork]
) -> Iterator[tuple[str, Asked, str, datetime | None]]:
    pools: dict[str, Capacity] = desk.forecast.capacity  # type: ignore[assignment]
    if mine.asked.ahead:
        yield "first", replace(mine.asked, ahead=0.0), "", None
    for agent_id in _there(desk, mine):
        alone = desk.people.alone(agent_id)
        assert alone is not None
        pool = f"agent:{agent_id}"
        pools[pool] = alone
        load = sum(
            desk.learned.usual(one.about, str(one.team_id), one.priority)
            for one in work
            if one.assignee_id == agent_id and not one.waits and one.number != mine.work.number
        )
        who = desk.people.cards[agent_id].name
        yield "reassign", replace(mine.asked, pool=pool, ahead=load), who, None
    comes = desk.start + COMES_WITHIN
    parts = [(desk.people.on[one], 1 / max(1, len(desk.people.cards[one].team_ids)))
             for one in mine.who]  # fmt: skip
    pools["called"] = capacity_of([*parts, (((comes, comes + STAYS),), 1.0)])
    from_at = desk.people.base + timedelta(seconds=comes)
    yield "call_in", replace(mine.asked, pool="called"), "", from_at


def _there(desk: Desk, mine: InLine) -> list[int]:
    """Who else of the team is on soon, those who begin first before the others."""
    team = desk.people.of_team(mine.work.team_id) if mine.work.team_id is not None else []
    coming = [
        (begins[1], one)
        for one in team
        if one != mine.work.assignee_id
        and (begins := desk.people.next_on([one], desk.start)) is not None
        and begins[1] < desk.start + SOON
    ]
    return [one for _begins, one in sorted(coming)][:PEOPLE_MAX]


def _split(desk: Desk, mine: InLine, at: datetime) -> Help | None:
    """The steps that are planned, all at once: the slowest of them decides."""
    if len(mine.asked.path) < 2:
        return None
    first = _half(desk, replace(mine.asked, path=mine.asked.path[:1]), at)
    others = [
        _half(desk, replace(mine.asked, path=((team, seconds),)), at)
        for team, seconds in mine.asked.path[1:]
    ]
    return Help("split", max([first, *others]))
