"""What the page of a request shows of problems: the one it belongs to, or those it could."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from unbroken.console.outages.wording import cause_words
from unbroken.ground.sql import rows
from unbroken.ground.words import in_language
from unbroken.intake.telling.known import STEPS, WE_KNOW

FITTING_MAX = 3
"""So many are offered with a button of their own; the others are chosen from a list."""


@dataclass(frozen=True, slots=True)
class Beside:
    """An open problem as seen from one request.

    `said`: a person's last news, in words for customers. `is_mine`: the request belongs to it.
    `fits`: the request is about what is away with it, or hangs on what failed.
    """

    id: int
    element: str
    cause: str
    since: datetime
    step: str
    next_news_at: datetime | None
    is_mine: bool
    said: str
    fits: bool

    @property
    def why(self) -> str:
        """Its cause as far as known; a dash for none."""
        return cause_words(self.cause)

    @property
    def sentence(self) -> str:
        """What customers hear of it: a person's words, else that we know; and the crew."""
        first = self.said.strip() or in_language(WE_KNOW)
        step = STEPS.get(self.step)
        return f"{first} {in_language(step)}" if step else first


@dataclass(frozen=True, slots=True)
class Problems:
    """The problem of a request; else `fitting` are one click away, `others` may be chosen."""

    mine: Beside | None = None
    fitting: Sequence[Beside] = ()
    others: Sequence[tuple[str, str]] = ()
    rest: Sequence[Beside] = ()
    """The same others, as they are."""


NONE = Problems()


def problems_beside(ticket_id: int, service_id: int | None, customer_id: int | None) -> Problems:
    """One question to the database, however many problems there are."""
    found = rows(
        Beside,
        "console/tickets/queries/problems_beside.sql",
        number=ticket_id,
        service=service_id,
        customer=customer_id,
    )
    mine = next((one for one in found if one.is_mine), None)
    if mine is not None:
        return Problems(mine)
    fitting = [one for one in found if one.fits][:FITTING_MAX]
    rest = [one for one in found if one not in fitting]
    others = [(str(one.id), f"{one.id} · {one.element} · {one.why}") for one in rest]
    return Problems(None, fitting, others, rest)
