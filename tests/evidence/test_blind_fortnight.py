"""A fortnight in which something happens every day, handed in by files in any order and number.

Each day has a fault, or something that looks like one; the answer of `unbroken outages` must name
the faults and nothing else, and be the same however the records came in.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from django.db import transaction

from tests.scenery import scene
from unbroken.directory.importing.run import import_inventory
from unbroken.evidence.actions import note_planned_window
from unbroken.evidence.observed import Observed
from unbroken.evidence.queries.outages import as_json, outages
from unbroken.evidence.radius.records import INTERIM, ON, START, STOP, Record
from unbroken.evidence.state import readings
from unbroken.evidence.state.radius import fold_records
from unbroken.ground.actor import HOUSE

FIRST = datetime(2026, 5, 4, tzinfo=UTC)
DAY, HOUR, MINUTE, SECOND = (
    timedelta(days=1), timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1),
)  # fmt: skip
CABLES = ("c1", "c2", "c3", "c4")
SPLITTERS = ("sp-a", "sp-b", "sp-c", "sp-d")
VILLAGES = tuple(f"v{n}" for n in range(15))

COPPER = [f"{cable}-{n}" for cable in CABLES for n in range(6)]
FIBRE = [f"{splitter}-{n}" for splitter in SPLITTERS for n in range(6)]
SKY = [f"{village}-{n}" for village in VILLAGES for n in range(4)]
FAR = [f"far-{n}" for n in range(8)]
EVERYBODY = [*COPPER, *FIBRE, *SKY, *FAR]


def network() -> list[dict[str, object]]:
    """Copper by cards and cables, fibre by ports and splitters, villages by satellite."""
    found: list[dict[str, object]] = [
        {"id": "nas-m", "kind": "nas"},
        {"id": "feeder-m", "kind": "feeder"},
        {"id": "dslam-m", "kind": "dslam", "parents": ["nas-m"]},
        {"id": "olt-m", "kind": "olt", "parents": ["nas-m", "feeder-m"]},
        {"id": "sat-m", "kind": "satellite", "parents": ["nas-m"]},
        {"id": "link-p", "kind": "link", "circuit": "NC/9", "parents": ["nas-m"]},
        {"id": "dslam-p", "kind": "dslam", "parents": ["link-p"]},
    ]
    found += [{"id": f"card-{n}", "kind": "card", "parents": ["dslam-m"]} for n in (1, 2)]
    found += [
        {"id": key, "kind": "cable", "parents": [f"card-{1 + n // 2}"]}
        for n, key in enumerate(CABLES)
    ]
    found += [{"id": f"port-{n}", "kind": "port", "parents": ["olt-m"]} for n in (1, 2)]
    found += [
        {"id": key, "kind": "splitter", "parents": [f"port-{1 + n // 2}"]}
        for n, key in enumerate(SPLITTERS)
    ]
    found += [{"id": key, "kind": "dslam", "parents": ["sat-m"]} for key in VILLAGES]
    return [*found, *(_line(key) for key in EVERYBODY)]


def _line(key: str) -> dict[str, object]:
    above = "dslam-p" if key in FAR else key.rpartition("-")[0]
    model = "Zyxel 1" if int(key.rpartition("-")[2]) % 2 else "Huawei 2"
    return {"id": f"l-{key}", "kind": "line", "parents": [above], "model": model}


class Weeks:
    """The records of everybody, session by session, as they are written down."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.alarms: list[Observed] = []
        self._session = dict.fromkeys(EVERYBODY, 0)
        self._began = dict.fromkeys(EVERYBODY, FIRST)
        for n, key in enumerate(EVERYBODY):
            self.back(key, FIRST - 30 * HOUR + n * SECOND)

    def _tell(self, key: str, status: int, at: datetime, *, late: timedelta, cause: int) -> None:
        self.records.append(
            Record(
                nas="nas-m",
                status=status,
                session=f"{key}/{self._session[key]}",
                user=f"{key}@isp",
                at=at,
                arrived_at=at + SECOND + late,
                seconds=int((at - self._began[key]).total_seconds()),
                cause=cause if status == STOP else None,
            )
        )

    def back(self, key: str, at: datetime) -> None:
        self._session[key] += 1
        self._began[key] = at
        self._tell(key, START, at, late=0 * SECOND, cause=0)

    def alive(self, key: str, at: datetime) -> None:
        self._tell(key, INTERIM, at, late=0 * SECOND, cause=0)

    def gone(self, key: str, at: datetime, *, late: timedelta = 0 * SECOND, cause: int = 2) -> None:
        self._tell(key, STOP, at, late=late, cause=cause)

    def away(self, keys: Iterable[str], at: datetime, *, lasts: timedelta, apart: float) -> None:
        """They go one after the other, so many seconds apart, and come back like that."""
        for n, key in enumerate(keys):
            self.gone(key, at + n * apart * SECOND)
            self.back(key, at + lasts + n * apart * SECOND)

    def alarm(self, resource: str, kind: str, at: datetime, lasts: timedelta) -> None:
        for when, state in ((at, "raised"), (at + lasts, "cleared")):
            self.alarms.append(Observed(resource, when, when + SECOND, alarm=(kind, state)))


