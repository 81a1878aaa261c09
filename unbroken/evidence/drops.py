"""The drops of a line: each end of a session with what was seen around it. Pure.

A sign is left out when nothing was there to see it: no counter is not a counter that stood still.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from unbroken.evidence import finding
from unbroken.evidence.changes import visible_since
from unbroken.evidence.endings import CAUSES
from unbroken.evidence.facts import PPP_ERROR, SOFTWARE, UPTIME, Element, Session
from unbroken.evidence.finding import Sign
from unbroken.evidence.periods import keeps_clock, keeps_length
from unbroken.evidence.picture import LOOKED_AT, Picture
from unbroken.evidence.sightings import beside, light, power, retrain, work
from unbroken.evidence.silence.beside import Company, company

DROPS_MAX = 24


@dataclass(frozen=True, slots=True)
class Drop:
    """One end of a session. `back_at` is None while there is none after it."""

    session: Session
    at: datetime
    back_at: datetime | None
    signs: tuple[Sign, ...]
    company: Company

    @property
    def gap_seconds(self) -> float | None:
        """How long the customer was without, or None while that goes on."""
        return max(0.0, (self.back_at - self.at).total_seconds()) if self.back_at else None

    @property
    def element(self) -> Element | None:
        """Where many were lost at once."""
        return self.company.lowest.element if self.company.lowest else None

    def sign(self, name: str) -> Sign | None:
        """What was seen of this, if it could be seen."""
        return next((sign for sign in self.signs if sign.name == name), None)


def drops(picture: Picture, since: datetime) -> tuple[Drop, ...]:
    """The drops since then, newest `DROPS_MAX` of them, oldest first."""
    recent = [end for end in picture.ends if end[1] >= since]
    unheard = _unheard_end(picture)
    if unheard is not None and unheard[1] >= since:
        recent.append(unheard)
    recent.sort(key=lambda end: end[1])
    bridged = visible_since(picture)
    return tuple(
        _seen(picture, *end, bridged is not None and end[1] >= bridged.at)
        for end in recent[-DROPS_MAX:]
    )


def _unheard_end(picture: Picture) -> tuple[Session, datetime, datetime | None] | None:
    """A stop that never reached us: an open session without news, and others that tell when.

    Our own silence alone ends nothing; an alarm, a dark line or neighbours lost at once do.
    """
    last = picture.last
    if last is None or picture.state != "silent":
        return None
    heard = last.heard_at or last.started
    until = heard + 2 * timedelta(seconds=last.interim or 3600)
    told = [
        alarm.at
        for alarm in (*picture.own_alarms, *picture.chain_alarms)
        if alarm.state == "raised" and heard <= alarm.at <= until
    ]
    told += [one.at for one in picture.link.between(heard, until) if one.value == "NoSignal"]
    others = sorted(
        one.ended
        for neighbour in picture.facts.neighbours
        for one in neighbour.sessions
        if one.ended is not None and heard <= one.ended <= until
    )
    for index, at in enumerate(others):
        if len([one for one in others[index:] if one - at <= timedelta(minutes=2)]) >= 3:
            told.append(at)
            break
    return (last, min(told), None) if told else None


def looked_since(picture: Picture) -> datetime:
    """From when on drops are weighed."""
    return picture.at - LOOKED_AT


def _seen(
    picture: Picture,
    session: Session,
    at: datetime,
    back_at: datetime | None,
    is_bridged: bool,
) -> Drop:
    """Look around one drop."""
    crowd = company(at, picture.facts.chain, picture.facts.neighbours)
    signs = [
        _cause(session, at), _period(picture, session, at), _gap(picture, at, back_at, session),
        retrain(picture, session, at, back_at), power(picture, at), light(picture, at, back_at),
        _company(crowd), _restart(picture, session, at), work(picture, at, back_at, crowd),
        _element_alarm(picture, at), _quota(picture, session, at), _software(picture, at),
        *beside(picture, at, crowd),
    ]  # fmt: skip
    return Drop(session, at, back_at, tuple(sign for sign in signs if sign), crowd)


def _cause(session: Session, at: datetime) -> Sign:
    kind = CAUSES.get(session.cause, "none" if not session.cause else "other")
    if session.ended_by.startswith("accounting"):
        kind = "nas"
    return Sign("cause", kind, (finding.of_stop(session, at),))


def _period(picture: Picture, session: Session, at: datetime) -> Sign:
    length = keeps_length(session, at, picture.lengths)
    clock = keeps_clock(at, picture.zone, picture.nights)
    value = "none"
    if length and clock is not None:
        value = "both"
    elif length:
        value = "length"
    elif clock is not None:
        value = "clock"
    return Sign("period", value, (finding.of_stop(session, at),))


def _gap(picture: Picture, at: datetime, back_at: datetime | None, session: Session) -> Sign:
    seconds = ((back_at or picture.at) - at).total_seconds()
    if back_at is None and seconds < 60:
        value = "open"
    elif seconds < 45:
        value = "seconds"
    elif seconds < 600:
        value = "minutes"
    elif seconds < 7200:
        value = "hour"
    else:
        value = "long"
    return Sign("gap", value, (finding.of_stop(session, at),))


def _company(crowd: Company) -> Sign | None:
    if not crowd.known:
        return None
    if crowd.lowest is None:
        if crowd.nearest is None:
            return None
        # Nobody was near enough to tell whether only this one was struck.
        return Sign("company", "alone") if crowd.known >= 2 else None
    kind = {
        "cable": "cable", "splitter": "splitter", "port": "port", "card": "access",
        "dslam": "access", "olt": "access", "cmts": "access", "switch": "access",
        "nas": "nas", "link": "uplink", "radio": "uplink", "satellite": "uplink",
        "feeder": "feeder", "site": "site", "server": "access", "line": "cable", "cpe": "cable",
    }  # fmt: skip
    # Elements with the same people on them cannot be told apart by who was lost.
    kinds = dict.fromkeys(kind[one.element.kind] for one in crowd.crowds)
    lost = tuple(
        finding.of_stop(one, one.ended) for one in crowd.lowest.lost[:5] if one.ended is not None
    )
    told = finding.summary(
        "lost_together", lost, element=crowd.lowest.element.key,
        lost=len(crowd.lowest.lost) + 1, active=crowd.lowest.active + 1,
    )  # fmt: skip
    return Sign("company", "|".join(kinds), (told,))


def _restart(picture: Picture, session: Session, at: datetime) -> Sign:
    near = [
        restart
        for restart in picture.facts.restarts
        if restart.nas == session.nas and abs(restart.at - at) <= timedelta(minutes=15)
    ]
    by_record = session.ended_by.startswith("accounting")
    records = tuple(finding.of_restart(one) for one in near[:2])
    if by_record and not records:
        records = (finding.of_stop(session, at),)
    return Sign("restart", "yes" if near or by_record else "no", records)


def _element_alarm(picture: Picture, at: datetime) -> Sign | None:
    """What is shared and said of itself that it was cut off, at that time."""
    near = [
        alarm
        for alarm in picture.chain_alarms
        if alarm.state == "raised"
        and alarm.type in ("unreachable", "LOS", "power", "LOF")
        and abs(alarm.at - at) <= timedelta(minutes=10)
    ]
    if not near:
        return Sign("alarm", "none") if picture.has_alarms else None
    high = max(near, key=lambda alarm: picture.elements[alarm.resource].distance)
    kind = picture.elements[high.resource].kind
    value = {
        "nas": "nas", "link": "uplink", "radio": "uplink", "satellite": "uplink",
        "feeder": "feeder", "port": "port", "splitter": "port", "cable": "cable", "line": "cable",
    }.get(kind, "access")  # fmt: skip
    if any(alarm.type == "power" for alarm in near):
        value = "feeder"
    elif any(alarm.type == "LOS" for alarm in near) and value == "access":
        value = "port"
    return Sign("alarm", value, tuple(finding.of_alarm(alarm) for alarm in near[:3]))


def _quota(picture: Picture, session: Session, at: datetime) -> Sign | None:
    """Whether this end came when the plan's octets were used up."""
    quota = picture.facts.service.quota_octets
    if not quota:
        return None
    since = period_start(picture.facts.service.quota_day or 1, at, picture.zone)
    used = octets_between(picture.sessions, since, at)
    value = "yes" if 0.97 <= used / quota <= 1.25 else "no"
    told = finding.of_inventory(
        picture.facts.service.key, at, quota_octets=quota, used_octets=round(used)
    )
    return Sign("quota", value, (told, finding.of_stop(session, at)))


