"""An answer as people see it: names instead of keys, a picture, and the list behind each number."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from unbroken.console import pictures
from unbroken.console.dashboards import days
from unbroken.console.dashboards.naming import Naming, naming
from unbroken.console.many.choices import kept_agents
from unbroken.console.pictures import Picture, Series
from unbroken.console.reports.asking import ADDED_UP, MEASURES, Question, is_time
from unbroken.console.reports.by_field import field_of, value_name, value_word
from unbroken.console.reports.running import LINES_MAX
from unbroken.console.tickets import labels
from unbroken.console.tickets.addresses import address_of
from unbroken.console.tickets.counted import counted_word
from unbroken.ground import sheet
from unbroken.ground.sql import rows
from unbroken.ground.words import Phrase, _, in_language

COLUMNS_MAX = 26
SERIES_MAX = 6
ALL_TOGETHER = _("All together")
NOBODY, NO_CUSTOMER, NO_TAG, OTHERS = _("Nobody"), _("Unknown"), _("No tag"), _("Others")
STATES: Final[Mapping[str, Phrase]] = {
    "acknowledged": _("New"),
    "inProgress": _("In progress"),
    "pending": _("Waits for the customer"),
    "held": _("On hold"),
    **labels.ENDED,
}
_CLOSED: Final[Mapping[str, Mapping[str, Phrase]]] = {
    "priority": labels.PRIORITIES,
    "status": STATES,
    "type": labels.TYPES,
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: the groups' names, the number, how many requests, and their list."""

    names: tuple[str, ...]
    value: float | None
    tickets: int
    address: str

    @property
    def number(self) -> str:
        """As it is read."""
        return "–" if self.value is None else pictures.number(self.value)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Everything a report shows."""

    lines: tuple[Line, ...]
    picture: Picture | None
    is_cut_off: bool
    total: Line | None = None
    """All lines together, where they add up: not shares or medians, nor tags, of which one request
    may have several."""


@dataclass(frozen=True, slots=True)
class _Name:
    id: int
    name: str


class Names:
    """What the keys of groups are called, and which word of a list means them."""

    def __init__(self, question: Question, found: Sequence[Sequence[Any]]) -> None:
        self.places: Naming = naming()
        self.agents = {str(one.id): one for one in kept_agents()}
        self.customers: dict[str, str] = {}
        if "customer" in question.groups:
            at = question.groups.index("customer")
            ids = sorted({int(row[at]) for row in found})
            named = rows(_Name, "console/reports/queries/customers.sql", ids=ids)
            self.customers = {str(one.id): one.name for one in named}

    def name(self, group: str, key: str) -> str:
        """For people."""
        field = field_of(group)
        if field:
            return value_name(field, key)
        if group in _CLOSED:
            known = _CLOSED[group]
            return in_language(known[key]) if key in known else key
        if group == "agent":
            known_agent = self.agents.get(key)
            return known_agent.name if known_agent else in_language(NOBODY)
        if group == "customer":
            return self.customers.get(key) or in_language(NO_CUSTOMER)
        if group == "tag":
            return key or in_language(NO_TAG)
        if group in ("day", "week"):
            return days.short(date.fromisoformat(key))
        return key if group == "month" else self.places.name(group, key)

    def word(self, group: str, key: str) -> str | None:
        """For the address of a list; None where no word says it."""
        field = field_of(group)
        if field:
            return value_word(field, key)
        if group == "agent":
            known = self.agents.get(key)
            if known is None:
                return "assigned:nobody" if key == "0" else None
            return f"assigned:{known.email}"
        if group == "customer":
            return f"customer:{key}" if key != "0" else None
        if group == "tag":
            return f"tag:{key}" if key and " " not in key else None
        if group == "day":
            return counted_word("received", date.fromisoformat(key), date.fromisoformat(key))
        if group == "week":
            first = date.fromisoformat(key)
            return counted_word("received", first, first + timedelta(days=6))
        if group == "month":
            return f"received:{key}"
        return f"{group}:{key}" if group in _CLOSED else self.places.word(group, key)


def drawn(question: Question, found: Sequence[Sequence[Any]], *, day: date) -> Drawn:
    """The table and the picture of an answer."""
    names = Names(question, found)
    shown = found[:LINES_MAX]
    lines = tuple(_line(question, names, row, day) for row in shown)
    picture = None if question.chart == "table" else _picture(question, lines)
    return Drawn(lines, picture, len(found) > LINES_MAX, _total(question, lines, day))


def _total(question: Question, lines: Sequence[Line], day: date) -> Line | None:
    adds_up = question.measure in ADDED_UP and "tag" not in question.groups
    if not adds_up or len(lines) < 2:
        return None
    names = (in_language(ALL_TOGETHER), *[""] * (len(question.groups) - 1))
    value = sum(line.value or 0 for line in lines)
    said = question.all_words(day)
    if "received:" not in said:
        said += " " + counted_word("received", date(2000, 1, 1), day)
    return Line(names, value, sum(line.tickets for line in lines), address_of(said.strip()))


def table_of(question: Question, lines: Iterable[Line]) -> Iterator[bytes]:
    """The table for spreadsheets; its head is English in every language: programs read it."""
    head = (*question.groups, question.measure, "requests")
    return sheet.lines(head, ((*line.names, line.value, line.tickets) for line in lines))


def _line(question: Question, names: Names, row: Sequence[Any], day: date) -> Line:
    keys = [str(key) for key in row[: len(question.groups)]]
    pairs = list(zip(question.groups, keys, strict=True))
    words = [names.word(group, key) for group, key in pairs]
    address = ""
    if None not in words:
        said = f"{question.all_words(day)} {' '.join(filter(None, words))}"
        if "received:" not in said:
            said += " " + counted_word("received", date(2000, 1, 1), day)
        address = address_of(said.strip())
    value = None if row[2] is None else float(row[2])
    return Line(tuple(names.name(*pair) for pair in pairs), value, int(row[3]), address)


def _picture(question: Question, lines: Sequence[Line]) -> Picture:
    """Columns or lines of the first groups; the second group, if there is one, is the series."""
    labels_ = list(dict.fromkeys(line.names[0] for line in lines))
    labels_ = labels_[-COLUMNS_MAX:] if is_time(question.groups) else labels_[:COLUMNS_MAX]
    series = _series(question, lines, labels_)
    title = in_language(MEASURES[question.measure])
    if question.chart == "line":
        return pictures.lines(title, labels_, series)
    if question.chart == "stacked" and question.measure in ADDED_UP:
        return pictures.stacked(title, labels_, series)
    return pictures.beside(title, labels_, series)


def _series(question: Question, lines: Sequence[Line], labels_: Sequence[str]) -> list[Series]:
    title = in_language(MEASURES[question.measure])
    values: dict[tuple[str, str], float] = {}
    for line in lines:
        values[line.names[-1] if question.second else title, line.names[0]] = line.value or 0.0
    sums: dict[str, float] = {}
    for (name, _label), value in values.items():
        sums[name] = sums.get(name, 0.0) + value
    names = sorted(sums, key=lambda name: -sums[name])
    top, rest = names[:SERIES_MAX], names[SERIES_MAX:]
    if rest and question.measure in ADDED_UP:
        top, rest = names[: SERIES_MAX - 1], names[SERIES_MAX - 1 :]
    found = [
        Series(name, tuple(values.get((name, label), 0.0) for label in labels_), tone)
        for name, tone in zip(top, pictures.TONES, strict=False)
    ]
    if rest and question.measure in ADDED_UP:
        found.append(Series(in_language(OTHERS), _added(values, rest, labels_), "4"))
    return found


def _added(
    values: Mapping[tuple[str, str], float], names: Iterable[str], labels_: Sequence[str]
) -> tuple[float, ...]:
    rest = list(names)
    return tuple(sum(values.get((name, label), 0.0) for name in rest) for label in labels_)
