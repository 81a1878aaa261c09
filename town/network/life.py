"""The life of one home's line: sessions, counters and alarms that follow from what was cut."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from town.network.faults import Cut
from town.network.ranges import Ranges
from town.network.streets import Home
from unbroken.evidence import facts as names
from unbroken.evidence.facts import Alarm, Reading, Session

ZONE = ZoneInfo("Europe/Berlin")


@dataclass
class Habits:
    """How this town's devices behave: drawn once for a town."""

    keepalive: float
    training: float
    dial: float
    alarms_lost: float
    stops_lost: float
    skew: float
    poll: timedelta
    interim: int


@dataclass
class Life:
    """What was recorded of one home."""

    home: Home
    sessions: list[Session] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    alarms: list[Alarm] = field(default_factory=list)
    restarts: list[datetime] = field(default_factory=list)


def habits(random: Random, ranges: Ranges) -> Habits:
    """Draw them."""
    return Habits(
        random.uniform(*ranges.keepalive_seconds), random.uniform(*ranges.training_seconds),
        random.uniform(*ranges.dial_seconds), random.uniform(*ranges.alarms_lost),
        random.uniform(*ranges.stops_lost), random.uniform(*ranges.clock_skew_seconds),
        timedelta(minutes=random.choice(ranges.poll_minutes)), random.choice((300, 600, 900)),
    )  # fmt: skip


@dataclass
class _Down:
    """A stretch without a session, and what the NAS said of its beginning."""

    at: datetime
    back: datetime
    cause: str
    ended_by: str = "stop"
    layer: str = ""


def live(
    random: Random, home: Home, cuts: list[Cut], how: Habits, since: datetime, until: datetime,
    *, bridged_from: datetime | None = None, polled: timedelta | None = None,
    polled_since: datetime | None = None,
) -> Life:  # fmt: skip
    """From `since` to `until`, all that the desk could be told."""
    life = Life(home)
    at = since + timedelta(seconds=random.uniform(0, 3600))
    heap = sorted(cuts, key=lambda cut: cut.at)
    number = random.randrange(1 << 20)
    begun = at - timedelta(hours=random.uniform(0, 20))
    while begun < until:
        number += 1
        down = _next_end(random, home, heap, how, begun, bridged_from)
        life.sessions.append(_session(random, home, how, begun, down, until, number, bridged_from))
        if down is None or down.at >= until:
            break
        begun = down.back
    _tell_line(random, life, cuts, how, polled_since or since, until, polled or how.poll)
    _tell_alarms(random, life, cuts, how, until)
    return life


def _next_end(
    random: Random, home: Home, heap: list[Cut], how: Habits, begun: datetime,
    bridged_from: datetime | None,
) -> _Down | None:  # fmt: skip
    """How this session ends: by a cut, by design, or not at all."""
    planned: list[_Down] = []
    dial = how.dial * random.uniform(0.7, 1.6)
    if home.reset_seconds:
        at = begun + timedelta(seconds=home.reset_seconds + random.uniform(-1, 1))
        planned.append(_Down(at, at + timedelta(seconds=dial), "Session-Timeout"))
    if home.nightly is not None:
        local = begun.astimezone(ZONE)
        at = local.replace(hour=0, minute=0, second=0, microsecond=0)
        at += timedelta(seconds=home.nightly + random.uniform(-8, 8))
        at = at if at > local + timedelta(minutes=10) else at + timedelta(days=1)
        planned.append(_Down(at, at + timedelta(seconds=dial), "User-Request"))
    cut = next((one for one in heap if one.until > begun), None)
    if cut is not None:
        planned.append(
            _cut(random, home, cut, how, max(cut.at, begun + timedelta(seconds=1)), dial)
        )
    first = min(planned, key=lambda one: one.at, default=None)
    if first is None:
        return None
    later = [one for one in heap if one.at <= first.back and one.until > first.back]
    for one in later:
        first.back = max(first.back, _back(one, how, dial))
    if bridged_from is not None and first.at >= bridged_from:
        # Nobody dials by itself any more: a person has to notice first.
        first.back += timedelta(seconds=random.expovariate(1 / 5400) + 240)
    return first


def _cut(random: Random, home: Home, cut: Cut, how: Habits, at: datetime, dial: float) -> _Down:
    heard = at + timedelta(seconds=how.keepalive * random.uniform(0.5, 1.2))
    back = _back(cut, how, dial * random.uniform(0.8, 1.5))
    if cut.layer == "nas":
        return _Down(cut.until, back, "", "accounting_on", "nas")
    if cut.cause:
        return _Down(at, back, cut.cause, "stop", cut.layer)
    cause = "Lost-Carrier"
    if cut.layer == "path" and random.random() < 0.3:
        cause = "Lost-Service"
    if cut.layer == "device":
        cause = random.choice(("User-Request", "Lost-Carrier"))
    if cut.layer == "copper" and home.technology == "vdsl" and random.random() < 0.4:
        heard = at + timedelta(seconds=random.uniform(1, 5))
    return _Down(heard, max(back, heard + timedelta(seconds=2)), cause, "stop", cut.layer)


