"""What may be read now, by whom, in which language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from unbroken.conversation import queries as record
from unbroken.conversation.queries import TopicRow
from unbroken.ground.sql import rows
from unbroken.ground.words import LANGUAGES, supported
from unbroken.knowledge.ids import ArticleId
from unbroken.knowledge.markdown import to_html, to_line, to_plain

_READABLE = "knowledge/queries/readable.sql"


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as it reads in the best language there is: `language` says which."""

    id: ArticleId
    topic_id: int
    audience: str
    valid_until: datetime | None
    changed_at: datetime
    slug: str
    language: str
    title: str
    body: str
    languages: list[str]

    @property
    def place(self) -> str:
        """The end of its address: topic and slug, or its number where it has no slug yet."""
        topic = record.topic(self.topic_id) if self.topic_id not in _keys() else None
        key = topic.key if topic else _keys().get(self.topic_id, "")
        return f"{key}/{self.slug or self.id}"

    @property
    def html(self) -> str:
        """Its text as a safe page."""
        return to_html(self.body)

    def page(self, pictures: str) -> str:
        """The same with pictures from where this reader may fetch them."""
        return to_html(self.body, pictures)

    @property
    def plain(self) -> str:
        """Its text as a mail carries it."""
        return to_plain(self.body)

    @property
    def line(self) -> str:
        """How it begins."""
        return to_line(self.body)


def articles_under(
    topic_key: str | None, language: str, *, public_only: bool, at: datetime
) -> list[ArticleRow]:
    """Articles of a topic and of all below it (None: of the whole tree), in the tree's order.

    One that is not worded in the language is given in English, else in any language it has.
    """
    places = {topic_id: place for place, topic_id in enumerate(topics_under(topic_key))}
    found = readable(language, public_only=public_only, at=at, topics=list(places))
    return sorted(found, key=lambda row: (places[row.topic_id], row.title, row.id))


def article(
    article_id: int, language: str, *, public_only: bool, at: datetime
) -> ArticleRow | None:
    """One article, if this reader may read it now."""
    found = readable(language, public_only=public_only, at=at, articles=[article_id])
    return found[0] if found else None


def article_at(slug: str, language: str, *, public_only: bool, at: datetime) -> ArticleRow | None:
    """The article with this last part of an address, if this reader may read it now."""
    if slug.isascii() and slug.isdigit():
        is_number = len(slug) <= 15
        return article(int(slug), language, public_only=public_only, at=at) if is_number else None
    found = readable(language, public_only=public_only, at=at, slug=slug)
    return found[0] if found else None


def topic_at(key: str) -> TopicRow | None:
    """The topic with this key, if it is in use."""
    return next((topic for topic in record.topic_tree() if topic.key == key), None)


def found_by(
    ids: Sequence[int], language: str, *, public_only: bool, at: datetime
) -> list[ArticleRow]:
    """These articles in this order, as far as the reader may read them."""
    if not ids:
        return []
    found = {
        row.id: row
        for row in readable(language, public_only=public_only, at=at, articles=list(ids))
    }
    return [found[ArticleId(one)] for one in ids if one in found]


def readable(
    language: str,
    *,
    public_only: bool,
    at: datetime,
    topics: Sequence[int] | None = None,
    articles: Sequence[int] | None = None,
    slug: str | None = None,
) -> list[ArticleRow]:
    """What may be read now, narrowed."""
    return rows(
        ArticleRow,
        _READABLE,
        languages=best_first(language),
        public_only=public_only,
        at=at,
        topics=topics,
        articles=articles,
        slug=slug,
    )


def best_first(language: str) -> list[str]:
    """The reader's language, then English, then the others."""
    return [*dict.fromkeys((supported(language), "en", *LANGUAGES))]


def topics_under(key: str | None) -> list[int]:
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


def topics_above(topic_id: int | None) -> list[int]:
    """The topic and all above it, nearest first."""
    by_id = {topic.id: topic for topic in record.topic_tree()}
    found: list[int] = []
    while topic_id is not None and topic_id in by_id:
        found.append(topic_id)
        topic_id = by_id[topic_id].parent_id
    return found


def _keys() -> dict[int, str]:
    return {topic.id: topic.key for topic in record.topic_tree()}
