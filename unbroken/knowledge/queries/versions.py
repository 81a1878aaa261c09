"""What an article or a canned answer said before, who changed it and when."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from unbroken.ground.events import KINDS, LoggedEvent
from unbroken.ground.log import events_of, words_of


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened: its number, when, by whom, in a sentence (to be worded)."""

    number: int
    at: datetime
    by: str
    kind: str
    says: str
    languages: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """What an article said after a step, by language: (title, body)."""

    step: Step
    texts: dict[str, tuple[str, str]] = field(default_factory=dict)


def history(stream: str) -> list[Step]:
    """Everything that happened to a row of this room, the latest first."""
    events = events_of([stream])
    reasons = words_of(_reason(event) for event in events)
    return [_step(event, reasons) for event in reversed(events)]


def versions(article_id: int) -> list[Version]:
    """Every time its words changed, the latest first; erased words are empty."""
    events = [one for one in events_of([f"article:{article_id}"]) if one.data.get("bodies")]
    words = words_of(said for event in events for said in event.data["bodies"])
    texts: dict[str, tuple[str, str]] = {}
    found = []
    for event in events:
        for language, said in zip(event.data["languages"], event.data["bodies"], strict=True):
            title, _, body = (words.get(said) or "").partition("\n\n")
            texts = {**texts, language: (title, body)}
        found.append(Version(_step(event, {}), texts))
    return found[::-1]


def version_at(found: Iterable[Version], number: int) -> Version | None:
    """The version that a step made."""
    return next((one for one in found if one.step.number == number), None)


def _reason(event: LoggedEvent) -> int | None:
    said = event.data.get("reason")
    return said if isinstance(said, int) else None


def _step(event: LoggedEvent, reasons: dict[int, str | None]) -> Step:
    said = _reason(event)
    return Step(
        number=event.version,
        at=event.at,
        by=event.by,
        kind=event.kind,
        says=KINDS[event.kind].says,
        languages=tuple(event.data.get("languages", ())),
        reason=(reasons.get(said) or "") if said else "",
    )
