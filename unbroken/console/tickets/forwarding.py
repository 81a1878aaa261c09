"""Passing a message on to somebody outside, with the files one chooses; and taking a note back."""

from django import forms
from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from unbroken.console import access
from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.tickets.copies import is_address
from unbroken.console.tickets.forms import WORDS_MAX
from unbroken.console.tickets.views import changed, gather, show
from unbroken.console.tickets.writing import WRITTEN
from unbroken.conversation import actions
from unbroken.conversation import queries as record
from unbroken.conversation.actions.reply import UNDO
from unbroken.conversation.ids import MessageId, TicketId
from unbroken.conversation.queries import MessageRow
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go, tell
from unbroken.ground.time_words import iso
from unbroken.ground.words import _, in_language
from unbroken.intake.mailboxes import is_ours

PASSED_ON, TAKEN_BACK = _("It leaves in a moment."), _("The note was taken back.")
SUBJECT = _("Fwd: {subject}")
NEEDS_ADDRESS = _("Give one mail address that is not this desk's own.")


class ForwardForm(forms.Form):
    """To whom, with what words of one's own."""

    to = forms.CharField(max_length=254)
    words = forms.CharField(max_length=WORDS_MAX, required=False, strip=False)


@agent_required
@require_http_methods(["GET", "HEAD", "POST"])
def forward(request: AgentRequest, number: int, message: int) -> HttpResponse:
    """To whom a message is passed on; then back to its request."""
    note = f"source:{message}"
    ticket_id = access.ticket_for(request.agent, TicketId(number), note=note)
    original = _original(ticket_id, message)
    wrong = ""
    if request.method == "POST":
        wrong = _pass_on(request, ticket_id, original)
        if not wrong:
            return go(reverse("console:ticket", args=[ticket_id]))
    context = {
        "agent": request.agent,
        "place": "work",
        "number": ticket_id,
        "message": original,
        "to": request.POST.get("to", ""),
        "words": request.POST.get("words", ""),
        "chosen": request.POST.getlist("file"),
        "is_asked": request.method == "POST",
        "wrong": [wrong] if wrong else [],
    }
    return answer(request, "console/tickets/forward.html", context, status=422 if wrong else 200)


@agent_required
@require_POST
def note_withdrawal(request: AgentRequest, number: int, message: int) -> HttpResponse:
    """A note of one's own, within ten minutes."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    try:
        with transaction.atomic():
            actions.withdraw_note(
                ticket_id=ticket_id, message_id=MessageId(message), by=request.actor, at=now()
            )
    except Refused as refusal:
        tell(request, refusal.in_words())
        return show(request, gather(request, ticket_id), parts=WRITTEN, status=422)
    tell(request, in_language(TAKEN_BACK))
    return changed(request, ticket_id, parts=WRITTEN)


def _original(ticket_id: TicketId, message: int) -> MessageRow:
    """What may leave the house: never a note, never what was taken back."""
    found = record.message(message)
    if found is None or found.ticket_id not in (ticket_id, *record.merged_from(ticket_id)):
        raise Http404("message")
    if found.kind in ("note", "forward") or found.withdrawn_at is not None:
        raise Http404("message")
    return found


def _pass_on(request: AgentRequest, ticket_id: TicketId, original: MessageRow) -> str:
    """What was wrong; nothing when it is on its way."""
    form = ForwardForm(request.POST)
    to = form.cleaned_data["to"].strip() if form.is_valid() else ""
    if not is_address(to) or is_ours(to):
        return in_language(NEEDS_ADDRESS)
    files = [int(one) for one in request.POST.getlist("file") if one.isascii() and one.isdigit()]
    ticket = record.ticket_facts(ticket_id)
    subject = original.subject or (ticket.name if ticket else "")
    at = now()
    try:
        with transaction.atomic():
            message, _delivery = actions.forward_message(
                ticket_id=ticket_id,
                message_id=MessageId(original.id),
                to=to,
                words=form.cleaned_data["words"],
                attachment_ids=[one for one in files if one < 10**15],
                subject=in_language(SUBJECT, subject=" ".join(subject.split())),
                by=request.actor,
                at=at,
            )
    except Refused as refusal:
        return refusal.in_words()
    undo = reverse("console:withdrawal", args=[ticket_id, message])
    tell(request, in_language(PASSED_ON), undo=undo, undo_until=iso(at + UNDO))
    return ""
