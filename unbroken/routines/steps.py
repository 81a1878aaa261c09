"""What a macro or a rule does: at most one step of each kind, in an order that always works. Pure.

First whose it is, then what it is, then what is said, then where it stands, then sleep: so that an
answer goes out before the request is resolved, and nothing wakes what was just put to sleep.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from unbroken.conversation.states import PRIORITIES
from unbroken.ground.words import LANGUAGES, Phrase, _
from unbroken.knowledge.variables import VARIABLES, named_in
from unbroken.routines.parts import DUES, is_whole

ME: Final = "me"
NUMBERS: Final = ("team", "topic")
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
SLEEPS: Final = ("tonight", "tomorrow", "week", "7days", "answer")
KINDS: Final[dict[str, Phrase]] = {
    "team": _("Give it to the team"),
    "agent": _("Give it to"),
    "done": _("What was done"),
    "needed": _("What is needed of them"),
    "due": _("By when it is needed"),
    "topic": _("Topic"),
    "priority": _("Priority"),
    "add": _("Add the tags"),
    "remove": _("Take off the tags"),
    "note": _("Internal note"),
    "reply": _("Answer to the customer"),
    "state": _("State"),
    "sleep": _("Let it sleep"),
    "tell_agent": _("Tell a person"),
    "tell_team": _("Tell a team"),
}
WORDED: Final = ("done", "needed", "note", "reply")
"""What is said: by language, with variables."""

ONLY_RULES: Final = ("tell_agent", "tell_team")
LETTERS_MAX = 10_000
_CLOSED: Final[Mapping[str, Collection[str]]] = {
    "state": STATES,
    "sleep": SLEEPS,
    "priority": PRIORITIES,
    "due": DUES,
}
TAGS_MAX = 20


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: a key, words by language, or a list of tags."""

    kind: str
    value: Any


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with steps: the key of a refusal and its values."""

    key: str
    values: Mapping[str, object]


def tidy(given: Mapping[str, Any], *, is_rule: bool = False) -> dict[str, Any]:
    """Steps as they are kept: only those that do something."""
    kept: dict[str, Any] = {}
    for kind in KINDS:
        value = given.get(kind)
        if kind in WORDED:
            value = {
                language: str(value[language]).replace("\r\n", "\n").strip()
                for language in LANGUAGES
                if isinstance(value, Mapping) and str(value.get(language, "")).strip()
            }
        elif kind in ("add", "remove"):
            value = sorted(
                {str(tag).strip().lower()[:60] for tag in value or () if str(tag).strip()}
            )
        elif value is not None:
            value = str(value).strip()
        if value and (is_rule or kind not in ONLY_RULES):
            kept[kind] = value
    return kept


def wrong(steps: Mapping[str, Any], *, is_rule: bool = False) -> Wrong | None:
    """Why these steps cannot be kept; None when they can."""
    if not steps:
        return Wrong("routine.does_nothing", {})
    for kind, allowed in _CLOSED.items():
        if kind in steps and steps[kind] not in allowed:
            return Wrong("routine.not_understood", {"value": steps[kind]})
    for kind in ("team", "topic", "agent", *ONLY_RULES):
        value = steps.get(kind, "1")
        is_me = kind == "agent" and value == ME and not is_rule
        if not is_me and not (value.isascii() and value.isdigit() and len(value) < 16):
            return Wrong("routine.not_understood", {"value": value})
    if not is_whole(steps):
        return Wrong("routine.three_parts", {})
    if max(len(steps.get("add", ())), len(steps.get("remove", ()))) > TAGS_MAX:
        return Wrong("routine.too_many_tags", {"most": TAGS_MAX})
    return _wrong_words(steps)


def _wrong_words(steps: Mapping[str, Any]) -> Wrong | None:
    for kind in WORDED:
        for text in steps.get(kind, {}).values():
            if len(text) > LETTERS_MAX:
                return Wrong("routine.too_long", {"letters": LETTERS_MAX})
            for name in named_in(text):
                if name not in VARIABLES:
                    known = ", ".join(f"{{{one}}}" for one in VARIABLES)
                    return Wrong("canned.unknown_variable", {"name": name, "known": known})
    return None


def in_order(steps: Mapping[str, Any]) -> tuple[Step, ...]:
    """The steps as they are done."""
    return tuple(Step(kind, steps[kind]) for kind in KINDS if steps.get(kind))


def worded(texts: Mapping[str, str], language: str) -> tuple[str, str]:
    """The language and the words for a reader of this language: theirs, English, or any."""
    for wish in (language.partition("-")[0], "en", *texts):
        if texts.get(wish):
            return wish, texts[wish]
    return language, ""