def _back(cut: Cut, how: Habits, dial: float) -> datetime:
    """When a session can be had again: the line trains, the device starts, PPP dials."""
    extra = dial
    if cut.layer in ("copper", "power", "node", "device", "light"):
        extra += how.training
    if cut.layer in ("power", "device"):
        extra += 40
    return cut.until + timedelta(seconds=extra)


def _session(
    random: Random, home: Home, how: Habits, begun: datetime, down: _Down | None,
    until: datetime, number: int, bridged_from: datetime | None,
) -> Session:  # fmt: skip
    is_over = down is not None and down.at < until
    ended = down.at if down is not None and is_over else None
    cause, ended_by = (down.cause, down.ended_by) if down is not None and is_over else ("", "")
    if is_over and ended_by == "stop" and random.random() < how.stops_lost:
        ended, cause, ended_by = None, "", ""
    heard = down.at if down is not None and is_over else until
    steps = int((heard - begun).total_seconds() // how.interim)
    last = ended or begun + timedelta(seconds=steps * how.interim)
    seconds = max(0.0, (last - begun).total_seconds())
    octets = int(home.megabits_used * 125_000 * seconds * random.uniform(0.7, 1.3) * 0.2)
    mac = home.mac
    if bridged_from is not None and begun >= bridged_from:
        mac = "02:" + home.mac[3:]
    skew = timedelta(seconds=how.skew)
    return Session(
        home.key, home.nas, f"{number:08x}", begun + skew, ended + skew if ended else None,
        ended_by, cause, octets // 8, octets, last + skew,
        home.reset_seconds, how.interim, mac, "198.51.100.7",
    )  # fmt: skip


def _tell_line(
    random: Random, life: Life, cuts: list[Cut], how: Habits, since: datetime, until: datetime,
    poll: timedelta,
) -> None:  # fmt: skip
    """Counters of the copper, as the node reads them."""
    home = life.home
    if home.technology != "vdsl":
        return
    lost = sorted(cut.at for cut in cuts if cut.layer in ("copper", "power", "node", "device"))
    spans = [(c.at, c.until + timedelta(seconds=how.training)) for c in cuts
             if c.layer in ("copper", "power", "device")]  # fmt: skip
    mute = [(c.at, c.until) for c in cuts if c.layer in ("node", "path") and
            c.until - c.at > timedelta(minutes=5)]  # fmt: skip
    at, count, errored, index = since, random.randrange(400), random.randrange(9000), 0
    base = random.uniform(4, 40) * poll.total_seconds() / 86400
    while at < until:
        while index < len(lost) and lost[index] <= at:
            count, errored, index = count + 1, errored + random.randint(3, 25), index + 1
        errored += round(random.expovariate(1 / base))
        if not any(begin <= at < end for begin, end in mute):
            status = "NoSignal" if any(b <= at < e for b, e in spans) else "Up"
            near = sum(1 for one in lost if abs((one - at).total_seconds()) < 7200)
            margin = home.margin_db - 1.2 * min(4, near) + random.gauss(0, 0.4)
            for name, value in (
                (names.RETRAINS, float(count)), (names.LINK_STATUS, status),
                (names.ERRORED_SECONDS, float(errored)),
                (names.MARGIN_DOWN, round(max(0.0, margin) * 10)),
                (names.RATE_DOWN, float(home.rate_kbit)),
                (names.ATTAINABLE_DOWN, home.rate_kbit * 1.15),
            ):  # fmt: skip
                life.readings.append(Reading(home.line, name, at, value))
        at += poll


def _tell_alarms(random: Random, life: Life, cuts: list[Cut], how: Habits, until: datetime) -> None:
    """Last gasps and lost light, when the device knows how and the line carries it."""
    for cut in cuts:
        kind = {"power": "dying-gasp", "light": "LOSi"}.get(cut.layer)
        if kind is None or cut.at > until:
            continue
        # Somebody who never says it is not heard at the end either.
        if random.random() < how.alarms_lost + (0.05 if kind == "dying-gasp" else 0):
            continue
        at = cut.at + timedelta(seconds=random.uniform(0, 2))
        life.alarms.append(Alarm(life.home.cpe, at, kind, "raised"))
        if cut.until <= until:
            life.alarms.append(Alarm(life.home.cpe, cut.until, kind, "cleared"))
