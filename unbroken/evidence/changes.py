"""Change points: since when, and whether the breaks began or only became visible. Pure."""

from dataclasses import dataclass
from datetime import datetime
from statistics import median

from unbroken.evidence.endings import CAUSES
from unbroken.evidence.facts import Session
from unbroken.evidence.picture import Picture

EACH_SIDE = 4
SECONDS_MOST = 90.0
FELT_SECONDS = 240.0


@dataclass(frozen=True, slots=True)
class ModeChange:
    """From `at` on the customer feels breaks that were bridged before. Gaps in seconds."""

    at: datetime
    gap_before: float
    gap_after: float
    device_changed: bool
    around: tuple[Session, Session]


def visible_since(picture: Picture) -> ModeChange | None:
    """Where the gaps turn from seconds into what is felt, while the ends stay of one kind."""
    seen = [
        (one, at, (back - at).total_seconds(), back)
        for one, at, back in picture.ends[-400:]
        if back is not None
    ]
    if len(seen) < 2 * EACH_SIDE:
        return None
    split = _best_split([gap for _one, _at, gap, _back in seen])
    if split is None:
        return None
    before, after = seen[:split], seen[split:]
    if not _alike(before[-40:], after):
        return None
    last, first = before[-1][0], after[0][0]
    macs = {one.mac for one, *_ in before[-5:] if one.mac}
    changed = bool(macs and first.mac and first.mac not in macs)
    return ModeChange(
        first.started, median(max(0.0, gap) for *_x, gap, _b in before[-40:]),
        median(gap for *_x, gap, _b in after), changed, (last, first),
    )  # fmt: skip


def _best_split(gaps: list[float]) -> int | None:
    """The place where most gaps before are seconds and most after are not."""
    quick = [gap <= SECONDS_MOST for gap in gaps]
    best, place = 0.0, None
    total = sum(quick)
    seen = 0
    for index in range(len(gaps)):
        if EACH_SIDE <= index <= len(gaps) - EACH_SIDE:
            left, right = seen / index, (total - seen) / (len(gaps) - index)
            is_split = left >= 0.8 and right <= 0.3 and left - right > best
            if is_split and median(gaps[index:]) >= FELT_SECONDS:
                best, place = left - right, index
        seen += quick[index]
    return place


def _alike(before: list[tuple[Session, datetime, float, datetime]],
           after: list[tuple[Session, datetime, float, datetime]]) -> bool:  # fmt: skip
    """The ends before and after are of the same kinds, and about as many a day."""

    def kinds(part: list[tuple[Session, datetime, float, datetime]]) -> dict[str, float]:
        found: dict[str, float] = {}
        for one, *_ in part:
            kind = CAUSES.get(one.cause, "none")
            found[kind] = found.get(kind, 0.0) + 1 / len(part)
        return found

    old, new = kinds(before), kinds(after)
    shared = sum(min(old.get(kind, 0.0), new.get(kind, 0.0)) for kind in old)
    days_old = max(0.5, (before[-1][1] - before[0][1]).total_seconds() / 86400)
    days_new = max(0.5, (after[-1][1] - after[0][1]).total_seconds() / 86400)
    more = (len(after) / days_new) / (len(before) / days_old)
    return shared >= 0.5 and more <= 2.5
