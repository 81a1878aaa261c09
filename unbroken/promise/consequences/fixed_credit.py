"""A fixed credit: so much for the miss, however long it lasts."""

from collections.abc import Sequence

from unbroken.ground.words import _
from unbroken.promise.consequence import Consequence, Missed, Owed, Settings, higher_of, money


def owed(missed: Missed, settings: Settings) -> Sequence[Owed]:
    """An amount or a share of the monthly price, whichever is higher, once."""
    amount = higher_of(missed, money(settings, "amount"), money(settings, "percent"))
    return [Owed(1, amount)] if amount else []


consequence = Consequence(
    key="fixed_credit", label=_("A credit, once"), fields=("amount", "percent"), owed=owed
)
