"""The variables of a canned answer: {customer}, {number}, {promise} … Pure.

Whoever fills them in gives what it knows; what it does not know stays as it is, so that the
agent sees it before sending.
"""

import re
from collections.abc import Iterator, Mapping

from unbroken.ground.words import Phrase, _

VARIABLES: Mapping[str, Phrase] = {
    "customer": _("the customer's name"),
    "number": _("the number of the request"),
    "subject": _("the subject of the request"),
    "promise": _("by when the next answer is promised"),
    "service": _("the service that the request is about"),
    "agent": _("the name of whoever answers"),
    "link": _("the address of the request in the portal"),
}
_VARIABLE = re.compile(r"\{([a-z_]+)\}")


def named_in(text: str) -> Iterator[str]:
    """Every variable that a text names, known or not."""
    yield from (found[1] for found in _VARIABLE.finditer(text))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with what is known filled in; an empty value counts as unknown."""
    return _VARIABLE.sub(lambda found: values.get(found[1]) or found[0], text)
