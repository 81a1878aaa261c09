"""A request is put to sleep from its page, and woken: by hand, or because it was a mistake."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from unbroken.console import access
from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.sleep import sleeping
from unbroken.console.sleep.words import PICKED
from unbroken.console.tickets.views import (
    COMPOSER,
    FACTS,
    HEAD,
    STORY,
    TOASTS,
    changed,
    gather,
    show,
)
from unbroken.conversation import actions as record
from unbroken.conversation.actions.reply import UNDO
from unbroken.conversation.ids import TicketId
from unbroken.conversation.states import Sleep
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.pages import tell
from unbroken.ground.time_words import iso
from unbroken.ground.words import _, in_language

ASLEEP, AWAKE = _("It sleeps. It comes back by itself."), _("It is awake.")


@agent_required
@require_POST
def sleep(request: AgentRequest, number: int) -> HttpResponse:
    """Out of the lists until a time, or until the customer answers."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    # A browser sends no box that is not ticked: the hidden field says that there was one.
    only = "asked" in request.POST and "answer" not in request.POST
    how: Sleep = "date" if only else "answer"
    at = now()
    try:
        with transaction.atomic():
            record.snooze_ticket(
                ticket_id=ticket_id, until=_until(request, at), sleep=how, by=request.actor, at=at
            )
    except Refused as refusal:
        wrong = [refusal.in_words()]
        return show(request, gather(request, ticket_id), parts=(FACTS,), wrong=wrong, status=422)
    undo = reverse("console:sleep_end", args=[ticket_id])
    tell(request, in_language(ASLEEP), undo=undo, undo_until=iso(at + UNDO))
    return changed(request, ticket_id, parts=(FACTS, STORY, HEAD, TOASTS))


@agent_required
@require_POST
def wake(request: AgentRequest, number: int) -> HttpResponse:
    """Back into the lists at once."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    record.wake_ticket(ticket_id=ticket_id, by=request.actor, at=now())
    tell(request, in_language(AWAKE))
    # The way back stands in a toast, which aims at the composer.
    first = (COMPOSER,) if request.headers.get("HX-Target") == "composer" else ()
    return changed(request, ticket_id, parts=(*first, FACTS, STORY, HEAD, TOASTS))


def _until(request: AgentRequest, at: datetime) -> datetime | None:
    """What was chosen: a word, or a date picked in the reader's zone."""
    key = request.POST.get("until", "")
    if key != PICKED:
        return sleeping.until(key, zone=request.agent.timezone, at=at)
    try:
        picked = datetime.strptime(request.POST.get("picked", ""), "%Y-%m-%dT%H:%M")  # noqa: DTZ007
    except ValueError:
        raise Refused("ticket.sleep_needs_end") from None
    return picked.replace(tzinfo=ZoneInfo(request.agent.timezone))
