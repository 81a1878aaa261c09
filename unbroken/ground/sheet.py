"""Tables for spreadsheets: CSV that opens as what it is and never runs as a formula.

Whatever a stranger wrote (a subject, a name) may begin with `=`; a spreadsheet would run it. Such a
cell gets an apostrophe in front. Pure.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""What spreadsheets take for the beginning of a formula, or of a command."""

BYTE_ORDER = "\ufeff"
"""Without it some spreadsheets read every letter that is not English wrongly."""


def lines(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """The table line by line, in UTF-8."""
    yield (BYTE_ORDER + _line(head)).encode()
    for row in rows:
        yield _line(row).encode()


def _line(row: Sequence[object]) -> str:
    into = io.StringIO()
    csv.writer(into).writerow([cell(value) for value in row])
    return into.getvalue()


def cell(value: object) -> str:
    """A value as a cell: numbers as they are, times in ISO 8601, words that cannot run."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool | int | float):
        return f"{value:.12g}" if isinstance(value, float) else str(value)
    text = str(value).replace("\0", "")
    return f"'{text}" if text.lstrip(" \u00a0").startswith(RUNS) else text
