"""A calendar that somebody hands in becomes their days: as often as they like, it is the same."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, refusals
from unbroken.ground.words import _
from unbroken.staffing import queries
from unbroken.staffing.actions.shifts import set_shift_day
from unbroken.staffing.calendar_in import BadCalendarFile, days_in
from unbroken.staffing.ids import AgentId

AHEAD = timedelta(weeks=26)

refusals({"shift.bad_calendar": _("This is no calendar that can be read: {why}.")})


@dataclass(frozen=True, slots=True)
class HandedIn:
    """How many days of work and how many of absence the calendar has."""

    worked: int
    away: int
    first: date
    last: date


def hand_in_calendar(
    *, agent_id: AgentId, text: str, until: date | None = None, by: Actor, at: datetime
) -> HandedIn:
    """From today on their days are as the calendar has them; days it does not name stay.

    All of it, or nothing when it cannot be read.
    """
    card = queries.agent(agent_id)
    if card is None:
        raise Refused("shift.bad_calendar", why="-")
    first = at.date()
    last = until or first + AHEAD
    try:
        days = days_in(text, timezone=card.timezone, first=first, last=last)
    except BadCalendarFile as bad:
        raise Refused("shift.bad_calendar", why=str(bad)) from bad
    with transaction.atomic():
        for day, found in days.items():
            set_shift_day(
                agent_id=agent_id, day=day, hours=found.hours, reason=found.reason, by=by, at=at
            )
    away = sum(not one.hours for one in days.values())
    return HandedIn(len(days) - away, away, first, last)
