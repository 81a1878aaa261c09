"""Alarms that other systems raised, by their own numbers, until they are over; and how far was read
what is fetched elsewhere."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from unbroken.evidence.models import OutsideAlarm, SourceMark

OPEN_MAX = 50_000
"""Of one system; beyond it the oldest is forgotten: whoever never ends an alarm fills nothing."""


@dataclass(frozen=True, slots=True)
class OpenAlarm:
    """Whose it is, and what kind."""

    resource: str
    type: str


def find(system: str, ref: str) -> OpenAlarm | None:
    """The alarm that this system raised under this number."""
    found = OutsideAlarm.objects.filter(system=system, ref=ref).first()
    return None if found is None else OpenAlarm(found.resource, found.type)


def raise_one(system: str, ref: str, resource: str, kind: str, *, at: datetime) -> None:
    """It stands; raised again it is the same."""
    _row, is_new = OutsideAlarm.objects.update_or_create(
        system=system, ref=ref, defaults={"resource": resource, "type": kind, "raised_at": at}
    )
    if is_new and OutsideAlarm.objects.filter(system=system).count() > OPEN_MAX:
        oldest = OutsideAlarm.objects.filter(system=system).order_by("raised_at", "id").first()
        assert oldest is not None, "there are too many"
        oldest.delete()


def end(system: str, ref: str) -> None:
    """It is over."""
    OutsideAlarm.objects.filter(system=system, ref=ref).delete()


def end_absent(system: str, prefix: str, present: set[str]) -> list[OpenAlarm]:
    """Those whose kind begins so and that are not among the present ones; they are over."""
    standing = OutsideAlarm.objects.filter(system=system, type__startswith=prefix)
    gone = [one for one in standing if one.ref not in present]
    OutsideAlarm.objects.filter(pk__in=[one.pk for one in gone]).delete()
    return [OpenAlarm(one.resource, one.type) for one in gone]


def mark_of(source: str) -> str:
    """Up to where this source was read; empty before the first time."""
    return SourceMark.objects.filter(source=source).values_list("mark", flat=True).first() or ""


def set_mark(source: str, mark: str, *, at: datetime) -> None:
    """It was read up to here. Part of the transaction that keeps what was read."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO source_mark (source, mark, at) VALUES (%s, %s, %s)"
            " ON CONFLICT (source) DO UPDATE SET mark = excluded.mark, at = excluded.at",
            [source, mark, at],
        )
