"""Tell me when it is over: one click where we say that we know of trouble, one mail at its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from unbroken.directory import queries as directory
from unbroken.directory.cards import ServiceCard
from unbroken.directory.ids import ServiceId
from unbroken.directory.trouble import Trouble, known_trouble
from unbroken.ground.clock import now
from unbroken.ground.pages import go, tell
from unbroken.ground.words import _, current_language, in_language
from unbroken.intake.actions.news import want_end
from unbroken.intake.telling.known import problem_number
from unbroken.intake.telling.overview import wanted_ends
from unbroken.outage import queries as outage
from unbroken.portal import access
from unbroken.portal.access import NUMBERS_END, KnownRequest, Visitor, known_required

TOLD = _("We mail you once, when it is over.")
OVER = _("It is over already.")


class EndForm(forms.Form):
    """Of which problem; on the page of which request, if on one."""

    problem = forms.IntegerField(min_value=1, max_value=NUMBERS_END)
    request = forms.IntegerField(min_value=1, max_value=NUMBERS_END, required=False)


@dataclass(frozen=True, slots=True)
class Offer:
    """Trouble that somebody reads of, and whether they asked to be told of its end."""

    problem: int
    is_asked: bool


def offers_for(visitor: Visitor | None, trouble: Sequence[Trouble]) -> dict[str, Offer]:
    """By the key of the trouble. Nothing known, or nobody to mail: the database is not asked."""
    if visitor is None or not trouble or not can_be_mailed(visitor):
        return {}
    numbers = {one.key: problem_number(one.key) for one in trouble}
    asked = wanted_ends(int(visitor.contact.id))
    return {key: Offer(one, one in asked) for key, one in numbers.items() if one is not None}


def can_be_mailed(visitor: Visitor) -> bool:
    """Whether there is an address, and a customer whose service it would be."""
    return bool(visitor.contact.email) and visitor.contact.customer_id is not None


def known_on(visitor: Visitor, service_id: int | None, is_open: bool) -> dict[str, object]:
    """What the page of a request says of trouble at its service, and the button for its end."""
    if service_id is None or not is_open:
        return {"trouble": (), "ends": {}}
    trouble = known_trouble([ServiceId(service_id)], language=current_language(), at=now())
    return {"trouble": trouble, "ends": offers_for(visitor, trouble)}


@known_required
@require_POST
def ending(request: KnownRequest) -> HttpResponse:
    """They want to be told when it is over."""
    form = EndForm(request.POST)
    if not form.is_valid() or not can_be_mailed(request.visitor):
        raise Http404("problem")
    number, on = form.cleaned_data["problem"], form.cleaned_data["request"]
    services = _theirs(request, on)
    found = outage.problems_of([int(one.id) for one in services])
    struck = next((service for service, one in found.items() if one.id == number), None)
    if struck is not None:
        _note(request.visitor, number, struck, now())
    elif not any(one.service_id in {int(s.id) for s in services}
                 for one in outage.affected_by(number)):  # fmt: skip
        raise Http404("problem")
    tell(request, in_language(TOLD if struck is not None else OVER))
    return go(reverse("portal:request", args=[on]) if on else reverse("portal:home"))


def _theirs(request: KnownRequest, on: int | None) -> list[ServiceCard]:
    """The services that are theirs to ask about; a link to one request opens only that one's."""
    if not on:
        return access.services_for(request.visitor)
    ticket = access.ticket_for(request.visitor, on)
    card = directory.service(ServiceId(ticket.service_id)) if ticket.service_id else None
    return [card] if card else []


def _note(visitor: Visitor, problem: int, service: int, at: datetime) -> None:
    card = visitor.contact
    try:
        with transaction.atomic():
            want_end(
                problem=problem,
                contact_id=int(card.id),
                service_id=service,
                by=access.actor(card),
                at=at,
            )
    except IntegrityError:  # pressed in two windows at once: it is noted
        return
