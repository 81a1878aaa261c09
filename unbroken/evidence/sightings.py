"""What the line, the light, the power and the weather showed around a drop. Pure."""

import itertools
from datetime import datetime, timedelta

from unbroken.evidence import finding
from unbroken.evidence.facts import (
    BYTES_SENT,
    ERRORED_SECONDS,
    MAX_BIT_RATE,
    RAIN,
    PlannedWindow,
    Reading,
    Session,
)  # fmt: skip
from unbroken.evidence.finding import Sign
from unbroken.evidence.picture import Picture, Series
from unbroken.evidence.silence.beside import Company

POWER_LOST = ("dying-gasp", "LPR", "power")
SIGNAL_LOST = ("LOS", "LOF")
NEAR = timedelta(minutes=4)
POLLED_AT_LEAST = timedelta(hours=27)
WORK_SLACK = timedelta(minutes=10)
WORK_LATE = timedelta(minutes=15)
"""Clocks differ, and lines train: so long after the end of a window it is not overrun yet."""
DARK = -35_000
"""At or below this, 0.001 dBm, a terminal sees no light at all."""


def retrain(
    picture: Picture, session: Session, at: datetime, back_at: datetime | None
) -> Sign | None:
    """Whether the line itself lost sync at this drop."""
    until = min(back_at or picture.at, at + timedelta(minutes=30))
    dark = [
        reading for reading in picture.link.between(at - NEAR, max(until, at + NEAR))
        if reading.value not in ("Up", "Dormant")
    ]  # fmt: skip
    lost = [
        alarm for alarm in picture.own_alarms
        if alarm.type in SIGNAL_LOST and alarm.state == "raised" and abs(alarm.at - at) <= NEAR
    ]  # fmt: skip
    if dark or lost:
        told = [finding.of_reading(one) for one in dark[:2]]
        told += [finding.of_alarm(one) for one in lost[:2]]
        return Sign("retrain", "yes", tuple(told))
    return _by_counter(picture, at) or _by_rate(picture, session, back_at) or _by_state(picture, at)


def _by_counter(picture: Picture, at: datetime) -> Sign | None:
    """The counter before and after. Trainings of a stretch go to the drops that can have them."""
    before, after = _around(picture.retrains, at)
    if before is None or after is None or after.at - before.at > POLLED_AT_LEAST:
        return None
    told = (finding.of_reading(before), finding.of_reading(after))
    grown = float(after.value) - float(before.value)
    if grown < 0:
        grown = float(after.value)
    if grown <= 0:
        return Sign("retrain", "no", told)
    rivals = [
        one.ended for one in picture.sessions[-400:]
        if one.ended is not None and before.at < one.ended <= after.at
        and one.cause not in ("Session-Timeout", "User-Request")
    ]  # fmt: skip
    if at in rivals or grown >= len(rivals) + 1:
        return Sign("retrain", "yes", told)
    return Sign("retrain", "no", told) if grown <= len(rivals) else None


def _around(series: Series, at: datetime) -> tuple[Reading | None, Reading | None]:
    before, after = series.before(at), series.after(at)
    # A device that answers while it trains counts that training only at its next answer.
    if after is not None and after.at - at < timedelta(seconds=90):
        after = series.after(after.at) or after
    return before, after


def _by_rate(picture: Picture, session: Session, back_at: datetime | None) -> Sign | None:
    """Another rate at the next start: the line trained in between (facts.md 5.3)."""
    if back_at is None or session.rate_down is None:
        return None
    following = next((one for one in picture.sessions if one.started == back_at), None)
    if following is None or following.rate_down is None:
        return None
    if abs(following.rate_down - session.rate_down) <= 0.004 * session.rate_down:
        return None
    return Sign("retrain", "yes", (finding.of_start(session), finding.of_start(following)))


def _by_state(picture: Picture, at: datetime) -> Sign | None:
    """The line was seen up shortly before and shortly after, and told nothing in between."""
    before, after = picture.link.before(at), picture.link.after(at)
    if before is None or after is None or after.at - before.at > timedelta(minutes=6):
        return None
    return Sign("retrain", "no", (finding.of_reading(before), finding.of_reading(after)))


def power(picture: Picture, at: datetime) -> Sign | None:
    """Whether the customer's device said with its last breath that its power went."""
    gasps = [
        alarm for alarm in picture.own_alarms
        if alarm.type in POWER_LOST and alarm.state == "raised" and abs(alarm.at - at) <= NEAR
    ]  # fmt: skip
    if gasps:
        return Sign("power", "lost", tuple(finding.of_alarm(alarm) for alarm in gasps[:2]))
    return Sign("power", "kept") if picture.has_alarms else None


