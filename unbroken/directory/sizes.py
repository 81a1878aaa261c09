"""What a product gives and costs, and which one is the next larger."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from unbroken.ground.sql import rows


@dataclass(frozen=True, slots=True)
class Size:
    """A product of which it is known how much it gives, kbit/s to the customer."""

    key: str
    name: str
    technology: str
    down_kbit: int
    monthly_price: Decimal | None
    currency: str


def sizes() -> list[Size]:
    """All of them, the smallest first."""
    return rows(Size, "directory/queries/sizes.sql")


@dataclass(frozen=True, slots=True)
class _Sold:
    service_id: int
    down_kbit: int


def sold_kbit() -> dict[int, int]:
    """By service: what its product gives, kbit/s, where that is known."""
    return {one.service_id: one.down_kbit for one in rows(_Sold, "directory/queries/sold_kbit.sql")}


def next_size(every: Sequence[Size], product: str, technology: str) -> Size | None:
    """The next larger one that the same kind of access carries; None: there is none.

    `product`: key or name of what they have now. One without a price is not offered.
    """
    now = next((one for one in every if product in (one.key, one.name)), None)
    if now is None:
        return None
    return next(
        (
            one
            for one in every
            if one.down_kbit > now.down_kbit
            and one.monthly_price is not None
            and one.technology == (now.technology or technology)
        ),
        None,
    )
