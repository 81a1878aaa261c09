"""Devices asked by SNMP at a pace of their own; one that does not answer delays no other.

Each walk has a thread and bounded time, rows and packets. Whom to ask stands in the operator's file
(UNBROKEN_SNMP_DEVICES); addresses are those of the inventory.
"""

import json
import logging
import os
import socket
import time
import tomllib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from unbroken.directory.network_queries import address_of_resource, resource_meant
from unbroken.evidence.listening import family_of
from unbroken.evidence.observed import NotObserved, Observed, read_line
from unbroken.evidence.probing.places import may_be_probed
from unbroken.evidence.snmp import asking
from unbroken.evidence.snmp.asking import NotAnAnswer, Value
from unbroken.evidence.snmp.signed import Signed
from unbroken.evidence.snmp.tables import COLUMNS, seen
from unbroken.evidence.snmp.usm import User, users_in
from unbroken.evidence.state import counts, readings
from unbroken.ground.clock import now
from unbroken.ground.kept import KeptMany
from unbroken.ground.loops import Stop

log = logging.getLogger(__name__)

DOOR = "snmp"
AT_ONCE = 16
ANSWER_SECONDS, TRIES = 2.0, 2
WALK_SECONDS, ROWS_MAX = 60.0, 20_000
LOOK_SECONDS, FILE_SECONDS = 1.0, 60.0
EVERY_SECONDS_MIN = 30

_meant: KeptMany[str] = KeptMany(300.0)


@dataclass(frozen=True, slots=True)
class Device:
    """Whom to ask, by key of the inventory, and how often: seconds.

    As `user` by SNMPv3; without one, by v2c with the community.
    """

    resource: str
    community: str = field(repr=False)
    every: int
    port: int = 161
    user: User | None = None


class Silent(Exception):
    """It does not answer, or not what was asked."""


def devices_in(path: str) -> tuple[Device, ...]:
    """The `[[device]]` tables of the file; ValueError says what is wrong with it."""
    told = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    users = users_in(told.get("user", []))
    found = []
    for one in told.get("device", []):
        every = one.get("every", 300)
        named, community = one.get("user", ""), one.get("community", "")
        if not (isinstance(one.get("resource"), str) and isinstance(community, str)):
            raise ValueError("each [[device]] needs resource, and a community or a user")
        if not (community or named) or (named and named not in users):
            raise ValueError("the user of a [[device]] is one of the [[user]] tables")
        if not isinstance(every, int) or every < EVERY_SECONDS_MIN:
            raise ValueError(f"every is at least {EVERY_SECONDS_MIN} seconds")
        port = int(one.get("port", 161))
        found.append(Device(one["resource"], community, every, port, users.get(named)))
    return tuple(found)


def walk(address: str, device: Device) -> dict[str, dict[tuple[int, ...], Value]]:
    """Every column we know; Silent when the device does not answer at all."""
    until = time.monotonic() + WALK_SECONDS
    with socket.socket(family_of(address), socket.SOCK_DGRAM) as line:
        line.settimeout(ANSWER_SECONDS)
        line.connect((address, device.port))
        agent = _Agent(line, device)
        agent.greet()
        return {name: dict(_column(agent, oid, until)) for name, oid in COLUMNS.items()}


def _column(agent: "_Agent", oid: str, until: float) -> Iterator[tuple[tuple[int, ...], Value]]:
    root = at = tuple(int(part) for part in oid.split("."))
    rows = 0
    while rows < ROWS_MAX:
        if time.monotonic() > until:
            raise Silent("too slow")
        for bound in agent.after(at):
            if bound.value is None or bound.oid[: len(root)] != root:
                return
            if bound.oid <= at:
                raise Silent("it goes back instead of on")
            at, rows = bound.oid, rows + 1
            yield at[len(root) :], bound.value


