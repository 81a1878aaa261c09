"""How long a span of working time is, and when so much of it has passed.

An instant counts when its wall clock lies in an open interval, and what counts is
counted in real seconds: a Sunday of 23 or 25 hours is as long as it is. The due
instant is the earliest one with so many seconds counted, so closing time still
belongs to its day. Nothing here knows for whom.

Inside, time is whole microseconds since 1970. Open intervals are laid out per block of
61 days when first asked for; a question is then two bisections.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from threading import Lock
from typing import Final
from zoneinfo import ZoneInfo

from unbroken.calendars import definition
from unbroken.calendars.definition import DAY_SECONDS, BadCalendar, Definition
from unbroken.ground.words import _

Pause = tuple[datetime, datetime | None]
Span = tuple[int, int | None]

SECOND: Final = 1_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_BLOCK_SECONDS: Final = 61 * DAY_SECONDS
_BLOCK: Final = _BLOCK_SECONDS * SECOND
# Two days from the ends of what a date can be, so that every time zone can still print it.
_FIRST = int((datetime(1, 1, 3, tzinfo=UTC) - _EPOCH).total_seconds())
_LAST = int((datetime(9999, 12, 30, tzinfo=UTC) - _EPOCH).total_seconds())
_LAST_BLOCK = (_LAST - 1) // _BLOCK_SECONDS
_BLOCKS_KEPT = 256


class TooFar(BadCalendar):
    """The answer, or the question, lies where no date can be written."""


@dataclass(frozen=True, slots=True)
class Block:
    """The open intervals of 61 days; `after[i]` is all that counted up to `ends[i]`."""

    starts: Sequence[int]
    ends: Sequence[int]
    after: Sequence[int]

    @property
    def total(self) -> int:
        return self.after[-1] if self.after else 0

    def counted_until(self, instant: int) -> int:
        """What counted from the block's beginning up to this instant."""
        i = bisect_right(self.starts, instant) - 1
        if i < 0:
            return 0
        late = self.ends[i] - instant
        return self.after[i] - late if late > 0 else self.after[i]

    def instant_of(self, counted: int) -> int:
        """The earliest instant by which so much has counted (1 … total)."""
        i = bisect_left(self.after, counted)
        return self.ends[i] - self.after[i] + counted


