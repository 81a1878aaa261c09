"""One question with its true answer: a town in which one thing is wrong, and who complains."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from town.network.faults import Cut, Fault, Weather, for_home
from town.network.life import Habits, Life, habits, live
from town.network.ranges import Ranges
from town.network.streets import Home, Street, build
from town.network.words import complaint_words
from unbroken.evidence import facts as names
from unbroken.evidence.facts import (
    Alarm,
    NasRestart,
    PlannedWindow,
    Reading,
    Reject,
    Report,
    Session,
    Silence,
)  # fmt: skip

COPPER, FIBRE = "vdsl", "gpon"
CAUSES: dict[str, str] = {
    "planned_reset": "", "cpe_scheduled_reconnect": "", "line_unstable": COPPER,
    "customer_power": "", "ppp_path": COPPER, "access_mode_changed": "", "fibre_cut": FIBRE,
    "area_power": "", "drop_fibre": FIBRE, "optical_degradation": FIBRE, "nas_restart": "",
    "accounting_gap": "", "login_rejected": "", "home_network": "", "line_rate_low": COPPER,
    "congestion": "", "quota_reached": "", "wet_joint": COPPER, "cpe_firmware": COPPER,
    "elsewhere": "", "access_node": "", "cable_cut": COPPER, "uplink_down": COPPER,
    "planned_work": "", "no_fault_found": "", "unknown": "",
}  # fmt: skip
"""Every key, and the access it needs."""

DAYS = timedelta(days=40)
SLOPE = 0.6


@dataclass
class Told:
    """Everything that was recorded in a town, and the truth."""

    cause: str
    street: Street
    home: Home
    at: datetime
    since: datetime
    claim: str
    language: str
    lives: dict[str, Life] = field(default_factory=dict)
    readings: list[Reading] = field(default_factory=list)
    alarms: list[Alarm] = field(default_factory=list)
    restarts: list[NasRestart] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    windows: list[PlannedWindow] = field(default_factory=list)
    silences: list[Silence] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    quota: int | None = None
    quota_day: int | None = None
    element: str = ""


def make(cause: str, seed: int, ranges: Ranges) -> Told:
    """A town drawn from a seed in which this is the cause."""
    random = Random(ranges.seeds + seed * 101 + sorted(CAUSES).index(cause))
    street = build(random, ranges)
    how = habits(random, ranges)
    at = datetime(2026, 5, random.randint(8, 27), random.randint(8, 21), random.randint(0, 59),
                  tzinfo=UTC)  # fmt: skip
    wanted = CAUSES[cause]
    homes = [one for one in street.homes.values() if not wanted or one.technology == wanted]
    home = random.choice(homes)
    told = Told(cause, street, home, at, at, "", random.choice(("en", "ru", "it")))
    start = at - DAYS
    faults, options = _stage(random, told, ranges)
    told.element = faults[0].thing if faults else ""
    weather = _weather(random, start, at, ranges)
    for one in street.homes.values():
        cuts = [c for f in faults for c in for_home(random, f, one, street, weather, ranges)]
        cuts += _harmless(random, start, at, ranges, one is home and cause in _CALM)
        bridged = told.since if cause == "access_mode_changed" and one is home else None
        mine = one is home
        told.lives[one.key] = live(
            random, one, cuts, how, start if mine else at - names.NEIGHBOURS_FOR, at,
            bridged_from=bridged, polled=None if mine else max(how.poll, timedelta(hours=2)),
        )  # fmt: skip
    _things_tell(random, told, faults, how)
    _aftermath(random, told, how, start, weather, options)
    told.claim = complaint_words(random, told.cause, told.language, told.at, told.since)
    return told


_CALM = ("no_fault_found", "home_network", "elsewhere", "congestion", "line_rate_low")


def _stage(random: Random, told: Told, ranges: Ranges) -> tuple[list[Fault], dict[str, object]]:
    """What is wrong in this town, and since when."""
    home, at, cause = told.home, told.at, told.cause
    above = told.street.above(home.cpe)
    kinds = {told.street.things[key].kind: key for key in reversed(above)}
    delay = timedelta(seconds=random.uniform(*(d.total_seconds() for d in ranges.reports_after)))
    days = timedelta(days=random.uniform(1, 8))
    thing, since, until = home.line, at - days, at + DAYS
    if cause in ("fibre_cut", "cable_cut", "access_node", "uplink_down", "area_power", "drop_fibre",
                 "nas_restart", "planned_work"):  # fmt: skip
        since = at - delay
        thing = {
            "fibre_cut": random.choice((kinds.get("splitter", ""), kinds.get("port", ""))),
            "cable_cut": kinds.get("cable", ""), "uplink_down": kinds.get("link", ""),
            "access_node": kinds.get("dslam") or kinds.get("olt", ""), "drop_fibre": home.line,
            "area_power": home.feeder, "nas_restart": home.nas,
            "planned_work": kinds.get("dslam") or kinds.get("olt", ""),
        }[cause]  # fmt: skip
        if random.random() < 0.4 and cause in ("area_power", "access_node", "uplink_down"):
            until = since + delay * random.uniform(0.3, 0.9)
        if cause == "nas_restart":
            until = since + timedelta(minutes=random.uniform(1, 6))
        if cause == "planned_work":
            until = since + timedelta(minutes=random.uniform(5, 120))
    if cause in ("planned_reset", "cpe_scheduled_reconnect", "access_mode_changed"):
        _habit(random, told)
        since = at - timedelta(days=random.uniform(5, 20))
    if cause == "no_fault_found":
        home.reset_seconds = home.nightly = None
    told.since = since
    if cause == "wet_joint":
        thing, since = kinds["cable"], at - timedelta(days=random.uniform(8, 30))
        told.since = since
    if cause == "optical_degradation":
        # By now the light is so low that it is lost for moments.
        told.since = since = at - timedelta(days=random.uniform(21, 36))
        home.light_dbm = -28.0 + SLOPE * (at - since).days / 7 + random.uniform(0, 2.5)
        fading = at - timedelta(days=random.uniform(2, 6))
        return [Fault("optical_degradation", home.line, fading, until)], {}
    if cause == "cpe_firmware":
        told.since = since = at - timedelta(days=random.uniform(1.5, 6))
        return [Fault(f"cpe_firmware:{home.model}", _top(told), since, until)], {}
    return ([Fault(cause, thing, since, until)] if thing else []), {}


def _top(told: Told) -> str:
    return told.home.nas


def _habit(random: Random, told: Told) -> None:
    """The device or the provider breaks the session by design."""
    home = told.home
    if told.cause == "cpe_scheduled_reconnect":
        home.reset_seconds, home.nightly = None, random.uniform(1, 6) * 3600
    elif home.reset_seconds is None:
        home.reset_seconds, home.nightly = 86400, None


def _weather(random: Random, start: datetime, at: datetime, ranges: Ranges) -> Weather:
    hours = []
    hour = start
    share = random.uniform(*ranges.rain_hours_a_week) / 168
    while hour < at:
        if random.random() < share / 3:
            for step in range(random.randint(2, 5)):
                hours.append((hour + timedelta(hours=step), random.uniform(0.6, 6)))
            hour += timedelta(hours=5)
        hour += timedelta(hours=1)
    if not any(at - timedelta(hours=30) < one < at for one, _ in hours):
        hours += [(at - timedelta(hours=h), 3.0) for h in (20, 19, 18)]
    return Weather(tuple(sorted(hours)))


def _harmless(
    random: Random, start: datetime, at: datetime, ranges: Ranges, calm: bool
) -> list[Cut]:
    """Somebody switches the device off and on again."""
    cuts: list[Cut] = []
    when = start
    rate = random.uniform(*ranges.harmless_a_month) / 30
    while True:
        when += timedelta(days=random.expovariate(rate))
        if when >= at - (timedelta(days=2) if calm else timedelta(0)):
            return cuts
        cause = random.choice(("User-Request", "User-Request", ""))
        cuts.append(Cut(when, when + timedelta(seconds=random.uniform(5, 60)), "device", cause))


def _things_tell(random: Random, told: Told, faults: list[Fault], how: Habits) -> None:
    """Monitoring, ports and NASes say what they see, a little late, and not always."""
    for life in told.lives.values():
        told.readings += life.readings if life.home is told.home else _coarse(life)
        told.alarms += life.alarms
    for fault in faults:
        if fault.cause == "nas_restart":
            told.restarts.append(NasRestart(fault.thing, fault.until + _seconds(how.skew), "on"))
        seen = {
            "access_node": ("unreachable", fault.thing),
            "uplink_down": ("unreachable", fault.thing),
            "fibre_cut": ("LOS", fault.thing), "planned_work": ("unreachable", fault.thing),
            "area_power": ("power", fault.thing),
        }.get(fault.cause)  # fmt: skip
        if seen is None or random.random() < how.alarms_lost + 0.1:
            continue
        if fault.cause == "fibre_cut" and told.street.things[fault.thing].kind != "port":
            continue
        if fault.cause == "area_power" and random.random() < 0.5:
            continue
        late = fault.since + timedelta(seconds=random.uniform(2, 120))
        told.alarms.append(Alarm(seen[1], late, seen[0], "raised"))
        if fault.until < told.at:
            told.alarms.append(Alarm(seen[1], fault.until, seen[0], "cleared"))
    if told.cause == "planned_work":
        fault = faults[0]
        told.windows.append(PlannedWindow(
            "PW-117", fault.since - timedelta(minutes=random.uniform(2, 60)),
            fault.until + timedelta(minutes=random.uniform(5, 90)), (fault.thing,),
        ))  # fmt: skip


def _coarse(life: Life) -> list[Reading]:
    """A neighbour's readings as the judge takes them: a few names."""
    return [one for one in life.readings if one.name in names.TOLD_BY_NEIGHBOURS]


