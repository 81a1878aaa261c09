"""Short texts for the composer."""

from dataclasses import dataclass

from unbroken.ground.kept import Kept
from unbroken.ground.sql import rows
from unbroken.knowledge.ids import CannedId
from unbroken.knowledge.models import CannedAnswer, CannedText
from unbroken.knowledge.queries.readable import best_first, topics_above


@dataclass(frozen=True, slots=True)
class CannedRow:
    """A canned answer as it reads in the best language there is: `language` says which.

    Its variables are filled in with `knowledge.variables.filled`. `place` is 1 for one of the
    topic itself, more for those above it, 1000 for those that fit every request.
    """

    id: CannedId
    name: str
    topic_id: int | None
    active: bool
    language: str
    text: str
    place: int


@dataclass(frozen=True, slots=True)
class CannedSheet:
    """A canned answer as those who write it see it: in all its languages."""

    id: CannedId
    name: str
    topic_id: int | None
    active: bool
    texts: dict[str, str]
    asserts: str = ""


def canned_for(topic_id: int | None, language: str) -> list[CannedRow]:
    """What fits a request of this topic, the nearest first, in this language where it is had."""
    return rows(
        CannedRow,
        "knowledge/queries/canned.sql",
        topics=topics_above(topic_id),
        languages=best_first(language),
    )


def canned_answers() -> list[CannedSheet]:
    """All of them, those out of use last."""
    return _sheets(None)


def canned_answer(canned_id: int) -> CannedSheet | None:
    """One of them."""
    return next(iter(_sheets(canned_id)), None)


def _sheets(canned_id: int | None) -> list[CannedSheet]:
    found = CannedAnswer.objects.order_by("-active", "name")
    if canned_id is not None:
        found = found.filter(pk=canned_id)
    texts: dict[int, dict[str, str]] = {}
    for row, language, text in CannedText.objects.filter(canned__in=found).values_list(
        "canned_id", "language", "text"
    ):
        texts.setdefault(row, {})[language] = text
    return [
        CannedSheet(CannedId(key), name, topic, active, texts.get(key, {}), asserts)
        for key, name, topic, active, asserts in found.values_list(
            "id", "name", "topic_id", "active", "asserts"
        )
    ]


def _asserting() -> list[tuple[str, str]]:
    found = CannedText.objects.filter(canned__active=True).exclude(canned__asserts="")
    return list(found.values_list("canned__asserts", "text"))


asserting = Kept(_asserting)
"""The texts of canned answers that assert a cause, each with its key; in every language."""
