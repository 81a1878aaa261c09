"""What may be done to many requests: a short key, as in `team:3` or `state:resolve`. Pure."""

from dataclasses import dataclass
from typing import Final

from unbroken.calendars.soon import PRESETS
from unbroken.console.sleep.words import ANSWER, WAKE
from unbroken.ground.words import Phrase, _

STATES: Final[dict[str, Phrase]] = {
    "start": _("Begin"),
    "ask": _("Wait for the customer"),
    "hold-partner": _("Wait for a partner"),
    "hold-appointment": _("Wait for an appointment"),
    "hold-other": _("Put on hold"),
    "resume": _("Go on"),
    "resolve": _("Resolve"),
    "close": _("Close"),
    "reopen": _("Open again"),
}
PRIORITIES: Final[dict[str, Phrase]] = {
    "critical": _("Critical"),
    "high": _("High"),
    "moderate": _("Moderate"),
    "low": _("Low"),
}
SLEEPING: Final[dict[str, Phrase]] = {
    **{key: says for key, (says, _when) in PRESETS.items()},
    ANSWER: _("Until the customer answers"),
    WAKE: _("Wake up"),
}
TAGGING: Final[dict[str, Phrase]] = {"add": _("Add the tag"), "remove": _("Take the tag off")}


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to do: `kind` is agent, team, state, priority, sleep, macro or tag.

    `word` is the tag, or the zone in which "tomorrow" is meant.
    """

    kind: str
    value: str
    word: str = ""

    @property
    def number(self) -> int:
        """The agent, team or macro it names."""
        return int(self.value)

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"


def read_deed(key: str, word: str = "") -> Deed | None:
    """The deed a form asks for; None when it makes no sense."""
    kind, _colon, value = key.partition(":")
    deed = Deed(kind, value, word.strip().lower()[:60])
    if kind in ("agent", "team", "macro"):
        return deed if value.isascii() and value.isdigit() and len(value) < 16 else None
    if kind == "tag":
        return deed if value in TAGGING and deed.word else None
    closed = {"state": STATES, "priority": PRIORITIES, "sleep": SLEEPING}.get(kind, {})
    return deed if value in closed else None
