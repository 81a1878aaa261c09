"""Questions about what is known. To readers drafts, retired and outdated articles are no answer."""

from unbroken.knowledge.queries.canned import CannedRow, canned_answer, canned_answers, canned_for
from unbroken.knowledge.queries.canned import CannedSheet as CannedSheet
from unbroken.knowledge.queries.fitting import fitting
from unbroken.knowledge.queries.readable import (
    ArticleRow,
    article,
    article_at,
    articles_under,
    found_by,
    topic_at,
)
from unbroken.knowledge.queries.shelf import (
    SHELF_MAX,
    ShelfRow,
    Waiting,
    shelf,
    shelved,
    wordings,
)
from unbroken.knowledge.queries.versions import Step, Version, history, version_at, versions
from unbroken.knowledge.queries.votes import VoteRow, votes_of

__all__ = [
    "SHELF_MAX",
    "ArticleRow",
    "CannedRow",
    "CannedSheet",
    "ShelfRow",
    "Step",
    "Version",
    "VoteRow",
    "Waiting",
    "article",
    "article_at",
    "articles_under",
    "canned_answer",
    "canned_answers",
    "canned_for",
    "fitting",
    "found_by",
    "history",
    "shelf",
    "shelved",
    "topic_at",
    "version_at",
    "versions",
    "votes_of",
    "wordings",
]
