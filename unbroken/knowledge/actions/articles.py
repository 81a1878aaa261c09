"""What can happen to an article: it is written, read by another, published, retired.

What is written waits until it is published: readers see the old words until then. What it said
before stays on record.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from unbroken.conversation import queries as record
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change
from unbroken.ground.words import LANGUAGES
from unbroken.knowledge.events import (
    ArticlePublished,
    ArticleRetired,
    ArticleReturned,
    ArticleSubmitted,
    ArticleWritten,
)
from unbroken.knowledge.ids import ArticleId
from unbroken.knowledge.models import Article, ArticleText
from unbroken.knowledge.slugs import free_slug, slug_of

AUDIENCES = ("public", "internal")
LETTERS_MAX = 40_000
Wording = tuple[str, str]
"""A title and a body."""


def write_article(
    *,
    topic_key: str,
    texts: Mapping[str, Wording],
    audience: str = "internal",
    valid_until: datetime | None = None,
    article_id: ArticleId | None = None,
    from_ticket: int | None = None,
    by: Actor,
    at: datetime,
) -> ArticleId:
    """Write a new article, or one anew; readers see it once it is published.

    Languages that are not given stay as they are. The same words as before, under the same
    topic, change nothing. Audience, topic and date count at once.
    """
    topic_id = _topic_id(topic_key)
    _check(texts, audience, is_new=article_id is None)
    wanted = (topic_id, audience, valid_until)
    if article_id is None:
        with begin(Article, by=by, at=at) as article:
            article.from_ticket_id = from_ticket
            _write(article, wanted, texts, is_new=True)
        return ArticleId(article.id)
    with change(Article, article_id, by=by, at=at) as article:
        _write(article, wanted, texts, is_new=False)
    return article_id


def submit_article(*, article_id: ArticleId, by: Actor, at: datetime) -> None:
    """Its writer is done: somebody else should read it. Asked already changes nothing."""
    with change(Article, article_id, by=by, at=at) as article:
        if article.in_review:
            return
        if article.state == "published" and not _waiting(article.id):
            raise Refused("article.nothing_new")
        article.in_review = True
        article.tell(ArticleSubmitted())


def return_article(*, article_id: ArticleId, reason: str, by: Actor, at: datetime) -> None:
    """Its reader gives it back to the writer, with words. Not in review: changes nothing."""
    with change(Article, article_id, by=by, at=at) as article:
        if not article.in_review:
            return
        article.in_review = False
        said = article.said(reason.strip(), whose=by) if reason.strip() else None
        article.tell(ArticleReturned(reason=said))


def publish_article(*, article_id: ArticleId, by: Actor, at: datetime) -> None:
    """Its audience reads what was written from now on. Nothing new changes nothing."""
    with change(Article, article_id, by=by, at=at) as article:
        new = _waiting(article.id)
        if article.state == "published" and not new and not article.in_review:
            return
        for text in new:
            text.title, text.body = text.next_title, text.next_body
            text.next_title = text.next_body = ""
            article.add(text)
        article.slug = article.slug or _slug(article.id, new)
        article.state, article.in_review = "published", False
        languages = tuple(text.language for text in new)
        article.tell(ArticlePublished(audience=article.audience, languages=languages))


def retire_article(*, article_id: ArticleId, by: Actor, at: datetime) -> None:
    """Nobody is shown it any more. Retired already changes nothing."""
    with change(Article, article_id, by=by, at=at) as article:
        if article.state == "retired":
            return
        article.state, article.in_review = "retired", False
        article.tell(ArticleRetired())


def _topic_id(key: str) -> int:
    for topic in record.topic_tree():
        if topic.key == key:
            return topic.id
    raise Refused("article.unknown_topic", key=key)


def _check(texts: Mapping[str, Wording], audience: str, *, is_new: bool) -> None:
    if audience not in AUDIENCES:
        raise Refused("article.unknown_audience")
    if is_new and not texts:
        raise Refused("article.says_nothing")
    for language, (title, body) in texts.items():
        if language not in LANGUAGES:
            raise Refused("article.unknown_language", tongue=language)
        if not title.strip() or not body.strip():
            raise Refused("article.says_nothing")
        if len(title) + len(body) > LETTERS_MAX:
            raise Refused("article.too_long", letters=LETTERS_MAX)


def _write(
    article: Any,
    wanted: tuple[int, str, datetime | None],
    texts: Mapping[str, Wording],
    *,
    is_new: bool,
) -> None:
    if article.state == "retired":
        raise Refused("article.retired_already")
    new = _new_words(None if is_new else article.id, texts)
    if not new and (article.topic_id, article.audience, article.valid_until) == wanted:
        return
    article.topic_id, article.audience, article.valid_until = wanted
    article.written_by = str(article.by) if new else article.written_by
    bodies = []
    for text, (title, body) in new:
        text.article_id = article.id
        article.add(text)
        bodies.append(article.said(f"{title}\n\n{body}", whose=article.by))
    article.tell(
        ArticleWritten(
            topic=wanted[0],
            audience=wanted[1],
            languages=tuple(text.language for text, _ in new),
            bodies=tuple(bodies),
            valid_until=wanted[2],
            ticket=article.from_ticket_id if is_new else None,
        )
    )


def _new_words(
    article_id: int | None, texts: Mapping[str, Wording]
) -> list[tuple[ArticleText, Wording]]:
    """The wordings that are new or altered, in the order of their languages.

    Words that are published already wait for nothing: what waited before is dropped.
    """
    known: dict[str, ArticleText] = {}
    if article_id is not None:
        known = {text.language: text for text in ArticleText.objects.filter(article_id=article_id)}
    new = []
    for language, (title, body) in sorted(texts.items()):
        text = known.get(language) or ArticleText(language=language)
        words = (title.strip(), body.replace("\r\n", "\n").strip())
        latest = (text.next_title or text.title, text.next_body or text.body)
        if latest != words:
            is_published = words == (text.title, text.body)
            text.next_title, text.next_body = ("", "") if is_published else words
            new.append((text, words))
    return new


def _waiting(article_id: int) -> list[ArticleText]:
    """Wordings that wait to be published."""
    found = ArticleText.objects.filter(article_id=article_id).exclude(next_title="")
    return list(found.order_by("language"))


def _slug(article_id: int, new: list[ArticleText]) -> str:
    """An address that no article and no topic has, from the English title if there is one."""
    titles = {text.language: text.title for text in ArticleText.objects.filter(article=article_id)}
    titles |= {text.language: text.title for text in new}
    title = next((titles[one] for one in LANGUAGES if titles.get(one)), "")
    alike = Article.objects.filter(slug__startswith=slug_of(title)[:20])
    taken = set(alike.values_list("slug", flat=True))
    taken |= {topic.key.rpartition("/")[2] for topic in record.topic_tree()}
    return free_slug(title, taken)
