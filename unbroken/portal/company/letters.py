"""The mail by which a colleague is invited."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from unbroken.ground.words import _, current_language, in_language
from unbroken.intake.post import send_service_mail
from unbroken.portal.letters import GREETING
from unbroken.portal.state import INVITATION_LASTS

SUBJECT = _("{by} invites you to the requests of {company}")
WORDS = _(
    "{by} would like you to follow what {company} asks us, and to ask yourself. This link lets you "
    "in. It works once, within seven days:"
)
NOT_YOU = _("If you do not know {company}, do nothing: nothing happens.")


def send_invitation(
    *, address: str, name: str, company: str, by: str, key: str, at: datetime
) -> None:
    """The link that lets a colleague in, in the language of whoever invites them."""
    language = current_language()
    values = {"by": " ".join(by.split()), "company": " ".join(company.split())}
    link = settings.BASE_URL + reverse("portal:accept", args=[key])
    words = [
        in_language(GREETING, language, name=name),
        in_language(WORDS, language, **values),
        link,
        in_language(NOT_YOU, language, **values),
    ]
    send_service_mail(
        to=(name, address),
        subject=in_language(SUBJECT, language, **values),
        words="\n\n".join(words) + "\n",
        language=language,
        until=at + INVITATION_LASTS,
    )
