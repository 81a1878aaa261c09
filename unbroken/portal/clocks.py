"""Times as a customer reads them: in their own zone, or with the zone named."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from unbroken.ground.clock import now
from unbroken.ground.time_words import day, when
from unbroken.ground.words import _, in_language

TODAY, TOMORROW = _("today, {time}"), _("tomorrow, {time}")
DAY_AND_TIME = _("{day}, {time}")
IN_ZONE = _("{time} ({zone})")


@dataclass(frozen=True, slots=True)
class Clock:
    """The reader's clock. `zone` is empty where it is not on record: then the browser's counts."""

    zone: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether we know where they are."""
        return bool(self.zone)

    def moment(self, at: datetime) -> str:
        """When something happened, short."""
        return self._named(when(at, now(), self.zone or "UTC"))

    def by(self, at: datetime) -> str:
        """A promised time: today, 17:30; tomorrow, 09:00; Tuesday, 3 November 2026, 09:00."""
        local, present = at.astimezone(self._place), now().astimezone(self._place)
        time = f"{local:%H:%M}"
        if local.date() == present.date():
            return self._named(in_language(TODAY, time=time))
        if local.date() == present.date() + timedelta(days=1):
            return self._named(in_language(TOMORROW, time=time))
        long = day(at, self.zone or "UTC")
        return self._named(in_language(DAY_AND_TIME, day=long, time=time))

    def is_past(self, at: datetime) -> bool:
        """Whether that is over already."""
        return at < now()

    @property
    def _place(self) -> ZoneInfo:
        return ZoneInfo(self.zone or "UTC")

    def _named(self, text: str) -> str:
        return text if self.zone else in_language(IN_ZONE, time=text, zone="UTC")
