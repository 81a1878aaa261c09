"""Questions about orders: one with its steps, a customer's, the open ones, how long they took."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.sql import rows
from unbroken.orders.states import OPEN

LATEST_MAX = 100
MONTHS = 6


@dataclass(frozen=True, slots=True)
class Order:
    """An order. `steps_done` of `steps`; `due_at`: what is promised for the step that is next.

    `part`: the spare part that an open step waits for.
    """

    id: int
    customer_id: int
    customer: str
    service_id: int | None
    service: str
    ticket_id: int | None
    kind: str
    product: str
    state: str
    ordered_at: datetime
    ended_at: datetime | None
    steps: int
    steps_done: int
    due_at: datetime | None
    part: str

    @property
    def is_open(self) -> bool:
        """Whether something is left to do."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an order; `owner` is the name of the team or partner."""

    id: int
    order_id: int
    key: str
    owner: str
    part: str
    kbit: int | None
    promised_at: datetime | None
    state: str
    done_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class LeadTime:
    """How long orders of a product took that were completed in a month, in days."""

    month: str
    product: str
    orders: int
    mean_days: float
    p80_days: float


def order(order_id: int) -> Order | None:
    """One of them."""
    found = _orders([order_id], [])
    return found[0] if found else None


def latest_orders() -> list[Order]:
    """The open ones by what is due next, then the last that ended."""
    return _orders([], [])


def orders_of(customers: Sequence[int]) -> list[Order]:
    """Those of these customers."""
    return _orders([], customers) if customers else []


def _orders(ids: Sequence[int], customers: Sequence[int]) -> list[Order]:
    return rows(
        Order, "orders/queries/orders.sql", ids=list(ids), customers=list(customers),
        limit=LATEST_MAX,
    )  # fmt: skip


def steps_of(orders: Sequence[int]) -> list[Step]:
    """The steps of these orders, in their order."""
    return rows(Step, "orders/queries/steps.sql", orders=list(orders)) if orders else []


def lead_times() -> list[LeadTime]:
    """By product and month of completion (UTC), the latest months first."""
    return rows(LeadTime, "orders/queries/lead_times.sql", months=MONTHS)
