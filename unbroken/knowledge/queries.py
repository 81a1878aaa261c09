"""Questions about what is known. Drafts, retired and outdated articles are never an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from unbroken.conversation import queries as record
from unbroken.ground.sql import rows
from unbroken.ground.words import LANGUAGES, supported
from unbroken.knowledge.ids import ArticleId

_READABLE = "knowledge/queries/readable.sql"


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as it reads in the best language there is: `language` says which."""

    id: ArticleId
    topic_id: int
    audience: str
    valid_until: datetime | None
    changed_at: datetime
    language: str
    title: str
    body: str


def articles_under(
    topic_key: str | None, language: str, *, public_only: bool, at: datetime
) -> list[ArticleRow]:
    """Articles of a topic and of all below it (None: of the whole tree), in the tree's order.

    One that is not worded in the language is given in English, else in any language it has.
    """
    places = {topic_id: place for place, topic_id in enumerate(_topics_under(topic_key))}
    found = _readable(language, public_only=public_only, at=at, topics=list(places))
    return sorted(found, key=lambda row: (places[row.topic_id], row.title, row.id))


def article(
    article_id: int, language: str, *, public_only: bool, at: datetime
) -> ArticleRow | None:
    """One article, if this reader may read it now."""
    found = _readable(language, public_only=public_only, at=at, article_id=article_id)
    return found[0] if found else None


def _readable(
    language: str,
    *,
    public_only: bool,
    at: datetime,
    topics: Sequence[int] | None = None,
    article_id: int | None = None,
) -> list[ArticleRow]:
    return rows(
        ArticleRow,
        _READABLE,
        languages=[*dict.fromkeys((supported(language), "en", *LANGUAGES))],
        public_only=public_only,
        at=at,
        topics=topics,
        article_id=article_id,
    )


def _topics_under(key: str | None) -> list[int]:
    """The topic and everything below it, as the tree stands; empty for an unknown key."""
    tree = record.topic_tree()
    if key is None:
        return [topic.id for topic in tree]
    start = next((place for place, topic in enumerate(tree) if topic.key == key), None)
    if start is None:
        return []
    under = [tree[start].id]
    for topic in tree[start + 1 :]:
        if topic.depth <= tree[start].depth:
            break
        under.append(topic.id)
    return under
