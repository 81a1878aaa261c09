"""Which articles may answer what somebody wrote."""

from dataclasses import dataclass
from datetime import datetime

from unbroken.conversation import queries as record
from unbroken.ground.sql import rows
from unbroken.ground.words import supported
from unbroken.knowledge.queries.readable import ArticleRow, found_by, topics_under

WORDS_MAX = 4_000
FITTING_MAX = 5


@dataclass(frozen=True, slots=True)
class _Fits:
    id: int
    score: float


def fitting(
    words: str,
    language: str,
    *,
    topic_id: int | None = None,
    public_only: bool,
    at: datetime,
    limit: int = FITTING_MAX,
) -> list[ArticleRow]:
    """Articles that may answer these words, the likeliest first, in the language where it is had.

    Words are compared in this language and in English. With a topic, its own articles come
    along even where no word is shared.
    """
    topic = next((one for one in record.topic_tree() if one.id == topic_id), None)
    found = rows(
        _Fits,
        "knowledge/queries/fitting.sql",
        words=words.replace("\0", "")[:WORDS_MAX],
        languages=[*dict.fromkeys((supported(language), "en"))],
        near=topics_under(topic.key) if topic else [],
        public_only=public_only,
        at=at,
        limit=limit,
    )
    return found_by([one.id for one in found], language, public_only=public_only, at=at)
