"""How articles fare: which were taken into answers, what readers say. Working state."""

import hashlib
import hmac
from datetime import datetime

from django.conf import settings

from unbroken.knowledge.models import ArticleUse, ArticleVote

VOTE_WORDS_MAX = 2_000


def note_use(*, article_id: int, ticket_id: int, agent_id: int, at: datetime) -> None:
    """An agent took the article into what they write; it counts once that was sent."""
    ArticleUse.objects.get_or_create(
        article_id=article_id, ticket_id=ticket_id, agent_id=agent_id, defaults={"at": at}
    )


def note_answered(*, ticket_id: int, agent_id: int, message_id: int, at: datetime) -> None:
    """What they wrote was sent: the articles in it were used in an answer."""
    ArticleUse.objects.filter(
        ticket_id=ticket_id, agent_id=agent_id, answered_at=None, at__lte=at
    ).update(answered_at=at, message_id=message_id)


def note_withdrawn(*, message_id: int) -> None:
    """The answer was taken back in time: it was none."""
    ArticleUse.objects.filter(message_id=message_id).update(answered_at=None, message_id=None)


def note_vote(
    *, article_id: int, language: str, voter: str, helpful: bool, words: str = "", at: datetime
) -> None:
    """What one reader says; saying it again replaces it."""
    ArticleVote.objects.update_or_create(
        article_id=article_id,
        voter=_hidden(voter),
        defaults={
            "language": language,
            "helpful": helpful,
            "words": words.replace("\0", "")[:VOTE_WORDS_MAX].strip(),
            "at": at,
        },
    )


def _hidden(voter: str) -> str:
    key = f"unbroken.knowledge.vote:{settings.SECRET_KEY}".encode()
    return hmac.new(key, voter.encode(), hashlib.sha256).hexdigest()[:32]
