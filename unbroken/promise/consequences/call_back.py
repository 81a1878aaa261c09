"""A call-back: the head of support speaks with the customer."""

from unbroken.ground.words import _
from unbroken.promise.consequence import Consequence

consequence = Consequence(
    key="call_back",
    label=_("A call by the head of support"),
    task=_("The head of support calls back: a promise was missed ({measure})"),
)
