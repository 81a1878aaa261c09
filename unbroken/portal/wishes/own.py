"""One's own page: which mail, which language, which time zone; kept on the contact.

Only for somebody who proved whose mailbox they read: mails are forwarded, and a link to one
request is no reason to change how all others are answered.
"""

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from unbroken.directory import actions
from unbroken.directory.kinds import MAILS, NEWS_BY
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go, keep_look, tell
from unbroken.ground.words import LANGUAGES, Phrase, _, in_language, speaking
from unbroken.ground.zones import available_timezones
from unbroken.portal import access
from unbroken.portal.access import KnownRequest, known_required
from unbroken.portal.filling import empty, filled
from unbroken.portal.forms import WRONG_CHOICE

KEPT = _("Kept. It counts for mail from now on.")
MAIL_WORDS = {
    "all": _("All news about my requests"),
    "mine": _("Only what needs me"),
    "end": _("Only what needs me, and when it is done"),
}
NEWS_WORDS = {
    "mail": _("By mail"),
    "phone": _("By a call, from people and not at night"),
    "portal": _("I look here myself"),
}
REGIONS = ("Europe", "Asia", "America", "Africa", "Australia", "Pacific", "Atlantic", "Indian")


class WishForm(forms.Form):
    """Which mail, which language, which time zone."""

    mails = forms.ChoiceField(
        choices=[(key, "") for key in MAILS],
        error_messages={"required": WRONG_CHOICE, "invalid_choice": WRONG_CHOICE},
    )
    language = forms.ChoiceField(
        choices=[(key, "") for key in LANGUAGES],
        error_messages={"required": WRONG_CHOICE, "invalid_choice": WRONG_CHOICE},
    )
    timezone = forms.CharField(max_length=60, required=False)
    news_by = forms.ChoiceField(
        required=False,
        choices=[(key, "") for key in NEWS_BY],
        error_messages={"invalid_choice": WRONG_CHOICE},
    )

    def clean_timezone(self) -> str:
        """A zone that exists, or none."""
        zone = str(self.cleaned_data["timezone"])
        if zone and not access.is_zone(zone):
            raise forms.ValidationError(WRONG_CHOICE)
        return zone


@never_cache
@known_required
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: KnownRequest) -> HttpResponse:
    """Shown as it is on record; kept for everybody who reads this mailbox."""
    visitor = request.visitor
    if not visitor.is_wide:
        return go(reverse("portal:sign_in_link"))
    if request.method != "POST":
        card = visitor.contact
        form = empty(
            mails=card.mails,
            language=card.language,
            timezone=card.timezone,
            news_by=card.news_by,
        )
        return _page(request, form)
    sent = WishForm(request.POST)
    if not sent.is_valid():
        return _page(request, filled(request, sent), 422)
    wishes = {name: value for name, value in sent.cleaned_data.items() if name != "news_by"}
    if sent.cleaned_data["news_by"]:
        wishes["news_by"] = sent.cleaned_data["news_by"]
    with transaction.atomic():
        for card in visitor.contacts:
            actions.change_contact(contact_id=card.id, by=access.actor(card), at=now(), **wishes)
    language = sent.cleaned_data["language"]
    with speaking(language):
        tell(request, in_language(KEPT))
    response = go(reverse("portal:settings"))
    keep_look(response, {"language": language}, secure=settings.IS_SECURE)
    return response


def zones() -> list[tuple[str, str]]:
    """Zones by place, as people look for them; the odd ones are left out."""
    known = sorted(one for one in available_timezones() if one.partition("/")[0] in REGIONS)
    return [(one, one.replace("_", " ")) for one in known]


def _page(request: KnownRequest, form: object, status: int = 200) -> HttpResponse:
    context = {
        "visitor": request.visitor,
        "place": "settings",
        "form": form,
        "mail_words": MAIL_WORDS,
        "news_words": _news_words(request),
        "zones": zones(),
    }
    return answer(request, "portal/wishes/own.html", context, status=status)


def _news_words(request: KnownRequest) -> dict[str, Phrase]:
    """How news may come; by telephone only where one is on record."""
    has_phone = any(card.address("phone") for card in request.visitor.contacts)
    return {key: word for key, word in NEWS_WORDS.items() if key != "phone" or has_phone}
