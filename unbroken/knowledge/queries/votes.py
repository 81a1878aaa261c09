"""What readers said of an article."""

from dataclasses import dataclass
from datetime import datetime

from unbroken.knowledge.models import ArticleVote

VOTES_MAX = 50


@dataclass(frozen=True, slots=True)
class VoteRow:
    """One reader who left words."""

    language: str
    helpful: bool
    words: str
    at: datetime


def votes_of(article_id: int) -> list[VoteRow]:
    """What readers wrote, the latest first."""
    found = ArticleVote.objects.filter(article_id=article_id).exclude(words="").order_by("-at")
    return [
        VoteRow(*row) for row in found.values_list("language", "helpful", "words", "at")[:VOTES_MAX]
    ]
