"""Neighbours on the same cable or splitter as small ribbons, and what they lost with this line."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from unbroken.console.lines.drawing import Span
from unbroken.evidence.endings import ends
from unbroken.evidence.facts import Element, Facts, Neighbour

SHOWN_MAX = 12
ELEMENTS_MAX = 2
TOGETHER = timedelta(minutes=2)
LOOKED_AT = timedelta(days=9)


@dataclass(frozen=True, slots=True)
class Beside:
    """One neighbour: where its breaks stand, and which of them this line had too."""

    key: str
    line_id: int | None
    ticks: tuple[float, ...]
    shared: tuple[float, ...]
    is_known: bool

    @property
    def count(self) -> int:
        return len(self.ticks) + len(self.shared)


@dataclass(frozen=True, slots=True)
class Around:
    """One shared element with some of those who hang on it."""

    element: Element
    own: Beside
    neighbours: tuple[Beside, ...]
    more: int


def shared_with(facts: Facts) -> list[tuple[Element, list[Neighbour]]]:
    """The nearest elements that others hang on too, and these others, each once."""
    found: list[tuple[Element, list[Neighbour]]] = []
    seen: set[str] = set()
    for element in facts.chain:
        if len(found) == ELEMENTS_MAX:
            break
        here = [
            one for one in facts.neighbours if element.key in one.shared and one.service not in seen
        ]
        if here:
            found.append((element, here))
            seen |= {one.service for one in here}
    return found


def around(
    facts: Facts, shared: Sequence[tuple[Element, list[Neighbour]]], lines: Mapping[str, int],
    span: Span,
) -> tuple[Around, ...]:  # fmt: skip
    """Drawn for the days that neighbours are looked at."""
    mine = sorted(at for _one, at, _back in ends(facts.sessions) if at >= span.since)
    own = Beside(facts.service.key, None, tuple(span.x(at) for at in mine), (), True)
    return tuple(
        Around(
            element, own,
            tuple(_beside(one, mine, lines, span) for one in here[:SHOWN_MAX]),
            max(0, element.services - 1 - len(here[:SHOWN_MAX])),
        )
        for element, here in shared
    )  # fmt: skip


def _beside(
    one: Neighbour, mine: Sequence[datetime], lines: Mapping[str, int], span: Span
) -> Beside:
    theirs = [at for _s, at, _b in ends(one.sessions) if span.since <= at <= span.until]
    together = [at for at in theirs if _is_near(at, mine)]
    apart = [at for at in theirs if not _is_near(at, mine)]
    return Beside(
        one.service, lines.get(one.service), tuple(span.x(at) for at in apart),
        tuple(span.x(at) for at in together), bool(one.sessions),
    )  # fmt: skip


def _is_near(at: datetime, mine: Sequence[datetime]) -> bool:
    place = bisect_left(mine, at - TOGETHER)
    return place < len(mine) and mine[place] <= at + TOGETHER
