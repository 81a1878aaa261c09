"""What can happen to an article: it is written, published, retired.

Nothing else in the house writes articles. Writing a published one anew changes it at once;
what it said before stays on record.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from unbroken.conversation import queries as record
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.words import LANGUAGES, _
from unbroken.knowledge.events import ArticlePublished, ArticleRetired, ArticleWritten
from unbroken.knowledge.ids import ArticleId
from unbroken.knowledge.models import Article, ArticleText

AUDIENCES = ("public", "internal")
Wording = tuple[str, str]
"""A title and a body."""

refusals(
    {
        "article.unknown_topic": _("There is no topic {key} to hang an article on."),
        "article.unknown_language": _("Articles are not written in {language}."),
        "article.unknown_audience": _("An article is public or internal."),
        "article.says_nothing": _("An article needs a title and a text."),
        "article.retired_already": _("The article was taken down; publish it again first."),
    }
)


def write_article(
    *,
    topic_key: str,
    texts: Mapping[str, Wording],
    audience: str = "internal",
    valid_until: datetime | None = None,
    article_id: ArticleId | None = None,
    by: Actor,
    at: datetime,
) -> ArticleId:
    """Write a new article, or one anew. Languages that are not given stay as they are.

    The same words as before, under the same topic, change nothing.
    """
    topic_id = _topic_id(topic_key)
    _check(texts, audience, is_new=article_id is None)
    if article_id is None:
        with begin(Article, by=by, at=at) as article:
            _write(article, topic_id, audience, valid_until, texts, is_new=True)
        return ArticleId(article.id)
    with change(Article, article_id, by=by, at=at) as article:
        _write(article, topic_id, audience, valid_until, texts, is_new=False)
    return article_id


def publish_article(*, article_id: ArticleId, by: Actor, at: datetime) -> None:
    """Its audience may read it from now on. Published already changes nothing."""
    with change(Article, article_id, by=by, at=at) as article:
        if article.state == "published":
            return
        article.state = "published"
        article.tell(ArticlePublished(audience=article.audience))


def retire_article(*, article_id: ArticleId, by: Actor, at: datetime) -> None:
    """Nobody is shown it any more. Retired already changes nothing."""
    with change(Article, article_id, by=by, at=at) as article:
        if article.state == "retired":
            return
        article.state = "retired"
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
            raise Refused("article.unknown_language", language=language)
        if not title.strip() or not body.strip():
            raise Refused("article.says_nothing")


def _write(
    article: Any,
    topic_id: int,
    audience: str,
    valid_until: datetime | None,
    texts: Mapping[str, Wording],
    *,
    is_new: bool,
) -> None:
    if article.state == "retired":
        raise Refused("article.retired_already")
    new = _new_words(None if is_new else article.id, texts)
    wanted = (topic_id, audience, valid_until)
    if not new and (article.topic_id, article.audience, article.valid_until) == wanted:
        return
    article.topic_id, article.audience, article.valid_until = wanted
    bodies = []
    for text in new:
        text.article_id = article.id
        article.add(text)
        bodies.append(article.said(f"{text.title}\n\n{text.body}", whose=article.by))
    article.tell(
        ArticleWritten(
            topic=topic_id,
            audience=audience,
            languages=tuple(text.language for text in new),
            bodies=tuple(bodies),
            valid_until=valid_until,
        )
    )


def _new_words(article_id: int | None, texts: Mapping[str, Wording]) -> list[ArticleText]:
    """The wordings that are new or altered, in the order of their languages."""
    known: dict[str, ArticleText] = {}
    if article_id is not None:
        known = {text.language: text for text in ArticleText.objects.filter(article_id=article_id)}
    new = []
    for language, (title, body) in sorted(texts.items()):
        text = known.get(language) or ArticleText(language=language, title="", body="")
        if (text.title, text.body) != (title.strip(), body.strip()):
            text.title, text.body = title.strip(), body.strip()
            new.append(text)
    return new
