"""Where something should be written: topics with many requests and nothing for their readers."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.knowledge import labels
from unbroken.ground.clock import now
from unbroken.ground.pages import answer
from unbroken.ground.sql import rows
from unbroken.ground.words import LANGUAGES

DAYS = 90
TICKETS_MAX = 50_000


@dataclass(frozen=True, slots=True)
class Gap:
    """A topic, how much it is asked about, and what there is to read."""

    topic_id: int
    key: str
    asked: int
    written_in: list[str]
    outdated: int
    doubted: int

    @property
    def missing_in(self) -> list[str]:
        """Languages in which nothing can be read."""
        return [one for one in LANGUAGES if one not in self.written_in]


@agent_required
@require_GET
def gaps(request: AgentRequest) -> HttpResponse:
    """Topics that are asked about, those with nothing to read first."""
    at = now()
    found = rows(
        Gap,
        "console/knowledge/queries/gaps.sql",
        since=at - timedelta(days=DAYS),
        at=at,
        last=TICKETS_MAX,
    )
    context = {
        "agent": request.agent,
        "place": "knowledge",
        "places": labels.places(),
        "here": "gaps",
        "gaps": [gap for gap in found if gap.missing_in or gap.outdated or gap.doubted],
        "most": max((gap.asked for gap in found), default=1) or 1,
        "topic_names": labels.topic_names(),
        "days": DAYS,
    }
    return answer(request, "console/knowledge/gaps.html", context)
