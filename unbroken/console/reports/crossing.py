"""A cross table: the first group down, the second across, a number where they meet.

Rows and columns have their sums where the measure adds up: shares and medians do not, nor tags, of
which one request may have several. A second group of very many names stays a list.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from unbroken.console import pictures
from unbroken.console.reports.asking import Question, adds_up, is_time
from unbroken.console.reports.lines import Line, Names, list_of

COLUMNS_MAX = 40


@dataclass(frozen=True, slots=True)
class Cell:
    """A number and its list; without requests there is neither."""

    value: float | None
    tickets: int
    address: str

    @property
    def number(self) -> str:
        """As it is read."""
        if not self.tickets:
            return ""
        return "–" if self.value is None else pictures.number(self.value)


@dataclass(frozen=True, slots=True)
class Across:
    """A row: what it is called, its cells, and their sum where there is one."""

    name: str
    cells: tuple[Cell, ...]
    total: Cell | None


@dataclass(frozen=True, slots=True)
class Cross:
    """The whole table; `totals` stand below the columns, the last of them for everything."""

    columns: tuple[str, ...]
    rows: tuple[Across, ...]
    totals: tuple[Cell, ...]


def crossed(
    question: Question,
    names: Names,
    found: Sequence[Sequence[Any]],
    lines: Sequence[Line],
    *,
    day: date,
) -> Cross | None:
    """Lines with two groups as a cross table; None where it was not asked for, or is too wide."""
    if question.chart != "cross" or not question.second:
        return None
    met = {(str(row[0]), str(row[1])): line for row, line in zip(found, lines, strict=True)}
    down = list(dict.fromkeys(first for first, _second in met))
    across = _in_order(question, met)
    if not across or len(across) > COLUMNS_MAX:
        return None
    has_sums = adds_up(question.measure) and "tag" not in question.groups

    def cell(first: str, second: str) -> Cell:
        line = met.get((first, second))
        return Cell(line.value, line.tickets, line.address) if line else Cell(None, 0, "")

    def summed(cells: Sequence[Cell], *words: str | None) -> Cell:
        tickets = sum(one.tickets for one in cells)
        return Cell(sum(one.value or 0 for one in cells), tickets, list_of(question, words, day))

    rows = []
    for first in down:
        cells = tuple(cell(first, second) for second in across)
        total = summed(cells, names.word(question.group, first)) if has_sums else None
        rows.append(Across(names.name(question.group, first), cells, total))
    totals: tuple[Cell, ...] = ()
    if has_sums:
        below = [
            summed([one.cells[at] for one in rows], names.word(question.second, second))
            for at, second in enumerate(across)
        ]
        totals = (*below, summed(below))
    columns = tuple(names.name(question.second, second) for second in across)
    return Cross(columns, tuple(rows), totals)


def _in_order(question: Question, met: dict[tuple[str, str], Line]) -> list[str]:
    """Times as they follow one another; all else by how many requests there are."""
    tickets: dict[str, int] = {}
    for (_first, second), line in met.items():
        tickets[second] = tickets.get(second, 0) + line.tickets
    if is_time((question.second,)):
        return sorted(tickets)
    return sorted(tickets, key=lambda one: (-tickets[one], one))


def cross_table(
    question: Question, cross: Cross
) -> tuple[tuple[str, ...], Iterator[Sequence[object]]]:
    """Head and rows for spreadsheets, sums left to them."""
    head = (f"{question.group} / {question.second}", *cross.columns)
    return head, ((one.name, *(cell.value for cell in one.cells)) for one in cross.rows)