def fortnight() -> Weeks:
    """What happens, a day each, and every night a reset of one model."""
    weeks, chance = Weeks(), Random(7)
    days = [FIRST + n * DAY for n in range(14)]
    for n, day in enumerate(days):
        for key in EVERYBODY:
            weeks.alive(key, day + 30 * MINUTE)
        _happens(weeks, n, day, chance)
        for key in EVERYBODY:
            if n == 12 and key.endswith(("1", "3", "5")):  # a clock in the device: 3:00
                weeks.gone(key, day + 3 * HOUR, cause=1)
                weeks.back(key, day + 3 * HOUR + 30 * SECOND)
            weeks.alive(key, day + 20 * HOUR)
    return weeks


def _happens(weeks: Weeks, n: int, day: datetime, chance: Random) -> None:
    if n == 0:
        weeks.away(COPPER[:6], day + 6 * HOUR + 10 * MINUTE, lasts=2 * HOUR, apart=5)
    elif n == 1:
        weeks.away(COPPER[:12], day + 10 * HOUR, lasts=HOUR, apart=1)
    elif n == 2:
        for key in FIBRE[:6]:
            weeks.alarm(f"l-{key}", "LOSi", day + 9 * HOUR, HOUR)
        weeks.away(FIBRE[:6], day + 9 * HOUR + 20 * SECOND, lasts=HOUR, apart=3)
    elif n == 3:
        for key in FIBRE:
            weeks.alarm(f"l-{key}", "dying-gasp", day + 15 * HOUR, 30 * MINUTE)
        weeks.away(FIBRE, day + 15 * HOUR + 10 * SECOND, lasts=31 * MINUTE, apart=1)
    elif n == 4:
        weeks.alarm("link-p", "LOS", day + 11 * HOUR, 3 * HOUR)
        weeks.away(FAR, day + 11 * HOUR + 20 * SECOND, lasts=3 * HOUR, apart=4)
    elif n == 5:
        _restart(weeks, day + 4 * HOUR + 20 * MINUTE)
    elif n == 6:
        weeks.away(SKY, day + 19 * HOUR, lasts=30 * MINUTE, apart=0.5)
    elif n == 7:
        weeks.away(COPPER[12:18], day + 12 * HOUR, lasts=2 * HOUR, apart=4)
        weeks.away(FIBRE[6:12], day + 12 * HOUR + 20 * MINUTE, lasts=HOUR, apart=4)
    elif n in (8, 9):
        weeks.away(COPPER[6:12], day + 13 * HOUR, lasts=HOUR, apart=4)
    elif n == 10:
        for key in chance.sample(COPPER, 12):
            at = day + 16 * HOUR + chance.uniform(0, 3600) * SECOND
            weeks.away([key], at, lasts=chance.uniform(40, 300) * SECOND, apart=0)
    elif n == 11:
        for key in (one for one in EVERYBODY if one.endswith(("1", "3", "5"))):
            weeks.away([key], day + 4 * HOUR, lasts=4 * MINUTE, apart=0)
    elif n == 13:
        weeks.records = [_deaf(one, day) for one in weeks.records]


