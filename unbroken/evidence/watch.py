"""The detector that never stops: hears what arrives, notes which elements fell silent.

Its memory is made anew from the records whenever it starts or the inventory changes, so nothing of
it is kept but how far it had come: what fell silent while nobody watched and still is, is noted;
what was over by then, and what imports tell of the past, never is.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction

from unbroken.directory.topology_queries import service_ids
from unbroken.evidence import actions
from unbroken.evidence.facts import PlannedWindow
from unbroken.evidence.queries.arriving import Arriving
from unbroken.evidence.queries.network import remembered
from unbroken.evidence.queries.presence import Names, network, presence
from unbroken.evidence.queries.silences import open_silences
from unbroken.evidence.queries.windows import planned_windows
from unbroken.evidence.silence import causes, signs
from unbroken.evidence.silence.fold import Detector
from unbroken.evidence.silence.found import SilentElement
from unbroken.evidence.silence.network import Network
from unbroken.evidence.silence.telling import Standing, after, news
from unbroken.evidence.state import outside
from unbroken.ground.actor import HOUSE

SOURCE = "silences"
"""Under which name the mark is kept."""

BACK_AT_MOST = timedelta(days=6)
"""An element that is silent for longer than that is told as over when we begin anew."""

NEAR = timedelta(minutes=15)
FORGET = timedelta(hours=1)
WINDOWS_FRESH = timedelta(seconds=30)


@dataclass
class Followed:
    """A silence that was noted, the detector's own idea of it, and how it was told last."""

    id: int
    silence: SilentElement
    told: Standing


