"""An answer as people see it: names instead of keys, a picture, and the list behind each number."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from unbroken.console import pictures
from unbroken.console.pictures import Picture, Series
from unbroken.console.reports.asking import Question, adds_up, is_time, measure_name
from unbroken.console.reports.crossing import Cross, cross_table, crossed
from unbroken.console.reports.lines import Line, Names, line_of, list_of
from unbroken.console.reports.running import LINES_MAX
from unbroken.ground import sheet
from unbroken.ground.words import _, in_language

COLUMNS_MAX = 26
SERIES_MAX = 6
ALL_TOGETHER = _("All together")
OTHERS = _("Others")


@dataclass(frozen=True, slots=True)
class Drawn:
    """Everything a report shows."""

    lines: tuple[Line, ...]
    picture: Picture | None
    is_cut_off: bool
    total: Line | None = None
    """All lines together, where they add up: not shares or medians, nor tags, of which one request
    may have several."""
    cross: Cross | None = None


def drawn(question: Question, found: Sequence[Sequence[Any]], *, day: date) -> Drawn:
    """The table and the picture of an answer."""
    names = Names(question, found)
    shown = found[:LINES_MAX]
    lines = tuple(line_of(question, names, row, day) for row in shown)
    picture = None if question.chart == "table" else _picture(question, lines)
    is_cut_off = len(found) > LINES_MAX
    cross = None if is_cut_off else crossed(question, names, shown, lines, day=day)
    return Drawn(lines, picture, is_cut_off, _total(question, lines, day), cross)


def _total(question: Question, lines: Sequence[Line], day: date) -> Line | None:
    if not adds_up(question.measure) or "tag" in question.groups or len(lines) < 2:
        return None
    names = (in_language(ALL_TOGETHER), *[""] * (len(question.groups) - 1))
    value = sum(line.value or 0 for line in lines)
    return Line(names, value, sum(line.tickets for line in lines), list_of(question, (), day))


def table_of(question: Question, shown: Drawn) -> Iterator[bytes]:
    """The table for spreadsheets; its head is English in every language: programs read it."""
    if shown.cross:
        return sheet.lines(*cross_table(question, shown.cross))
    lines = shown.lines
    head = (*question.groups, question.measure, "requests")
    return sheet.lines(head, ((*line.names, line.value, line.tickets) for line in lines))


def _picture(question: Question, lines: Sequence[Line]) -> Picture:
    """Columns or lines of the first groups; the second group, if there is one, is the series."""
    labels_ = list(dict.fromkeys(line.names[0] for line in lines))
    labels_ = labels_[-COLUMNS_MAX:] if is_time(question.groups) else labels_[:COLUMNS_MAX]
    series = _series(question, lines, labels_)
    title = measure_name(question.measure)
    if question.chart == "line":
        return pictures.lines(title, labels_, series)
    if question.chart in ("stacked", "cross") and adds_up(question.measure):
        return pictures.stacked(title, labels_, series)
    return pictures.beside(title, labels_, series)


def _series(question: Question, lines: Sequence[Line], labels_: Sequence[str]) -> list[Series]:
    title = measure_name(question.measure)
    values: dict[tuple[str, str], float] = {}
    for line in lines:
        values[line.names[-1] if question.second else title, line.names[0]] = line.value or 0.0
    sums: dict[str, float] = {}
    for (name, _label), value in values.items():
        sums[name] = sums.get(name, 0.0) + value
    names = sorted(sums, key=lambda name: -sums[name])
    top, rest = names[:SERIES_MAX], names[SERIES_MAX:]
    if rest and adds_up(question.measure):
        top, rest = names[: SERIES_MAX - 1], names[SERIES_MAX - 1 :]
    found = [
        Series(name, tuple(values.get((name, label), 0.0) for label in labels_), tone)
        for name, tone in zip(top, pictures.TONES, strict=False)
    ]
    if rest and adds_up(question.measure):
        found.append(Series(in_language(OTHERS), _added(values, rest, labels_), "4"))
    return found


def _added(
    values: Mapping[tuple[str, str], float], names: Iterable[str], labels_: Sequence[str]
) -> tuple[float, ...]:
    rest = list(names)
    return tuple(sum(values.get((name, label), 0.0) for name in rest) for label in labels_)
