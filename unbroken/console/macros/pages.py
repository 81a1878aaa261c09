"""Macros on one request: the menu, what one would do, doing it, taking all of it back."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from unbroken.console import access
from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.macros import applying
from unbroken.console.macros.access import is_offered
from unbroken.console.macros.telling import lines_of
from unbroken.console.many import doing, state
from unbroken.console.many.deeds import Deed
from unbroken.console.tickets.views import COMPOSER, FACTS, HEAD, STORY, TOASTS, changed
from unbroken.console.tickets.work_list import work_page
from unbroken.conversation import queries as record
from unbroken.conversation.actions.reply import UNDO
from unbroken.conversation.ids import TicketId
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go_for_everyone, tell
from unbroken.ground.time_words import iso
from unbroken.ground.words import _, in_language
from unbroken.routines import queries as routines
from unbroken.routines.sheets import MacroSheet

DONE, TAKEN_BACK = _("Done: {name}."), _("Taken back, all of it.")
NOTHING_CHANGED = _("It was so already; nothing changed.")
ALL_PARTS = (COMPOSER, FACTS, STORY, HEAD, TOASTS)


@agent_required
@require_GET
def offered(request: AgentRequest, number: int) -> HttpResponse:
    """The macros whose conditions hold for this request."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    ticket = record.ticket_facts(ticket_id)
    assert ticket is not None
    theirs = [one for one in routines.kept_macros() if is_offered(request.agent, one.sheet)]
    context = {
        "agent": request.agent,
        "place": "work",
        "number": ticket_id,
        "macros": [one for one in theirs if applying.fits(ticket, one.sheet)],
    }
    return answer(
        request, "console/macros/offered.html", context, parts=("console/macros/_offered.html",)
    )


@agent_required
@require_http_methods(["GET", "HEAD", "POST"])
def macro(request: AgentRequest, number: int, macro_id: int) -> HttpResponse:
    """What it would do; and doing it."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    found = routines.macro(macro_id)
    if found is None or not is_offered(request.agent, found.sheet):
        raise Http404("macro")
    if request.method == "POST":
        return _do(request, ticket_id, macro_id, found.sheet)
    return _preview(request, ticket_id, macro_id, found.sheet)


@agent_required
@require_POST
def undone(request: AgentRequest, number: int, done_id: int) -> HttpResponse:
    """Everything the macro did to this request is taken back."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    own, at = state.kept(request.agent.id, done_id), now()
    if own is None or [one.number for one in own.results] != [ticket_id]:
        raise Http404("done")
    if state.note_undone(own.id, at=at):
        back = doing.take_back(own.results, own.deed, by=request.actor, at=at)
        refused = next((one for one in back if one.refused), None)
        tell(request, refused.why if refused else in_language(TAKEN_BACK))
    return changed(request, ticket_id, parts=ALL_PARTS)


def _preview(
    request: AgentRequest, ticket_id: TicketId, macro_id: int, sheet: MacroSheet, wrong: str = ""
) -> HttpResponse:
    at, doer = now(), applying.doer_of(request.agent)
    lines = []
    try:
        steps = applying.foreseen(ticket_id, sheet, doer, at=at)
        lines = lines_of(steps, at=at, zone=request.agent.timezone)
    except Refused as refusal:
        wrong = wrong or refusal.in_words()
    goes_to = record.reply_goes_to(ticket_id) if "reply" in sheet.steps else None
    context = {
        "agent": request.agent,
        "place": "work",
        "number": ticket_id,
        "macro_id": macro_id,
        "sheet": sheet,
        "lines": lines,
        "to": [f"{name} <{mail}>" if name else mail for name, mail in goes_to.to]
        if goes_to
        else [],
        "cc": [mail for _name, mail in goes_to.cc] if goes_to else [],
        "wrong": [wrong] if wrong else [],
    }
    parts = ("console/macros/_preview.html",)
    status = 422 if wrong and request.method == "POST" else 200
    return answer(request, "console/macros/preview.html", context, parts=parts, status=status)


def _do(
    request: AgentRequest, ticket_id: TicketId, macro_id: int, sheet: MacroSheet
) -> HttpResponse:
    at, deed = now(), Deed("macro", str(macro_id))
    results = doing.do_to([ticket_id], deed, by=request.actor, at=at)
    if results[0].refused:
        return _preview(request, ticket_id, macro_id, sheet, results[0].why)
    if not results[0].is_changed:
        tell(request, in_language(NOTHING_CHANGED))
    else:
        kept = state.keep(request.agent.id, deed, results, at=at)
        undo = reverse("console:ticket_macro_undo", args=[ticket_id, kept.id])
        tell(request, in_language(DONE, name=sheet.name), undo=undo, undo_until=iso(at + UNDO))
    return go_for_everyone(request, _where(request, ticket_id, sheet.then))


def _where(request: AgentRequest, ticket_id: TicketId, then: str) -> str:
    """Where the agent goes on: here, with the next request, or from the list."""
    if then == "list":
        return reverse("console:work")
    if then == "next":
        rows = work_page(request.agent, "", None, now()).rows
        following = next((one.number for one in rows if one.number != ticket_id), None)
        if following is None:
            return reverse("console:work")
        return reverse("console:ticket", args=[following])
    return reverse("console:ticket", args=[ticket_id])
