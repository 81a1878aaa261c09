"""How long it took to be back, before and after a change. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from unbroken.console import pictures
from unbroken.console.lines.drawing import day_words
from unbroken.console.pictures import Picture as Drawing
from unbroken.console.pictures import Series
from unbroken.evidence.changes import visible_since
from unbroken.evidence.picture import Picture
from unbroken.evidence.ribbon import Break
from unbroken.ground.words import Phrase, _, in_language

SECONDS, MINUTES, HOURS = _("s"), _("min"), _("h")
BINS: tuple[tuple[float, str, Phrase], ...] = (
    (10, "< 10", SECONDS),
    (60, "< 1", MINUTES),
    (300, "< 5", MINUTES),
    (1800, "< 30", MINUTES),
    (7200, "< 2", HOURS),
    (float("inf"), "\N{GREATER-THAN OR EQUAL TO} 2", HOURS),
)
TITLE = _("How long until it was back")
BEFORE, AFTER, ALL = _("Before {date}"), _("Since {date}"), _("Breaks")


@dataclass(frozen=True, slots=True)
class Gaps:
    """The drawing, and what it is cut at: a change of the device, or since when the fault is."""

    drawing: Drawing
    changed_at: datetime | None
    is_mode_change: bool


def gaps(picture: Picture, found: Sequence[Break], since: datetime | None) -> Gaps | None:
    """None where nothing ever came back."""
    back = [one for one in found if one.seconds is not None]
    if not back:
        return None
    mode = visible_since(picture)
    cut = mode.at if mode is not None else since
    labels = [f"{figure} {in_language(unit)}" for _top, figure, unit in BINS]
    if cut is None or not back[0].at < cut <= back[-1].at:
        series = [Series(in_language(ALL), _counts(back), "1")]
        return Gaps(pictures.beside(in_language(TITLE), labels, series), None, False)
    day = day_words(cut)
    series = [
        Series(in_language(BEFORE, date=day), _counts([o for o in back if o.at < cut]), "4"),
        Series(in_language(AFTER, date=day), _counts([o for o in back if o.at >= cut]), "1"),
    ]
    return Gaps(pictures.beside(in_language(TITLE), labels, series), cut, mode is not None)


def _counts(some: Sequence[Break]) -> tuple[float, ...]:
    counts = [0.0] * len(BINS)
    for one in some:
        assert one.seconds is not None, "only those that came back"
        counts[next(n for n, (top, _f, _u) in enumerate(BINS) if one.seconds < top)] += 1
    return tuple(counts)
