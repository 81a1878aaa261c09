"""What the forms of the ticket page may hold. Their sentences are the house's own."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms

from unbroken.console.tickets import labels
from unbroken.conversation.states import LEVELS, TICKET_TYPES
from unbroken.ground.words import _

WORDS_MAX = 100_000
NUMBER_MAX = 10**15
NUMBER_WRONG = _("Give the number of a request, like 100042.")
TIME_WRONG = _("Give a day and a time.")


class MessageForm(forms.Form):
    """An answer or a note, and what is to happen after it."""

    mode = forms.ChoiceField(choices=[("reply", ""), ("note", "")])
    words = forms.CharField(max_length=WORDS_MAX, required=False, strip=False)
    note = forms.CharField(max_length=WORDS_MAX, required=False, strip=False)
    then = forms.ChoiceField(choices=[("", ""), ("ask", ""), ("resolve", "")], required=False)
    seen = forms.IntegerField(required=False, min_value=0, max_value=NUMBER_MAX)
    minutes = forms.IntegerField(required=False, min_value=0, max_value=24 * 60)
    anyway = forms.BooleanField(required=False)

    def said(self) -> str:
        """What is said: on a page the note has a field of its own beside the answer's."""
        data = self.cleaned_data
        has_own = data["mode"] == "note" and "note" in self.data
        return str(data["note"] if has_own else data["words"])


class StateForm(forms.Form):
    """Into which state, why, until when."""

    to = forms.ChoiceField(
        choices=[
            (key, "")
            for key in (
                "start",
                "ask",
                "hold",
                "resume",
                "resolve",
                "reopen",
                "close",
                "cancel",
                "reject",
            )
        ]
    )
    waiting_for = forms.ChoiceField(choices=[(k, "") for k in labels.HOLD_REASONS], required=False)
    partner = forms.IntegerField(required=False, min_value=0, max_value=NUMBER_MAX)
    until = forms.DateTimeField(
        required=False,
        input_formats=["%Y-%m-%dT%H:%M"],
        error_messages={"invalid": TIME_WRONG},
    )
    reason = forms.CharField(max_length=2000, required=False)
    anyway = forms.BooleanField(required=False)

    def until_at(self, zone: str) -> datetime | None:
        """The instant meant by a reader in this zone."""
        until: datetime | None = self.cleaned_data["until"]
        return until.replace(tzinfo=ZoneInfo(zone)) if until else None


class AssignmentForm(forms.Form):
    """To a person (perhaps oneself) or to a team."""

    agent = forms.IntegerField(required=False, min_value=0, max_value=NUMBER_MAX)
    team = forms.IntegerField(required=False, min_value=0, max_value=NUMBER_MAX)


class ClassificationForm(forms.Form):
    """What it is about, and how much it matters."""

    name = forms.CharField(max_length=500)
    type = forms.ChoiceField(choices=[(key, "") for key in TICKET_TYPES])
    topic = forms.IntegerField(required=False, min_value=0, max_value=NUMBER_MAX)
    service = forms.IntegerField(required=False, min_value=0, max_value=NUMBER_MAX)
    impact = forms.ChoiceField(choices=[(key, "") for key in LEVELS])
    urgency = forms.ChoiceField(choices=[(key, "") for key in LEVELS])


class TagForm(forms.Form):
    """Words to add or take off."""

    add = forms.CharField(max_length=200, required=False)
    remove = forms.CharField(max_length=200, required=False)


class LinkForm(forms.Form):
    """Another request, and how the two belong together."""

    other = forms.RegexField(
        r"^#?\d{1,15}$", error_messages={"invalid": NUMBER_WRONG, "required": NUMBER_WRONG}
    )
    relation = forms.ChoiceField(choices=[(key, "") for key in labels.RELATIONS])

    def other_number(self) -> int:
        """The number without its sign."""
        return int(self.cleaned_data["other"].lstrip("#"))


class MergeForm(forms.Form):
    """The request in which the conversation goes on."""

    into = forms.RegexField(
        r"^#?\d{1,15}$", error_messages={"invalid": NUMBER_WRONG, "required": NUMBER_WRONG}
    )

    def into_number(self) -> int:
        """The number without its sign."""
        return int(self.cleaned_data["into"].lstrip("#"))
