"""How the promises of one ticket ended, who had it how long, and when its service did not work.

A total outage is an incident whose impact is high. Its time is told round the clock, as regulators
ask (ETSI EG 202 057-1: from the customer's notice until the service is restored), beside the time
that counted. Time in which nothing was owed, because the request had ended, is in neither.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from unbroken.promise.legs import CountedLeg, Held
from unbroken.promise.queries import PromiseRow, Whole
from unbroken.promise.timeline import Interval

PROMISE, TEAM, PARTNER, OUTAGE = "promise", "team", "partner", "outage"
RESTORE = "time_to_restore"
NOT_OURS = frozenset({"customer", "force_majeure"})
OVER = "ended"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One promise or leg as reports add it up; see `PromiseOutcome`."""

    kind: str
    what: str
    cause: int
    day: date
    is_kept: bool | None
    used_seconds: float | None
    wall_seconds: float | None
    target_seconds: int | None
    team: int


@dataclass(frozen=True, slots=True)
class Down:
    """A stretch in which the service did not work."""

    since: datetime
    until: datetime | None


def outcomes(whole: Whole, zone: ZoneInfo, *, is_outage: bool = False) -> tuple[Outcome, ...]:
    """Every promise that was kept or missed, every leg that ended, and a total outage in whole."""
    told = [*_promises(whole, zone), *_legs(whole.legs, zone)]
    if is_outage:
        told += _outage(whole, zone)
    return tuple(sorted(told, key=lambda one: (one.kind, one.what, one.cause)))


def downs(whole: Whole, *, is_outage: bool) -> tuple[Down, ...]:
    """When its service did not work, and nobody else was the reason that it did not go on."""
    if not is_outage:
        return ()
    return tuple(Down(one.since, one.until) for one in whole.down if one.owner not in NOT_OURS)


def _promises(whole: Whole, zone: ZoneInfo) -> Iterator[Outcome]:
    for row in whole.promises:
        at = _judged_at(row)
        if at is not None:
            is_over = row.ended_at is not None
            yield Outcome(
                kind=PROMISE,
                what=row.key,
                cause=row.cause,
                day=at.astimezone(zone).date(),
                is_kept=row.state == "met",
                used_seconds=row.used_seconds if is_over else None,
                wall_seconds=_wall(row.intervals) if is_over else None,
                target_seconds=row.target_seconds,
                team=_in_hands(whole.hands, at),
            )


def _judged_at(row: PromiseRow) -> datetime | None:
    """Kept when it ended, missed when it was due; else it is neither (void, or goes on)."""
    if row.state == "missed":
        return row.due or row.ended_at or row.started_at
    return row.ended_at if row.state == "met" else None


def _legs(legs: Sequence[CountedLeg], zone: ZoneInfo) -> Iterator[Outcome]:
    for one in legs:
        run, standing = one.leg.run, one.standing
        if run.ended_at is None:
            continue
        yield Outcome(
            kind=one.leg.whose,
            what=str(one.leg.whose_id),
            cause=run.cause,
            day=run.ended_at.astimezone(zone).date(),
            is_kept=None if standing is None else not standing.is_late,
            used_seconds=one.seconds,
            wall_seconds=(run.ended_at - run.started_at).total_seconds(),
            target_seconds=None if standing is None else standing.seconds,
            team=one.leg.whose_id if one.leg.whose == TEAM else 0,
        )


def _outage(whole: Whole, zone: ZoneInfo) -> Iterator[Outcome]:
    """From the first notice until it worked, whatever was promised and whoever was waited for."""
    last = whole.down[-1].until if whole.down else None
    if last is None:
        return
    promised = [row for row in whole.promises if row.key == RESTORE and row.ended_at is not None]
    yield Outcome(
        kind=OUTAGE,
        what="",
        cause=0,
        day=last.astimezone(zone).date(),
        is_kept=promised[-1].state == "met" if promised else None,
        used_seconds=promised[-1].used_seconds if promised else None,
        wall_seconds=_wall(whole.down),
        target_seconds=promised[-1].target_seconds if promised else None,
        team=_in_hands(whole.hands, last),
    )


def _wall(intervals: Sequence[Interval]) -> float:
    return sum(
        (one.until - one.since).total_seconds()
        for one in intervals
        if one.until is not None and one.reason != OVER
    )


def _in_hands(hands: Sequence[Held], at: datetime) -> int:
    """Which team had it then; 0: nobody's yet."""
    return next((one.team or 0 for one in reversed(hands) if one.since <= at), 0)
