"""Each claim beside the records: agrees, differs, or cannot be known. Pure.

Said kindly: what the records show, never that somebody was wrong.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from unbroken.evidence.claims.reading import Claim
from unbroken.evidence.drops import Drop
from unbroken.evidence.finding import Record, of_reading, of_start, of_stop
from unbroken.evidence.judging import NO_FAULT, UNKNOWN, Verdict
from unbroken.evidence.lamps import layer_of
from unbroken.evidence.picture import Picture
from unbroken.evidence.rule import Case
from unbroken.ground.words import Phrase, _, in_language

FIRST_DROP = _("first drop {at}")
FELT_SINCE = _("felt since {at}, recorded since {before}")
NO_DROP = _("no drop is recorded")
NOTHING_THEN = _("no record reaches back that far")
DROPS_ON = _("drops on {day}: {count}")
ON_DAYS = _("drops on {count} of the last {days} days")
IN_PARTS = {
    "night": _("drops in {count} of the last {days} nights"),
    "morning": _("drops on {count} of the last {days} mornings"),
    "evening": _("drops on {count} of the last {days} evenings"),
}
DROP_AT = _("drop at {at}")
UP_THEN = _("the session was up then")
SYNC_LOST = _("the line lost sync {count} times lately, first {at}")
SYNC_KEPT = _("the line kept its sync")
NO_COUNTERS = _("no counters of the line to compare with")
LINE_RUNS = _("the line runs at {rate} Mbit/s")
SESSION_UP = _("a session is up since {at}")
SESSION_DOWN = _("no session since {at}")
BEFORE_TOO = _("drops before that too, first {at}")
NOT_MEASURED = _("nothing was measured")


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim with what the records show. `agrees` None: it cannot be known."""

    claim: Claim
    agrees: bool | None
    text: Phrase
    values: Mapping[str, Any] = field(default_factory=dict)
    records: tuple[Record, ...] = ()

    def words(self, language: str, zone: str, *, exact: bool = True) -> str:
        """What the records show, in the reader's language; times to the second, or to be read."""
        place = ZoneInfo(zone)
        worded = {
            name: _moment(value.astimezone(place), exact)
            if isinstance(value, datetime) else value
            for name, value in self.values.items()
        }  # fmt: skip
        return in_language(self.text, language, **worded)

    def document(
        self, ids: Callable[[Sequence[Record]], list[int]], language: str, zone: str
    ) -> dict[str, Any]:
        """As interfaces.md has it."""
        return {
            "said": self.claim.said,
            "kind": self.claim.kind,
            "record": self.words(language, zone),
            "agrees": self.agrees,
            "evidence": ids(self.records),
        }


def _moment(at: datetime, exact: bool) -> str:
    return at.isoformat(timespec="seconds") if exact else f"{at:%Y-%m-%d %H:%M}"


def beside(claims: Sequence[Claim], case: Case, verdict: Verdict) -> tuple[Checked, ...]:
    """Every claim beside what is recorded."""
    return tuple(_CHECKS[claim.kind](claim, case, verdict) for claim in claims)


def _odd(case: Case) -> list[Drop]:
    """Drops that do not come by design."""
    return [one for one in case.drops if (p := one.sign("period")) and p.value == "none"]


def _first(case: Case, verdict: Verdict) -> datetime | None:
    """The first drop of what is wrong; with no cause named, of the week."""
    if verdict.since is not None and verdict.key not in (NO_FAULT, UNKNOWN):
        return verdict.since
    top = verdict.leading
    if top is not None and top.finding.onset is not None and top.finding.explains:
        return top.finding.onset
    odd = _odd(case) or list(case.drops)
    return odd[0].at if odd else None


def _onset(claim: Claim, case: Case, verdict: Verdict) -> Checked:
    assert claim.at is not None
    first = _first(case, verdict)
    heard = case.facts.first_heard or (case.picture.sessions[0].started if case.picture.sessions
                                       else None)  # fmt: skip
    if heard is None or (first is None and heard > claim.at + claim.give_or_take):
        return Checked(claim, None, NOTHING_THEN)
    if first is None:
        return Checked(claim, False, NO_DROP)
    records = tuple(of_stop(one, at) for one, at, _back in case.picture.ends if at == first)
    changed = (verdict.values or {}).get("changed")
    if isinstance(changed, datetime) and abs(changed - claim.at) <= claim.give_or_take:
        return Checked(claim, True, FELT_SINCE, {"at": changed, "before": first}, records)
    agrees = abs(first - claim.at) <= claim.give_or_take
    if not agrees and first > claim.at and heard > claim.at:
        return Checked(claim, None, FIRST_DROP, {"at": first}, records)
    return Checked(claim, agrees, FIRST_DROP, {"at": first}, records)


