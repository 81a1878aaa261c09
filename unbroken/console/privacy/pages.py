"""A person who asks what is kept of them, or wants to be forgotten: found, handed it, erased.

Erasing asks three things besides the permission: a reason, the person's number typed once more
after everything that goes and stays was shown, and the password of whoever does it.
"""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from unbroken.console.access import AgentRequest, allowed, may
from unbroken.console.admin.frame import attempt, cleaned, done, page
from unbroken.console.doors.own import wrong_password
from unbroken.console.privacy import person as known
from unbroken.console.privacy import state
from unbroken.console.tasks import export_person
from unbroken.directory import queries as directory
from unbroken.directory.cards import ContactCard
from unbroken.directory.ids import ContactId
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.words import _
from unbroken.ground.writers import erase
from unbroken.staffing.permissions import ERASE_PEOPLE, READ_ADMINISTRATION
from unbroken.staffing.state import traces

refusals(
    {
        "privacy.no_reason": _("Say why, without naming anybody: it stays on record."),
        "privacy.other_number": _("This is not the number of this person. Nothing was erased."),
    }
)
ASKED = _("The file is being made. It is here in a moment, and for a week.")
ERASED = _("The person is forgotten.")
IS_NOW = _("Contact {number} turned out to be this person.")
reading = allowed(do=ERASE_PEOPLE, read=READ_ADMINISTRATION)
doing = allowed(do=ERASE_PEOPLE)


@reading
@require_GET
def persons(request: AgentRequest) -> HttpResponse:
    """Who asks? By number, address, telephone or name."""
    text = request.GET.get("find", "")
    found = known.find(text)
    return page(request, "console/admin/persons.html", "persons", find=text, found=found)


@reading
@require_GET
def person(request: AgentRequest, contact_id: int) -> HttpResponse:
    """What is kept of them, what would go, what would stay; whoever was merged leads to who is."""
    card = _card(request, contact_id)
    if card.id != contact_id:
        return done(request, IS_NOW, "console:admin_personal", card.id, number=contact_id)
    return _page(request, card)


@doing
@never_cache
@sensitive_post_parameters("password")
@require_POST
def erasure(request: AgentRequest, contact_id: int) -> HttpResponse:
    """Asked once: everything is shown again. Asked twice: the person is forgotten."""
    card, reason = _card(request, contact_id), cleaned(request.POST.get("reason"))
    is_sure = "sure" in request.POST

    def forget() -> None:
        at = now()
        for one in (card.id, *directory.merged_into(card.id)):
            erase(Actor.contact(one), reason, by=request.actor, at=at)

    wrong = _unsaid(card, reason, request.POST.get("sure"))
    if is_sure and not wrong:
        wrong = wrong_password(request) or attempt(forget)
    if wrong or not is_sure:
        is_asked = is_sure or not wrong
        return _page(request, card, wrong=wrong, reason=reason, is_asked=is_asked)
    return done(request, ERASED, "console:admin_personal", card.id)


def _unsaid(card: ContactCard, reason: str, sure: str | None) -> str:
    """What is missing before anybody is forgotten: the reason, the right number the second time."""
    if len(reason) < 3:
        return Refused("privacy.no_reason").in_words()
    if sure is not None and sure.strip() != str(card.id):
        return Refused("privacy.other_number").in_words()
    return ""


@doing
@require_POST
def exports(request: AgentRequest, contact_id: int) -> HttpResponse:
    """A file with everything is to be made for them."""
    card = _card(request, contact_id)
    number = state.ask(int(card.id), agent_id=request.agent.id, at=now())
    export_person.defer(number=number)
    return done(request, ASKED, "console:admin_personal", card.id)


@doing
@never_cache
@require_GET
def export_file(request: AgentRequest, export_id: int) -> HttpResponse:
    """The file, as long as it is there; that it was fetched is on record."""
    found = state.data_of(export_id, at=now())
    if found is None:
        raise Http404("export")
    contact_id, data = found
    traces.note_export(request.agent.id, f"contact:{contact_id}", at=now())
    response = HttpResponse(data, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="person-{contact_id}.zip"'
    response["Cache-Control"] = "private, no-store"
    return response


def _card(request: AgentRequest, contact_id: int) -> ContactCard:
    """The person, or whom they turned out to be; whoever looks at them here leaves a trace."""
    card = directory.who_they_are_now(ContactId(contact_id))
    if card is None:
        raise Http404("contact")
    why = ERASE_PEOPLE if may(request.agent, ERASE_PEOPLE) else READ_ADMINISTRATION
    traces.note_reading(request.agent.id, f"contact:{card.id}", why=why, at=now())
    return card


def _page(
    request: AgentRequest,
    card: ContactCard,
    *,
    wrong: str = "",
    reason: str = "",
    is_asked: bool = False,
) -> HttpResponse:
    at, number = now(), int(card.id)
    return page(
        request,
        "console/admin/personal.html",
        "persons",
        wrong=wrong,
        card=card,
        goes=known.goes(number, at=at),
        stays=known.stays(number),
        erased=known.erased(number),
        exports=state.of(number, at=at),
        reason=reason,
        is_asked=is_asked,
        erasure_address=reverse("console:admin_personal_erasure", args=[number]),
    )
