"""A log of steps: cases, what was done when and by which group, and whether they ended. Pure."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

END = "closed"
MONDAY = datetime(1970, 1, 5, tzinfo=UTC).timestamp()
_NEEDED = {"case", "at", "activity"}


class NotALog(Exception):
    """The file does not hold what a log of steps holds; the text says where."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened: the instant in seconds, and what the clock on the wall said."""

    at: float
    wall: float
    activity: str
    group: str = ""


@dataclass(slots=True)
class Case:
    """One request: its steps in order of time, and when it ended, if it did."""

    key: str
    steps: list[Step] = field(default_factory=list)
    topic: str = ""
    priority: str = ""
    end: float | None = None
    last_at: str = ""
    """The time of the last step as the log spells it."""


def read_log(path: Path) -> list[Case]:
    """Every case of a file (CSV or JSON Lines), in the order in which they first appear."""
    text = path.read_text(encoding="utf-8-sig")
    return cases_of(_rows(path.name, text), path.name)


def cases_of(rows: Iterable[tuple[int, Mapping[str, object]]], name: str = "the log") -> list[Case]:
    """Cases from rows with `case, at, activity` and perhaps `group, topic, priority`."""
    cases: dict[str, Case] = {}
    spelled: dict[str, list[tuple[float, str]]] = {}
    for number, row in rows:
        key, at, activity = (str(row.get(one) or "").strip() for one in ("case", "at", "activity"))
        if not key or not activity:
            raise NotALog(f"{name} line {number}: a case and an activity are needed")
        moment = _moment(at, f"{name} line {number}")
        case = cases.setdefault(key, Case(key))
        case.steps.append(step_at(moment, activity, str(row.get("group") or "").strip()))
        case.topic = str(row.get("topic") or row.get("category") or case.topic).strip()
        case.priority = str(row.get("priority") or case.priority).strip()
        spelled.setdefault(key, []).append((moment.timestamp(), at))
    for key, case in cases.items():
        case.steps.sort(key=lambda step: step.at)
        case.last_at = max(spelled[key], key=lambda pair: pair[0])[1]
        _end(case)
    return list(cases.values())


def step_at(moment: datetime, activity: str, group: str = "") -> Step:
    """A step at an instant; the wall is that of the offset in which the instant is given."""
    at = moment.timestamp()
    offset = moment.utcoffset()
    return Step(at, at - MONDAY + (offset.total_seconds() if offset else 0.0), activity, group)


def _end(case: Case) -> None:
    """A row `closed` ends a case; what follows the last of them is no part of it."""
    ends = [place for place, step in enumerate(case.steps) if step.activity.casefold() == END]
    if ends:
        case.end = case.steps[ends[-1]].at
        case.steps = [step for step in case.steps[: ends[-1]] if step.activity.casefold() != END]


def _moment(text: str, place: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.replace("/", "-"))
    except ValueError as problem:
        raise NotALog(f"{place}: “{text}” is no time") from problem
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _rows(name: str, text: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    if text.lstrip()[:1] == "{":
        for number, line in enumerate(text.splitlines(), start=1):
            if line.strip():
                try:
                    row = json.loads(line)
                except ValueError as problem:
                    raise NotALog(f"{name} line {number} is no JSON") from problem
                yield number, row
        return
    first = text.lstrip().partition("\n")[0]
    reader = csv.reader(text.splitlines(), delimiter=max(",;\t", key=first.count))
    names: list[str] = []
    for cells in reader:
        if not names:
            names = [cell.strip().casefold() for cell in cells]
            if not set(names) >= _NEEDED:
                raise NotALog(f"{name} has no columns case, at, activity")
        elif any(cells):
            yield reader.line_num, dict(zip(names, cells, strict=False))
