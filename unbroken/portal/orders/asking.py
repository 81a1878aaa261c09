"""A new connection is asked for: what, where, a word more. It becomes a request, then an order."""

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from unbroken.directory.sizes import Size, sizes
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go
from unbroken.ground.words import _, current_language, in_language
from unbroken.intake.asked import WebRequest
from unbroken.portal import session
from unbroken.portal.access import KnownRequest, known_required
from unbroken.portal.asking import OLD_FORM, TOO_OFTEN, TRAP
from unbroken.portal.filling import HONEYPOT, NUMBER, Filled, empty, filled
from unbroken.portal.limits import ASKS_BY_ONE_CONTACT
from unbroken.portal.once import fingerprint, is_ours
from unbroken.portal.sending import send
from unbroken.portal.state import may_knock

SUBJECT = _("New connection: {product}")
ANY = _("I do not know yet: advise me")
WHERE = _("Where: {address}")
WHAT = _("What: {product}")
SAY_WHERE = _("Say where: street, number, town, and the floor if it matters.")


class NewForm(forms.Form):
    """What, where, and a word more."""

    product = forms.CharField(max_length=80, required=False)
    address = forms.CharField(max_length=300, error_messages={"required": SAY_WHERE})
    words = forms.CharField(max_length=4000, required=False)


@known_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: KnownRequest) -> HttpResponse:
    """The form, and what was sent in it."""
    every = [one for one in sizes() if one.monthly_price is not None]
    if request.method != "POST":
        return _page(request, every, empty(product=request.GET.get("product", "")[:80]))
    form = NewForm(request.POST)
    refusal = _refusal(request)
    if refusal or not form.is_valid():
        sent = filled(request, form, *([("", refusal)] if refusal else []))
        return _page(request, every, sent, status=422)
    who = str(request.visitor.contact.id)
    if not may_knock(ASKS_BY_ONE_CONTACT, who, at=now()):
        sent = filled(request, form, ("", in_language(TOO_OFTEN)))
        return _page(request, every, sent, status=429)
    asked = _asked(request, form, every)
    outcome = send(asked, fingerprint=fingerprint(request.POST[NUMBER], asked.to_json()), at=now())
    session.note_asked(request, outcome.ticket_id)
    return go(reverse("portal:asked", args=[outcome.ticket_id]))


def _refusal(request: KnownRequest) -> str:
    if not is_ours(request.POST.get(NUMBER, "")):
        return in_language(OLD_FORM)
    return in_language(TRAP) if request.POST.get(HONEYPOT) else ""


def _asked(request: KnownRequest, form: NewForm, every: list[Size]) -> WebRequest:
    data, card = form.cleaned_data, request.visitor.contact
    chosen = next((one for one in every if one.key == data["product"]), None)
    product = chosen.name if chosen else in_language(ANY)
    words = [in_language(WHAT, product=product), in_language(WHERE, address=data["address"])]
    return WebRequest(
        words="\n".join([*words, *([data["words"]] if data["words"] else [])]),
        subject=in_language(SUBJECT, product=chosen.name if chosen else data["address"])[:200],
        ticket_type="order", language=current_language(), contact_id=int(card.id),
        name=card.name, email=card.email,
        amount=str(chosen.monthly_price) if chosen else "",
    )  # fmt: skip


def _page(
    request: KnownRequest, every: list[Size], form: Filled, *, status: int = 200
) -> HttpResponse:
    choices = [("", in_language(ANY))]
    choices += [(one.key, f"{one.name} · {one.monthly_price} {one.currency}") for one in every]
    context = {"visitor": request.visitor, "place": "", "form": form, "choices": choices}
    return answer(request, "portal/orders/new.html", context, status=status)
