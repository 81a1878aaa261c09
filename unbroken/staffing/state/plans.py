"""Weeks of shifts as the solver proposed them, kept until somebody takes them over.

Of a team, or (team 0) of everybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from unbroken.staffing.models import PlanDraft
from unbroken.staffing.planning import Shift


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal: who works which shift on which day of the week, and when it was made."""

    monday: date
    made_at: datetime
    shifts: Mapping[tuple[int, int], Shift]


PATIENCE = timedelta(minutes=3)
"""Whoever asked for a proposal waits no longer: whatever made it has died."""


def want_draft(monday: date, team: int = 0, *, at: datetime) -> None:
    """Somebody asked for a proposal; the one before stays until it is made."""
    PlanDraft.objects.update_or_create(monday=monday, team_id=team, defaults={"wanted_at": at})


def is_wanted(monday: date, team: int = 0, *, at: datetime) -> bool:
    """Whether one is being made."""
    wanted = PlanDraft.objects.filter(monday=monday, team_id=team, wanted_at__gt=at - PATIENCE)
    return wanted.exists()


def keep_draft(
    monday: date, shifts: Mapping[tuple[int, int], Shift], team: int = 0, *, at: datetime
) -> None:
    """The latest proposal for a week; the one before gives way."""
    told = [[who, day, one.begins, one.ends] for (who, day), one in shifts.items()]
    PlanDraft.objects.update_or_create(
        monday=monday,
        team_id=team,
        defaults={"made_at": at, "wanted_at": None, "shifts": told},
    )


def draft_of(monday: date, team: int = 0) -> Draft | None:
    """What was proposed for a week last, if nobody took it over yet."""
    row = PlanDraft.objects.filter(monday=monday, team_id=team).first()
    if row is None or row.made_at is None:
        return None
    shifts = {(who, day): Shift(begins, ends) for who, day, begins, ends in row.shifts}
    return Draft(row.monday, row.made_at, shifts)


def forget_draft(monday: date, team: int = 0) -> None:
    """It was taken over, or is not wanted."""
    PlanDraft.objects.filter(monday=monday, team_id=team).delete()