def period_start(day: int, at: datetime, zone: str) -> datetime:
    """When the present month of a quota began: that day of the month, at midnight there."""
    local = at.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    month = local if local.day >= day else local.replace(day=1) - timedelta(days=1)
    last = (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return month.replace(day=min(day, last.day))


def octets_between(sessions: tuple[Session, ...], since: datetime, until: datetime) -> float:
    """What went both ways in this time; one that began before counts by its share of time."""
    total = 0.0
    for session in reversed(sessions):
        ended = session.ended or session.heard_at or until
        if ended <= since:
            continue
        octets = session.input_octets + session.output_octets
        length = max(1.0, (ended - session.started).total_seconds())
        inside = (min(ended, until) - max(session.started, since)).total_seconds()
        total += octets * min(1.0, max(0.0, inside) / length)
    return total


def _software(picture: Picture, at: datetime) -> Sign | None:
    """Whether the device's software was changed in the fortnight before."""
    told = picture.own_series(SOFTWARE)
    if not told:
        return None
    readings = [reading for reading in told.readings if reading.at <= at]
    for older, newer in pairwise(readings[-200:]):
        if older.value != newer.value and at - newer.at <= timedelta(days=14):
            return Sign(
                "software", "changed", (finding.of_reading(older), finding.of_reading(newer))
            )
    return Sign("software", "same")


def uptime_fell(picture: Picture, at: datetime) -> bool | None:
    """Whether the customer's device began anew around this time; None: it does not say."""
    told = picture.own_series(UPTIME)
    before, after = told.before(at), told.after(at)
    if before is None or after is None or isinstance(after.value, str):
        return None
    began = after.at - timedelta(seconds=float(after.value))
    return abs(began - at) <= timedelta(minutes=15)


def ppp_error(picture: Picture, at: datetime) -> str:
    """What the customer's device says about the last end, if it says so soon after it."""
    told = picture.own_series(PPP_ERROR).after(at)
    is_near = told is not None and told.at - at <= timedelta(days=1)
    return str(told.value) if told is not None and is_near else ""
