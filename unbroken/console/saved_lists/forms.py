"""What a saved list may be."""

from django import forms


class SavedListForm(forms.Form):
    """A name, the words, for whom ("mine", "team:3", "all"), and whether it stands at the side."""

    name = forms.CharField(max_length=60)
    words = forms.CharField(max_length=200, required=False)
    scope = forms.RegexField(r"^(mine|all|team:\d{1,15})$")
    pinned = forms.BooleanField(required=False)
