"""What became of a line on a list: did it fail, was it mended first, or did it hold? Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from unbroken.evidence.ageing.days import ERRORED, LIGHT, MARGIN, RETRAINS, Day, values
from unbroken.evidence.ageing.judging import AHEAD_DAYS, GONE

FAILED, MENDED, HELD, OPEN, UNKNOWN = "failed", "mended", "held", "open", "unknown"
BREAKS_A_DAY = 3
KNOWN_DAYS_MIN = 10
_RECOVERED = {MARGIN: 2.0, LIGHT: 1.5}


@dataclass(frozen=True, slots=True)
class Became:
    """`on`: the day on which that was seen; None while it is open, and where nothing is known."""

    what: str
    on: date | None = None


def became(
    days: Sequence[Day], listed: date, today: date, *, kinds: Sequence[str],
    reported: Sequence[date] = (),
) -> Became:  # fmt: skip
    """What came of it in the four weeks after it was listed.

    It failed: more breaks of its own on a day than before, no light, no margin, an hour of errors
    a day, or a customer's report of a fault (`reported`). Mended: what sank came back up before.
    """
    until = listed + timedelta(days=AHEAD_DAYS)
    usual = _usual_drops([one for one in days if one.on < listed])
    after = [one for one in days if listed <= one.on < min(until, today)]
    failed = [one.on for one in after if _is_bad(one, usual)]
    failed += [day for day in reported if listed <= day < min(until, today)]
    mended = _mended(days, listed, after, kinds)
    if failed and (mended is None or min(failed) <= mended):
        return Became(FAILED, min(failed))
    if mended is not None:
        return Became(MENDED, mended)
    if today < until:
        return Became(OPEN)
    return Became(HELD, until) if len(after) >= KNOWN_DAYS_MIN else Became(UNKNOWN)


def first_failure(days: Sequence[Day], since: date, until: date) -> date | None:
    """The first day in this stretch on which it failed and had not before."""
    usual = _usual_drops([one for one in days if one.on < since])
    return next((d.on for d in days if since <= d.on < until and _is_bad(d, usual)), None)


def _usual_drops(before: Sequence[Day]) -> float:
    lately = [one.drops for one in before][-28:]
    return sum(lately) / len(lately) if lately else 0.0


def _is_bad(day: Day, usual: float) -> bool:
    return (
        day.drops >= BREAKS_A_DAY + 2 * usual
        or (day.margin is not None and day.margin < GONE[MARGIN])
        or (day.light is not None and day.light < GONE[LIGHT])
        or (day.errored is not None and day.errored > 3600)
    )


def _mended(
    days: Sequence[Day], listed: date, after: Sequence[Day], kinds: Sequence[str]
) -> date | None:
    """Three days in a row clearly better than the week before the list, in what sank."""
    week = [one for one in days if listed - timedelta(days=7) <= one.on < listed]
    for kind in kinds:
        was = [value for _, value in values(week, kind, dry=False)]
        since = values(after, kind, dry=False)
        if not was:
            continue
        usual = median(was)
        for n in range(len(since) - 2):
            if all(_is_better(kind, value, usual) for _, value in since[n : n + 3]):
                return since[n][0]
    return None


def _is_better(kind: str, value: float, usual: float) -> bool:
    if kind in (ERRORED, RETRAINS):
        return value < usual / 8
    return value > usual + _RECOVERED[kind]
