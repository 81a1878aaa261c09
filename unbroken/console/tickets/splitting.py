"""A message, or the words chosen in it, becomes a request of its own.

The page comes with what was chosen (`start` and `letters` in the address, as a mark counts them),
with all of the message otherwise. Words can be left out there, and files; none can be changed.
"""

from django import forms
from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from unbroken.console import access
from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.tickets.forms import WORDS_MAX
from unbroken.conversation import actions
from unbroken.conversation import queries as record
from unbroken.conversation.ids import MessageId, TicketId
from unbroken.conversation.queries import MessageRow
from unbroken.conversation.state import plain
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go_for_everyone, tell
from unbroken.ground.words import _, in_language

SPLIT_OFF = _("This is request {number} now.")
NAME_LETTERS = 80
"""Of the first line chosen, as the subject that is offered."""


class ChosenForm(forms.Form):
    """Which part of the message was chosen."""

    start = forms.IntegerField(min_value=0, max_value=WORDS_MAX)
    letters = forms.IntegerField(min_value=1, max_value=WORDS_MAX)


class SplitForm(forms.Form):
    """What the new request is called, and what of the message it is about."""

    name = forms.CharField(max_length=500, required=False)
    words = forms.CharField(max_length=WORDS_MAX, required=False, strip=False)


@agent_required
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: AgentRequest, number: int, message: int) -> HttpResponse:
    """What the new request takes along; then the new request itself."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    found = record.message(MessageId(message))
    if found is None or found.ticket_id != ticket_id or found.withdrawn_at is not None:
        raise Http404("message")
    if request.method != "POST":
        return _shown(request, ticket_id, found, **_chosen(request, found))
    try:
        with transaction.atomic():
            new = _split(request, ticket_id, found)
    except Refused as refusal:
        typed = {key: request.POST.get(key, "") for key in ("name", "words")}
        return _shown(request, ticket_id, found, wrong=refusal.in_words(), **typed)
    tell(request, in_language(SPLIT_OFF, number=new))
    return go_for_everyone(request, reverse("console:ticket", args=[new]))


def _split(request: AgentRequest, ticket_id: TicketId, message: MessageRow) -> TicketId:
    form = SplitForm(request.POST)
    if not form.is_valid():
        raise Refused("ticket.not_their_words")
    chosen = {int(one) for one in request.POST.getlist("file") if one.isascii() and one.isdigit()}
    return actions.split_ticket(
        ticket_id=ticket_id,
        message_id=MessageId(message.id),
        name=" ".join(form.cleaned_data["name"].split()),
        passage=form.cleaned_data["words"] if message.words and "words" in form.data else None,
        files=chosen if "chosen" in request.POST else None,
        by=request.actor,
        at=now(),
    )


def _chosen(request: AgentRequest, message: MessageRow) -> dict[str, str]:
    """The words chosen, and a subject made of them where the customer may read it as such."""
    words, form = plain(message.words or ""), ChosenForm(request.GET)
    if not form.is_valid():
        return {"name": "", "words": words}
    start = form.cleaned_data["start"]
    chosen = words[start : start + form.cleaned_data["letters"]].strip()
    if message.audience != "customer":  # decision 0009: a third party's words name nothing
        return {"name": "", "words": chosen}
    return {"name": _first_line(chosen), "words": chosen}


def _first_line(words: str) -> str:
    """The first that says something: short enough for a subject, cut between words."""
    saying = (one for one in words.splitlines() if any(letter.isalnum() for letter in one))
    line = " ".join(next(saying, "").split())
    if len(line) <= NAME_LETTERS:
        return line.rstrip(".:,;")
    return line[:NAME_LETTERS].rpartition(" ")[0] + " …"


def _shown(
    request: AgentRequest,
    ticket_id: TicketId,
    message: MessageRow,
    *,
    name: str,
    words: str,
    wrong: str = "",
) -> HttpResponse:
    context = {
        "agent": request.agent,
        "place": "work",
        "number": ticket_id,
        "message": message,
        "name": name,
        "words": words,
        "chosen": request.POST.getlist("file"),
        "is_asked": request.method == "POST",
        "wrong": [wrong] if wrong else [],
    }
    return answer(request, "console/tickets/split.html", context, status=422 if wrong else 200)
