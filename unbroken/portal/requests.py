"""My requests: the list, one of them, and what can be said on it with one click."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from unbroken.conversation import actions
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.queries import TicketFacts
from unbroken.directory.cards import ContactCard
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go, tell
from unbroken.ground.words import Phrase, _, current_language, in_language
from unbroken.intake.asked import WebRequest
from unbroken.portal import access, details, labels, session
from unbroken.portal.access import KnownRequest, known_required
from unbroken.portal.asking import CHOOSE_AGAIN, OLD_FORM, TOO_OFTEN
from unbroken.portal.clocks import Clock
from unbroken.portal.company.sites import site_chosen
from unbroken.portal.complaints import (
    bring_to_head,
    give_word,
    is_complaint,
    made_good,
    who_reads,
)
from unbroken.portal.ending import known_on
from unbroken.portal.filling import NUMBER, Filled, empty, filled
from unbroken.portal.forms import ComplaintForm, FactForm
from unbroken.portal.limits import FACTS_BY_ONE_CONTACT
from unbroken.portal.once import fingerprint, form_number, is_ours
from unbroken.portal.probing.page import line_test_of
from unbroken.portal.queries import PAGE, Page, my_requests, page_of
from unbroken.portal.sending import complaint_topic, goes_on, link, send, take_part
from unbroken.portal.state import may_knock
from unbroken.portal.uploads import Upload, uploads_of

ADDED = _("Added. Whoever works on it sees it now.")
GLAD = _("Thank you. The request is settled; if it comes back, say so here and it is open again.")
SORRY = _("We know now that it is not over. The request is open.")
NEW_ONE = _("Request {old} was settled long ago, so this has a number of its own: {new}.")
COMPLAINED = _("The head of support has your complaint. Its number is {new}.")
COMPLAINED_TO = _("{name}, head of support, has your complaint. Its number is {new}.")
WELL = _("Thank you for your word. The complaint is settled.")
NOTHING = _("Write something or choose a file first.")
COMPLAINT_SUBJECT = _("Complaint about request {number}")


@never_cache
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """Everything they asked; whoever is not known yet is led to the door."""
    visitor = access.visitor_of(request)
    if visitor is None:
        return go(reverse("portal:sign_in_link"))
    before = request.GET.get("before", "")
    place = int(before) if before.isascii() and before.isdigit() and len(before) < 16 else None
    is_over = request.GET.get("over") == "1"
    site = site_chosen(visitor, request.GET.get("site", ""))
    sites = site[1] if site else None
    found = my_requests(visitor, is_open=not is_over, sites=sites, before=place, limit=PAGE + 1)
    here = {"site": request.GET["site"]} if site else {}
    more = here | ({"over": "1"} if is_over else {})
    context = {
        "visitor": visitor,
        "place": "requests",
        "clock": Clock(visitor.zone),
        "rows": found[:PAGE],
        "is_over": is_over,
        "site": site[0] if site else "",
        "here": urlencode(here),
        "is_first": place is None,
        "next": f"?{urlencode(more | {'before': found[PAGE - 1].number})}"
        if len(found) > PAGE
        else "",
    }
    return answer(request, "portal/requests.html", context)


@never_cache
@known_required
@require_safe
def show(request: KnownRequest, number: int) -> HttpResponse:
    """One request; for a screen that is open, only what is new."""
    ticket = access.ticket_for(request.visitor, number)
    if ticket.merged_into_id:
        into = record.surviving(ticket.id)
        access.ticket_for(request.visitor, into)
        return go(reverse("portal:request", args=[into]))
    page = page_of(request.visitor, ticket, current_language(), at=now())
    if request.GET.get("seen") == page.seen:
        return HttpResponse(status=204)
    return _page(request, page)


@known_required
@require_POST
def facts(request: KnownRequest, number: int) -> HttpResponse:
    """Something to add to it."""
    ticket = _living(request, number)
    form = FactForm(request.POST)
    files, wrong = uploads_of(request)
    if form.is_valid() and not wrong:
        if not form.cleaned_data["words"].strip() and not files:
            return _again(request, ticket, form, files, ("words", in_language(NOTHING)))
        if refusal := _refusal(request):
            return _again(request, ticket, form, files, ("", refusal))
        new = _say(request, ticket, form.cleaned_data["words"], files)
        return _said(request, ticket, new, ADDED)
    return _again(request, ticket, form, files, *(("files", one) for one in wrong))


@known_required
@require_POST
def recovery(request: KnownRequest, number: int) -> HttpResponse:
    """It works again, says the customer: nothing is owed any more. Said twice changes nothing."""
    ticket = _living(request, number)
    card = access.acting_for(request.visitor, ticket)
    if is_complaint(ticket):
        give_word(ticket, is_well=True, by=access.actor(card), at=now())
        tell(request, in_language(WELL))
        return go(_address(ticket.id))
    if ticket.status not in ("closed", "cancelled", "rejected"):
        try:
            actions.close_ticket(ticket_id=TicketId(ticket.id), by=access.actor(card), at=now())
        except Refused as refusal:
            tell(request, refusal.in_words())
            return go(_address(ticket.id))
    tell(request, in_language(GLAD))
    return go(_address(ticket.id))


@known_required
@require_POST
def relapse(request: KnownRequest, number: int) -> HttpResponse:
    """It does not work, says the customer: what was over is open again."""
    ticket = _living(request, number)
    if refusal := _refusal(request):
        return _again(request, ticket, FactForm({}), (), ("", refusal))
    own = request.POST.get("words", "").strip()[:2000]
    words = own or in_language(labels.works_not(ticket.ticket_type)) + "."
    if is_complaint(ticket):
        card = access.acting_for(request.visitor, ticket)
        give_word(ticket, is_well=False, by=access.actor(card), at=now())
    new = _say(request, ticket, words, ())
    return _said(request, ticket, new, SORRY)


@never_cache
@known_required
@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request: KnownRequest, number: int) -> HttpResponse:
    """To the head of support: a request of its own, linked to this one."""
    ticket = _living(request, number)
    if request.method != "POST":
        return _complaint_form(request, ticket, empty())
    form = ComplaintForm(request.POST)
    if not form.is_valid():
        return _complaint_form(request, ticket, filled(request, form))
    if refusal := _refusal(request):
        sent = replace(filled(request, form), number=form_number(), wrong={"": [refusal]})
        return _complaint_form(request, ticket, sent)
    card, at = access.acting_for(request.visitor, ticket), now()
    subject = in_language(COMPLAINT_SUBJECT, number=f"#{ticket.id}")
    asked = replace(
        _web_request(ticket, card, form.cleaned_data["words"], ()),
        ticket_id=None,
        subject=subject,
        ticket_type="complaint",
        topic_id=complaint_topic() or ticket.topic_id,
        impact="high",
    )
    outcome = send(asked, fingerprint=_fingerprint(request, asked), at=at)
    link(outcome.ticket_id, ticket.id, card, at=now())
    session.open_to_author(request, outcome.ticket_id)
    who = bring_to_head(outcome.ticket_id, about=ticket.id, at=now())
    said = COMPLAINED_TO if who else COMPLAINED
    tell(request, in_language(said, new=f"#{outcome.ticket_id}", name=who))
    return go(_address(outcome.ticket_id))


def _living(request: KnownRequest, number: int) -> TicketFacts:
    """The ticket, or the one in which its conversation goes on; by permission."""
    ticket = access.ticket_for(request.visitor, number)
    if not ticket.merged_into_id:
        return ticket
    return access.ticket_for(request.visitor, record.surviving(ticket.id))


def _say(request: KnownRequest, ticket: TicketFacts, words: str, files: tuple[Upload, ...]) -> int:
    """On the ticket, or long after it was settled on a new one; returns its number."""
    card, at = access.acting_for(request.visitor, ticket), now()
    asked = _web_request(ticket, card, words, files)
    joins = goes_on(ticket, at=at)
    if not joins:
        asked = replace(asked, ticket_id=None, subject=ticket.name, ticket_type=ticket.ticket_type)
    if joins:
        take_part(ticket, card, at=at)
    outcome = send(asked, fingerprint=_fingerprint(request, asked), at=at)
    if outcome.ticket_id != ticket.id:
        link(outcome.ticket_id, ticket.id, card, at=now())
        session.open_to_author(request, outcome.ticket_id)
    return outcome.ticket_id


def _web_request(
    ticket: TicketFacts, card: ContactCard, words: str, files: tuple[Upload, ...]
) -> WebRequest:
    return WebRequest(
        words=words,
        contact_id=int(card.id),
        name=card.name,
        email=card.email,
        service_id=ticket.service_id if ticket.customer_id == card.customer_id else None,
        topic_id=ticket.topic_id,
        language=current_language(),
        ticket_id=ticket.id,
        files=tuple(file.as_web_file() for file in files),
    )


def _fingerprint(request: KnownRequest, asked: WebRequest) -> bytes:
    return fingerprint(request.POST.get(NUMBER, ""), asked.to_json())


def _refusal(request: KnownRequest) -> str:
    """A form that is not ours or too old, or one too many."""
    if not is_ours(request.POST.get(NUMBER, "")):
        return in_language(OLD_FORM)
    if not may_knock(FACTS_BY_ONE_CONTACT, str(request.visitor.contact.id), at=now()):
        return in_language(TOO_OFTEN)
    return ""


def _said(request: KnownRequest, ticket: TicketFacts, new: int, words: Phrase) -> HttpResponse:
    if new == ticket.id:
        tell(request, in_language(words))
    else:
        tell(request, in_language(NEW_ONE, old=f"#{ticket.id}", new=f"#{new}"))
    return go(_address(new))


def _again(
    request: KnownRequest,
    ticket: TicketFacts,
    form: FactForm,
    files: tuple[Upload, ...],
    *wrong: tuple[str, str],
) -> HttpResponse:
    """The page with the form as it was sent, and what is wrong with it."""
    page = page_of(request.visitor, ticket, current_language(), at=now())
    also = (*wrong, ("files", in_language(CHOOSE_AGAIN))) if files else wrong
    sent = replace(filled(request, form, *also), number=form_number())
    return _page(request, page, sent, status=422)


def _page(
    request: KnownRequest, page: Page, form: Filled | None = None, status: int = 200
) -> HttpResponse:
    ticket = page.ticket
    context = {
        "visitor": request.visitor,
        "place": "requests",
        "clock": Clock(request.visitor.zone),
        "page": page,
        "ticket": ticket,
        "is_over": not ticket.is_open,
        "works": labels.works(ticket.ticket_type),
        "works_not": in_language(labels.works_not(ticket.ticket_type)),
        "form": form or empty(),
        "linked": _linked(request, ticket),
        "follows": record.follows(ticket.id, request.visitor.ids),
        "made_good": made_good(ticket),
        "line_test": line_test_of(request.visitor, ticket),
        "details": details.shown_on(ticket.id, ticket.topic_id),
        **known_on(request.visitor, ticket.service_id, ticket.is_open),
    }
    parts = ("portal/_standing.html", "portal/_conversation.html", "portal/_news.html")
    return answer(request, "portal/request.html", context, parts=parts, status=status)


def _linked(request: KnownRequest, ticket: TicketFacts) -> list[tuple[int, str]]:
    """Other requests that belong with this one, as far as they are theirs to see."""
    return [
        (one.other, one.name)
        for one in record.links_of(ticket.id)[:20]
        if access.may_see(request.visitor, one.other)
    ]


def _complaint_form(request: KnownRequest, ticket: TicketFacts, form: Filled) -> HttpResponse:
    context = {
        "visitor": request.visitor,
        "place": "requests",
        "ticket": ticket,
        "form": form,
        "who": who_reads(ticket.id, at=now()),
    }
    status = 422 if form.wrong else 200
    return answer(request, "portal/complaint.html", context, status=status)


def _address(number: int) -> str:
    return reverse("portal:request", args=[number])