def _seconds(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def _aftermath(
    random: Random, told: Told, how: Habits, start: datetime, weather: Weather, _options: object
) -> None:
    """What is not a cut: light, weather, rates, load, passwords, quotas, silence."""
    told.readings += [Reading(told.street.site, names.RAIN, hour, mm) for hour, mm in weather.hours]
    hour = start
    wet = {one for one, _ in weather.hours}
    while hour < told.at:
        if hour not in wet:
            told.readings.append(Reading(told.street.site, names.RAIN, hour, 0.0))
        hour += timedelta(hours=1)
    for life in told.lives.values():
        if life.home.technology == FIBRE:
            told.readings += _light(random, told, life, start)
    _load(random, told, start, how)
    _software(random, told, start)
    special = _SPECIAL.get(told.cause)
    if special:
        special(random, told, how)
    if random.random() < 0.1 and told.cause not in ("line_rate_low", "wet_joint"):
        pass


def _light(random: Random, told: Told, life: Life, start: datetime) -> list[Reading]:
    """Optical power twice a day (own: every six hours), with a fade where that is the cause."""
    mine = life.home is told.home
    slope, since = 0.0, told.since
    if mine and told.cause == "optical_degradation":
        slope = SLOPE
    step = timedelta(hours=6 if mine else 12)
    when = start if mine else told.at - names.NEIGHBOURS_FOR
    found = []
    dark = [(a.at, a.type) for a in life.alarms if a.type in ("LOSi", "dying-gasp")]
    while when < told.at:
        weeks = max(0.0, (when - since).total_seconds() / 604800) if slope else 0.0
        value = life.home.light_dbm - slope * weeks + random.gauss(0, 0.08)
        lost = [at for at, _ in dark if at <= when]
        back = [a.at for a in life.alarms if a.state == "cleared" and a.at <= when]
        if not (len(lost) > 2 * len(back)):
            found.append(Reading(life.home.cpe, names.LIGHT, when, round(value * 1000)))
        when += step
    return found


def _load(random: Random, told: Told, start: datetime, how: Habits) -> None:
    """Octets toward the customers on each uplink, hour by hour, for a week."""
    for key, thing in told.street.things.items():
        if thing.kind not in ("link", "port"):
            continue
        full = told.cause == "congestion" and key in told.street.above(told.home.cpe)
        peak = random.uniform(0.9, 1.0) if full else random.uniform(0.2, 0.7)
        rate, octets = 1000.0, random.uniform(1e9, 1e12)
        when = told.at - timedelta(days=6)
        while when <= told.at:
            local = (when.hour + 2) % 24
            share = peak if 18 <= local <= 23 else peak * (0.3 if local < 8 else 0.55)
            octets += share * random.uniform(0.96, 1.0) * rate * 1e6 / 8 * 1800
            told.readings.append(Reading(key, names.BYTES_SENT, when, octets))
            when += timedelta(minutes=30)
        told.readings.append(Reading(key, names.MAX_BIT_RATE, start, rate))
        if full:
            told.since = told.at - timedelta(days=6)


def _software(random: Random, told: Told, start: datetime) -> None:
    """Versions, once a day; a push changes them for one model."""
    for life in told.lives.values():
        when, pushed = start, told.cause == "cpe_firmware" and life.home.model == told.home.model
        while when < told.at:
            version = "2.4.1" if pushed and when >= told.since - timedelta(hours=2) else "2.3.0"
            told.readings.append(Reading(life.home.cpe, names.SOFTWARE, when, version))
            when += timedelta(days=1)
        if pushed:
            told.readings.append(Reading(life.home.cpe, names.SOFTWARE,
                                         told.since - timedelta(minutes=30), "2.4.1"))  # fmt: skip


def _rejected(random: Random, told: Told, how: Habits) -> None:
    """The device was reset and sends a wrong password from then on."""
    life = told.lives[told.home.key]
    begin = told.at - timedelta(hours=random.uniform(0.5, 20))
    told.since = begin
    kept = [one for one in life.sessions if one.started < begin]
    last = kept[-1]
    kept[-1] = last._replace(ended=begin, ended_by="stop", cause="User-Request", heard_at=begin)
    life.sessions = kept
    when = begin + timedelta(seconds=60)
    while when < told.at:
        told.rejects.append(Reject(when, told.home.key, told.home.nas, "Wrong password"))
        when += timedelta(seconds=random.uniform(30, 900))


def _rate_low(random: Random, told: Told, how: Habits) -> None:
    """After noise the line trained lower and stayed there, though it could do more again."""
    share = random.uniform(0.25, 0.62)
    told.since = told.at - timedelta(days=random.uniform(2, 15))
    told.readings = [
        one._replace(value=float(one.value) * share)
        if one.resource == told.home.line and one.name == names.RATE_DOWN and one.at >= told.since
        else one
        for one in told.readings
    ]


def _quota(random: Random, told: Told, how: Habits) -> None:
    """The NAS cuts the session when the month's octets are used up."""
    life = told.lives[told.home.key]
    told.since = cut = told.at - timedelta(hours=random.uniform(0.3, 5))
    kept = [one for one in life.sessions if one.started < cut]
    last = kept[-1]
    cause = random.choice(("User-Request", "NAS-Request"))
    kept[-1] = last._replace(ended=cut, ended_by="stop", cause=cause, heard_at=cut)
    life.sessions = kept
    month = cut.replace(day=1, hour=0, minute=0, second=0, microsecond=0) - timedelta(hours=2)
    total = 0.0
    for one in kept:
        ended = one.ended or one.heard_at or cut
        inside = (min(ended, cut) - max(one.started, month)).total_seconds()
        length = max(1.0, (ended - one.started).total_seconds())
        total += (one.input_octets + one.output_octets) * max(0.0, inside) / length
    told.quota, told.quota_day = max(1, int(total / random.uniform(1.0, 1.03))), 1


def _silent(random: Random, told: Told, how: Habits) -> None:
    """Our accounting server hears nothing: no interims, no stops, and nobody calls."""
    told.since = begin = told.at - timedelta(hours=random.uniform(1.2, 8))
    for life in told.lives.values():
        life.sessions = [_unheard(one, begin, how) for one in life.sessions if one.started < begin]
    for nas in ("nas-1", "nas-2"):
        told.silences.append(Silence(nas, begin, None))


def _unheard(one: Session, begin: datetime, how: Habits) -> Session:
    if one.ended is not None and one.ended < begin:
        return one
    steps = int((begin - one.started).total_seconds() // how.interim)
    heard = one.started + timedelta(seconds=max(0, steps) * how.interim)
    return one._replace(ended=None, ended_by="", cause="", heard_at=heard)


def _street_talks(random: Random, told: Told, how: Habits) -> None:
    """Several of the street write at once."""
    others = [one for one in told.lives if one != told.home.key][:40]
    for number, one in enumerate(random.sample(others, random.randint(2, 5))):
        when = told.at - timedelta(minutes=random.uniform(5, 120))
        told.reports.append(Report(one, when, 500 + number))
    told.since = told.at - timedelta(hours=2)


def _nothing_heard(random: Random, told: Told, how: Habits) -> None:
    """This line's drops are real, but what would settle them never reached us."""
    life = told.lives[told.home.key]
    if random.random() < 0.5:
        life.sessions = []
        mine = (told.home.line, told.home.cpe)
        told.readings = [one for one in told.readings if one.resource not in mine]
        told.alarms = [one for one in told.alarms if one.resource not in mine]
        return
    told.readings = [one for one in told.readings if "Weather" in one.name]
    told.alarms = []
    cuts: list[Session] = []
    for one in life.sessions:
        if one.ended is None or told.at - one.ended > timedelta(days=3):
            cuts.append(one)
    begun = told.at - timedelta(days=3)
    number = 0
    while begun < told.at - timedelta(hours=2):
        number += 1
        ended = begun + timedelta(hours=random.uniform(1, 14))
        if ended > told.at:
            break
        cuts.append(life.sessions[-1]._replace(
            session=f"u{number}", started=begun, ended=ended, ended_by="stop",
            cause="Lost-Carrier", heard_at=ended,
        ))  # fmt: skip
        begun = ended + timedelta(seconds=random.uniform(60, 300))
    cuts.append(life.sessions[-1]._replace(
        session="ux", started=begun, ended=None, ended_by="", cause="", heard_at=told.at
    ))  # fmt: skip
    life.sessions = sorted(
        [one for one in cuts if one.ended is not None or one.session == "ux"],
        key=lambda one: one.started,
    )


_SPECIAL = {
    "login_rejected": _rejected, "line_rate_low": _rate_low, "quota_reached": _quota,
    "accounting_gap": _silent, "elsewhere": _street_talks, "unknown": _nothing_heard,
}  # fmt: skip
