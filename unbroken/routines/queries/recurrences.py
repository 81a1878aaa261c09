"""Questions about what recurs."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from unbroken.calendars import queries as calendars
from unbroken.calendars.working_time import Calendar
from unbroken.routines.ids import RecurrenceId
from unbroken.routines.models import Recurrence
from unbroken.routines.schedule import WorksOn, coming, following
from unbroken.routines.sheets import RecurrenceSheet

SHOWN = 6


@dataclass(frozen=True, slots=True)
class RecurrenceRow:
    """Something that recurs, as it is kept."""

    id: RecurrenceId
    version: int
    active: bool
    next_at: datetime | None
    sheet: RecurrenceSheet


def recurrences() -> list[RecurrenceRow]:
    """All of them, those at rest last."""
    return [_row(one) for one in Recurrence.objects.order_by("-active", "name", "id")]


def recurrence(recurrence_id: int) -> RecurrenceRow | None:
    """One of them."""
    found = Recurrence.objects.filter(pk=recurrence_id).first()
    return _row(found) if found else None


def due(*, at: datetime, limit: int = 50) -> list[RecurrenceId]:
    """Those whose time has come."""
    rows = Recurrence.objects.filter(active=True, next_at__lte=at).order_by("next_at")
    return [RecurrenceId(row) for row in rows.values_list("pk", flat=True)[:limit]]


def next_due() -> datetime | None:
    """When something is made next."""
    rows = Recurrence.objects.filter(active=True, next_at__isnull=False).order_by("next_at")
    return rows.values_list("next_at", flat=True).first()


def next_of(sheet: RecurrenceSheet, after: datetime) -> datetime | None:
    """When it is made next after an instant."""
    return following(sheet.schedule, after, works_on(sheet)) if sheet.schedule else None


def dates_of(sheet: RecurrenceSheet, after: datetime, *, count: int = SHOWN) -> list[datetime]:
    """The next times it is made."""
    if sheet.schedule is None:
        return []
    return list(islice(coming(sheet.schedule, after, works_on(sheet)), count))


def works_on(sheet: RecurrenceSheet) -> WorksOn | None:
    """Whether anybody works on a day, by its calendar."""
    hours = calendars.calendar(sheet.calendar) if sheet.calendar else None
    return _works_on(hours) if hours else None


def _works_on(hours: Calendar) -> WorksOn:
    def works(day: date) -> bool:
        begins = datetime.combine(day, time(), hours.zone)
        return hours.worked(begins, begins + timedelta(days=1)) > 0

    return works


def _row(row: Recurrence) -> RecurrenceRow:
    return RecurrenceRow(
        RecurrenceId(row.pk),
        row.version,
        row.active,
        row.next_at,
        RecurrenceSheet.read(row.definition),
    )
