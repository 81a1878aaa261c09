"""The mails by which somebody becomes known: a link, or a code. In their language."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from unbroken.directory.cards import ContactCard
from unbroken.ground.words import _, current_language, in_language
from unbroken.intake.post import send_service_mail
from unbroken.portal.state import CODE_LASTS, LINK_LASTS

GREETING, GREETING_NOBODY = _("Hello {name},"), _("Hello,")
LINK_SUBJECT = _("Your link to sign in")
LINK_WORDS = _("this link opens your requests. It works once, within one hour:")
CODE_SUBJECT = _("{code} is your code for request #{number}")
CODE_WORDS = _("the code for request #{number} is {code}. It works for ten minutes.")
NOT_YOU = _("If you did not ask for it, somebody mistyped an address. You need not do anything.")


def send_link(*, address: str, key: str, to: ContactCard, at: datetime) -> None:
    """The link that opens once."""
    language = to.language or current_language()
    link = settings.BASE_URL + reverse("portal:use_link", args=[key])
    words = [_greeting(to, language), in_language(LINK_WORDS, language), link]
    _send(address, to, in_language(LINK_SUBJECT, language), words, language, until=at + LINK_LASTS)


def send_code(*, address: str, code: str, number: int, to: ContactCard, at: datetime) -> None:
    """The six digits."""
    language = to.language or current_language()
    values = {"code": code, "number": number}
    words = [_greeting(to, language), in_language(CODE_WORDS, language, **values)]
    subject = in_language(CODE_SUBJECT, language, **values)
    _send(address, to, subject, words, language, until=at + CODE_LASTS)


def _greeting(to: ContactCard, language: str) -> str:
    if not to.name:
        return in_language(GREETING_NOBODY, language)
    return in_language(GREETING, language, name=" ".join(to.name.split()))


def _send(
    address: str, to: ContactCard, subject: str, words: list[str], language: str, until: datetime
) -> None:
    """To the address as it stands on record, not as it was typed."""
    known = next((one.value for one in to.addresses if one.normal == address), address)
    text = "\n\n".join([*words, in_language(NOT_YOU, language)]) + "\n"
    send_service_mail(
        to=(to.name, known), subject=subject, words=text, language=language, until=until
    )
