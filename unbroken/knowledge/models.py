"""Tables of what is known: articles in several languages, canned answers, and how they fare."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from unbroken.ground.models import Guarded, GuardedChild, Working


class Article(Guarded):
    """One piece of knowledge under one topic.

    State: draft, published, retired. `in_review`: somebody asked for its new words to be read
    and published. `audience` is "public" (customers may read it) or "internal". After
    `valid_until` it is shown to nobody until somebody looks at it again. `slug` is the last
    part of its address, given when it is first published, for life.
    """

    stream: ClassVar[str] = "article"

    topic = models.ForeignKey("conversation.Topic", models.DO_NOTHING, related_name="+")
    state = models.TextField(default="draft")
    audience = models.TextField(default="internal")
    valid_until = models.DateTimeField(null=True)
    slug = models.TextField(default="", db_default="")
    in_review = models.BooleanField(default=False, db_default=False)
    written_by = models.TextField(default="", db_default="")
    from_ticket = models.ForeignKey(
        "conversation.TroubleTicket", models.DO_NOTHING, null=True, related_name="+"
    )

    class Meta:
        db_table = "article"
        indexes = [models.Index(fields=["topic", "state"], name="article_topic")]
        constraints = [
            models.UniqueConstraint(fields=["slug"], condition=~Q(slug=""), name="article_slug")
        ]


class ArticleText(GuardedChild):
    """How an article reads in one language: Markdown.

    `title` and `body` are published, empty before that; `next_title` and `next_body` wait to be,
    empty when nothing does. `search`, the words of what is published, is made by the database.
    """

    article = models.ForeignKey(Article, models.DO_NOTHING, related_name="texts")
    language = models.TextField()
    title = models.TextField(default="")
    body = models.TextField(default="")
    next_title = models.TextField(default="", db_default="")
    next_body = models.TextField(default="", db_default="")

    class Meta:
        db_table = "article_text"
        constraints = [
            models.UniqueConstraint(fields=["article", "language"], name="article_text_once")
        ]


class Picture(Guarded):
    """A picture that articles show by its address, `picture/7-name.png`; its bytes lie in a blob.

    It is never changed: another picture is another row. Whoever may read an article that shows it
    may see it, and nobody else outside the house.
    """

    stream: ClassVar[str] = "picture"

    name = models.TextField()
    media_type = models.TextField()
    size = models.BigIntegerField()
    width = models.IntegerField()
    height = models.IntegerField()
    blob_id = models.BigIntegerField()

    class Meta:
        db_table = "article_picture"


class CannedAnswer(Guarded):
    """A short text for the composer, found by its name; without a topic it fits every request.

    `asserts`: the key of the cause that it says is so (`planned_reset` …), empty when it says none.
    """

    stream: ClassVar[str] = "canned"

    name = models.TextField(unique=True)
    topic = models.ForeignKey("conversation.Topic", models.DO_NOTHING, null=True, related_name="+")
    active = models.BooleanField(default=True)
    asserts = models.TextField(default="", db_default="", blank=True)

    class Meta:
        db_table = "canned_answer"


class CannedText(GuardedChild):
    """How a canned answer reads in one language, with its variables in braces."""

    canned = models.ForeignKey(CannedAnswer, models.DO_NOTHING, related_name="texts")
    language = models.TextField()
    text = models.TextField()

    class Meta:
        db_table = "canned_text"
        constraints = [
            models.UniqueConstraint(fields=["canned", "language"], name="canned_text_once")
        ]


class ArticleUse(Working):
    """An agent took an article into the answer to a request; `answered_at` once that was sent."""

    article = models.ForeignKey(Article, models.DO_NOTHING, related_name="uses")
    ticket = models.ForeignKey("conversation.TroubleTicket", models.DO_NOTHING, related_name="+")
    agent = models.ForeignKey("staffing.Agent", models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()
    message_id = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "article_use"
        constraints = [
            models.UniqueConstraint(fields=["article", "ticket", "agent"], name="article_use_once")
        ]
        indexes = [models.Index(fields=["ticket"], name="article_use_ticket")]


class ArticleVote(Working):
    """What one reader said of an article. `voter` is a keyed hash: nobody can be read from it."""

    article = models.ForeignKey(Article, models.DO_NOTHING, related_name="votes")
    language = models.TextField()
    voter = models.TextField()
    helpful = models.BooleanField()
    words = models.TextField(default="")
    at = models.DateTimeField()

    class Meta:
        db_table = "article_vote"
        constraints = [
            models.UniqueConstraint(fields=["article", "voter"], name="article_vote_once")
        ]
