"""What agents do to complaints: write one down, name whom it is about, take its steps."""

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from unbroken.console import access
from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.tickets.deeds import do
from unbroken.console.tickets.forms import NUMBER_MAX
from unbroken.conversation import actions
from unbroken.conversation import queries as record
from unbroken.conversation.complaints import STEPS
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.conversation.queries import TicketFacts
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.pages import go_for_everyone, tell
from unbroken.ground.words import _, in_language
from unbroken.routing.actions.complaints import pass_complaint_on, receive_complaint
from unbroken.staffing import queries as staffing
from unbroken.staffing.ids import AgentId

SUBJECT = _("Complaint about request {number}")
SENT = _("{name} has the complaint: #{number}.")
SENT_NOBODY = _("The complaint has a number: #{number}. Nobody here heads support yet.")
PASSED = _("{name} answers for it now.")


class ComplainForm(forms.Form):
    """What they complain of, as they said it."""

    words = forms.CharField(max_length=5000)


class StepForm(forms.Form):
    """A step that was taken, or was not; what was learned."""

    step = forms.ChoiceField(choices=[(one, "") for one in STEPS])
    undo = forms.BooleanField(required=False)
    words = forms.CharField(max_length=2000, required=False)


class NamesForm(forms.Form):
    """Whom it is about, whom it is not about, or who answers for it."""

    add = forms.IntegerField(required=False, min_value=1, max_value=NUMBER_MAX)
    remove = forms.IntegerField(required=False, min_value=1, max_value=NUMBER_MAX)
    owner = forms.IntegerField(required=False, min_value=1, max_value=NUMBER_MAX)


@agent_required
@require_POST
def complain(request: AgentRequest, number: int) -> HttpResponse:
    """The customer complains of this request: the head of support has it at once."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    form, ticket = ComplainForm(request.POST), record.ticket_facts(ticket_id)
    if not form.is_valid() or ticket is None:
        return do(request, ticket_id, form, str)
    with transaction.atomic():
        new = _write_down(ticket, form.cleaned_data["words"], request.actor)
    known = record.complaint_of(new)
    card = staffing.agent(AgentId(known.owner_id)) if known and known.owner_id else None
    said = in_language(SENT, name=card.name, number=new) if card else ""
    tell(request, said or in_language(SENT_NOBODY, number=new))
    return go_for_everyone(request, reverse("console:ticket", args=[ticket_id]))


def _write_down(ticket: TicketFacts, words: str, by: Actor) -> TicketId:
    """A request of its own: what they said is theirs, and it is linked to what it is about."""
    at = now()
    author = Actor.contact(ticket.contact_id) if ticket.contact_id else by
    subject = in_language(SUBJECT, ticket.language, number=f"#{ticket.id}")
    topic = next((one.id for one in record.topic_tree() if one.ticket_type == "complaint"), None)
    opening = Opening(
        name=subject,
        channel="phone",
        reported_at=at,
        ticket_type="complaint",
        language=ticket.language,
        contact_id=ticket.contact_id,
        contact_confirmed=ticket.customer_id is not None,
        customer_id=ticket.customer_id,
        service_id=ticket.service_id,
        topic_id=topic or ticket.topic_id,
        impact="high",
        mailbox="complaints",
    )
    said = Incoming(author=author, channel="phone", words=words.strip(), at=at, subject=subject)
    new, _message = actions.acknowledge_ticket(opening, said, by=by, at=at)
    actions.relate_ticket(
        ticket_id=new, other_id=TicketId(ticket.id), relation="related", by=by, at=at
    )
    receive_complaint(ticket_id=new, about=TicketId(ticket.id), by=by, at=at)
    return new


@agent_required
@require_POST
def step(request: AgentRequest, number: int) -> HttpResponse:
    """A step of making it good was taken, or was not after all."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    form = StepForm(request.POST)

    def take() -> str:
        actions.take_step(
            ticket_id=ticket_id,
            step=form.cleaned_data["step"],
            is_taken=not form.cleaned_data["undo"],
            words=form.cleaned_data["words"],
            by=request.actor,
            at=now(),
        )
        return ""

    return do(request, ticket_id, form, take)


@agent_required
@require_POST
def names(request: AgentRequest, number: int) -> HttpResponse:
    """Whom it is about, and who answers for it."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    form = NamesForm(request.POST)

    def name() -> str:
        data, by, at = form.cleaned_data, request.actor, now()
        if data["owner"]:
            card = staffing.agent(AgentId(data["owner"]))
            if card is None or not card.active:
                raise Refused("console.no_such_agent")
            pass_complaint_on(ticket_id=ticket_id, owner_id=int(card.id), by=by, at=at)
            return in_language(PASSED, name=card.name)
        actions.name_people(
            ticket_id=ticket_id,
            add=[data["add"]] if data["add"] else (),
            remove=[data["remove"]] if data["remove"] else (),
            by=by,
            at=at,
        )
        return ""

    return do(request, ticket_id, form, name)
