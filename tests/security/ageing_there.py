"""A list of lines that will likely fail, with Anneke's on it, for the addresses of such lists."""

from unbroken.evidence.ageing.judging import Ageing, Sign
from unbroken.evidence.ageing_lists import monday_of
from unbroken.evidence.filling.forecast import Filling
from unbroken.evidence.queries import ageing, filling
from unbroken.evidence.queries.line_days import LinePlace
from unbroken.evidence.state import ageing as kept
from unbroken.evidence.state import filling as filling_kept
from unbroken.ground.clock import now

SIGN = Sign("margin", 4.0, -0.5, 3.0, 0.8, 9, 20, ((-2, 5.0), (-1, 4.5)))


def ageing_line_of(service_id: int) -> int:
    """The line on this week's list; the list is made when it is first asked for."""
    monday = monday_of(now().date())
    place = LinePlace(service_id, "s-1", ("line-1",), "", "cable-1", "", "us", ())
    why = Ageing("s-1", "line-1", 0.8, (SIGN,))
    kept.keep([kept.Made(monday, False, 1, 1, 0, 0, [(place, why)])], {}, at=now())
    return ageing.lines_on(monday)[0].id


def filling_link_of() -> int:
    """A shared way on this week's list of links that fill up."""
    monday = monday_of(now().date())
    told = Filling(
        "cable-1", 0.7, 0.01, False, 20, 50, 90, 0.6, ((-1, 0.7),), ((0, 0.6, 0.7, 0.8),)
    )
    entry = filling_kept.Listed(told, None, 12, 1_000_000)
    filling_kept.keep([filling_kept.Made(monday, False, 1, 1, 0, [entry])], {}, at=now())
    return filling.links_on(monday)[0].id
