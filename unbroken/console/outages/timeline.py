"""What happened to a problem, line by line: what was done, by whom, what was said or promised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from unbroken.console.admin.history import actor_names
from unbroken.console.outages import wording
from unbroken.ground.events import KINDS, LoggedEvent
from unbroken.ground.log import words_of
from unbroken.ground.words import Phrase, _, in_language

SAID = ("words", "note", "root_cause", "lesson")
TIMES = ("next_at", "due_at", "until", "since")
"""Under which names events carry what somebody said, and the times that matter to a reader."""

NEXT, ARRIVES = _("next news"), _("arrives")
TIME_WORDS: dict[str, Phrase] = {
    "next_at": NEXT,
    "due_at": ARRIVES,
    "until": _("until"),
    "since": _("since"),
}
WAS = _("{was} before")
NUMBER = _("problem {number}")


@dataclass(frozen=True, slots=True)
class Line:
    """One of them. `facts`: short words; `times`: what for, and when; `quotes`: as it was said."""

    at: datetime
    says: Phrase
    services: int
    who: str
    facts: tuple[str, ...]
    times: tuple[tuple[Phrase, datetime], ...]
    quotes: tuple[str, ...]


def timeline(events: Sequence[LoggedEvent], partners: Mapping[int, str]) -> list[Line]:
    """The latest first. What was erased is not quoted."""
    said = words_of(one.data.get(name) for one in events for name in SAID)
    names = actor_names(one.by for one in events)
    return [_line(one, said, names, partners) for one in reversed(events)]


def _line(
    event: LoggedEvent,
    said: Mapping[int, str | None],
    names: Mapping[str, str],
    partners: Mapping[int, str],
) -> Line:
    data = event.data
    step = wording.STEPS.get(str(data.get("step") or ""))
    quotes = (said.get(data.get(name) or 0) for name in SAID)
    return Line(
        at=event.at,
        says=step if step is not None else KINDS[event.kind].says,
        services=len(data.get("services") or ()),
        who=names.get(event.by, ""),
        facts=tuple(_facts(data, partners)),
        times=tuple(
            (TIME_WORDS[name], datetime.fromisoformat(data[name]))
            for name in TIMES
            if data.get(name)
        ),
        quotes=tuple(filter(None, quotes)),
    )


def _facts(data: Mapping[str, object], partners: Mapping[int, str]) -> list[str]:
    found = [str(data[name]) for name in ("element", "ticket", "announced") if data.get(name)]
    if cause := data.get("cause"):
        found.append(wording.cause_words(str(cause)))
    for name, words in (("severity", wording.SEVERITIES), ("backup", wording.BACKUPS)):
        if (word := words.get(str(data.get(name) or ""))) is not None:
            found.append(in_language(word))
    if (state := wording.BACKUP_STATES.get(str(data.get("state") or ""))) is not None:
        found.append(in_language(state))
    if isinstance(partner := data.get("partner"), int):
        found.insert(0, partners.get(partner, str(partner)))
    if isinstance(into := data.get("into"), int):
        found.append(in_language(NUMBER, number=into))
    if was := data.get("was"):
        found.append(in_language(WAS, was=_worded(str(was))))
    return found


def _worded(was: str) -> str:
    if was in wording.CAUSES:
        return wording.cause_words(was)
    word = wording.SEVERITIES.get(was)
    return in_language(word) if word is not None else was
