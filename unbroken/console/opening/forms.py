"""What an agent writes down. The sentences are the house's own."""

import re
from dataclasses import dataclass

from django import forms

from unbroken.console.tickets.forms import NUMBER_MAX, WORDS_MAX
from unbroken.conversation.states import LEVELS, TICKET_TYPES
from unbroken.directory.addresses import NotAnAddress, normal_address
from unbroken.directory.country import country
from unbroken.ground.words import _

CHANNELS = ("phone", "counter", "chat", "fax", "console")
NOT_AN_EMAIL = _("This is no e-mail address. Leave it empty if they have none.")
NOT_A_PHONE = _("This telephone number cannot be read. Leave it empty if they have none.")
_WHO = re.compile(r"(\d{0,15})\.(\d{0,15})\.(\d{0,15})")


@dataclass(frozen=True, slots=True)
class Who:
    """Whose request it is, as far as it was chosen: customer, person, service."""

    customer_id: int | None = None
    contact_id: int | None = None
    service_id: int | None = None

    def __str__(self) -> str:
        parts = (self.customer_id, self.contact_id, self.service_id)
        return ".".join(str(part or "") for part in parts)


def read_who(text: str) -> Who:
    """`12.40.7`: customer 12, person 40, service 7; each may be left out."""
    found = _WHO.fullmatch(text)
    return Who(*(int(part) if part else None for part in found.groups())) if found else Who()


def _optional(most: int = 200) -> forms.CharField:
    return forms.CharField(max_length=most, required=False)


def _number() -> forms.IntegerField:
    return forms.IntegerField(required=False, min_value=1, max_value=NUMBER_MAX)


class NewForm(forms.Form):
    """Who it is, what they say, how they said it."""

    form = _optional(40)
    find = _optional(100)
    who = _optional(60)
    contact = _number()
    service = _number()
    caller = _optional()
    phone = _optional(60)
    email = _optional(320)
    channel = forms.ChoiceField(choices=[(key, "") for key in CHANNELS], required=False)
    language = forms.ChoiceField(choices=[(k, "") for k in ("en", "ru", "it")], required=False)
    type = forms.ChoiceField(choices=[("", ""), *((k, "") for k in TICKET_TYPES)], required=False)
    topic = _number()
    urgency = forms.ChoiceField(choices=[(key, "") for key in LEVELS], required=False)
    name = _optional(500)
    words = forms.CharField(max_length=WORDS_MAX, required=False, strip=False)

    def clean_email(self) -> str:
        """An address that can be written to, or none."""
        return _spelled("email", self.cleaned_data["email"], NOT_AN_EMAIL)

    def clean_phone(self) -> str:
        """A number that can be called, or none."""
        return _spelled("phone", self.cleaned_data["phone"], NOT_A_PHONE)

    def clean_name(self) -> str:
        """One line: it becomes the subject of a mail."""
        return " ".join(str(self.cleaned_data["name"]).split())


def _spelled(kind: str, text: str, wrong: str) -> str:
    text = str(text).strip()
    if text:
        try:
            normal_address(kind, text, country=country())
        except NotAnAddress:
            raise forms.ValidationError(wrong) from None
    return text
