"""A free month: what the service costs in one, once."""

from collections.abc import Sequence

from unbroken.ground.words import _
from unbroken.promise.consequence import CENT, Consequence, Missed, Owed, Settings


def owed(missed: Missed, settings: Settings) -> Sequence[Owed]:
    """The monthly price; nothing where nobody knows it."""
    return [Owed(1, missed.monthly_price.quantize(CENT))] if missed.monthly_price else []


consequence = Consequence(key="free_month", label=_("A month for free"), owed=owed)
