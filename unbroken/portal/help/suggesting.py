"""What may answer a question, while it is written and once it was sent. It never holds it up."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from unbroken.conversation import queries as record
from unbroken.ground.clock import now
from unbroken.ground.pages import answer
from unbroken.ground.words import current_language
from unbroken.knowledge import queries
from unbroken.knowledge.queries import ArticleRow

SUGGESTED_MAX = 4
WORDS_MIN = 12
PART = "portal/help/_suggested.html"


@never_cache
@require_POST
def suggestions(request: HttpRequest) -> HttpResponse:
    """Articles for what has been written so far."""
    words = f"{request.POST.get('subject', '')}\n{request.POST.get('words', '')}"
    topic = queries.topic_at(request.POST.get("topic", "").replace("\0", ""))
    found = suggested(words, topic.id if topic else None) if len(words) > WORDS_MIN else []
    context = {"suggested": found, "visitor": None, "place": "ask", "address": "", "tongue": ""}
    return answer(request, "portal/help/suggestions.html", context, parts=(PART,))


def suggested(words: str, topic_id: int | None) -> list[ArticleRow]:
    """What fits these words, in the reader's language."""
    return queries.fitting(
        words, current_language(), topic_id=topic_id, public_only=True, at=now(),
        limit=SUGGESTED_MAX,
    )  # fmt: skip


def suggested_for(ticket: record.TicketFacts) -> list[ArticleRow]:
    """What may answer a request that was just sent."""
    said = record.messages_of(ticket.id, for_customer=True)[:1]
    words = "\n".join([ticket.name, *(one.words or "" for one in said)])
    return suggested(words, ticket.topic_id)
