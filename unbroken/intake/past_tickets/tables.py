"""The two tables as files: CSV with a header, or JSON Lines; told apart by what they hold. Pure."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import tzinfo
from pathlib import Path

from unbroken.intake.past_tickets.lines import (
    STEP_FIELDS,
    TICKET_FIELDS,
    Bad,
    StepLine,
    TicketLine,
    step_line,
    ticket_line,
)

_FIELD_MAX = 2_000_000
_DELIMITERS = ",;\t|"


class NotATable(Exception):
    """A file as a whole is neither of the two tables."""


class Unread:
    """A row that was refused: where it stood and why."""

    def __init__(self, item: str, reason: str, *, is_ticket: bool) -> None:
        self.item, self.reason, self.is_ticket = item, reason, is_ticket


def lines_of(path: Path, zone: tzinfo) -> Iterator[TicketLine | StepLine | Unread]:
    """Every row of a file; times without an offset are of this zone."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        raise NotATable(f"{path.name} is not UTF-8 ({problem.reason})") from problem
    rows = _json_rows(text) if text.lstrip()[:1] == "{" else _csv_rows(text)
    is_ticket: bool | None = None
    for number, row in rows:
        if is_ticket is None and isinstance(row, Mapping):
            is_ticket = _is_tickets(path.name, row)
        yield _read(f"{path.name} line {number}", row, bool(is_ticket), zone)
    if is_ticket is None and text.strip():
        _is_tickets(path.name, _header(text))


def _read(
    place: str, row: Mapping[str, object] | str, is_ticket: bool, zone: tzinfo
) -> TicketLine | StepLine | Unread:
    if isinstance(row, str):
        return Unread(place, row, is_ticket=is_ticket)
    named = str(row.get("number" if is_ticket else "case") or "").strip()[:80]
    label = f"{place}: {named}" if named else place
    try:
        return ticket_line(label, row, zone) if is_ticket else step_line(label, row, zone)
    except Bad as problem:
        return Unread(label, f"{problem}.", is_ticket=is_ticket)


def _is_tickets(name: str, row: Mapping[str, object]) -> bool:
    names = row.keys()
    if {"number", "created"} <= names:
        return True
    if {"case", "at", "activity"} <= names:
        return False
    raise NotATable(
        f"{name} holds neither requests ({', '.join(TICKET_FIELDS)}) "
        f"nor their steps ({', '.join(STEP_FIELDS)})"
    )


def _header(text: str) -> Mapping[str, object]:
    first = text.lstrip().splitlines()[0]
    return dict.fromkeys(_names(next(csv.reader([first], delimiter=_delimiter(first)))))


def _csv_rows(text: str) -> Iterator[tuple[int, Mapping[str, object] | str]]:
    csv.field_size_limit(_FIELD_MAX)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    header: list[str] = []
    while True:
        started = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as problem:
            yield started, f"it cannot be read: {problem}."
            continue
        if cells is None:
            return
        if not any(cell.strip() for cell in cells):
            continue
        if not header:
            header = _names(cells)
        elif len(cells) > len(header):
            yield started, f"it has {len(cells)} cells, the header {len(header)}."
        else:
            yield started, dict(zip(header, cells, strict=False))


def _json_rows(text: str) -> Iterator[tuple[int, Mapping[str, object] | str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as problem:
            yield number, f"it is no JSON: {problem}."
            continue
        yield number, row if isinstance(row, dict) else "it is no JSON object."


def _delimiter(text: str) -> str:
    first = text.lstrip().partition("\n")[0]
    return max(_DELIMITERS, key=first.count)


def _names(cells: list[str]) -> list[str]:
    return [cell.strip().casefold() for cell in cells]
