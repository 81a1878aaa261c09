"""Times as a customer reads them: in their own zone, or with the zone named."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton

from unbroken.ground.clock import now
from unbroken.ground.time_words import when
from unbroken.ground.words import _, current_language, in_language

TODAY, TOMORROW = _("{time} today"), _("{time} tomorrow")
DAY_AND_TIME = _("{day}, {time}")
IN_ZONE = _("{time} ({zone})")


@dataclass(frozen=True, slots=True)
class Clock:
    """The reader's clock. `zone` is empty where it is not on record: then the browser's counts.

    What the page says without the browser's help is then in the zone that the time was promised
    in (the agreement's), else UTC, and says so.
    """

    zone: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether we know where they are."""
        return bool(self.zone)

    def moment(self, at: datetime) -> str:
        """When something happened, short."""
        return self._named(when(at, now(), self._zone_for(at)), at)

    def by(self, at: datetime) -> str:
        """A promised time: 17:30 today; 09:00 tomorrow; Tue, 3 Nov, 09:00."""
        place = ZoneInfo(self._zone_for(at))
        local, present = at.astimezone(place), now().astimezone(place)
        time = f"{local:%H:%M}"
        if local.date() == present.date():
            return self._named(in_language(TODAY, time=time), at)
        if local.date() == present.date() + timedelta(days=1):
            return self._named(in_language(TOMORROW, time=time), at)
        day = format_skeleton("MMMEd", local, locale=current_language())
        return self._named(in_language(DAY_AND_TIME, day=day, time=time), at)

    def is_past(self, at: datetime) -> bool:
        """Whether that is over already."""
        return at < now()

    def _zone_for(self, at: datetime) -> str:
        own = at.tzinfo.key if isinstance(at.tzinfo, ZoneInfo) else None
        return self.zone or own or "UTC"

    def _named(self, text: str, at: datetime) -> str:
        return text if self.zone else in_language(IN_ZONE, time=text, zone=self._zone_for(at))
