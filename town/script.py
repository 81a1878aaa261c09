"""How a story is written down: somebody asks, and hours later somebody does something about it.

Story("lamp", ANNEKE, hours(30), "The lamp goes out", "Since two days …", then=(
    takes(0.2, TIMO), asks(0.5, TIMO, "Which lamp is dark?"), writes(3, "The DSL lamp."),
))
"""

from dataclasses import dataclass
from datetime import timedelta

from town.cast import Colleague, Person


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody does so many hours after the story began. `who` is empty for the customer."""

    after: timedelta
    verb: str
    who: str = ""
    words: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One request from its first word on; it began `ago`, counted from the planting."""

    key: str
    who: Person
    ago: timedelta
    subject: str
    words: str
    then: tuple[Step, ...] = ()
    by: str = "mail"
    mailbox: str = "support"
    files: tuple[tuple[str, str, bytes], ...] = ()


def hours(count: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=count)


def takes(after: float, who: Colleague) -> Step:
    """Somebody takes it in hand."""
    return Step(hours(after), "takes", who.key)


def gives(after: float, who: Colleague, team: str) -> Step:
    """It goes to another team."""
    return Step(hours(after), "gives", who.key, detail=team)


def answers(after: float, who: Colleague, words: str) -> Step:
    """An answer for the customer."""
    return Step(hours(after), "answers", who.key, words)


def notes(after: float, who: Colleague, words: str) -> Step:
    """Said among colleagues."""
    return Step(hours(after), "notes", who.key, words)


def asks(after: float, who: Colleague, words: str) -> Step:
    """A question; the request waits for the customer."""
    return Step(hours(after), "asks", who.key, words)


def writes(after: float, words: str) -> Step:
    """The customer writes again."""
    return Step(hours(after), "writes", words=words)


def holds(after: float, who: Colleague, waiting_for: str) -> Step:
    """It waits for a partner, an appointment, a date."""
    return Step(hours(after), "holds", who.key, detail=waiting_for)


def weighs(after: float, who: Colleague, impact: str, urgency: str) -> Step:
    """How much it matters is judged anew."""
    return Step(hours(after), "weighs", who.key, detail=f"{impact}/{urgency}")


def tags(after: float, who: Colleague, *words: str) -> Step:
    """Words to find it by."""
    return Step(hours(after), "tags", who.key, detail=" ".join(words))


def links(after: float, who: Colleague, story: str) -> Step:
    """It belongs below another request."""
    return Step(hours(after), "links", who.key, detail=story)


def resolves(after: float, who: Colleague, words: str = "") -> Step:
    """It is done; with words, the customer is told."""
    return Step(hours(after), "resolves", who.key, words)
