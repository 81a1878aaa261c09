"""What truly happens on the bad day, to whom and when, drawn from a seed: physics first."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from town.network.faults import Cut, Fault, Weather, for_home
from town.network.life import Habits, Life, habits, live
from town.network.ranges import Ranges
from town.network.streets import Home, Street, Thing, build

VILLAGES = 15
SATELLITE, TELEPORT = "sat-1", "nas-3"
RAINLESS = Weather(())
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Hours:
    """When what happens, in minutes after the day begins.

    `carrier`: when its work begins, ends as announced, and really ends. `deaf`: no accounting
    arrives. `storm`: lightning, here and there.
    """

    cable: tuple[int, int]
    deaf: tuple[int, int]
    carrier: tuple[int, int, int]
    storm: tuple[int, int]
    satellite: tuple[int, int] | None
    length: int


WHOLE = Hours((70, 275), (340, 370), (480, 540, 590), (720, 780), (1080, 1585), 1625)
"""From 05:00: the cable at 06:10, the carrier 13:00 to 14:00 and longer, the satellite at 23:00."""

SHORT = Hours((6, 42), (47, 67), (72, 84, 104), (108, 122), None, 130)
"""The same within two hours, for a test; nobody sleeps."""


@dataclass(frozen=True)
class Strike:
    """One thing that truly fails: whoever is on it is away from `since` to `until`.

    `told_from`: since when it is a problem to tell of (announced work is none before it overruns).
    """

    name: str
    cause: str
    element: str
    since: datetime
    until: datetime
    told_from: datetime
    homes: frozenset[str]


@dataclass
class Person:
    """Whom the services belong to. `writes_at`: when they report that it does not work."""

    key: str
    address: str
    language: str
    is_company: bool
    agreement: str
    homes: list[str] = field(default_factory=list)
    writes_at: list[datetime] = field(default_factory=list)


@dataclass
class BadDay:
    """The whole day and its truth."""

    begins: datetime
    ends: datetime
    hours: Hours
    street: Street
    how: Habits
    strikes: list[Strike]
    lives: dict[str, Life]
    people: dict[str, Person]
    villages: dict[str, int]

    def person_of(self, home: str) -> Person:
        """Whose service it is."""
        return next(one for one in self.people.values() if home in one.homes)

    @property
    def deaf(self) -> tuple[datetime, datetime]:
        """From when to when no accounting arrives."""
        since, until = self.hours.deaf
        return self.begins + since * MINUTE, self.begins + until * MINUTE


def make(seed: int, ranges: Ranges, begins: datetime, hours: Hours) -> BadDay:
    """A town and its day; `begins` is aware."""
    random = Random(ranges.seeds + seed * 7919)
    street = build(random, ranges)
    villages = _satellite(random, street) if hours.satellite else {}
    for home in street.homes.values():
        # Nights and resets by plan are not what this day is about, but they happen.
        home.nightly = home.nightly if random.random() < 0.3 else None
    how = habits(random, ranges)
    how.interim = min(how.interim, 600)
    ends = begins + hours.length * MINUTE
    strikes = list(_strikes(random, street, begins, hours))
    cuts = _cuts(random, street, strikes, begins, hours, ranges)
    lives = {
        home.key: live(
            random, home, cuts[home.key], how, begins - timedelta(hours=20), ends,
            polled_since=begins - 10 * MINUTE, polled=max(how.poll, 15 * MINUTE),
        )
        for home in street.homes.values()
    }  # fmt: skip
    people = _people(random, street)
    day = BadDay(begins, ends, hours, street, how, strikes, lives, people, villages)
    _who_writes(random, day)
    return day


def _satellite(random: Random, street: Street) -> dict[str, int]:
    """Fifteen villages that only a satellite reaches; the village of each home."""
    street.things[TELEPORT] = Thing(TELEPORT, "nas")
    street.things[SATELLITE] = Thing(SATELLITE, "satellite", (TELEPORT,), owner="highsat")
    found = {}
    for village in range(1, VILLAGES + 1):
        for number in range(random.randint(3, 6)):
            name = f"v{village}-{number}"
            cpe = f"cpe-{name}"
            street.things[cpe] = Thing(cpe, "cpe", (SATELLITE,), "Gilat S2", "customer")
            street.homes[f"s-{name}"] = Home(
                f"s-{name}", "satellite", cpe, cpe, TELEPORT, "", "Gilat S2", 0.0, 0.0, 20_000,
                None, None,
            )  # fmt: skip
            found[f"s-{name}"] = village
    return found


def _strikes(random: Random, street: Street, begins: datetime, hours: Hours) -> Iterator[Strike]:
    cables = ["cable-21", "cable-22"]
    cable = max(cables, key=lambda key: (len(street.homes_on(key)), random.random()))
    since, until = (begins + one * MINUTE for one in hours.cable)
    yield _strike(street, "cable", "cable_cut", cable, since, until, since)
    since, window_end, until = (begins + one * MINUTE for one in hours.carrier)
    since += timedelta(seconds=random.uniform(20, 200))
    yield _strike(street, "carrier", "uplink_down", "link-1", since, until, window_end)
    if hours.satellite:
        since, until = (begins + one * MINUTE for one in hours.satellite)
        yield _strike(street, "satellite", "uplink_down", SATELLITE, since, until, since)


def _strike(
    street: Street, name: str, cause: str, element: str, since: datetime, until: datetime,
    told_from: datetime,
) -> Strike:  # fmt: skip
    homes = frozenset(home.key for home in street.homes_on(element))
    return Strike(name, cause, element, since, until, told_from, homes)


def _cuts(
    random: Random, street: Street, strikes: list[Strike], begins: datetime, hours: Hours,
    ranges: Ranges,
) -> dict[str, list[Cut]]:  # fmt: skip
    """What each home loses: with all others by a strike, alone by lightning or for no reason."""
    storm = [begins + one * MINUTE for one in hours.storm]
    found: dict[str, list[Cut]] = {}
    for home in street.homes.values():
        cuts = [
            cut
            for one in strikes
            for cut in for_home(
                random, Fault(one.cause, one.element, one.since, one.until), home, street,
                RAINLESS, ranges,
            )
        ]  # fmt: skip
        if home.technology == "vdsl" and random.random() < 0.2:
            for _ in range(random.randint(1, 2)):
                at = random.uniform(storm[0].timestamp(), storm[1].timestamp())
                struck = datetime.fromtimestamp(at, begins.tzinfo)
                gone = timedelta(seconds=random.uniform(2, 30))
                cuts.append(Cut(struck, struck + gone, "copper"))
        found[home.key] = cuts
    return found


def _people(random: Random, street: Street) -> dict[str, Person]:
    """Households and companies; every eighth has a second service in the same street."""
    found: dict[str, Person] = {}
    last: Person | None = None
    for number, home in enumerate(street.homes):
        if last is not None and len(last.homes) == 1 and random.random() < 0.12:
            last.homes.append(home)
            continue
        is_company = random.random() < 0.15
        key = f"c-{number}"
        last = found[key] = Person(
            key, f"{key}@home.example", random.choice(("en", "ru", "it")), is_company,
            "gold" if is_company else "classic", [home],
        )  # fmt: skip
    return found


def _who_writes(random: Random, day: BadDay) -> None:
    """Some of those who are away do not wait; some write twice; one writes of a bill."""
    for strike in day.strikes:
        for home in sorted(strike.homes):
            if random.random() < 0.35:
                last = (strike.until - strike.since).total_seconds() * 0.8
                after = min(last, 120 + random.expovariate(1 / 1500))
                day.person_of(home).writes_at.append(strike.since + timedelta(seconds=after))
