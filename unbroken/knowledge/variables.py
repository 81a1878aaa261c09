"""The variables of a canned answer: {customer}, {number}, {promise} … Pure.

Whoever fills them in gives what it knows; what it does not know stays as it is, so that the
agent sees it before sending.
"""

from collections.abc import Mapping

from unbroken.ground.filling import emptied as emptied
from unbroken.ground.filling import filled as filled
from unbroken.ground.filling import named_in as named_in
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