def light(picture: Picture, at: datetime, back_at: datetime | None) -> Sign | None:
    """Whether the terminal lost the light."""
    gone = [
        alarm for alarm in picture.own_alarms
        if alarm.type in ("LOSi", "LOS", "LOBi") and alarm.state == "raised"
        and abs(alarm.at - at) <= NEAR
    ]  # fmt: skip
    if gone:
        return Sign("light", "lost", tuple(finding.of_alarm(alarm) for alarm in gone[:2]))
    until = back_at or picture.at
    dark = [one for one in picture.light.between(at, until) if _number(one) <= DARK]
    if dark:
        return Sign("light", "lost", (finding.of_reading(dark[0]),))
    seen = [one for one in picture.light.between(at, until) if _number(one) > DARK]
    if seen:
        return Sign("light", "kept", (finding.of_reading(seen[0]),))
    return Sign("light", "kept") if picture.has_alarms and picture.access == "fibre" else None


def work(picture: Picture, at: datetime, back_at: datetime | None, crowd: Company) -> Sign:
    """Whether somebody had given notice of work here at that time, and kept to it."""
    covering = [one for one in picture.facts.windows if _covers(one, picture, at, crowd)]
    if not covering:
        return Sign("work", "no")
    ended = back_at or picture.at
    inside = [one for one in covering if ended <= one.until + WORK_LATE]
    records = tuple(finding.of_window(window) for window in (inside or covering)[:2])
    return Sign("work", "yes" if inside else "over", records)


def _covers(window: PlannedWindow, picture: Picture, at: datetime, crowd: Company) -> bool:
    """Whether work in this window explains what was lost then.

    Not where more was lost than hangs on what it names: then something above failed, a carrier's
    circuit perhaps, while somebody worked below it.
    """
    named = set(window.resources) & (set(picture.elements) | {picture.facts.service.key})
    is_then = window.since - WORK_SLACK <= at <= window.until + WORK_SLACK
    is_said = window.status.upper() not in ("CANCELLED", "TENTATIVE")
    is_felt = window.impact.upper() not in ("NO-IMPACT", "REDUCED-REDUNDANCY")
    if not (named and is_then and is_said and is_felt):
        return False
    if crowd.lowest is None:
        return True
    highest = max(picture.elements[one].distance if one in picture.elements else 0 for one in named)
    return crowd.lowest.element.distance <= highest


def beside(picture: Picture, at: datetime, crowd: Company) -> list[Sign]:
    """The weather, and whether those lost at once lost their power."""
    signs = []
    wet = rain(picture, at)
    if wet is not None:
        signs.append(wet)
    if crowd.lowest is not None and picture.has_alarms:
        lost = {one.service for one in crowd.lowest.lost}
        theirs = {
            key for neighbour in picture.facts.neighbours if neighbour.service in lost
            for key in neighbour.resources
        }  # fmt: skip
        gasps = [
            alarm for alarm in picture.facts.alarms
            if alarm.resource in theirs and alarm.type in POWER_LOST
            and alarm.state == "raised" and abs(alarm.at - at) <= NEAR
        ]  # fmt: skip
        many = len({alarm.resource for alarm in gasps}) >= 0.4 * len(lost)
        records = tuple(finding.of_alarm(alarm) for alarm in gasps[:5])
        told = (finding.summary("gasped_together", records),) if records else ()
        signs.append(Sign("their_power", "lost" if many else "kept", told))
    return signs


def rain(picture: Picture, at: datetime) -> Sign | None:
    """Whether it rained here in the hours before."""
    heaviest: Reading | None = None
    is_known = False
    for site in picture.facts.sites:
        for reading in picture.series(site, RAIN).between(at - timedelta(hours=6), at):
            is_known = True
            if heaviest is None or _number(reading) > _number(heaviest):
                heaviest = reading
    if not is_known or heaviest is None:
        return None
    if _number(heaviest) >= 0.5:
        return Sign("rain", "yes", (finding.of_reading(heaviest),))
    return Sign("rain", "no")


def used(picture: Picture, element: str, since: datetime, until: datetime) -> list[Reading]:
    """How full a shared way was, share of its rate, one value for each stretch between readings."""
    rate = picture.series(element, MAX_BIT_RATE).before(until)
    sent = picture.series(element, BYTES_SENT).between(since, until)
    if rate is None or _number(rate) <= 0:
        return []
    bits = _number(rate) * 1e6
    shares = []
    for before, after in itertools.pairwise(sent):
        seconds = (after.at - before.at).total_seconds()
        octets = _number(after) - _number(before)
        if seconds > 0 and octets >= 0:
            share = octets * 8 / seconds / bits
            shares.append(Reading(element, BYTES_SENT, after.at, share))
    return shares


def errors_a_day(picture: Picture, resource: str, since: datetime) -> float | None:
    """Errored seconds a day by the line's own counter; None when it was not read twice."""
    told = picture.series(resource, ERRORED_SECONDS).between(since, picture.at)
    if len(told) < 2:
        return None
    grown = sum(
        max(0.0, _number(after) - _number(before)) for before, after in itertools.pairwise(told)
    )
    days = (told[-1].at - told[0].at).total_seconds() / 86400
    return grown / days if days > 0 else None


def _number(reading: Reading) -> float:
    try:
        return float(reading.value)
    except ValueError:
        return 0.0
