"""The address of a list; it says all there is to say."""

from functools import cache

from django.urls import reverse
from django.utils.http import urlencode

from unbroken.console.tickets.filters import Place


def address_of(words: str = "", place: Place | None = None, *, exact: bool = False) -> str:
    """Where the list for these words is, from this place on; `exact`: counted to the end."""
    asked = (("q", words), ("after", str(place or "")), ("count", "exact" if exact else ""))
    query = {key: value for key, value in asked if value}
    return _the_list() + (f"?{urlencode(query)}" if query else "")


@cache
def _the_list() -> str:
    return reverse("console:work")
