"""Who may do what with what is known.

Everybody who answers requests may write and hand in; who edits knowledge publishes, too, and
keeps topics and canned answers. Nobody publishes words that are theirs alone unless they edit
knowledge.
"""

from django.http import Http404

from unbroken.console.access import may
from unbroken.ground.clock import now
from unbroken.ground.words import current_language
from unbroken.knowledge import queries
from unbroken.knowledge.queries import ShelfRow
from unbroken.staffing.permissions import ANSWER, EDIT_KNOWLEDGE
from unbroken.staffing.queries import AgentCard


def article_for(article_id: int) -> ShelfRow:
    """The article; every agent may read all of them. Not found when there is none."""
    found = queries.shelved(article_id, current_language(), at=now())
    if found is None:
        raise Http404("article")
    return found


def may_publish(agent: AgentCard, article: ShelfRow) -> bool:
    """Whether this agent may let everybody read what was written."""
    is_theirs = article.written_by == f"agent:{agent.id}"
    second = article.in_review and not is_theirs and may(agent, ANSWER)
    return may(agent, EDIT_KNOWLEDGE) or second
