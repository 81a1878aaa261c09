"""All articles, as those who write them see them."""

from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.sql import row, rows
from unbroken.knowledge.ids import ArticleId
from unbroken.knowledge.models import ArticleText
from unbroken.knowledge.queries.readable import best_first, topics_under

SHELF_MAX = 200
_SHELF = "knowledge/queries/shelf.sql"


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """An article with everything about it but its text."""

    id: ArticleId
    topic_id: int
    state: str
    audience: str
    valid_until: datetime | None
    in_review: bool
    changed_at: datetime
    slug: str
    written_by: str
    title: str
    published_in: list[str]
    waiting_in: list[str]
    used: int
    helped: int
    voted: int

    def is_outdated(self, at: datetime) -> bool:
        """Whether it is past its date: shown to nobody until somebody looks at it."""
        return self.valid_until is not None and self.valid_until <= at


@dataclass(frozen=True, slots=True)
class Waiting:
    """How an article reads in one language as last written, and whether that is published."""

    language: str
    title: str
    body: str
    is_published: bool
    public_title: str
    public_body: str


def shelf(
    language: str,
    *,
    at: datetime,
    state: str = "",
    topic_key: str | None = None,
    words: str = "",
    limit: int = SHELF_MAX,
) -> list[ShelfRow]:
    """Articles to look through: what waits for a reader first, then the latest."""
    topics = topics_under(topic_key) if topic_key else None
    return rows(
        ShelfRow, _SHELF, languages=best_first(language), at=at, state=state, topics=topics,
        words=words.strip(), article_id=None, limit=limit,
    )  # fmt: skip


def shelved(article_id: int, language: str, *, at: datetime) -> ShelfRow | None:
    """One of them."""
    return row(
        ShelfRow, _SHELF, languages=best_first(language), at=at, state="", topics=None,
        words="", article_id=article_id, limit=1,
    )  # fmt: skip


def wordings(article_id: int) -> dict[str, Waiting]:
    """The article as it was last written, by language."""
    found = {}
    for text in ArticleText.objects.filter(article_id=article_id):
        found[text.language] = Waiting(
            language=text.language,
            title=text.next_title or text.title,
            body=text.next_body or text.body,
            is_published=bool(text.title) and not text.next_title,
            public_title=text.title,
            public_body=text.body,
        )
    return found
