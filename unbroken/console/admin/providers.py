"""Organisations that vouch for agents by SAML: what they have to know of us, what we know of them.

Whoever changes this decides who comes in as whom: it takes a permission of its own, every other
one, and the password once more.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from unbroken.console.access import AgentRequest, allowed
from unbroken.console.admin.frame import (
    CHANGED,
    TAKEN_BACK,
    attempt,
    cleaned,
    done,
    page,
    take_back,
)
from unbroken.console.admin.history import SHOWN, Shown, history
from unbroken.console.doors import own
from unbroken.console.doors.saml.pages import our_name
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.words import _, in_language
from unbroken.staffing import actions
from unbroken.staffing import queries as staffing
from unbroken.staffing.cards import ProviderCard
from unbroken.staffing.permissions import BUILT_IN, MANAGE_SIGN_IN, READ_ADMINISTRATION

ADDED = _("{name} stands at the door now. Sign in there once before you rely on it.")
EMPTY: Mapping[str, Any] = {
    "name": "", "metadata": "", "subject_attribute": "", "email_attribute": "email",
    "name_attribute": "displayName", "by_address": False, "role": "", "active": True,
}  # fmt: skip
METADATA_BYTES_MAX = 1_000_000
refusals(
    {
        "provider.bad_metadata": _(
            "These are no metadata of one SAML identity provider: a name, an address with https "
            "and a certificate are needed."
        ),
    }
)
SHOWN.update(
    {
        "entity_id": Shown(_("Its name in SAML")),
        "sign_in_url": Shown(_("Where one signs in")),
        "certificates": Shown(_("Certificates"), lambda value: _ends_words(value)),
        "subject_attribute": Shown(_("Attribute that says who it is")),
        "email_attribute": Shown(_("Attribute with the mail address")),
        "name_attribute": Shown(_("Attribute with the name")),
        "by_address": Shown(_("Tied by mail address")),
        "role": Shown(_("Role of whoever is new")),
    }
)

reading = allowed(do=MANAGE_SIGN_IN, read=READ_ADMINISTRATION)
doing = allowed(do=MANAGE_SIGN_IN)


@reading
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def providers(request: AgentRequest) -> HttpResponse:
    """Each of them; a form for one more, and what it has to know of this desk."""
    if request.method != "POST":
        return _list(request)
    told: dict[str, Any] = {"by": request.actor, "at": now()}
    wrong = own.wrong_password(request) or attempt(
        lambda: actions.add_provider(**_metadata(request, needed=True), **_values(request), **told)
    )
    if wrong:
        return _list(request, wrong)
    return done(request, ADDED, "console:admin_sign_in", name=cleaned(request.POST.get("name")))


@reading
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def provider(request: AgentRequest, provider_id: int) -> HttpResponse:
    """One of them; new metadata when its certificate changes."""
    card = _card(provider_id)
    if request.method != "POST":
        return _page(request, card)
    told: dict[str, Any] = {"by": request.actor, "at": now(), "provider_id": card.id}
    told["active"] = "active" in request.POST
    wrong = own.wrong_password(request) or attempt(
        lambda: actions.change_provider(**_metadata(request), **_values(request), **told)
    )
    if wrong:
        return _page(request, card, wrong)
    return done(request, CHANGED, "console:admin_provider", card.id)


@doing
@require_POST
def undo(request: AgentRequest, provider_id: int) -> HttpResponse:
    """The last change is taken back."""
    card = _card(provider_id)
    wrong = attempt(lambda: take_back(request, f"provider:{card.id}"))
    if wrong:
        return _page(request, card, wrong)
    return done(request, TAKEN_BACK, "console:admin_provider", card.id)


def _values(request: AgentRequest) -> dict[str, Any]:
    data = request.POST
    return {
        "name": cleaned(data.get("name"), 60),
        "subject_attribute": cleaned(data.get("subject_attribute")),
        "email_attribute": cleaned(data.get("email_attribute")),
        "name_attribute": cleaned(data.get("name_attribute")),
        "by_address": "by_address" in data,
        "role": cleaned(data.get("role")),
    }


def _metadata(request: AgentRequest, *, needed: bool = False) -> dict[str, Any]:
    """Where it is and what it signs with, as its metadata say; nothing when none were given."""
    from unbroken.console.doors.saml import papers  # heavy, and only for desks that have one

    file = request.FILES.get("file")
    data = file.read(METADATA_BYTES_MAX + 1) if file else b""
    data = data or request.POST.get("metadata", "").strip().encode()
    if not data and not needed:
        return {}
    try:
        found = papers.described(data)
    except papers.Unreadable as unreadable:
        raise Refused("provider.bad_metadata") from unreadable
    return {
        "entity_id": found.entity_id,
        "sign_in_url": found.sign_in_url,
        "certificates": list(found.certificates),
    }


def _card(provider_id: int) -> ProviderCard:
    card = staffing.provider(provider_id)
    if card is None:
        raise Http404("provider")
    return card


def _typed(request: AgentRequest, card: ProviderCard | None) -> Mapping[str, Any]:
    if request.method == "POST" and "undo" not in request.path:
        is_on = {"active": "active" in request.POST, "metadata": request.POST.get("metadata", "")}
        return _values(request) | is_on
    if card is None:
        return EMPTY
    return {name: getattr(card, name, "") for name in EMPTY}


def _list(request: AgentRequest, wrong: str = "") -> HttpResponse:
    return page(
        request,
        "console/admin/providers.html",
        "sign-in",
        wrong=wrong,
        providers=staffing.providers(),
        typed=_typed(request, None),
        **_ours(),
    )


def _page(request: AgentRequest, card: ProviderCard, wrong: str = "") -> HttpResponse:
    return page(
        request,
        "console/admin/provider.html",
        "sign-in",
        wrong=wrong,
        row=card,
        ends=_ends(card.certificates),
        at=now(),
        typed=_typed(request, card),
        history=history(f"provider:{card.id}"),
        **_ours(),
    )


def _ours() -> dict[str, Any]:
    """What they have to know of us, and which roles there are."""
    roles = [(key, in_language(one.name)) for key, one in BUILT_IN.items()]
    return {
        "ours": [
            (in_language(_("Our metadata, and our name (entity ID)")), our_name()),
            (
                in_language(_("Where its answers go (ACS, by POST)")),
                our_name().removesuffix(reverse("console:saml_metadata"))
                + reverse("console:sign_in_saml_back"),
            ),
        ],
        "roles": [
            ("", in_language(_("nobody is let in who does not work here already"))),
            *roles,
            *((one.key, one.name) for one in staffing.roles()),
        ],
    }


def _ends(certificates: tuple[str, ...]) -> list[datetime]:
    """Until when each certificate says it is good; the provider's word counts beyond that too."""
    from unbroken.console.doors.saml import papers

    return [papers.certificate(one).not_valid_after_utc for one in certificates]


def _ends_words(value: object) -> str:
    texts = value if isinstance(value, list | tuple) else ()
    return ", ".join(f"… {end:%Y-%m-%d}" for end in _ends(tuple(texts)))
