"""A small shelf for the tests: a tree of topics, articles on it, somebody who writes them."""

from collections.abc import Mapping
from datetime import UTC, datetime

from unbroken.conversation.actions import set_topic
from unbroken.ground.actor import Actor
from unbroken.knowledge import actions
from unbroken.knowledge.ids import ArticleId

MONDAY = datetime(2026, 5, 25, 8, 0, tzinfo=UTC)
SOFIE, TIMO = Actor.agent(1), Actor.agent(2)
LAMP = {"en": ("The DSL lamp is dark", "Unplug it, count to ten, plug it in.")}


def plant_tree() -> None:
    """internet, internet/slow, billing."""
    for key, parent in (("internet", None), ("internet/slow", "internet"), ("billing", None)):
        set_topic(key=key, names={"en": key}, parent_key=parent, by=SOFIE, at=MONDAY)


def written(
    topic: str = "internet",
    texts: Mapping[str, tuple[str, str]] = LAMP,
    *,
    audience: str = "public",
    published: bool = True,
    article_id: ArticleId | None = None,
    valid_until: datetime | None = None,
    at: datetime = MONDAY,
) -> ArticleId:
    """An article, published unless said otherwise."""
    article = actions.write_article(
        topic_key=topic, texts=texts, audience=audience, article_id=article_id,
        valid_until=valid_until, by=SOFIE, at=at,
    )  # fmt: skip
    if published:
        actions.publish_article(article_id=article, by=TIMO, at=at)
    return article
