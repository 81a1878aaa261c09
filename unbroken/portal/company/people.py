"""Who sees what of a company: its people, their rights, inviting one, letting one go."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from unbroken.directory import actions
from unbroken.directory import queries as directory
from unbroken.directory.cards import ContactCard
from unbroken.directory.ids import ContactId
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.events import LoggedEvent
from unbroken.ground.log import events_of
from unbroken.ground.pages import answer, go, tell
from unbroken.ground.words import _, current_language, in_language
from unbroken.portal.access import KnownRequest, actor, known_required
from unbroken.portal.clocks import Clock
from unbroken.portal.company import letters
from unbroken.portal.company.access import Managed, colleague_for, managed_by, manages, people_of
from unbroken.portal.company.forms import InviteForm, RightsForm, sites_of, values_of
from unbroken.portal.filling import Filled, empty, filled
from unbroken.portal.limits import INVITATIONS_BY_ONE_CONTACT, KEYS_FOR_ONE_ADDRESS
from unbroken.portal.signing import TOO_OFTEN
from unbroken.portal.state import make_invitation, may_knock

SAVED = _("{name}: kept. It counts from now on.")
SAME = _("Nothing was new.")
INVITED = _("{name} is invited: a mail with a link is on its way. It works for seven days.")
GONE = _("{name} sees nothing of your company any more.")
HISTORY = 10


@dataclass(frozen=True, slots=True)
class Past:
    """Something on record about a colleague's rights."""

    at: datetime
    words: str
    by: str


@never_cache
@known_required
@require_safe
def people(request: KnownRequest) -> HttpResponse:
    """Everybody of the company, and what each sees."""
    companies = [(one, people_of(one)) for one in _managed(request)]
    names = {
        int(site.id): site.name
        for company, _people in companies
        for site in directory.site_rows(company.customer_id)
    }
    context = {
        "visitor": request.visitor,
        "place": "company",
        "managed": [one for one, _people in companies],
        "companies": companies,
        "site_names": names,
    }
    return answer(request, "portal/company/people.html", context)


@never_cache
@known_required
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: KnownRequest, contact_id: int) -> HttpResponse:
    """One colleague: what they see, and what they may do."""
    company, card = colleague_for(request.visitor, contact_id)
    if request.method != "POST":
        return _person(request, company, card, empty(**values_of(card)), card.rights.sites)
    form, sites = RightsForm(request.POST), sites_of(request.POST)
    if not form.is_valid():
        return _person(request, company, card, filled(request, form), sites)
    try:
        with transaction.atomic():
            rights, by = form.rights(sites), actor(company.manager)
            is_new = actions.set_rights(contact_id=card.id, rights=rights, by=by, at=now())
    except Refused as refusal:
        sent = filled(request, form, ("", refusal.in_words()))
        return _person(request, company, card, sent, sites)
    tell(request, in_language(SAVED, name=card.name or card.email) if is_new else in_language(SAME))
    return go(reverse("portal:people") if managed_by(request.visitor) else reverse("portal:home"))


@known_required
@require_POST
def departure(request: KnownRequest, contact_id: int) -> HttpResponse:
    """A colleague has left the company: they see nothing from this moment on."""
    company, card = colleague_for(request.visitor, contact_id)
    try:
        with transaction.atomic():
            actions.let_go(contact_id=card.id, by=actor(company.manager), at=now())
    except Refused as refusal:
        tell(request, refusal.in_words())
        return go(reverse("portal:person", args=[card.id]))
    tell(request, in_language(GONE, name=card.name or card.email))
    return go(reverse("portal:people"))


