"""What a price rests on: the costs that were set, the named settings, the past of the desk.

The past changes slowly and is dear to read: it is read once in five minutes for all who ask.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings

from unbroken.calendars import queries as calendars
from unbroken.directory import queries as directory
from unbroken.ground.kept import Kept, KeptMany
from unbroken.ground.sql import rows
from unbroken.promise.costs import Costs
from unbroken.promise.mixes import BEGINS, MixRow
from unbroken.promise.models import Agreement, CostSheet, Mix, Sale
from unbroken.promise.past import ANY_HOURS, Figure, Past, Promised, Took
from unbroken.promise.price import Price, price
from unbroken.promise.queries.terms import NamedAgreement, named_agreements, present_book
from unbroken.promise.sliders import RESTORE, BadSlider, Sliders, checked, from_json
from unbroken.staffing.load import BANDS, WEEKS_A_MONTH, Hours, hours_by_band, open_quarters

LOOKED_AT_MAX = 20_000
TIMED_MAX = 5_000
"""The last requests whose promises are looked at."""

LATELY = timedelta(days=91)
SPAN_MIN = timedelta(days=14)
SERVICES_MIN = 20
"""Of fewer days, or services, nothing can be said about a service a month."""

MONTH_SECONDS = 365.25 / 12 * 86_400
KEPT_SECONDS = 300.0
INSTEAD = {RESTORE: "time_to_resolve"}
"""What took at least as long, where the thing itself was not promised before."""


@dataclass(frozen=True, slots=True)
class _Came:
    """One line of `past_requests.sql`."""

    agreement: str
    band: str
    requests: int
    faults: int
    by_phone: int
    by_chat: int
    timed: int
    minutes: int
    first_at: datetime


@dataclass(frozen=True, slots=True)
class _Took:
    """One line of `past_took.sql`."""

    measure: str
    agreement: str
    used: list[float]
    elapsed: list[float]


@dataclass(frozen=True, slots=True)
class SaleRow:
    """The price of an agreement."""

    id: int
    version: int
    agreement: str
    agreement_version: int
    customer_id: int | None
    sliders: Sliders
    sums: Mapping[str, object]
    amount: Decimal
    currency: str
    costs_version: int
    edition: int
    sold_at: datetime


def costs() -> Costs:
    """The costs as they were last set; those they begin with where nobody set any."""
    sheet = CostSheet.objects.order_by("id").first()
    return Costs(sheet.values, sheet.currency, sheet.version) if sheet is not None else Costs({})


in_portal: Kept[bool] = Kept(lambda: bool(costs()["portal"]))
"""Whether customers reckon prices themselves."""


def costs_id() -> int:
    """The row of the costs, for its history; 0 while there is none."""
    return CostSheet.objects.order_by("id").values_list("pk", flat=True).first() or 0


def mixes(*, given_up: bool = False) -> list[MixRow]:
    """The named settings in their order: those the house comes with, and its own."""
    found = {one.key: one for one in BEGINS}
    for row in Mix.objects.all():
        found[row.key] = MixRow(
            row.key, row.name, from_json(row.sliders), row.place, row.is_on, row.pk, row.version
        )
    kept = [one for one in found.values() if one.is_on or given_up]
    return sorted(kept, key=lambda one: (one.place, one.name))


def mix(key: str) -> MixRow | None:
    """The setting of this name, also one that was given up."""
    return next((one for one in mixes(given_up=True) if one.key == key), None)


def sales(*, agreement: str | None = None, customer_ids: Sequence[int] = ()) -> list[SaleRow]:
    """What was sold, the latest first."""
    found = Sale.objects.order_by("-sold_at", "-id")
    if agreement is not None:
        found = found.filter(agreement=agreement)
    if customer_ids:
        found = found.filter(customer_id__in=list(customer_ids))
    return [
        SaleRow(
            row.pk, row.version, row.agreement, row.agreement_version, row.customer_id,
            from_json(row.sliders), row.sums, row.amount, row.currency, row.costs_version,
            row.edition, row.sold_at,
        )
        for row in found
    ]  # fmt: skip


def agreement_version(key: str) -> int:
    """How often an agreement was changed; 0 when there is none of that name."""
    found = Agreement.objects.filter(key=key).values_list("version", flat=True).first()
    return found or 0


def named(key: str) -> list[NamedAgreement]:
    """The agreement that was sold under this name, with its number."""
    return [one for one in named_agreements() if one.key == key]


def covers() -> list[tuple[str, str, float]]:
    """Calendars that can be sold: key, name, hours a week; the fewest hours first."""
    found = [
        (one.key, one.name, sum(hours_by_band(open_quarters(one.definition["week"])).values()))
        for one in calendars.stored_calendars()
    ]
    return sorted((one for one in found if one[2]), key=lambda one: (one[2], one[1]))


def cover_hours(key: str) -> Hours:
    """The open hours of a calendar a week, by band; BadSlider when there is none."""
    one = next((row for row in calendars.stored_calendars() if row.key == key), None)
    if one is None:
        raise BadSlider("cover", key)
    return hours_by_band(open_quarters(one.definition["week"]))


def priced(sliders: Sliders, *, at: datetime) -> Price:
    """The price of a setting as things stand; BadSlider when it cannot be set so."""
    present = costs()
    cover = cover_hours(sliders.cover)
    return price(checked(sliders), present, past(present, at=at), cover=cover)


_past: KeptMany[Past] = KeptMany(KEPT_SECONDS)


def past(present: Costs, *, at: datetime) -> Past:
    """What the desk knows of itself, with the assumptions of these costs where that is little."""
    return _past.get((present.version, at.date()), lambda: read_past(present, at=at))


def read_past(present: Costs, *, at: datetime) -> Past:
    """The same, read from the tables now."""
    zone = settings.UNBROKEN.timezone
    came = rows(
        _Came, "promise/queries/past_requests.sql", zone=zone, at=at, since=at - LATELY,
        limit=LOOKED_AT_MAX,
    )  # fmt: skip
    took = rows(_Took, "promise/queries/past_took.sql", at=at, limit=TIMED_MAX)
    span = at - min((one.first_at for one in came), default=at)
    months = span.total_seconds() / MONTH_SECONDS
    is_long = span >= SPAN_MIN
    least = int(present["cases_min"])
    requests = sum(one.requests for one in came)
    timed = sum(one.timed for one in came)
    services = directory.services_count() if is_long else 0

    def of_services(key: str, cases: int) -> Figure:
        if services < SERVICES_MIN or requests < least:
            return Figure(present[key])
        return Figure(cases / months / services, max(1, cases))

    def of_requests(key: str, cases: int) -> Figure:
        return Figure(cases / requests, requests) if requests >= least else Figure(present[key])

    minutes = sum(one.minutes for one in came) / timed if timed >= least else present["minutes"]
    return Past(
        requests=of_services("requests", requests),
        faults=of_services("faults", sum(one.faults for one in came)),
        minutes=Figure(minutes, timed if timed >= least else 0),
        phone_share=of_requests("phone_share", sum(one.by_phone for one in came)),
        chat_share=of_requests("chat_share", sum(one.by_chat for one in came)),
        pace=_pace(came, months, present) if is_long and requests >= least
        else present.by_band("pace"),
        pace_cases=requests if is_long and requests >= least else 0,
        promised=(_promised(came, months) if is_long else ()) or _assumed(present),
        took=_took(took),
    )  # fmt: skip


def _pace(came: Iterable[_Came], months: float, present: Costs) -> dict[str, float]:
    """Requests an hour in each band of the week."""
    whole = dict.fromkeys(BANDS, 0.0)
    for one in came:
        whole[one.band] += one.requests
    weeks = months * WEEKS_A_MONTH
    hours = {"day": 50, "evening": 48, "night": 70}
    return {band: whole[band] / weeks / hours[band] for band in BANDS}


def _promised(came: Iterable[_Came], months: float) -> tuple[Promised, ...]:
    """How many requests a month stand under which hours."""
    by_agreement: dict[str, int] = defaultdict(int)
    for one in came:
        by_agreement[one.agreement] += one.requests
    hours = _hours_of_agreements()
    return tuple(
        Promised(hours[key], count / months) for key, count in by_agreement.items() if key in hours
    )


def _assumed(present: Costs) -> tuple[Promised, ...]:
    """Everything that is assumed to come is assumed to be dealt with when it comes."""
    pace, hours = present.by_band("pace"), {"day": 50.0, "evening": 48.0, "night": 70.0}
    return tuple(
        Promised({**dict.fromkeys(BANDS, 0.0), band: hours[band]},
                 pace[band] * hours[band] * WEEKS_A_MONTH)
        for band in BANDS
    )  # fmt: skip


def _hours_of_agreements() -> dict[str, Hours]:
    weeks = {one.key: one.definition["week"] for one in calendars.stored_calendars()}
    return {
        key: hours_by_band(open_quarters(weeks[terms.calendar_key]))
        for key, terms in present_book().terms.items()
        if terms.calendar_key in weeks
    }


def _took(found: Iterable[_Took]) -> dict[tuple[str, str], Took]:
    """By measure: on each calendar's own hours, and on the wall for any."""
    calendar_of = {key: terms.calendar_key for key, terms in present_book().terms.items()}
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    for one in found:
        times[one.measure, ANY_HOURS] += one.elapsed
        if one.agreement in calendar_of:
            times[one.measure, calendar_of[one.agreement]] += one.used
    for wanted, instead in INSTEAD.items():
        for measure, cover in list(times):
            if measure == instead and (wanted, cover) not in times:
                times[wanted, cover] = times[instead, cover]
    return {key: Took(tuple(sorted(filter(math.isfinite, took)))) for key, took in times.items()}
