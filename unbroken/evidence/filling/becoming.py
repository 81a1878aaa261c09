"""What became of a link on a list: was it full when that was said? Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from unbroken.evidence.filling.weeks import Week

OPEN, SAID, SOONER, LATER, WIDENED, UNKNOWN = (
    "open", "said", "sooner", "later", "widened", "unknown",
)  # fmt: skip
DECIDED = (SAID, SOONER, LATER)
WIDER = 1.15
SILENT = timedelta(weeks=6)


@dataclass(frozen=True, slots=True)
class Became:
    """`on`: the Monday of the week in which that was seen; None while it is open."""

    what: str
    on: date | None = None


def became(
    weeks: Sequence[Week], listed: date, today: date, *, soonest: int | None, latest: int | None
) -> Became:
    """What came of it since it was listed; days as `forecast.Filling` has them.

    It came as said: it was full on two days of a week between the soonest and the latest. Widened:
    it carries more than it did, so that nobody can know any more.
    """
    after = [one for one in weeks if listed <= one.monday < today]
    before = [one for one in weeks if one.monday < listed]
    size = before[-1].kbit if before else 0
    for one in after:
        if size and one.kbit > WIDER * size:
            return Became(WIDENED, one.monday)
        if one.is_full:
            week = (one.monday - listed).days
            early = soonest is None or week + 6 < soonest
            late = latest is not None and week > latest
            return Became(SOONER if early else LATER if late else SAID, one.monday)
    heard = after[-1].monday if after else listed
    if today - heard > SILENT:
        return Became(UNKNOWN)
    if latest is not None and (today - listed).days > latest + 7:
        return Became(LATER, listed + timedelta(days=latest))
    return Became(OPEN)
