"""A list as a table for spreadsheets: the same words and permission, up to ten thousand lines."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.tickets.filters import tidy
from unbroken.console.tickets.work_list import WaitingTicket, lines_for
from unbroken.ground import sheet
from unbroken.ground.clock import now
from unbroken.staffing.state import traces

LINES_MAX = 10_000
HEAD = (
    "number", "subject", "customer", "topic", "channel", "status", "waiting_for", "priority",
    "team", "assignee", "promise", "due_at",
)  # fmt: skip
"""English in every language: other programs read them."""


@agent_required
@require_GET
def table(request: AgentRequest) -> HttpResponse:
    """Every line of this list that the agent may see, in the list's order."""
    words = tidy(request.GET.get("q", ""))
    traces.note_export(request.agent.id, "list", note=words, at=now())
    found = lines_for(request.agent, words, now(), limit=LINES_MAX)
    return as_file("requests.csv", sheet.lines(HEAD, map(_cells, found)))


def as_file(name: str, lines: Iterator[bytes]) -> HttpResponse:
    """A table to be saved, never shown as a page."""
    response = HttpResponse(b"".join(lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _cells(line: WaitingTicket) -> tuple[object, ...]:
    return (
        line.number, line.name, line.customer or line.sender, line.topic, line.channel,
        line.status, line.waiting_for, line.priority, line.team, line.assignee,
        line.promise_key, line.due_at,
    )  # fmt: skip