class _Agent:
    """Who answers at the other end, of whichever version."""

    def __init__(self, line: socket.socket, device: Device) -> None:
        self.line, self.community = line, device.community
        self.signed = Signed(device.user) if device.user else None

    def greet(self) -> None:
        """Of v3: whose engine it is. Its clock tells the first answer, or the refusal of it."""
        if self.signed is None:
            return
        for _try in range(TRIES):
            number = _any_number()
            try:
                self.line.send(self.signed.who_are_you(number))
                self.signed.introduced(self.line.recv(65_535), number)
            except (OSError, NotAnAnswer):
                continue
            return
        raise Silent("it does not say who it is")

    def after(self, at: tuple[int, ...]) -> list[asking.Bound]:
        """What comes after this object. Told what its clock says, we ask once more for that."""
        for _try in range(TRIES + (self.signed is not None)):
            number = _any_number()
            try:
                found = self._asked(number, at)
            except (OSError, NotAnAnswer):
                continue
            if found:
                return found
        raise Silent("no answer")

    def _asked(self, number: int, at: tuple[int, ...]) -> list[asking.Bound]:
        if self.signed is not None:
            self.line.send(self.signed.bulk(number, at))
            return self.signed.answered(self.line.recv(65_535), number)
        self.line.send(asking.bulk(self.community, number, at))
        return asking.answered(self.line.recv(65_535), number)


def _any_number() -> int:
    return int.from_bytes(os.urandom(3), "big")


class Poller:
    """All devices of the file, each when it is due."""

    def __init__(self, path: str) -> None:
        self.path, self.read_at = path, -FILE_SECONDS
        self.devices: tuple[Device, ...] = ()
        self.due: dict[str, float] = {}
        self.under_way: dict[str, Future[object]] = {}
        self.pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="snmp")

    def turn(self) -> None:
        """Keep what has come, ask whoever is due."""
        self._read_file()
        for key in [key for key, asked in self.under_way.items() if asked.done()]:
            self._keep(key, self.under_way.pop(key))
        for device in self.devices:
            is_due = self.due.get(device.resource, 0.0) <= time.monotonic()
            if is_due and device.resource not in self.under_way:
                self.due[device.resource] = time.monotonic() + device.every
                self._ask(device)

    def _ask(self, device: Device) -> None:
        address = address_of_resource(device.resource)
        if not address or not may_be_probed(address):
            counts.add(DOOR, {"unknown_resource": 1})
            return
        self.under_way[device.resource] = self.pool.submit(walk, address, device)

    def _keep(self, key: str, asked: "Future[object]") -> None:
        try:
            columns = asked.result()
        except (Silent, OSError) as problem:
            log.warning("%s cannot be asked by SNMP: %s", key, problem)
            counts.add(DOOR, {"silent": 1})
            return
        assert isinstance(columns, dict)
        note(key, columns, at=now())

    def _read_file(self) -> None:
        if time.monotonic() - self.read_at < FILE_SECONDS:
            return
        self.read_at = time.monotonic()
        try:
            self.devices = devices_in(self.path)
        except (OSError, ValueError) as problem:
            log.error("UNBROKEN_SNMP_DEVICES cannot be read: %s", problem)


def note(device: str, columns: dict[str, dict[tuple[int, ...], Value]], *, at: datetime) -> int:
    """What a device told of its ports becomes readings; how many. Unknown ones keep their name."""
    found: list[Observed] = []
    unknown = refused = 0
    for one in seen(device, columns):
        names = [name for name in one.names if _resource(name)]
        unknown += not names
        resource = _resource(names[0]) if names else one.names[0]
        line = {"resource": resource, "at": at.isoformat(), "values": one.values}
        try:
            found.append(read_line(json.dumps(line), now=at))
        except NotObserved:
            refused += 1
    with transaction.atomic():
        new = readings.note(found)
        counted = {"received": len(found) + refused, "kept": new, "unknown_resource": unknown}
        counts.add(DOOR, {**counted, "refused": refused})
    return new


def _resource(name: str) -> str:
    return _meant.get(name, lambda: resource_meant(name))


def poll_on(path: str, stop: Stop) -> None:
    """Until told to stop."""
    poller = Poller(path)
    try:
        while not stop.is_asked:
            poller.turn()
            stop.wait(LOOK_SECONDS)
    finally:
        poller.pool.shutdown(wait=False, cancel_futures=True)
