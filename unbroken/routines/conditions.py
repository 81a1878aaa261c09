"""Whether a macro is offered for a request, whether a rule applies to it, and why. Pure.

All conditions have to hold; of the values named in one, any will do. What is not known does not
hold.
"""

import operator
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from unbroken.ground.words import Phrase, _

Conditions = Mapping[str, Any]

ONE_OF: Final = ("topic", "status", "channel", "team", "language", "type", "priority")
"""Conditions that name values of which a request has one (or a topic with those above it)."""

WORDS: Final = ("tag", "no_tag", "subject", "field")
CHOICES: Final[dict[str, tuple[str, ...]]] = {"taken": ("yes", "no"), "vip": ("yes", "no")}

LABELS: Final[dict[str, Phrase]] = {
    "topic": _("Topic"),
    "status": _("State"),
    "channel": _("Channel"),
    "team": _("Team"),
    "language": _("Language"),
    "type": _("Type"),
    "priority": _("Priority"),
    "tag": _("Has one of the tags"),
    "no_tag": _("Has none of the tags"),
    "subject": _("One of these words in the subject"),
    "field": _("One of these fields (key=value, price>100)"),
    "taken": _("In somebody's hands"),
    "vip": _("Important customer"),
}
COMPARE: Final = {">": operator.gt, "<": operator.lt, ">=": operator.ge, "<=": operator.le}
_COMPARED = re.compile(r"([a-z0-9_]+)(>=|<=|>|<)(-?\d{1,15}(?:\.\d{1,6})?)")
VALUES_MAX, LETTERS_MAX = 40, 200


@dataclass(frozen=True, slots=True)
class Facts:
    """A request as conditions see it. Ids are text; `topic` begins with its own and rises."""

    topic: tuple[str, ...] = ()
    status: str = ""
    channel: str = ""
    team: str = ""
    language: str = ""
    type: str = ""
    priority: str = ""
    tags: frozenset[str] = frozenset()
    subject: str = ""
    is_taken: bool = False
    is_vip: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """One condition, what was found, and whether it holds."""

    key: str
    wanted: tuple[str, ...]
    found: tuple[str, ...]
    holds: bool


def tidy(given: Mapping[str, Any]) -> dict[str, Any]:
    """Conditions as they are kept: only what narrows, values in order and once each."""
    kept: dict[str, Any] = {}
    for key in (*ONE_OF, *WORDS):
        values = given.get(key) or ()
        values = [values] if isinstance(values, str) else values
        texts = (str(value).strip()[:LETTERS_MAX] for value in values)
        clean = dict.fromkeys(text.lower() if key in WORDS else text for text in texts if text)
        if clean:
            kept[key] = sorted(clean)[:VALUES_MAX]
    for key, allowed in CHOICES.items():
        if given.get(key) in allowed:
            kept[key] = given[key]
    return kept


def judge(conditions: Conditions, facts: Facts) -> tuple[Judged, ...]:
    """Every condition with what was found."""
    return tuple(_judged(key, conditions[key], facts) for key in LABELS if conditions.get(key))


def hold(conditions: Conditions, facts: Facts) -> bool:
    """Whether all of them hold; none at all always do."""
    return all(one.holds for one in judge(conditions, facts))


def _judged(key: str, wanted: Any, facts: Facts) -> Judged:
    if key in CHOICES:
        found = "yes" if (facts.is_taken if key == "taken" else facts.is_vip) else "no"
        return Judged(key, (str(wanted),), (found,), found == wanted)
    values = tuple(wanted)
    found_many = _found(key, facts)
    if key == "subject":
        return Judged(key, values, found_many, any(value in found_many[0] for value in values))
    if key == "field":
        return Judged(key, values, found_many, any(_is_met(one, facts.fields) for one in values))
    is_common = not set(values).isdisjoint(found_many)
    return Judged(key, values, found_many, is_common != (key == "no_tag"))


def _is_met(wanted: str, fields: Mapping[str, str]) -> bool:
    """`router=fritz-box`, or of numbers `price>100`, `price<=49.90`."""
    compared = _COMPARED.fullmatch(wanted)
    if compared is None:
        name, _equals, value = wanted.partition("=")
        return fields.get(name, "").lower() == value and name in fields
    name, sign, limit = compared.groups()
    try:
        held = Decimal(fields.get(name, ""))
    except InvalidOperation:
        return False
    return held.is_finite() and COMPARE[sign](held, Decimal(limit))


def _found(key: str, facts: Facts) -> tuple[str, ...]:
    if key in ("tag", "no_tag"):
        return tuple(sorted(facts.tags))
    if key == "subject":
        return (facts.subject.lower(),)
    if key == "field":
        return tuple(f"{name}={value}".lower() for name, value in sorted(facts.fields.items()))
    found = getattr(facts, key)
    if isinstance(found, tuple):
        return found
    return (found,) if found else ()
