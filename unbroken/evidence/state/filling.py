"""Busy hours of links, weekly lists of those that fill up, who plans for them: working state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from unbroken.evidence.filling.becoming import OPEN, WIDENED, Became
from unbroken.evidence.filling.forecast import Filling
from unbroken.evidence.filling.weeks import Added, Link, Week
from unbroken.evidence.models_filling import FillingLink, FillingList, FillingPlanners, LinkWeek

SAME_FOR = timedelta(weeks=26)
"""A request about a link stands for lists of so long: it is not made again every week."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A link on a list, with how many services hang on it."""

    told: Filling
    service_id: int | None
    services: int
    kbit: int


@dataclass(frozen=True, slots=True)
class Made:
    """One list as it was made."""

    monday: date
    is_backcast: bool
    links: int
    looked_at: int
    calm: int
    entries: Sequence[Listed]


@dataclass(frozen=True, slots=True)
class Entry:
    """A link on a list of which it is not known yet what becomes of it."""

    id: int
    link: str
    monday: date
    soonest: int | None
    latest: int | None


def keep_weeks(added: Sequence[Added]) -> None:
    """Each once; added up again it is the same."""
    LinkWeek.objects.bulk_create(
        [
            LinkWeek(link=one.link, service_id=one.service_id, monday=one.week.monday,
                     kbit=one.week.kbit, shares=list(one.week.shares))
            for one in added
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def known_links() -> list[tuple[str, int | None]]:
    """Every link of which a week is known, and whose alone it is."""
    found = LinkWeek.objects.order_by("link", "-monday").distinct("link")
    return list(found.values_list("link", "service_id"))


def first_week() -> date | None:
    """The Monday of the first week of which anything is known."""
    return LinkWeek.objects.order_by("monday").values_list("monday", flat=True).first()


def links_of(keys: Sequence[str], since: date) -> list[Link]:
    """Their weeks since then."""
    weeks: dict[str, list[Week]] = {key: [] for key in keys}
    found = LinkWeek.objects.filter(link__in=list(keys), monday__gte=since).order_by("monday")
    for one in found:
        weeks[one.link].append(Week(one.monday, one.kbit, tuple(one.shares)))
    return [Link(key, tuple(some)) for key, some in weeks.items()]


def mondays() -> frozenset[date]:
    """The Mondays of which there is a list."""
    return frozenset(FillingList.objects.values_list("monday", flat=True))


def open_entries() -> list[Entry]:
    """Those that may still come true."""
    found = FillingLink.objects.filter(became=OPEN).select_related("list")
    return [Entry(one.pk, one.link, one.list.monday, one.soonest, one.latest) for one in found]


def keep(made: Sequence[Made], became: Mapping[int, Became], *, at: datetime) -> None:
    """New lists and what became of older ones, together or not at all. A list is made once."""
    with transaction.atomic():
        for entry_id, what in became.items():
            FillingLink.objects.filter(pk=entry_id).update(became=what.what, became_on=what.on)
        for one in made:
            row, is_new = FillingList.objects.get_or_create(
                monday=one.monday,
                defaults={"made_at": at, "is_backcast": one.is_backcast, "links": one.links,
                          "looked_at": one.looked_at, "calm": one.calm},
            )  # fmt: skip
            if is_new:
                asked = _asked_before(one.monday)
                FillingLink.objects.bulk_create(
                    _entry(row, link, asked.get(link.told.key)) for link in one.entries
                )


def _asked_before(monday: date) -> dict[str, int]:
    """By link: the request that was made of it, unless it was widened since."""
    found = FillingLink.objects.filter(
        list__monday__lt=monday, list__monday__gte=monday - SAME_FOR, ticket_id__isnull=False
    ).exclude(became=WIDENED)
    return {link: ticket for link, ticket in found.values_list("link", "ticket_id") if ticket}


def _entry(row: FillingList, one: Listed, ticket_id: int | None) -> FillingLink:
    told = one.told
    return FillingLink(
        list=row, link=told.key, service_id=one.service_id, services=one.services, kbit=one.kbit,
        level=told.level, a_week=told.a_week, is_full=told.is_full, soonest=told.soonest,
        likely=told.likely, latest=told.latest, quarter=told.quarter,
        weeks=[list(week) for week in told.weeks], fan=[list(part) for part in told.fan],
        became=OPEN, ticket_id=ticket_id,
    )  # fmt: skip


def lock_link(entry_id: int) -> FillingLink | None:
    """This one alone, until the transaction is over: a request is made of it once."""
    return FillingLink.objects.select_for_update().filter(pk=entry_id).first()


def note_ticket(link: str, ticket_id: int, *, since: date) -> None:
    """A request was made of this link; the lists since then say so."""
    FillingLink.objects.filter(link=link, list__monday__gte=since).update(ticket_id=ticket_id)


def planners() -> int | None:
    """The team to which shared links go by themselves."""
    return FillingPlanners.objects.values_list("team_id", flat=True).first()


def choose_planners(team_id: int | None) -> None:
    """From now on, or nobody."""
    if team_id is None:
        FillingPlanners.objects.all().delete()
    else:
        FillingPlanners.objects.update_or_create(pk=1, defaults={"team_id": team_id})


def drop_lists(before: date) -> int:
    """Lists and weeks of before this go."""
    with transaction.atomic():
        old = FillingList.objects.filter(monday__lt=before)
        FillingLink.objects.filter(list__in=old).delete()
        gone = LinkWeek.objects.filter(monday__lt=before).delete()[0]
        return gone + int(old.delete()[0])
