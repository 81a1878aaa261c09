"""When a request will probably be over and why, as a person would say it; against its promises."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from unbroken.console.foreseen.breaking import helps
from unbroken.console.tickets.promises import PromiseLine
from unbroken.conversation.ids import TicketId
from unbroken.conversation.queries.told import told_of
from unbroken.ground.time_words import when
from unbroken.ground.words import _, in_language, in_number
from unbroken.routing import eta
from unbroken.routing.ahead.people import people_at
from unbroken.routing.estimate.spoken import by_when

OVER = frozenset({"time_to_restore", "time_to_resolve", "request_delivered"})
"""The promises that are kept by being done."""

SOON = timedelta(minutes=5)
NOBODY_ON = _("Nobody of {team} is on now.")
COMES = _("{who} is on from {time}.")
BEGUN_BY = _("Somebody begins with it by {time}.")
BEFORE_IT = _("{requests} before it in {team}.")
NEXT_IN_LINE = _("Nothing is before it in {team}.")


@dataclass(frozen=True, slots=True)
class Expected:
    """Round times by which half, and four of five, of such requests are resolved; and why."""

    half_by: datetime
    most_by: datetime
    news_by: datetime | None
    is_late: bool
    """More likely than not after what was promised."""
    why: tuple[str, ...] = ()
    told_by: datetime | None = None
    """What the customer was told last."""

    helps: tuple[str, ...] = ()
    """What would bring it forward, where it comes too late."""

    def told_ahead(self, at: datetime) -> datetime | None:
        """What they were told, while it is still to come."""
        return self.told_by if self.told_by and self.told_by > at else None


def expected_of(
    number: TicketId,
    promises: Iterable[PromiseLine],
    at: datetime,
    zone: str,
    *,
    team: tuple[int | None, str] = (None, ""),
    waits: bool = False,
) -> Expected | None:
    """None when it is over, or when too little is known to say anything."""
    found = next(iter(eta.estimates([number], at=at)), None)
    if found is None:
        return None
    dues = [
        one.due_at
        for one in promises
        if one.key in OVER and one.due_at is not None and one.ended_at is None
    ]
    half, said = by_when(found.p50_at, at, zone), told_of([number]).get(number)
    is_late = bool(dues) and found.p50_at > min(dues)
    return Expected(
        half_by=half,
        most_by=by_when(found.p80_at, at, zone),
        news_by=by_when(found.news_p80_at, at, zone) if found.news_p80_at else None,
        is_late=is_late,
        helps=helps(int(number), at=at, zone=zone) if is_late else (),
        why=_why(found, team, at, zone, waits=waits) if found.how == "queues" else (),
        told_by=said.by if said else None,
    )


def _why(
    found: eta.Estimate, team: tuple[int | None, str], at: datetime, zone: str, *, waits: bool
) -> tuple[str, ...]:
    """What lies before it, and who will begin when."""
    said = []
    if found.before:
        many = in_number("{n} request", "{n} requests", found.before)
        said.append(in_language(BEFORE_IT, requests=many, team=team[1]))
    elif not waits:
        said.append(in_language(NEXT_IN_LINE, team=team[1]))
    people = people_at(at)
    now_ = (at - people.base).total_seconds()
    coming = people.next_on(people.of_team(team[0]), now_) if team[0] is not None else None
    if coming is not None and coming[1] > now_ + SOON.total_seconds():
        who = people.cards[coming[0]].name
        time = when(people.base + timedelta(seconds=coming[1]), at, zone)
        said += [in_language(NOBODY_ON, team=team[1]), in_language(COMES, who=who, time=time)]
    elif found.begins_at is not None and found.begins_at > at + SOON:
        begins = when(by_when(found.begins_at, at, zone), at, zone)
        said.append(in_language(BEGUN_BY, time=begins))
    return tuple(said)
