"""What a customer may send. The sentences are the house's own, worded by the view."""

from decimal import Decimal
from typing import Any

from django import forms

from unbroken.directory.addresses import NotAnAddress, normal_address
from unbroken.ground.words import _
from unbroken.portal.labels import KINDS
from unbroken.portal.limits import NAME_MAX, SUBJECT_MAX, WORDS_MAX

WRITE_FIRST = _("Write what it is about first.")
TOO_LONG = _("This is too long for one message. Put the rest into a file and send it along.")
NOT_AN_EMAIL = _("Give an e-mail address to which we can answer, like anneke@home.example.")
LINE_TOO_LONG = _("This is too long. A few words are enough.")
WRONG_CHOICE = _("Choose one of these.")
WRONG_NUMBER = _("The number has six digits or more, like 100042.")
NO_MONEY = _("Give an amount, like 50 or 49.90, or leave it empty.")
WRONG_CODE = _("The code has six digits.")


class EmailField(forms.CharField):
    """An address that we could write to, in the spelling under which it is looked up."""

    def clean(self, value: Any) -> str:
        try:
            return normal_address("email", super().clean(value), country="")
        except NotAnAddress as problem:
            raise forms.ValidationError(NOT_AN_EMAIL) from problem


class MoneyField(forms.CharField):
    """An amount, with a comma or a point; empty for none."""

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value) or "")
        if not text.strip():
            return None
        amount = money(text)
        if amount is None:
            raise forms.ValidationError(NO_MONEY)
        return amount


def money(text: str) -> Decimal | None:
    """An amount as somebody types it, comma or point; None when it is none."""
    try:
        amount = Decimal("".join(text.split()).replace(",", "."))
    except ArithmeticError:
        return None
    is_fine = amount.is_finite() and 0 <= amount < 10**9 and amount == round(amount, 2)
    return round(amount, 2) if is_fine else None


def _line(most: int, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        max_length=most, required=required, error_messages={"max_length": LINE_TOO_LONG}
    )


def _email() -> EmailField:
    return EmailField(
        max_length=320, error_messages={"required": NOT_AN_EMAIL, "max_length": NOT_AN_EMAIL}
    )


def _words(*, required: bool = True) -> forms.CharField:
    return forms.CharField(
        max_length=WORDS_MAX,
        required=required,
        strip=False,
        error_messages={"required": WRITE_FIRST, "max_length": TOO_LONG},
    )


class AskForm(forms.Form):
    """A new request of somebody we know."""

    kind = forms.ChoiceField(
        choices=[(key, "") for key in KINDS],
        required=False,
        error_messages={"invalid_choice": WRONG_CHOICE},
    )
    topic = forms.CharField(max_length=200, required=False)
    service = forms.CharField(max_length=20, required=False)
    amount = MoneyField(max_length=20, required=False, error_messages={"max_length": NO_MONEY})
    subject = _line(SUBJECT_MAX)
    words = _words()

    def clean_subject(self) -> str:
        """One line, whatever was sent: it becomes the subject of a mail."""
        return " ".join(str(self.cleaned_data["subject"]).split())

    def clean_words(self) -> str:
        """What is only blanks says nothing."""
        words = str(self.cleaned_data["words"])
        if not words.strip():
            raise forms.ValidationError(WRITE_FIRST)
        return words.strip("\r\n").replace("\r\n", "\n")


class StrangerAskForm(AskForm):
    """A new request of somebody we do not know: also who they are and where to answer."""

    name = _line(NAME_MAX)
    email = _email()

    def clean_name(self) -> str:
        """One line."""
        return " ".join(str(self.cleaned_data["name"]).split())


class FactForm(forms.Form):
    """Something to add; words or files."""

    words = _words(required=False)

    def clean_words(self) -> str:
        """Line ends as we keep them."""
        return str(self.cleaned_data["words"]).strip("\r\n").replace("\r\n", "\n")


class ComplaintForm(forms.Form):
    """What went wrong."""

    words = _words()

    def clean_words(self) -> str:
        """What is only blanks says nothing."""
        words = str(self.cleaned_data["words"])
        if not words.strip():
            raise forms.ValidationError(WRITE_FIRST)
        return words.strip("\r\n").replace("\r\n", "\n")


class LinkForm(forms.Form):
    """Where to send the link."""

    email = _email()


class CodeForm(forms.Form):
    """Which request, and where to send the code."""

    number = forms.RegexField(
        r"^#?\d{6,15}$", error_messages={"required": WRONG_NUMBER, "invalid": WRONG_NUMBER}
    )
    email = _email()

    def ticket_number(self) -> int:
        """The number without its sign."""
        return int(self.cleaned_data["number"].lstrip("#"))


class DigitsForm(forms.Form):
    """The code from the mail, blanks forgiven."""

    code = forms.CharField(max_length=40, error_messages={"required": WRONG_CODE})

    def clean_code(self) -> str:
        """Six digits."""
        code = "".join(str(self.cleaned_data["code"]).split())
        if len(code) != 6 or not (code.isascii() and code.isdigit()):
            raise forms.ValidationError(WRONG_CODE)
        return code
