"""The record of who did what: to be looked through, and taken away as a file; never to be changed.

Taking it away is itself on record.
"""

from typing import cast

from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from unbroken.console.access import AgentRequest, allowed
from unbroken.console.admin.frame import page
from unbroken.console.audit import asking, lines
from unbroken.console.audit.asking import GROUPS, THE_HOUSE
from unbroken.console.audit.lines import Line
from unbroken.ground import sheet
from unbroken.ground.clock import now
from unbroken.ground.words import _, current_language, in_language
from unbroken.staffing import queries as staffing
from unbroken.staffing.permissions import READ_RECORD
from unbroken.staffing.state import traces

LINES_MAX = 100_000
HEAD = (
    _("When"),
    _("Who"),
    _("What"),
    _("Details"),
    _("Thing"),
    _("By which permission"),
    _("From where"),
)
reading = allowed(do=READ_RECORD)


@reading
@require_GET
def audit(request: AgentRequest) -> HttpResponse:
    """What was done, the newest first; filters stand in the address."""
    wanted = asking.read(request.GET.dict())
    found, more = lines.page_of(wanted, request.agent.timezone)
    query, here = wanted.address(), reverse("console:admin_audit")
    return page(
        request,
        "console/admin/audit.html",
        "audit",
        lines=found,
        wanted=wanted,
        next_address=f"{here}?{wanted.address(more)}" if more else "",
        is_later="before" in request.GET,
        csv_address=reverse("console:admin_audit_csv") + (f"?{query}" if query else ""),
        people=_people(),
        groups=[(key, in_language(word)) for key, word in GROUPS.items()],
    )


@reading
@require_GET
def audit_csv(request: AgentRequest) -> HttpResponse:
    """All of it that fits the filters, as CSV."""
    wanted, at = asking.read(request.GET.dict()), now()
    traces.note_export(request.agent.id, "audit", note=wanted.address()[:200], at=at)
    language = current_language()
    found = lines.all_of(wanted, request.agent.timezone, language=language, most=LINES_MAX)
    body = (_cells(one) for one in found)
    head = [in_language(word) for word in HEAD]
    answer = StreamingHttpResponse(sheet.lines(head, body), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="audit-{at:%Y-%m-%d}.csv"'
    return cast(HttpResponse, answer)  # a page of ours, only longer


def _cells(line: Line) -> tuple[object, ...]:
    details = "; ".join(line.details)
    return (line.at, line.who, line.says, details, line.thing, line.why, line.place)


def _people() -> list[tuple[str, str]]:
    people = [(f"agent:{one.id}", one.name) for one in staffing.people()]
    return [("", in_language(_("Everybody"))), *people, (THE_HOUSE, in_language(lines.THE_DESK))]
