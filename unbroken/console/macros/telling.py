"""What steps will do, in words: for the preview, the list of macros, the log of rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from unbroken.calendars.soon import PRESETS
from unbroken.console.sleep.words import ANSWER
from unbroken.console.tickets import labels
from unbroken.console.tickets.choices import names
from unbroken.ground import time_words
from unbroken.ground.words import Phrase, _, current_language, in_language
from unbroken.routines.conditions import LABELS
from unbroken.routines.doing import Ready
from unbroken.routines.parts import DUES
from unbroken.routines.steps import KINDS, ME, STATES, WORDED

TO_ME, SOMEBODY_GONE = _("me"), _("gone")
UNTIL_ANSWER = _("until the customer answers")
STATUSES: Mapping[str, Phrase] = {
    "acknowledged": _("New"),
    "inProgress": _("In progress"),
    "pending": _("Waits for the customer"),
    "held": _("On hold"),
    "resolved": _("Resolved"),
    "closed": _("Closed"),
    "cancelled": _("Cancelled"),
    "rejected": _("Refused"),
}
YES_NO = {"yes": _("yes"), "no": _("no")}


@dataclass(frozen=True, slots=True)
class Line:
    """One step in words; `text` is what will be said, word for word."""

    kind: str
    label: str
    value: str
    text: str = ""
    language: str = ""
    missing: tuple[str, ...] = ()


def lines_of(steps: tuple[Ready, ...], *, at: datetime, zone: str) -> list[Line]:
    """What will be done, step by step."""
    return [_line(one, at, zone) for one in steps]


def in_short(steps: Mapping[str, Any]) -> str:
    """What it does, in one line."""
    parts = []
    for kind, label in KINDS.items():
        if kind in steps:
            said = "" if kind in WORDED else f": {value_words(kind, steps[kind])}"
            parts.append(f"{in_language(label)}{said}")
    return " · ".join(parts)


def conditions_in_short(conditions: Mapping[str, Any]) -> str:
    """When it is offered, in one line."""
    parts = []
    for key, label in LABELS.items():
        wanted = conditions.get(key)
        if wanted:
            values = [wanted] if isinstance(wanted, str) else wanted
            found = ", ".join(condition_words(key, value) for value in values)
            parts.append(f"{in_language(label)}: {found}")
    return " · ".join(parts)


def _line(step: Ready, at: datetime, zone: str) -> Line:
    label = in_language(KINDS[step.kind])
    if step.kind in WORDED:
        return Line(step.kind, label, "", step.text, step.language, step.missing)
    if step.kind in ("sleep", "due") and step.until is not None:
        return Line(step.kind, label, time_words.when(step.until, at, zone))
    return Line(step.kind, label, value_words(step.kind, step.value))


def value_words(kind: str, value: Any) -> str:
    """The value of a step as people call it."""
    match kind:
        case "add" | "remove":
            return ", ".join(value)
        case "due":
            return _known(DUES, value)
        case "state":
            return _known(STATES, value)
        case "priority":
            return _known(labels.PRIORITIES, value)
        case "sleep":
            if value == ANSWER:
                return in_language(UNTIL_ANSWER)
            return in_language(PRESETS[value][0]) if value in PRESETS else str(value)
        case "agent" if value == ME:
            return in_language(TO_ME)
    return _named({"tell_agent": "agent", "tell_team": "team"}.get(kind, kind), value)


def condition_words(key: str, value: str) -> str:
    """The value of a condition as people call it."""
    closed: Mapping[str, Mapping[str, Phrase]] = {
        "status": STATUSES,
        "type": labels.TYPES,
        "priority": labels.PRIORITIES,
        "taken": YES_NO,
        "vip": YES_NO,
    }
    if key in closed:
        return _known(closed[key], value)
    return _named(key, value) if key in ("topic", "team") else value


def _known(words: Mapping[str, Phrase], value: str) -> str:
    return in_language(words[value]) if value in words else str(value)


def _named(kind: str, value: Any) -> str:
    return names(current_language()).get(f"{kind}:{value}") or in_language(SOMEBODY_GONE)