def _count(claim: Claim, case: Case, _verdict: Verdict) -> Checked:
    """So many times on a day; without a day, the day on which there were most."""
    zone = ZoneInfo(case.picture.zone)
    if not case.picture.sessions:
        return Checked(claim, None, NOTHING_THEN)
    all_ends = [(one, at) for one, at, _back in case.picture.ends]
    odd = {one.at for one in _odd(case)}
    days: dict[Any, list[tuple[Any, datetime]]] = {}
    for one, at in all_ends:
        if at >= case.at - timedelta(days=14):
            days.setdefault(at.astimezone(zone).date(), []).append((one, at))
    asked = claim.at.astimezone(zone).date() if claim.at else None
    today = asked or max(days, key=lambda day: len(days[day]), default=case.at.date())
    there = days.get(today, [])
    irregular = [at for _one, at in there if at in odd]
    wanted = claim.number or 0
    slack = 1 if wanted >= 3 else 0
    counts = {len(there), len(irregular)} if irregular else {len(there)}
    agrees = any(abs(count - wanted) <= slack for count in counts)
    count = min(counts, key=lambda count: abs(count - wanted))
    records = tuple(of_stop(one, at) for one, at in there[:8])
    return Checked(claim, agrees, DROPS_ON, {"day": f"{today:%Y-%m-%d}", "count": count}, records)


_PARTS: Mapping[str, tuple[int, int]] = {
    "day": (0, 24), "night": (21, 30), "morning": (5, 12), "evening": (16, 24),
}  # fmt: skip
"""Hours of a part of the day, generously; a night ends at six of the next day."""
EVERY_DAYS_MAX, EVERY_SHARE, EVERY_DAYS_MIN = 14, 0.7, 3


def _every(claim: Claim, case: Case, _verdict: Verdict) -> Checked:
    """On how many of the last days there was a drop in that part of the day, planned or not."""
    sessions = case.picture.sessions
    if case.complaint is not None and not case.complaint.is_about("drops", "none"):
        return Checked(claim, None, NOT_MEASURED)
    if not sessions:
        return Checked(claim, None, NOTHING_THEN)
    zone = ZoneInfo(case.picture.zone)
    begin, end = _PARTS[claim.state]
    heard = case.facts.first_heard or sessions[0].started
    today = case.at.astimezone(zone).date()
    days, struck, records = 0, 0, []
    oldest = case.at - timedelta(days=EVERY_DAYS_MAX + 2)
    lately = [(one, at) for one, at, _back in case.picture.ends if at >= oldest]
    for back in range(1, EVERY_DAYS_MAX + 1):
        midnight = datetime.combine(today - timedelta(days=back), time.min, zone)
        since, until = midnight + timedelta(hours=begin), midnight + timedelta(hours=end)
        if since < heard or until > case.at:
            continue
        there = [(one, at) for one, at in lately if since <= at < until]
        days, struck = days + 1, struck + bool(there)
        records += [of_stop(one, at) for one, at in there[:1]]
    if days < EVERY_DAYS_MIN:
        return Checked(claim, None, NOTHING_THEN)
    text = IN_PARTS.get(claim.state, ON_DAYS)
    values = {"count": struck, "days": days}
    return Checked(claim, struck >= EVERY_SHARE * days, text, values, tuple(records[:8]))


def _time(claim: Claim, case: Case, _verdict: Verdict) -> Checked:
    """A drop near a time of the clock, on the named day or any of the last week."""
    assert claim.clock is not None
    zone = ZoneInfo(case.picture.zone)
    if not case.picture.sessions:
        return Checked(claim, None, NOTHING_THEN)
    asked = claim.at.astimezone(zone).date() if claim.at else None
    for one, at, _back in reversed(case.picture.ends):
        if at < case.at - timedelta(days=14):
            break
        local = at.astimezone(zone)
        apart = abs(local.hour * 60 + local.minute - claim.clock)
        if min(apart, 1440 - apart) <= 25 and (asked is None or local.date() == asked):
            return Checked(claim, True, DROP_AT, {"at": at}, (of_stop(one, at),))
    return Checked(claim, False, UP_THEN)


