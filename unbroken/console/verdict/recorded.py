"""One record of a verdict in words: when, what it was, what it said, whose it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from unbroken.console.lines.words import LEVELS, RECORDS
from unbroken.ground.time_words import how_long
from unbroken.ground.words import _, in_language

OUT_OF = _("{lost} of {active}")
RAISED, CLEARED = _("raised"), _("cleared")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A record as it is read; `number` is its number in the verdict."""

    number: int
    at: datetime
    kind: str
    words: str
    thing: str


def recorded(one: Mapping[str, Any]) -> Recorded:
    """From the verdict's own document."""
    known = RECORDS.get(one["kind"])
    kind = in_language(known) if known else str(one["kind"]).replace("_", " ")
    ref = one["ref"]
    thing = ref.get("resource") or ref.get("service") or ""
    return Recorded(
        one["id"], datetime.fromisoformat(one["at"]), kind, _said(one["kind"], one["data"]), thing
    )


def _said(kind: str, data: Mapping[str, Any]) -> str:
    if kind == "reading":
        return _reading(str(data.get("name", "")), data.get("value"))
    if kind == "alarm":
        state = {"raised": RAISED, "cleared": CLEARED}.get(str(data.get("state")))
        return " ".join(filter(None, [str(data.get("type", "")), state and in_language(state)]))
    if kind == "lost_together":
        return in_language(OUT_OF, lost=data.get("lost", 0), active=data.get("active", 0))
    words = [
        how_long(timedelta(seconds=value)) if name == "seconds" else str(value)
        for name, value in data.items()
        if value and name not in ("records", "element")
    ]
    return " · ".join(words)


def _reading(name: str, value: Any) -> str:
    known = LEVELS.get(name)
    if known is None or isinstance(value, str) or value is None:
        return f"{name.rpartition('.')[2]} {value}"
    label, unit, factor = known
    return f"{in_language(label)} {value * factor:.1f} {unit}"
