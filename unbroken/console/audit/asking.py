"""What of the record is asked for, as the address says it. Pure but for the reader's time zone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from unbroken.ground.words import Phrase, _
from unbroken.staffing.state import traces

ANYBODY, THE_HOUSE = "", "house"
GROUPS: Mapping[str, Phrase] = {
    "": _("Everything"),
    "changes": _("What was changed"),
    "reading": _("What was read outside one's queues"),
    "signing": _("Signing in and out"),
    "failed": _("Failed sign-ins"),
    "taken": _("Exported, erased, expired"),
}
_ONLY: Mapping[str, tuple[str, ...] | None] = {
    "": None,
    "changes": None,
    "reading": (traces.READ,),
    "signing": (traces.SIGNED_IN, traces.SIGNED_OUT, traces.FAILED),
    "failed": (traces.FAILED,),
    "taken": (traces.EXPORTED, "house.erased", "house.expired"),
}
MICROSECOND = timedelta(microseconds=1)
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
_THING = re.compile(r"[a-z_]{1,30}(:[a-z0-9_.-]{1,60})?")
_PLACE = re.compile(r"(\d{1,18})-([et])-(\d{1,18})")


@dataclass(frozen=True, slots=True)
class Place:
    """Where one page ends and the next begins."""

    at: datetime = LATEST
    source: str = "z"
    id: int = 2**62

    def __str__(self) -> str:
        return f"{(self.at - EARLIEST) // MICROSECOND}-{self.source}-{self.id}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose deeds, of which kind, when, on which thing."""

    who: str = ""
    group: str = ""
    thing: str = ""
    since: date | None = None
    until: date | None = None
    place: Place = Place()

    def params(self, zone: str, *, limit: int) -> dict[str, Any]:
        """As the queries take it."""
        return {
            "with_events": self.group in ("", "changes", "taken"),
            "with_traces": self.group != "changes",
            "only": list(only) if (only := _ONLY[self.group]) else None,
            "who": self.who or None,
            "thing": self.thing or None,
            "since": _midnight(self.since, zone) if self.since else EARLIEST,
            "until": _midnight(self.until, zone, days=1) if self.until else LATEST,
            "before_at": self.place.at,
            "before_source": self.place.source,
            "before_id": self.place.id,
            "limit": limit,
        }

    @property
    def of_ticket(self) -> bool:
        """Whether one request is asked about."""
        return self.thing.startswith("ticket:")

    def address(self, place: Place | None = None) -> str:
        """What stands behind the question mark."""
        told = {
            "who": self.who,
            "kind": self.group,
            "thing": self.thing,
            "from": self.since.isoformat() if self.since else "",
            "to": self.until.isoformat() if self.until else "",
            "before": str(place) if place else "",
        }
        return urlencode({key: value for key, value in told.items() if value})


def read(said: Mapping[str, str]) -> Wanted:
    """The address read; what makes no sense in it counts as not said."""
    who, thing = said.get("who", ""), said.get("thing", "").strip().lower().lstrip("#")
    wanted = Wanted(
        who=who if re.fullmatch(r"agent:\d{1,15}", who) or who == THE_HOUSE else ANYBODY,
        group=said.get("kind", "") if said.get("kind") in GROUPS else "",
        thing=_thing(thing),
        since=_date(said.get("from", "")),
        until=_date(said.get("to", "")),
    )
    place = _PLACE.fullmatch(said.get("before", ""))
    if place is None:
        return wanted
    at = EARLIEST + min(int(place[1]), 10**17) * MICROSECOND
    return replace(wanted, place=Place(at, place[2], int(place[3])))


def _thing(text: str) -> str:
    if text.isascii() and text.isdigit() and len(text) < 16:
        return f"ticket:{text}"
    return text if _THING.fullmatch(text) else ""


def _date(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 1990 <= found.year < 8000 else None


def _midnight(day: date, zone: str, *, days: int = 0) -> datetime:
    return datetime.combine(day + timedelta(days=days), time(), ZoneInfo(zone))
