"""The weekly lists of lines that will soon fail, and who wants them by mail: working state."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from unbroken.evidence.ageing.becoming import OPEN, UNKNOWN, Became
from unbroken.evidence.ageing.judging import Ageing
from unbroken.evidence.models_ageing import AgeingLine, AgeingList, AgeingMail
from unbroken.evidence.queries.line_days import LinePlace


@dataclass(frozen=True, slots=True)
class Made:
    """One list as it was made."""

    monday: date
    is_backcast: bool
    lines: int
    looked_at: int
    failed: int
    foreseen: int
    entries: Sequence[tuple[LinePlace, Ageing]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line on a list of which it is not known yet what becomes of it, or how many report it."""

    id: int
    service_id: int
    monday: date
    kinds: tuple[str, ...]


def mondays() -> frozenset[date]:
    """The Mondays of which there is a list."""
    return frozenset(AgeingList.objects.values_list("monday", flat=True))


def open_entries(*, since: date) -> list[Entry]:
    """Those of lists since then that may still change."""
    found = AgeingLine.objects.filter(list__monday__gte=since).select_related("list")
    return [
        Entry(one.pk, one.service_id, one.list.monday, tuple(s["kind"] for s in one.signs))
        for one in found
        if one.became != UNKNOWN
    ]


def keep(made: Sequence[Made], became: Mapping[int, tuple[Became, int]], *, at: datetime) -> None:
    """New lists and what became of older ones, together or not at all. A list is made once."""
    with transaction.atomic():
        for entry_id, (what, reports) in became.items():
            AgeingLine.objects.filter(pk=entry_id).update(
                became=what.what, became_on=what.on, reports=reports
            )
        for one in made:
            row, is_new = AgeingList.objects.get_or_create(
                monday=one.monday,
                defaults={
                    "made_at": at, "is_backcast": one.is_backcast, "lines": one.lines,
                    "looked_at": one.looked_at, "failed": one.failed, "foreseen": one.foreseen,
                },
            )  # fmt: skip
            if is_new:
                AgeingLine.objects.bulk_create(_line(row, place, why) for place, why in one.entries)


def _line(row: AgeingList, place: LinePlace, why: Ageing) -> AgeingLine:
    return AgeingLine(
        list=row, service_id=place.service_id, service=place.service, resource=why.resource,
        element=place.element, place=place.place, owner=place.owner, chance=why.chance,
        signs=[asdict(sign) for sign in why.signs], became=OPEN,
    )  # fmt: skip


def lock_line(line_id: int) -> AgeingLine | None:
    """This one alone, until the transaction is over: a request is made of it once."""
    return AgeingLine.objects.select_for_update().filter(pk=line_id).first()


def note_ticket(service_id: int, ticket_id: int, *, since: date) -> None:
    """A request was made of this line; the lists since then say so."""
    AgeingLine.objects.filter(service_id=service_id, list__monday__gte=since).update(
        ticket_id=ticket_id
    )


def drop_lists(before: date) -> int:
    """Lists of before this go."""
    with transaction.atomic():
        old = AgeingList.objects.filter(monday__lt=before)
        AgeingLine.objects.filter(list__in=old).delete()
        return old.delete()[0]


def wants_mail(agent_id: int) -> bool:
    """Whether this agent gets it."""
    return AgeingMail.objects.filter(pk=agent_id).exists()


def wish_mail(agent_id: int, *, wants: bool, last: date | None) -> None:
    """From the next list on, or not any more."""
    if wants:
        AgeingMail.objects.get_or_create(pk=agent_id, defaults={"last_monday": last})
    else:
        AgeingMail.objects.filter(pk=agent_id).delete()


def waiting_for(monday: date) -> list[int]:
    """The agents who want this list and have not got it."""
    found = AgeingMail.objects.exclude(last_monday__gte=monday).order_by("agent_id")
    return list(found.values_list("agent_id", flat=True))


def claim_mail(agent_id: int, monday: date) -> bool:
    """Whether whoever asks is to send it: only the first one is told so."""
    waiting = AgeingMail.objects.filter(pk=agent_id).exclude(last_monday__gte=monday)
    return waiting.update(last_monday=monday) == 1
