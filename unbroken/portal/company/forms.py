"""What somebody who manages a company may send. The sentences are the house's own."""

from django import forms
from django.http import QueryDict

from unbroken.directory.cards import ContactCard, Rights
from unbroken.directory.kinds import SIGHTS
from unbroken.ground.words import _
from unbroken.portal.forms import (
    LINE_TOO_LONG,
    NO_MONEY,
    NOT_AN_EMAIL,
    WRONG_CHOICE,
    EmailField,
    MoneyField,
)
from unbroken.portal.limits import NAME_MAX

NO_NAME = _("Give a name, so that everybody knows who it is.")


class RightsForm(forms.Form):
    """What a colleague may see and do."""

    sees = forms.ChoiceField(
        choices=[(key, "") for key in SIGHTS],
        error_messages={"required": WRONG_CHOICE, "invalid_choice": WRONG_CHOICE},
    )
    manages = forms.BooleanField(required=False)
    approves = forms.BooleanField(required=False)
    order_limit = MoneyField(max_length=20, required=False, error_messages={"max_length": NO_MONEY})

    def rights(self, sites: tuple[int, ...]) -> Rights:
        """As the card index wants them."""
        data = self.cleaned_data
        return Rights(
            manages=data["manages"],
            approves=data["approves"],
            sees=data["sees"],
            sites=sites,
            order_limit=data["order_limit"],
        )


class InviteForm(RightsForm):
    """A colleague who is to come."""

    name = forms.CharField(
        max_length=NAME_MAX, error_messages={"required": NO_NAME, "max_length": LINE_TOO_LONG}
    )
    email = EmailField(
        max_length=320, error_messages={"required": NOT_AN_EMAIL, "max_length": NOT_AN_EMAIL}
    )

    def clean_name(self) -> str:
        """One line: it stands in a mail."""
        return " ".join(str(self.cleaned_data["name"]).split())


def sites_of(post: QueryDict) -> tuple[int, ...]:
    """The sites that were ticked; what is no number was not ticked by our page."""
    return tuple(
        int(one)
        for one in post.getlist("sites")[:2000]
        if one.isascii() and one.isdigit() and len(one) < 16
    )


def values_of(card: ContactCard) -> dict[str, str]:
    """The form as it stands for a colleague."""
    rights = card.rights
    return {
        "sees": rights.sees,
        "manages": "on" if rights.manages else "",
        "approves": "on" if rights.approves else "",
        "order_limit": "" if rights.order_limit is None else f"{rights.order_limit:f}",
    }
