"""Signs of presence as they come in, for the detector that never stops.

Only what is fresh counts: records that an import brings long after they arrived somewhere are
history, and history opens nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection

from unbroken.evidence import facts
from unbroken.evidence.models import Alarm, NasRestart
from unbroken.evidence.queries.presence import Names, kind_of_alarm
from unbroken.evidence.radius.records import OFF, ON, START, STOP, Record, cause_in_words
from unbroken.evidence.reading import Reading
from unbroken.evidence.silence import signs
from unbroken.evidence.silence.network import Network
from unbroken.evidence.silence.signs import Sign
from unbroken.ground.sql import text_of

FRESH = timedelta(minutes=10)
"""Who tells us later than this tells history."""

OVERLAP = 200
"""Numbers are drawn before they are committed: so many behind the last one are looked at again."""

BATCHES_MAX = 500


@dataclass
class Place:
    """How far each source was read: the last number, and which ones just behind it are read."""

    last: dict[str, int] = field(default_factory=dict)
    read: dict[str, set[int]] = field(default_factory=dict)

    def is_new(self, source: str, number: int) -> bool:
        """Whether it was not read yet; from now on it was."""
        known = self.read.setdefault(source, set())
        if number in known:
            return False
        known.add(number)
        if number > self.last.get(source, 0):
            self.last[source] = number
            self.read[source] = {one for one in known if one > number - 2 * OVERLAP}
        return True

    def start(self, source: str) -> int:
        """From which number on to look."""
        return self.last.get(source, 0) - OVERLAP


class Arriving:
    """What arrived since it was asked last."""

    def __init__(self, on: Network, names: Names, *, at: datetime) -> None:
        self.on = on
        self.names = names
        self.place = Place()
        self.status: dict[str, bool] = {}
        """By line: whether it was in sync when it was last told."""
        self._read = Reading()
        self._polled_at = at - timedelta(seconds=10)

    def since(self, mark: datetime, *, at: datetime) -> tuple[list[Sign], bool]:
        """What is new, in order of arrival; and whether there is more."""
        found, is_more = self._accounting(mark, at)
        found += self._restarts(at)
        found += self._alarms(at)
        if not is_more:
            found += self._links(at)
        found.sort()
        return found, is_more

    def _accounting(self, mark: datetime, at: datetime) -> tuple[list[Sign], bool]:
        with connection.cursor() as cursor:
            cursor.execute(
                text_of("evidence/queries/arriving_batches.sql"),
                {"after": self.place.start("batch"), "since": mark, "most": BATCHES_MAX},
            )
            batches = cursor.fetchall()
        found: list[Sign] = []
        for number, taken_at, entries in batches:
            if not self.place.is_new("batch", number):
                continue
            for record in self._read(bytes(entries)):
                if abs(taken_at - record.arrived_at) <= FRESH and (sign := self._of(record)):
                    found.append(sign)
        return found, len(batches) >= BATCHES_MAX

    def _of(self, record: Record) -> Sign | None:
        arrived, at = record.arrived_at.timestamp(), record.at.timestamp()
        if record.status in (ON, OFF):
            return None  # read from `nas_restart`, which knows whom it concerns
        service = self.names.service(record.user, record.circuit, record.address)
        if service is None:
            return None
        kind = {START: signs.START, STOP: signs.STOP}.get(record.status, signs.ALIVE)
        why = cause_in_words(record.cause) or "" if kind == signs.STOP else ""
        session = f"{record.nas} {record.session}"
        return Sign(arrived, at, kind, service, record.nas, session, why)

    def _restarts(self, at: datetime) -> Iterator[Sign]:
        rows = NasRestart.objects.filter(
            pk__gt=self.place.start("restart"), arrived_at__gt=at - FRESH
        )
        for one in rows.order_by("pk"):
            if self.place.is_new("restart", one.pk):
                kind = signs.NAS_UP if one.kind == "accounting_on" else signs.NAS_DOWN
                yield Sign(
                    one.arrived_at.timestamp(), one.at.timestamp(), kind, one.nas, one.nas,
                    ref=one.pk,
                )  # fmt: skip

    def _alarms(self, at: datetime) -> Iterator[Sign]:
        rows = Alarm.objects.filter(pk__gt=self.place.start("alarm"), received_at__gt=at - FRESH)
        for one in rows.order_by("pk"):
            kind = kind_of_alarm(self.on, one.resource, one.type, one.state)
            if self.place.is_new("alarm", one.pk) and kind:
                yield Sign(
                    one.received_at.timestamp(), one.at.timestamp(), kind, one.resource,
                    why=one.type, ref=one.pk,
                )  # fmt: skip

    def _links(self, at: datetime) -> Iterator[Sign]:
        since, self._polled_at = self._polled_at, at
        with connection.cursor() as cursor:
            cursor.execute(
                text_of("evidence/queries/arriving_links.sql"),
                {"name": facts.LINK_STATUS, "since": since, "at_most": since - FRESH},
            )
            told = cursor.fetchall()
        for resource, happened_at, received_at, status in told:
            before, is_up = self.status.get(resource), status == "Up"
            self.status[resource] = is_up
            if is_up is before or (is_up and before is None):
                continue
            kind = signs.LINE_BACK if is_up else signs.LINE_LOST
            yield Sign(
                received_at.timestamp(), happened_at.timestamp(), kind, resource,
                why=signs.LINK_STATUS,
            )  # fmt: skip