def _lamp(claim: Claim, case: Case, _verdict: Verdict) -> Checked:
    """A lamp speaks of one layer; the layer's records are looked at."""
    layer = layer_of(_model(case.picture), claim.lamp, claim.state)
    if layer == "sync":
        lost = [one for one in case.drops if (r := one.sign("retrain")) and r.value == "yes"]
        if lost:
            records = tuple(record for one in lost[:6] for record in one.sign("retrain").records)  # type: ignore[union-attr]
            return Checked(claim, True, SYNC_LOST, {"count": len(lost), "at": lost[0].at},
                           tuple(dict.fromkeys(records)))  # fmt: skip
        if case.picture.retrains or case.picture.link:
            return Checked(claim, False, SYNC_KEPT)
        return Checked(claim, None, NO_COUNTERS)
    if layer == "light":
        dark = [one for one in case.drops if (r := one.sign("light")) and r.value == "lost"]
        if dark:
            return Checked(claim, True, DROP_AT, {"at": dark[-1].at})
        return Checked(claim, None if not case.picture.light else False, NOT_MEASURED)
    if layer in ("session", "power"):
        return _state(claim, case, _verdict)
    return Checked(claim, None, NOT_MEASURED)


def _model(picture: Picture) -> str:
    return next((one.model for one in picture.facts.chain if one.kind == "cpe"), "")


def _speed(claim: Claim, case: Case, _verdict: Verdict) -> Checked:
    from unbroken.evidence.facts import RATE_DOWN

    told = case.picture.own_series(RATE_DOWN).before(case.at)
    if told is None or isinstance(told.value, str):
        return Checked(claim, None, NOT_MEASURED)
    rate = float(told.value) / 1000
    agrees = True if claim.number and rate <= 1.4 * claim.number else None
    return Checked(claim, agrees, LINE_RUNS, {"rate": f"{rate:.1f}"}, (of_reading(told),))


def _state(claim: Claim, case: Case, _verdict: Verdict) -> Checked:
    """It does not work, now."""
    last = case.picture.last
    if last is None:
        return Checked(claim, None, NOTHING_THEN)
    if case.picture.state == "up":
        return Checked(claim, False, SESSION_UP, {"at": last.started}, (of_start(last),))
    if case.picture.state == "silent":
        return Checked(claim, None, NOTHING_THEN)
    ended = last.ended or case.at
    return Checked(claim, True, SESSION_DOWN, {"at": ended}, (of_stop(last, ended),))


def _often(claim: Claim, case: Case, _verdict: Verdict) -> Checked:
    """Again and again: at least a few drops in the week that do not come by design."""
    odd = _odd(case)
    if not case.picture.sessions:
        return Checked(claim, None, NOTHING_THEN)
    if not odd:
        return Checked(claim, False, NO_DROP)
    records = tuple(of_stop(one.session, one.at) for one in odd[-8:])
    return Checked(claim, len(odd) >= 3, FIRST_DROP, {"at": odd[0].at}, records)


def _never(claim: Claim, case: Case, verdict: Verdict) -> Checked:
    """It never did that before: whether older drops are recorded."""
    first = _first(case, verdict)
    if first is None or not case.picture.sessions:
        return Checked(claim, None, NOTHING_THEN)
    if case.picture.sessions[0].started > first - timedelta(days=7):
        return Checked(claim, None, NOTHING_THEN)
    older = [at for _one, at, _b in case.picture.ends if at < first - timedelta(hours=1)]
    by_design = len(older) and (case.picture.lengths or case.picture.nights)
    if older and not by_design:
        return Checked(claim, False, BEFORE_TOO, {"at": older[0]})
    return Checked(claim, True, FIRST_DROP, {"at": first})


_CHECKS: Mapping[str, Callable[[Claim, Case, Verdict], Checked]] = {
    "onset": _onset, "frequency": _count, "every": _every, "time": _time, "lamp": _lamp,
    "speed": _speed, "state": _state, "always": _often, "never": _never,
}  # fmt: skip