class Watch:
    """Call `look` every few seconds. One of them watches at a time."""

    def __init__(self, *, at: datetime) -> None:
        mark = outside.mark_of(SOURCE)
        self.mark = datetime.fromisoformat(mark) if mark else at
        self._begin(at)

    def _begin(self, at: datetime) -> None:
        noted = open_silences()
        earliest = min((since for _, since in noted.values()), default=at)
        self._inventory = _shape(remembered().network)
        self.network, services = network()
        self.numbers = service_ids([one.key for one in services])
        self.detector = Detector(self.network)
        past = presence(self.network, services, since=max(earliest, at - BACK_AT_MOST), until=at)
        self.detector.hear_all(past)
        self.detector.advance(at.timestamp())
        self.arriving = Arriving(self.network, Names(services), at=at)
        self.arriving.status = {
            sign.subject: sign.kind == signs.LINE_BACK
            for sign in past
            if sign.why == signs.LINK_STATUS
        }
        self._windows: tuple[datetime, list[PlannedWindow]] = (datetime.min.replace(tzinfo=UTC), [])
        self._heard_from = at - timedelta(minutes=1)
        self._old = {id(one): one for one in self.detector.silent if self._is_history(one)}
        self.followed: list[Followed] = []
        self._take_up(noted, at)

    def _is_history(self, one: SilentElement) -> bool:
        return one.detected_at <= self.mark.timestamp() or one.until is not None

    def _take_up(self, noted: dict[int, tuple[Standing, datetime]], at: datetime) -> None:
        """Silences that were noted before, with what the records say of them now."""
        for number, (told, since) in noted.items():
            match = [
                one
                for one in self.detector.silent
                if one.element == told.element
                and abs(one.since - since.timestamp()) <= NEAR.total_seconds()
            ]
            one = match[-1] if match else self._ended(told, since, at)
            self._old.pop(id(one), None)
            self.followed.append(Followed(number, one, told))

    def _ended(self, told: Standing, since: datetime, at: datetime) -> SilentElement:
        """The records know nothing of it any more: it is over, whoever was away is heard."""
        return SilentElement(
            told.element, since.timestamp(), since.timestamp(), until=at.timestamp()
        )

    def look(self, *, at: datetime) -> bool:
        """Hear what arrived, note what is new; True when more waits."""
        self._notice_inventory(at)
        found, is_more = self.arriving.since(self._heard_from, at=at)
        self.detector.hear_all(found)
        if not is_more:
            self.detector.advance(at.timestamp())
        with transaction.atomic():
            self._note(at)
            outside.set_mark(SOURCE, at.isoformat(), at=at)
        self.mark = at
        self._forget(at)
        return is_more

    def _notice_inventory(self, at: datetime) -> None:
        if _shape(remembered().network) != self._inventory:
            self._begin(at)

    def _note(self, at: datetime) -> None:
        known = {id(one.silence) for one in self.followed}
        gone = [one for one in self.followed if not self._is_there(one)]
        for silence in self.detector.silent:
            if id(silence) in self._old or id(silence) in known:
                continue
            now = self._standing(silence, at)
            part = next((one for one in gone if self._is_part(one, now)), None)
            if part is not None:
                gone.remove(part)
                part.silence = silence
            else:
                self._note_new(silence, now, at)
        for one in list(self.followed):
            if one in gone:
                self._merge(one, at)
            else:
                self._follow(one, at)

    def _is_there(self, one: Followed) -> bool:
        return one.silence.until is not None or any(
            found is one.silence for found in self.detector.silent
        )

    def _is_part(self, one: Followed, now: Standing) -> bool:
        return len(one.told.away.keys() & now.away.keys()) * 2 >= len(one.told.away)

    def _note_new(self, silence: SilentElement, now: Standing, at: datetime) -> None:
        number = actions.note_silence(
            standing=now,
            since=_time(silence.since),
            detected_at=_time(silence.detected_at),
            by=HOUSE,
            at=at,
        )
        told = Standing(now.element, now.cause, now.announced, now.overran, now.away)
        self.followed.append(Followed(number, silence, told))

    def _merge(self, one: Followed, at: datetime) -> None:
        self.followed.remove(one)
        for other in self.followed:
            if self._is_part(one, self._standing(other.silence, at)):
                actions.merge_silence(silence_id=one.id, into=other.id, by=HOUSE, at=at)
                return
        one.silence = self._ended(one.told, at, at)
        self._follow(one, at)

    def _follow(self, one: Followed, at: datetime) -> None:
        now = self._standing(one.silence, at, before=one.told)
        told = list(news(one.told, now))
        if told:
            actions.follow_silence(silence_id=one.id, news=told, now=now, by=HOUSE, at=at)
            one.told = after(one.told, now)

    def _standing(
        self, silence: SilentElement, at: datetime, *, before: Standing | None = None
    ) -> Standing:
        away = {
            self.numbers[key]: int(silence.affected[key].at)
            for key in sorted(silence.away)
            if key in self.numbers
        }
        back: dict[int, int] = {}
        keys = {number: key for key, number in self.numbers.items()} if before else {}
        for number in before.away if before else ():
            line = self.detector.lines.get(keys.get(number, ""))
            if number not in away and line is not None and line.is_up:
                back[number] = int(line.heard_at)
        until = None if silence.until is None else int(silence.until)
        if before is not None and not silence.affected:
            return Standing(
                before.element, before.cause, before.announced, before.overran, away, back, until
            )
        window = causes.announced(self.network, silence, self._planned(at))
        overran = window is not None and (until or at.timestamp()) > window.until.timestamp()
        return Standing(
            element=silence.element,
            cause=causes.cause_of_work(overran=overran)
            if window
            else causes.cause_of(self.network, silence),
            announced=window.key if window else "",
            overran=overran,
            away=away,
            back=back,
            until=until,
        )

    def _planned(self, at: datetime) -> list[PlannedWindow]:
        if at - self._windows[0] > WINDOWS_FRESH:
            found = planned_windows(since=at - BACK_AT_MOST, until=at, known_by=at)
            self._windows = (at, found)
        return self._windows[1]

    def _forget(self, at: datetime) -> None:
        """What is over for an hour is not heard of again."""
        limit = (at - FORGET).timestamp()
        silent = self.detector.silent
        silent[:] = [one for one in silent if one.until is None or one.until > limit]
        kept = {id(one) for one in silent}
        self._old = {number: one for number, one in self._old.items() if number in kept}
        self.followed = [
            one for one in self.followed if one.silence.until is None or one.silence.until > limit
        ]


def _shape(on: Network) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """What hangs on what: the detector counts by that."""
    return on.resource_of, {key: element.parents for key, element in on.elements.items()}


def _time(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
