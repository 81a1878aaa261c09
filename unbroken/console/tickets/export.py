"""A list as a table for spreadsheets: the same words and permission, up to ten thousand lines."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.tickets.filters import tidy
from unbroken.console.tickets.work_list import WaitingTicket, lines_for
from unbroken.conversation import queries as record
from unbroken.conversation.fields import FieldRow
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
    columns, held = _fields([line.number for line in found])
    head = (*HEAD, *(f"field.{row.key}" for row in columns))
    cells = ((*_cells(one), *(held.get((one.number, c.id)) for c in columns)) for one in found)
    return as_file("requests.csv", sheet.lines(head, cells))


def as_file(name: str, lines: Iterator[bytes]) -> HttpResponse:
    """A table to be saved, never shown as a page."""
    response = HttpResponse(b"".join(lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _fields(numbers: list[int]) -> tuple[list[FieldRow], dict[tuple[int, int], str]]:
    """The custom fields that hold something on any of these lines, and what they hold."""
    values = record.field_values(numbers)
    filled = {one.field_id for one in values}
    columns = [row for row in record.every_field() if row.id in filled]
    texts = {(one.ticket_id, one.field_id): one.text for one in values}
    return columns, texts


def _cells(line: WaitingTicket) -> tuple[object, ...]:
    return (
        line.number, line.name, line.customer or line.sender, line.topic, line.channel,
        line.status, line.waiting_for, line.priority, line.team, line.assignee,
        line.promise_key, line.due_at,
    )  # fmt: skip