@never_cache
@known_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: KnownRequest, customer_id: int) -> HttpResponse:
    """A colleague is asked to the portal, by mail."""
    company = manages(request.visitor, customer_id)
    if request.method != "POST":
        return _invite(request, company, empty(sees="own"), ())
    form, sites = InviteForm(request.POST), sites_of(request.POST)
    if not form.is_valid():
        return _invite(request, company, filled(request, form), sites)
    if not _may_invite(company, form.cleaned_data["email"]):
        return _invite(request, company, filled(request, form, ("", in_language(TOO_OFTEN))), sites)
    try:
        _invited(company, form, sites)
    except Refused as refusal:
        sent = filled(request, form, ("", refusal.in_words()))
        return _invite(request, company, sent, sites)
    tell(request, in_language(INVITED, name=form.cleaned_data["name"]))
    return go(reverse("portal:people"))


def _managed(request: KnownRequest) -> list[Managed]:
    manages(request.visitor)
    return managed_by(request.visitor)


def _may_invite(company: Managed, email: str) -> bool:
    """Mail to people whom we may not know is sent sparingly."""
    at = now()
    return may_knock(INVITATIONS_BY_ONE_CONTACT, str(company.manager.id), at=at) and may_knock(
        KEYS_FOR_ONE_ADDRESS, email, at=at
    )


def _invited(company: Managed, form: InviteForm, sites: tuple[int, ...]) -> None:
    """On record first, then the mail; neither without the other."""
    at, by, email = now(), actor(company.manager), form.cleaned_data["email"]
    with transaction.atomic():
        contact_id = actions.invite_colleague(
            customer_id=company.customer_id,
            name=form.cleaned_data["name"],
            email=email,
            language=current_language(),
            by=by,
            at=at,
        )
        actions.set_rights(contact_id=contact_id, rights=form.rights(sites), by=by, at=at)
        key = make_invitation(address=email, contact_id=int(contact_id), at=at)
        letters.send_invitation(
            address=email,
            name=form.cleaned_data["name"],
            company=company.name,
            by=company.manager.name or company.manager.email,
            key=key,
            at=at,
        )


def _person(
    request: KnownRequest,
    company: Managed,
    card: ContactCard,
    form: Filled,
    sites: tuple[int, ...],
) -> HttpResponse:
    context = _rights_context(request, company, form, sites) | {
        "colleague": card,
        "is_self": card.id in request.visitor.ids,
        "clock": Clock(request.visitor.zone),
        "past": _past(card),
    }
    status = 422 if form.wrong else 200
    return answer(request, "portal/company/person.html", context, status=status)


def _invite(
    request: KnownRequest, company: Managed, form: Filled, sites: tuple[int, ...]
) -> HttpResponse:
    context = _rights_context(request, company, form, sites) | {"company": company}
    status = 422 if form.wrong else 200
    return answer(request, "portal/company/invite.html", context, status=status)


def _rights_context(
    request: KnownRequest, company: Managed, form: Filled, sites: tuple[int, ...]
) -> dict[str, object]:
    return {
        "visitor": request.visitor,
        "place": "company",
        "managed": managed_by(request.visitor),
        "form": form,
        "sites": directory.site_rows(company.customer_id),
        "ticked": frozenset(sites),
    }


def _past(card: ContactCard) -> list[Past]:
    """The last things on record about them, with who said so."""
    found = [e for e in events_of([f"contact:{card.id}"]) if e.kind in _KINDS][-HISTORY:]
    by_id = {e.by: _who(e) for e in found}
    return [Past(e.at, in_language(_KINDS[e.kind]), by_id[e.by]) for e in reversed(found)]


def _who(event: LoggedEvent) -> str:
    """A colleague by name; somebody of ours is us."""
    kind, _sep, number = event.by.partition(":")
    card = directory.contact(ContactId(int(number))) if kind == "contact" else None
    return card.name or card.email if card else in_language(US)


US = _("Support")
_KINDS = {
    "contact.registered": _("Registered"),
    "contact.invited": _("Invited"),
    "contact.confirmed": _("Invitation accepted"),
    "contact.rights_set": _("Rights changed"),
    "contact.let_go": _("Let go"),
}
