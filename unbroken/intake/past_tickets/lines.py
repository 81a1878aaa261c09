"""One row of another desk's tables, read and checked. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

TICKET_FIELDS = (
    "number", "created", "customer", "service", "channel", "category", "priority", "status",
    "resolved", "closed", "subject", "text",
)  # fmt: skip
STEP_FIELDS = ("case", "at", "activity", "group", "person")
WORD_MAX = 200
TEXT_MAX = 1_000_000


class Bad(ValueError):
    """A row cannot be taken in; the text says why."""


@dataclass(frozen=True, slots=True)
class TicketLine:
    """One request, as another desk kept it. Times that are not known are None."""

    label: str
    number: str
    created: datetime
    customer: str = ""
    service: str = ""
    channel: str = ""
    category: str = ""
    priority: str = ""
    status: str = ""
    resolved: datetime | None = None
    closed: datetime | None = None
    subject: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class StepLine:
    """Something that happened to a request: when, what, in which group, by whom."""

    label: str
    case: str
    at: datetime
    activity: str
    group: str = ""
    person: str = ""


def ticket_line(label: str, row: Mapping[str, object], zone: tzinfo) -> TicketLine:
    """A request; raises `Bad` with the reason."""
    line = TicketLine(
        label=label,
        number=_needed(row, "number"),
        created=_needed_time(row, "created", zone),
        customer=_word(row, "customer"),
        service=_word(row, "service"),
        channel=_word(row, "channel"),
        category=_word(row, "category"),
        priority=_word(row, "priority"),
        status=_word(row, "status"),
        resolved=_time(row, "resolved", zone),
        closed=_time(row, "closed", zone),
        subject=_text(row, "subject", 1000),
        text=_text(row, "text", TEXT_MAX),
    )
    for name, at in (("resolved", line.resolved), ("closed", line.closed)):
        if at is not None and at < line.created:
            raise Bad(f"it was {name} before it was created")
    return line


def step_line(label: str, row: Mapping[str, object], zone: tzinfo) -> StepLine:
    """A step; raises `Bad` with the reason."""
    return StepLine(
        label=label,
        case=_needed(row, "case"),
        at=_needed_time(row, "at", zone),
        activity=_needed(row, "activity"),
        group=_word(row, "group"),
        person=_word(row, "person"),
    )


def _needed(row: Mapping[str, object], name: str) -> str:
    word = _word(row, name)
    if not word:
        raise Bad(f"{name} is missing")
    return word


def _needed_time(row: Mapping[str, object], name: str, zone: tzinfo) -> datetime:
    at = _time(row, name, zone)
    if at is None:
        raise Bad(f"{name} is missing")
    return at


def _word(row: Mapping[str, object], name: str) -> str:
    return " ".join(_text(row, name, WORD_MAX).split())


def _text(row: Mapping[str, object], name: str, longest: int) -> str:
    given = row.get(name)
    if given is None:
        return ""
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        raise Bad(f"{name} is no text")
    text = str(given).strip()
    if len(text) > longest:
        raise Bad(f"{name} is longer than {longest} characters")
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise Bad(f"{name} has characters in it that are no text")
    return text


def _time(row: Mapping[str, object], name: str, zone: tzinfo) -> datetime | None:
    text = _word(row, name)
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text.replace("/", "-"))
    except ValueError as problem:
        raise Bad(f"{name} is no time such as 2026-05-24T08:05:00+02:00: {text}") from problem
    try:
        aware = at if at.tzinfo is not None else at.replace(tzinfo=zone)
        aware.timestamp()
    except (OverflowError, ValueError) as problem:
        raise Bad(f"{name} lies outside the calendar: {text}") from problem
    if not 1970 <= aware.year < 2200:
        raise Bad(f"{name} lies outside the calendar: {text}")
    return aware
