"""One click on a link that fills up: an offer to its customer, or a request to the planners.

Each once: a link of which a request was made keeps it on the lists of half a year.
"""

from collections.abc import Callable
from datetime import datetime

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from unbroken.console.access import AgentRequest, allowed, may
from unbroken.console.admin.frame import done
from unbroken.console.filling import offers, planning
from unbroken.console.filling.pages import looking, show
from unbroken.console.lines.access import lines_seen
from unbroken.conversation import actions as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.conversation.queries import reply_goes_to
from unbroken.directory.cards import ContactCard
from unbroken.directory.sizes import sizes
from unbroken.evidence.queries import filling
from unbroken.evidence.queries.filling import LinkRow
from unbroken.evidence.state import filling as kept
from unbroken.ground.clock import now
from unbroken.ground.words import Phrase, _, in_language
from unbroken.staffing import queries as staffing
from unbroken.staffing.permissions import ANSWER, PLAN_WORK

SENT = _("The offer goes out; what they answer comes to request {number}.")
MADE = _("Request {number} was made of it.")
THERE = _("There is a request about this link already: {number}.")
GONE = _("This link is not on the latest list any more.")
NOBODY = _("Nobody of this customer can be reached by mail.")
NO_SIZE = _("There is no larger size to offer for this line.")
KEPT = _("Kept.")
WORDS_MAX = 8000

doing = allowed(do=ANSWER)


class LinkForm(forms.Form):
    """Of which link of the list; other words than ours; for which team."""

    link = forms.IntegerField(min_value=1, max_value=2**62)
    words = forms.CharField(max_length=WORDS_MAX, required=False)
    team = forms.IntegerField(min_value=1, max_value=2**31, required=False)


@looking
@require_POST
def offer(request: AgentRequest) -> HttpResponse:
    """A letter to whoever speaks for the customer, and a request that waits for their answer."""
    form, link = _asked(request)
    if link is None or link.customer_id is None or not _sees(request, link):
        return show(request, wrong=in_language(GONE))
    contact, found = offers.whom(link.customer_id), offers.offer_for(link, sizes())
    if contact is None or found is None:
        return show(request, wrong=in_language(NOBODY if contact is None else NO_SIZE))
    subject, words = offers.letter(
        link, found, contact, offers.language_of(contact, link.customer_id)
    )
    typed = form.cleaned_data["words"].replace("\r\n", "\n").strip()
    return _once(
        request, link, SENT,
        lambda at: _send(request, link, contact, (subject, typed or words), at),
    )  # fmt: skip


@looking
@require_POST
def task(request: AgentRequest) -> HttpResponse:
    """A request of the house to the planners."""
    form, link = _asked(request)
    if link is None or not link.is_shared:
        return show(request, wrong=in_language(GONE))
    team = form.cleaned_data["team"] or kept.planners()
    return _once(
        request, link, MADE,
        lambda at: planning.open_task(
            link, team, language=request.agent.language, by=request.actor, at=at
        ),
    )  # fmt: skip


@allowed(do=PLAN_WORK)
@require_POST
def planners(request: AgentRequest) -> HttpResponse:
    """To which team shared links go by themselves; nobody: they wait for a click."""
    text = request.POST.get("team", "")
    known = {str(one.id): int(one.id) for one in staffing.teams()}
    kept.choose_planners(known.get(text))
    return done(request, KEPT, "console:filling")


def _asked(request: AgentRequest) -> tuple[LinkForm, LinkRow | None]:
    """What was clicked, of the latest list only: an older one may be wrong by now."""
    if not may(request.agent, ANSWER):
        raise PermissionDenied
    form = LinkForm(request.POST)
    lists = filling.latest_lists() if form.is_valid() else []
    links = filling.links_on(lists[0].monday) if lists else []
    return form, next((one for one in links if one.id == form.cleaned_data["link"]), None)


def _sees(request: AgentRequest, link: LinkRow) -> bool:
    """Whoever may not open the line writes no letter about it."""
    return link.service in lines_seen(request.agent, [link.service])


def _once(
    request: AgentRequest, link: LinkRow, told: Phrase, make: Callable[[datetime], TicketId]
) -> HttpResponse:
    at = now()
    with transaction.atomic():
        row = kept.lock_link(link.id)
        there = row.ticket_id if row else None
        if there is None:
            number = make(at)
            kept.note_ticket(link.link, int(number), since=link.monday)
    if there is not None:
        return done(request, THERE, "console:filling", number=there)
    return done(request, told, "console:filling", number=number)


def _send(
    request: AgentRequest, link: LinkRow, contact: ContactCard, letter: tuple[str, str],
    at: datetime,
) -> TicketId:  # fmt: skip
    subject, words = letter
    assert link.customer_id is not None
    opening = Opening(
        name=subject, channel="console", reported_at=at, may_answer=False,
        language=offers.language_of(contact, link.customer_id), contact_id=int(contact.id),
        contact_confirmed=True, customer_id=link.customer_id, service_id=link.service_id,
    )  # fmt: skip
    said = Incoming(
        author=request.actor, channel="console", words=planning.words_of(link), at=at,
        audience="agents", kind="note",
    )  # fmt: skip
    number, _message = record.acknowledge_ticket(opening, said, by=request.actor, at=at)
    teams = request.agent.team_ids
    record.assign_ticket(
        ticket_id=number, team_id=teams[0] if teams else None, agent_id=request.agent.id,
        by=request.actor, at=at,
    )  # fmt: skip
    record.reply(
        ticket_id=number, words=words, goes_to=reply_goes_to(number), subject=subject,
        by=request.actor, at=at,
    )  # fmt: skip
    record.start_work(ticket_id=number, by=request.actor, at=at)
    record.ask_customer(ticket_id=number, by=request.actor, at=at)
    return number
