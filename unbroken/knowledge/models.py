"""Tables of what is known: articles, and their wording in each language."""

from typing import ClassVar

from django.db import models

from unbroken.ground.models import Guarded, GuardedChild


class Article(Guarded):
    """One piece of knowledge under one topic.

    State: draft, published, retired. `audience` is "public" (customers may read it) or
    "internal". After `valid_until` it is shown to nobody until somebody looks at it again.
    """

    stream: ClassVar[str] = "article"

    topic = models.ForeignKey("conversation.Topic", models.DO_NOTHING, related_name="+")
    state = models.TextField(default="draft")
    audience = models.TextField(default="internal")
    valid_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "article"
        indexes = [models.Index(fields=["topic", "state"], name="article_topic")]


class ArticleText(GuardedChild):
    """How an article reads in one language; plain text, a blank line between paragraphs."""

    article = models.ForeignKey(Article, models.DO_NOTHING, related_name="texts")
    language = models.TextField()
    title = models.TextField()
    body = models.TextField()

    class Meta:
        db_table = "article_text"
        constraints = [
            models.UniqueConstraint(fields=["article", "language"], name="article_text_once")
        ]