def _restart(weeks: Weeks, at: datetime) -> None:
    """The NAS says nothing before it is up again; whoever it had is gone."""
    up = at + 4 * MINUTE
    weeks.records.append(
        Record(
            nas="nas-m", status=ON, session="", user="", at=up, arrived_at=up + SECOND, seconds=0
        )
    )
    for n, key in enumerate(EVERYBODY):
        weeks.back(key, up + (20 + n) * SECOND)


def _deaf(one: Record, day: datetime) -> Record:
    """We heard nothing from two o'clock until six: the NAS kept it for us."""
    until = day + 6 * HOUR
    is_deaf = day <= one.at < until
    return replace(one, arrived_at=until) if is_deaf else one


WANTED = [
    (0, "c1", "cable_cut", 6), (1, "card-1", "access_node", 12), (2, "sp-a", "fibre_cut", 6),
    (3, "feeder-m", "area_power", 24), (4, "link-p", "uplink_down", 8),
    (5, "nas-m", "nas_restart", 68), (6, "sat-m", "uplink_down", 60),
    (7, "c3", "cable_cut", 6), (7, "sp-b", "fibre_cut", 6),
    (8, "c2", "planned_work", 6), (9, "c2", "planned_work", 6),
]  # fmt: skip
"""The day, what failed, why, how many it took. On the other days nothing did. Of the NAS only those
count who were back later than a minute after it."""


@scene
def inventory() -> None:
    services = [
        {"id": f"s-{key}", "technology": "vdsl", "access": f"{key}@isp", "resource": f"l-{key}"}
        for key in EVERYBODY
    ]
    customer = {"id": "c-m", "name": "Lindenhof", "kind": "company", "services": services}
    told = json.dumps({"resources": network(), "customers": [customer]})
    import_inventory([told], by=HOUSE, at=FIRST)
    for n, minutes in ((8, 90), (9, 20)):
        since = FIRST + n * DAY + 13 * HOUR - 5 * MINUTE
        note_planned_window(
            key=f"netco {n}", since=since, until=since + minutes * MINUTE, resources=["c2"],
            arrived_at=FIRST, by=HOUSE, at=FIRST,
        )  # fmt: skip


def answer() -> list[dict[str, object]]:
    return [as_json(one) for one in outages(since=FIRST, until=FIRST + 14 * DAY)]


def in_pieces(weeks: Weeks) -> Iterator[None]:
    """In one file as it happened; backwards in small ones; the second half first, then all."""
    inner = list(weeks.records)
    for pieces in (
        [inner],
        [inner[n : n + 400][::-1] for n in range(0, len(inner), 400)][::-1],
        [inner[len(inner) // 2 :], inner[: len(inner) // 2], inner],
    ):
        mark = transaction.savepoint()
        readings.note(weeks.alarms[::-1])
        for piece in pieces:
            fold_records(piece)
        yield
        transaction.savepoint_rollback(mark)


def test_every_fault_of_a_fortnight_is_named_and_nothing_else_however_it_came_in(
    inventory: None,
) -> None:
    answers = [answer() for _ in in_pieces(fortnight())]

    found = [
        ((datetime.fromisoformat(str(one["since"])) - FIRST).days, one["element"], one["cause"],
         len(one["affected"]))  # type: ignore[arg-type]
        for one in answers[0]
    ]  # fmt: skip
    assert found == WANTED
    announced = [(one["announced"], one["overran"]) for one in answers[0] if one["announced"]]
    assert announced == [("netco 8", False), ("netco 9", True)]
    assert answers[1] == answers[0]
    assert answers[2] == answers[0]
