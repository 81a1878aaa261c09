"""Credits given by hand, as the page of a request's clocks shows them: what waits, and for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from unbroken.ground.words import _, in_language
from unbroken.promise.by_hand import may_give, who_may_give
from unbroken.promise.queries.owed import CreditRow
from unbroken.promise.queries.priced import costs
from unbroken.staffing.cards import AgentCard

NAMED = 3
"""So many of those who may are named; whoever needs more asks one of them."""

ANY = _("You may grant any amount.")
UP_TO = _("You may grant up to {limit}. What is above waits for somebody who may.")
NONE = _("It waits for somebody who may grant it.")


@dataclass(frozen=True, slots=True)
class Line:
    """One credit; whether it is the reader's to decide, and if not, whose."""

    row: CreditRow
    is_mine: bool
    who: str


@dataclass(frozen=True, slots=True)
class Given:
    """What was given or waits, and how far the reader's own word goes."""

    lines: Sequence[Line]
    limit: str
    currency: str


def shown(reader: AgentCard, credits: Sequence[CreditRow]) -> Given:
    """Those by hand, and of the others those that wait."""
    some = [one for one in credits if one.kind == "by_hand" or one.state == "waits"]
    return Given([_line(reader, one) for one in some], _limit(reader), costs().currency)


def _line(reader: AgentCard, row: CreditRow) -> Line:
    is_mine = may_give(reader, row.amount)
    if is_mine or row.state != "waits":
        return Line(row, is_mine, "")
    return Line(row, False, ", ".join(one.name for one in who_may_give(row.amount)[:NAMED]))


def _limit(reader: AgentCard) -> str:
    if may_give(reader, Decimal(10**9)):
        return in_language(ANY)
    most = reader.grants.get("credit", 0)
    return in_language(UP_TO, limit=most) if most else in_language(NONE)