class Calendar:
    """Working hours that can be asked."""

    def __init__(self, hours: Definition) -> None:
        self.hours = hours
        self.zone = hours.zone
        self._blocks: dict[int, Block] = {}
        self._totals: dict[int, int] = {}
        self._laying_out = Lock()

    @staticmethod
    def read(source: object) -> "Calendar":
        """From its JSON form; BadCalendar says what to correct."""
        return Calendar(definition.read(source))

    def due(self, start: datetime, seconds: float, pauses: Sequence[Pause] = ()) -> datetime | None:
        """The earliest instant with `seconds` counted since `start`.

        None when it never comes: never open, or paused with time left. For 0 seconds
        it is the first instant that counts, `start` itself if that does.
        """
        need = _in_micros(seconds)
        if pauses:
            due = self._due_between_pauses(instant(start), need, spans(pauses))
        else:
            due = self._due(instant(start), need)
        return None if due is None else self._date(due)

    def worked(self, since: datetime, until: datetime, pauses: Sequence[Pause] = ()) -> float:
        """How many seconds counted from `since` to `until`; whole ones as an int."""
        first, last = instant(since), instant(until)
        if last < first:
            raise BadCalendar(_("The end lies before the beginning."))
        counted = self._between(first, last)
        for begins, ends in spans(pauses):
            begins = max(begins, first)
            ends = last if ends is None else min(ends, last)
            if begins < ends:
                counted -= self._between(begins, ends)
        return counted // SECOND if counted % SECOND == 0 else counted / SECOND

    def stretches(self, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
        """What counts between two instants, stretch by stretch; hours that touch are one."""
        first, last = instant(since), instant(until)
        found: list[tuple[int, int]] = []
        for index in range(first // _BLOCK, last // _BLOCK + 1):
            block = self._block(index)
            for start, end in zip(block.starts, block.ends, strict=True):
                start, end = max(start, first), min(end, last)
                if start >= end:
                    continue
                if found and found[-1][1] == start:
                    start = found.pop()[0]
                found.append((start, end))
        return [(self._date(start), self._date(end)) for start, end in found]

    def is_open(self, at: datetime) -> bool:
        """Does this instant count?"""
        moment = instant(at)
        return self._between(moment, moment + 1) == 1

    def next_opening(self, at: datetime) -> datetime | None:
        """The first instant that counts, `at` itself if it does; None if there is none."""
        opening = self._first_open(instant(at))
        return None if opening is None else self._date(opening)

    def closes_at(self, at: datetime) -> datetime:
        """The first instant from `at` on that does not count; at most some two months on."""
        position = instant(at)
        for _again in range(2):
            block = self._block(position // _BLOCK)
            here = bisect_right(block.starts, position) - 1
            if here < 0 or block.ends[here] <= position:
                break
            position = block.ends[here]
        return self._date(position)

    def _due_between_pauses(self, position: int, need: int, pauses: list[Span]) -> int | None:
        for begins, ends in pauses:
            if ends is not None and ends <= position:
                continue
            if begins > position:
                if need == 0:
                    opening = self._first_open(position)
                    if opening is None or opening < begins:
                        return opening
                else:
                    counted = self._between(position, begins)
                    if counted >= need:
                        return self._due(position, need)
                    need -= counted
            if ends is None:
                return None
            position = ends
        return self._due(position, need)

    def _due(self, start: int, need: int) -> int | None:
        if need == 0:
            return self._first_open(start)
        if self.hours.is_never_open:
            return None
        index = start // _BLOCK
        need += self._block(index).counted_until(start)
        while need > (total := self._total(index)):
            need -= total
            index += 1
            if self._is_closed_for_good(index):
                return None
            if need > (_LAST_BLOCK - index + 1) * _BLOCK:
                self._refuse_if_ever_open(start)
                return None
        return self._block(index).instant_of(need)

    def _refuse_if_ever_open(self, start: int) -> None:
        if self._first_open(start) is not None:
            raise TooFar(_("That is due after the year 9999."))

    def _first_open(self, start: int) -> int | None:
        """Where the first counting microsecond begins."""
        if self.hours.is_never_open:
            return None
        index = start // _BLOCK
        counted = self._block(index).counted_until(start)
        while counted == self._total(index):
            index, counted = index + 1, 0
            if index > _LAST_BLOCK or self._is_closed_for_good(index):
                return None
        return self._block(index).instant_of(counted + 1) - 1

    def _is_closed_for_good(self, index: int) -> bool:
        """Whether no hours hold any more in this block and after it."""
        since = self.hours.closed_since
        return since is not None and index * _BLOCK_SECONDS > (since + 1) * DAY_SECONDS

    def _between(self, first: int, last: int) -> int:
        index, end = first // _BLOCK, last // _BLOCK
        counted = -self._block(index).counted_until(first)
        while index < end:
            counted += self._total(index)
            index += 1
        return counted + self._block(end).counted_until(last)

    def _date(self, micros: int) -> datetime:
        return (_EPOCH + timedelta(microseconds=micros)).astimezone(self.zone)

    def _total(self, index: int) -> int:
        total = self._totals.get(index)
        return self._block(index).total if total is None else total

    def _block(self, index: int) -> Block:
        block = self._blocks.get(index)
        if block is None:
            block = _lay_out(self.hours, index)
            with self._laying_out:
                if len(self._blocks) >= _BLOCKS_KEPT:
                    self._blocks.pop(next(iter(self._blocks)))
                self._blocks[index] = block
                self._totals[index] = block.total
        return block


def instant(at: datetime) -> int:
    """Whole microseconds since 1970; BadCalendar for a time that has no offset."""
    try:
        passed = at - _EPOCH
    except TypeError as error:
        sentence = _("“{time}” has no offset: write 2026-05-24T12:00:00+02:00.")
        raise BadCalendar(sentence, time=at) from error
    seconds = passed.days * DAY_SECONDS + passed.seconds
    if not _FIRST <= seconds < _LAST:
        raise TooFar(_("“{time}” is outside the years 1 to 9999."), time=at)
    return seconds * SECOND + passed.microseconds


def spans(pauses: Sequence[Pause]) -> list[Span]:
    """Pauses in order, joined where they touch or overlap; the last one may be open."""
    joined: list[Span] = []
    for begins, ends in sorted(map(_span, pauses), key=lambda span: span[0]):
        last = joined[-1][1] if joined else begins - 1
        if last is None:
            break
        if begins > last:
            joined.append((begins, ends))
        elif ends is None or ends > last:
            joined[-1] = (joined[-1][0], ends)
    return joined


def do_overlap(pauses: Sequence[Pause]) -> bool:
    """Does one pause begin before another has ended?"""
    ordered = sorted(map(_span, pauses), key=lambda span: span[0])
    latest = None
    for begins, ends in ordered:
        if latest is not None and begins < latest:
            return True
        ended = _LAST * SECOND if ends is None else ends
        latest = ended if latest is None else max(latest, ended)
    return False


def _span(pause: Pause) -> Span:
    begins, ends = instant(pause[0]), None if pause[1] is None else instant(pause[1])
    if ends is not None and ends < begins:
        raise BadCalendar(_("A pause ends before it begins ({time})."), time=pause[0].isoformat())
    return begins, ends


def _in_micros(seconds: float) -> int:
    if not 0 <= seconds < float("inf"):
        raise BadCalendar(_("Seconds are a number from 0 upward, not {seconds}."), seconds=seconds)
    return seconds * SECOND if isinstance(seconds, int) else round(seconds * SECOND)


def _lay_out(hours: Definition, index: int) -> Block:
    """All open intervals of a block, as real time: wall-clock hours mapped piece by piece.

    Between two changes of the zone's offset, real time is wall-clock time less the offset.
    An hour that a change skips is in no piece; one that it repeats is in two.
    """
    starts: list[int] = []
    ends: list[int] = []
    pieces = _pieces(hours.zone, index)
    years = (_year(pieces[0][0]) - 1, _year(pieces[-1][1]) + 1) if pieces else (1970, 1970)
    spells = hours.spells(*years)
    for begins, finishes, offset in pieces:
        last_day = (finishes + offset - 1) // DAY_SECONDS
        for day in range((begins + offset) // DAY_SECONDS, last_day + 1):
            _until, spell, days_off = next(one for one in spells if day < one[0])
            if day in days_off:
                continue
            midnight = day * DAY_SECONDS - offset
            for opens, closes in spell.week[(day + 3) % 7]:  # 1970-01-01 was a Thursday
                start = max(midnight + opens, begins)
                end = min(midnight + closes, finishes)
                if start >= end:
                    continue
                if ends and ends[-1] == start:
                    ends[-1] = end
                else:
                    starts.append(start)
                    ends.append(end)
    return _block_of(starts, ends)


def _block_of(starts: list[int], ends: list[int]) -> Block:
    after, counted = [], 0
    for start, end in zip(starts, ends, strict=True):
        counted += end - start
        after.append(counted * SECOND)
    return Block([s * SECOND for s in starts], [e * SECOND for e in ends], after)


@lru_cache(maxsize=2048)
def _pieces(zone: ZoneInfo, index: int) -> tuple[tuple[int, int, int], ...]:
    """The block cut where the zone's offset changes: begin, end, offset, in seconds.

    One look a day is enough: no zone has ever changed its offset twice within three days.
    """
    begin = max(index * _BLOCK_SECONDS, _FIRST)
    end = min((index + 1) * _BLOCK_SECONDS, _LAST)
    pieces: list[tuple[int, int, int]] = []
    if begin >= end:
        return ()
    since, offset, before = begin, _offset(zone, begin), begin
    for second in (*range(begin + DAY_SECONDS, end, DAY_SECONDS), end):
        here = _offset(zone, second)
        if here != offset:
            change = _change(zone, before, second, offset)
            pieces.append((since, change, offset))
            since, offset = change, here
        before = second
    if since < end:
        pieces.append((since, end, offset))
    return tuple(pieces)


def _change(zone: ZoneInfo, low: int, high: int, offset: int) -> int:
    """The first second at which the offset is no longer this one."""
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, middle) == offset:
            low = middle
        else:
            high = middle
    return high


def _year(second: int) -> int:
    return (_EPOCH + timedelta(seconds=second)).year


def _offset(zone: ZoneInfo, second: int) -> int:
    offset = (_EPOCH + timedelta(seconds=second)).astimezone(zone).utcoffset()
    assert offset is not None
    return offset.days * DAY_SECONDS + offset.seconds
