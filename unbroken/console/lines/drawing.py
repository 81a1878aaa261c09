"""Where ribbons, marks, dots and curves of a line stand. Pure.

Across, places are shares of the width, so that a picture fits a phone and a wall; down, pixels. A
kind of break has a colour and a mark of its own, and in the ribbon a lane of its own too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton

from unbroken.evidence.ribbon import KINDS, Break, Stretch
from unbroken.ground.words import current_language

BAND_TOP, BAND_HEIGHT = 4, 20
LANE_HEIGHT = 15
FOOT = 20
HOUR_HEIGHT = 8
GUTTER = 6.0
"""Left of the hours, in per cent."""


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when a picture reaches, in the reader's zone."""

    since: datetime
    until: datetime
    zone: ZoneInfo

    def x(self, at: datetime, *, left: float = 0.0) -> float:
        """Where an instant stands, in per cent."""
        whole = (self.until - self.since).total_seconds() or 1.0
        share = (at - self.since).total_seconds() / whole
        return round(left + min(1.0, max(0.0, share)) * (100 - left), 3)

    @property
    def days(self) -> int:
        """So many days, rounded up."""
        return max(1, -(-(self.until - self.since) // timedelta(days=1)))


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of the ribbon."""

    x: float
    width: float
    state: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A break, drawn."""

    x: float
    y: float
    kind: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A word below or beside a picture."""

    x: float
    text: str
    y: float = 0


@dataclass(frozen=True, slots=True)
class Door:
    """A part of the picture that opens something: a day, or a week of a long ribbon."""

    x: float
    width: float
    day: str
    days: int
    words: str


@dataclass(frozen=True, slots=True)
class Lane:
    """Where a kind of break is marked, and how many there are."""

    kind: str
    y: float
    count: int


@dataclass(frozen=True, slots=True)
class Ribbon:
    """Everything of one."""

    height: int
    bars: tuple[Bar, ...]
    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    doors: tuple[Door, ...]


def ribbon(span: Span, parts: Sequence[Stretch], found: Sequence[Break]) -> Ribbon:
    """The ribbon with a lane for each kind of break that there was."""
    here = [one for one in found if one.at >= span.since]
    counts = {kind: sum(one.kind == kind for one in here) for kind in KINDS}
    kinds = [kind for kind in KINDS if counts[kind]]
    first = BAND_TOP + BAND_HEIGHT + 6 + LANE_HEIGHT / 2
    lanes = tuple(Lane(k, first + n * LANE_HEIGHT, counts[k]) for n, k in enumerate(kinds))
    at = {lane.kind: lane.y for lane in lanes}
    marks = tuple(Mark(span.x(one.at), at[one.kind], one.kind) for one in here)
    bottom = BAND_TOP + BAND_HEIGHT + 8 + LANE_HEIGHT * len(lanes)
    return Ribbon(
        int(bottom + FOOT), bars(span, parts), lanes, marks,
        _ticks(span, y=bottom + FOOT - 5), _doors(span, here),
    )  # fmt: skip


def bars(span: Span, parts: Sequence[Stretch], *, least: float = 0.12) -> tuple[Bar, ...]:
    """The stretches; one that is down is never too thin to be seen."""
    found = []
    for one in parts:
        x = span.x(one.since)
        width = span.x(one.until) - x
        if one.state == "down":
            width = max(width, least)
        if width > 0:
            found.append(Bar(x, round(width, 3), one.state))
    # What is down is drawn last, so that it is not covered.
    return tuple(sorted(found, key=lambda one: one.state == "down"))


def _doors(span: Span, found: Sequence[Break]) -> tuple[Door, ...]:
    step = 1 if span.days <= 100 else 7
    begun = span.since.astimezone(span.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    doors = []
    while begun < span.until:
        ended = (begun.replace(tzinfo=None) + timedelta(days=step)).replace(tzinfo=span.zone)
        count = sum(begun <= one.at < ended for one in found)
        x = span.x(begun)
        doors.append(
            Door(x, round(span.x(ended) - x, 3), f"{begun:%Y-%m-%d}", step,
                 f"{day_words(begun)}: {count}")
        )  # fmt: skip
        begun = ended
    return tuple(doors)


def _ticks(span: Span, *, y: float, left: float = 0.0, most: int = 6) -> tuple[Tick, ...]:
    """A few dates below, none at the very edge."""
    days = span.days
    step = max(1, -(-days // most))
    at = span.until.astimezone(span.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    found = []
    while at > span.since:
        x = span.x(at, left=left)
        if 4 + left <= x <= 92:
            found.append(Tick(x, day_words(at), y))
        at = (at.replace(tzinfo=None) - timedelta(days=step)).replace(tzinfo=span.zone)
    return tuple(reversed(found))


def day_words(at: datetime) -> str:
    """24 May, as the reader's language has it."""
    return format_skeleton("MMMd", at.date(), locale=current_language())


@dataclass(frozen=True, slots=True)
class Hours:
    """Breaks by day and hour: a period of 24 hours lies on one level."""

    height: int
    rules: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    rows: tuple[tuple[str, int, int], ...]
    """Hour of the day, breaks by design in it, other breaks in it."""


def hours(span: Span, found: Sequence[Break]) -> Hours:
    """Each break at its day, across, and its time of the clock, down."""
    here = [one for one in found if one.at >= span.since]
    tall = 24 * HOUR_HEIGHT
    marks = []
    table = [[0, 0] for _hour in range(24)]
    for one in here:
        local = one.at.astimezone(span.zone)
        noon = local.replace(hour=12, minute=0, second=0)
        share = (local.hour * 60 + local.minute) / 1440
        marks.append(Mark(span.x(noon, left=GUTTER), round(6 + share * tall, 1), one.kind))
        table[local.hour][one.kind != "design"] += 1
    rules = tuple(Tick(0, f"{hour:02}:00", 6 + hour * HOUR_HEIGHT) for hour in (0, 6, 12, 18, 24))
    rows = tuple((f"{n:02}:00", counts[0], counts[1]) for n, counts in enumerate(table))
    height = tall + 12 + FOOT
    return Hours(height, rules, tuple(marks), _ticks(span, y=height - 4, left=GUTTER), rows)
