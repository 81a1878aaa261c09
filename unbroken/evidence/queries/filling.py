"""The weekly lists of links that fill up, as pages show them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from unbroken.ground.sql import rows

LISTS_MAX = 12


@dataclass(frozen=True, slots=True)
class FillingWeek:
    """One list and what became of its links; see `FillingList`."""

    monday: date
    made_at: datetime
    is_backcast: bool
    links: int
    looked_at: int
    calm: int
    entries: int
    said: int
    sooner: int
    later: int
    widened: int
    open: int
    unknown: int

    @property
    def decided(self) -> int:
        """Of so many it is known whether they came as said."""
        return self.said + self.sooner + self.later


@dataclass(frozen=True)
class LinkRow:
    """A link on a list; see `FillingLink`. Days as dates of the calendar; None: not in a year."""

    id: int
    monday: date
    link: str
    service_id: int | None
    service: str
    customer_id: int | None
    customer: str
    product: str
    technology: str
    monthly_price: float | None
    currency: str
    name: str
    kind: str
    place: str
    owner: str
    owner_name: str
    services: int
    kbit: int
    level: float
    a_week: float
    is_full: bool
    soonest: int | None
    likely: int | None
    latest: int | None
    quarter: float
    weeks_told: str
    fan_told: str
    became: str
    became_on: date | None
    ticket_id: int | None

    @property
    def is_shared(self) -> bool:
        """Whether it is a way that several share."""
        return self.service_id is None

    def on(self, days: int | None) -> date | None:
        """So many days after its Monday."""
        return None if days is None else self.monday + timedelta(days=days)

    @cached_property
    def weeks(self) -> list[tuple[int, float]]:
        """Busy hours of weeks, −1 the last."""
        return [(int(week), float(share)) for week, share in json.loads(self.weeks_told)]

    @cached_property
    def fan(self) -> list[tuple[int, float, float, float]]:
        """Low, middle and high of each week ahead."""
        return [tuple(part) for part in json.loads(self.fan_told)]


def latest_lists() -> list[FillingWeek]:
    """The last twelve, the latest first."""
    return rows(FillingWeek, "evidence/queries/filling_lists.sql", limit=LISTS_MAX)


def links_on(monday: date) -> list[LinkRow]:
    """The links of one list: full ones first, then by when they are likely full."""
    return rows(LinkRow, "evidence/queries/filling_page.sql", monday=monday, service=None)


def latest_of(service_id: int) -> LinkRow | None:
    """This line as it stands on the latest list; None: it is not there."""
    found = rows(LinkRow, "evidence/queries/filling_page.sql", monday=None, service=service_id)
    return found[0] if found else None


def came_as_said(lists: Sequence[FillingWeek]) -> tuple[int, int]:
    """How many links were full between the days that were said, of so many that are decided."""
    return sum(one.said for one in lists), sum(one.decided for one in lists)
