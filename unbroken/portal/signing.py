"""Becoming known without a password: by the link in a mail, or by a request's number and a code.

Whoever asks for a link or a code gets the same answer whether we know the address or not. A link
opens once, by a button: programs that look into mails follow links but press nothing.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.links import read_link
from unbroken.directory import queries as directory
from unbroken.directory.cards import ContactCard
from unbroken.directory.ids import ContactId
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go
from unbroken.ground.words import _, in_language
from unbroken.portal import access, letters, session, state
from unbroken.portal.access import Visitor
from unbroken.portal.filling import Filled, empty, filled
from unbroken.portal.forms import CodeForm, DigitsForm, LinkForm
from unbroken.portal.limits import (
    CODE_TRIES_FROM_ONE_PLACE,
    KEYS_FOR_ONE_ADDRESS,
    KEYS_FROM_ONE_PLACE,
    LINKS_FROM_ONE_PLACE,
    Limit,
)

TOO_OFTEN = _("Too many tries from here. Wait an hour, or answer to our last mail: it reaches us.")
WRONG_CODE = _("This is not the code from the mail. Look again: the latest mail counts.")
WORN_OUT = _("This code does not open anything any more. Ask for a new one.")


# ── the link of a ticket, as it stands in every mail ─────────────────────────


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """The link in a mail: it opens the request for whom it was sent to."""
    found = read_link(token)
    if found is None and not _may(LINKS_FROM_ONE_PLACE, request):
        return _page(request, "portal/link_dead.html", status=429)
    card = directory.contact(ContactId(found.contact_id)) if found else None
    number = _open_now(card, found.ticket_id) if found and card else None
    if found is None or card is None or number is None:
        return access.unknown(request)
    visitor = access.visitor_of(request)
    is_other = visitor is not None and card.id not in visitor.ids
    if is_other and request.method != "POST":
        name = card.name or card.email
        return _page(request, "portal/link_other.html", other=name, number=number, token=token)
    if visitor is None or is_other or visitor.only is not None:
        session.open_to_link(request, card, found.ticket_id)
    response = go(reverse("portal:request", args=[number]))
    session.speak_their_language(request, response, card)
    return response


def _open_now(card: ContactCard, ticket_id: int) -> int | None:
    """The number under which the conversation goes on, if they still take part in it."""
    visitor = Visitor((card,), is_wide=False)
    if not access.may_see(visitor, ticket_id):
        return None
    number = int(record.surviving(ticket_id))
    return number if access.may_see(visitor, number) else None


# ── a link by mail ────────────────────────────────────────────────────────────


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_link(request: HttpRequest) -> HttpResponse:
    """Whose mailbox? We send a link there."""
    if request.method != "POST":
        return _page(request, "portal/sign_in.html", form=empty())
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _page(request, "portal/sign_in.html", form=filled(request, form), status=422)
    if not _may(KEYS_FROM_ONE_PLACE, request):
        return _refused(request, "portal/sign_in.html", filled(request, form))
    address, at = form.cleaned_data["email"], now()
    if state.may_knock(KEYS_FOR_ONE_ADDRESS, address, at=at):
        known = _known_at(address)
        key = state.make_link_key(address=address, at=at)
        if known is not None:
            letters.send_link(address=address, key=key, to=known, at=at)
    return _page(request, "portal/link_sent.html", address=address)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("key")
def use_link(request: HttpRequest, key: str) -> HttpResponse:
    """The link was followed; the button opens."""
    at = now()
    if not _may(LINKS_FROM_ONE_PLACE, request):
        return _page(request, "portal/link_dead.html", status=429)
    address = state.address_of_link(key, at=at)
    known = _known_at(address) if address else None
    if known is None:
        return _page(request, "portal/link_dead.html", status=404)
    if request.method != "POST":
        return _page(request, "portal/link_open.html", address=address, key=key)
    if not state.use_link(key, at=at):
        return _page(request, "portal/link_dead.html", status=404)
    session.open_to_mailbox(request, address)
    response = go(reverse("portal:home"))
    session.speak_their_language(request, response, known)
    return response


# ── a number and a code ───────────────────────────────────────────────────────


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_code(request: HttpRequest) -> HttpResponse:
    """Which request, and whose mailbox? We send a code there."""
    if request.method != "POST":
        form = empty(number=request.GET.get("number", ""))
        return _page(request, "portal/code_ask.html", form=form)
    asked = CodeForm(request.POST)
    if not asked.is_valid():
        return _page(request, "portal/code_ask.html", form=filled(request, asked), status=422)
    if not _may(KEYS_FROM_ONE_PLACE, request):
        return _refused(request, "portal/code_ask.html", filled(request, asked))
    address, number, at = asked.cleaned_data["email"], asked.ticket_number(), now()
    request.session[session.CODE] = _send_code(address, number)
    return _page(
        request, "portal/code_enter.html", form=empty(), address=address, number=number, at=at
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
def use_code(request: HttpRequest) -> HttpResponse:
    """The six digits from the mail."""
    name, at = request.session.get(session.CODE, ""), now()
    if request.method != "POST" or not name:
        return go(reverse("portal:sign_in_code"))
    form = DigitsForm(request.POST)
    if not form.is_valid():
        return _page(request, "portal/code_enter.html", form=filled(request, form), status=422)
    if not _may(CODE_TRIES_FROM_ONE_PLACE, request):
        return _refused(request, "portal/code_enter.html", filled(request, form))
    opened = state.try_code(name, form.cleaned_data["code"], at=at)
    if opened is None:
        has_left = state.has_tries_left(name, at=at)
        sentence = in_language(WRONG_CODE if has_left else WORN_OUT)
        page = "portal/code_enter.html" if has_left else "portal/code_ask.html"
        return _page(request, page, form=filled(request, form, ("code", sentence)), status=422)
    return _opened(request, opened)


def _send_code(address: str, number: int) -> str:
    """A code goes out when address and number belong together; nobody is told whether it does."""
    at = now()
    known = access.first_contact_who_may_see(address, TicketId(number))
    allowed = state.may_knock(KEYS_FOR_ONE_ADDRESS, address, at=at)
    ticket_id = number if known is not None and allowed else None
    challenge = state.make_challenge(address=address, ticket_id=ticket_id, at=at)
    if known is not None and allowed:
        letters.send_code(address=address, code=challenge.code, number=number, to=known, at=at)
    return challenge.name


def _opened(request: HttpRequest, opened: state.Opened) -> HttpResponse:
    known = access.first_contact_who_may_see(opened.address, TicketId(opened.ticket_id))
    if known is None:
        raise Http404("ticket")
    session.open_to_mailbox(request, opened.address)
    response = go(reverse("portal:request", args=[opened.ticket_id]))
    session.speak_their_language(request, response, known)
    return response


# ── what the above need ───────────────────────────────────────────────────────


def _known_at(address: str) -> ContactCard | None:
    """Somebody who reads this mailbox."""
    cards = directory.contacts_at("email", address)
    return Visitor(cards, is_wide=False).contact if cards else None


def _may(limit: Limit, request: HttpRequest) -> bool:
    return state.may_knock(limit, request.META.get("REMOTE_ADDR", ""), at=now())


def _refused(request: HttpRequest, page: str, form: Filled) -> HttpResponse:
    sent = Filled(form.number, form.values, {"": [in_language(TOO_OFTEN)]})
    return _page(request, page, form=sent, status=429)


def _page(request: HttpRequest, page: str, *, status: int = 200, **context: object) -> HttpResponse:
    shown = {"visitor": access.visitor_of(request), "place": "sign-in", **context}
    return answer(request, page, shown, status=status)
