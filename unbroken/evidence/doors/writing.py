"""What the doors for logs and traps share: what came waits, and many are kept with one commit.

Nobody is answered, so what cannot be kept for long is dropped and counted.
"""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import DatabaseError, connection, transaction

from unbroken.evidence.logged import Scribe, resource_named
from unbroken.evidence.radius.naming import plain_address
from unbroken.evidence.state import counts, logs, readings
from unbroken.evidence.state.logs import Logged
from unbroken.ground.clock import seconds
from unbroken.ground.loops import Stop

log = logging.getLogger(__name__)

WAITING_MAX = 20_000
BATCH_MAX = 2_000
EVERY_SECONDS = 0.5

Said = tuple[bytes, str, float]
"""A line or a datagram, the address it came from, when: seconds since 1970."""

Written = Callable[[bytes, str, datetime, Scribe], Logged | None]


class Datagrams(asyncio.DatagramProtocol):
    """One each."""

    def __init__(self, writer: "Writer") -> None:
        self.writer = writer

    def datagram_received(self, data: bytes, addr: Any) -> None:
        """Put it with the others."""
        self.writer.take(data, addr[0])


class Writer:
    """Keeps lines, many with one commit."""

    def __init__(self, door: str, written: Written, stop: Stop) -> None:
        self.door, self.written, self.stop = door, written, stop
        self.open = 0
        self.waiting: deque[Said] = deque()
        self.counted: Counter[str] = Counter()
        self.scribe = Scribe()

    def take(self, data: bytes, host: str) -> None:
        """Called by the sockets."""
        self.counted["received"] += 1
        if len(self.waiting) >= WAITING_MAX:
            self.counted["dropped"] += 1
            return
        self.waiting.append((data, host, seconds()))

    def run(self) -> None:
        """Until told to stop and nothing waits."""
        while not self.stop.is_asked or self.waiting:
            if not self._keep():
                self.stop.pause(EVERY_SECONDS)
            if self.stop.is_asked and not self.waiting:
                break
        connection.close()

    def _keep(self) -> bool:
        said = [self.waiting.popleft() for _ in range(min(len(self.waiting), BATCH_MAX))]
        counted, self.counted = self.counted, Counter()
        if not said and not counted:
            return False
        try:
            lines = self._written(said, counted)
            with transaction.atomic():
                counted["kept"] += len(lines)
                logs.note(lines)
                readings.note([line.alarm for line in lines if line.alarm is not None])
                counts.add(self.door, counted)
        except DatabaseError as error:
            log.warning("log lines cannot be kept just now: %s", str(error).strip())
            self.waiting.extendleft(reversed(said[: WAITING_MAX - len(self.waiting)]))
            for name in (
                "received",
                "dropped",
            ):  # the rest is counted when they are looked at again
                self.counted[name] += counted[name]
            connection.close()
            self.stop.pause(1.0)
            return bool(said)
        return len(said) == BATCH_MAX

    def _written(self, said: list[Said], counted: Counter[str]) -> list[Logged]:
        lines = []
        for data, host, arrived in said:
            source = plain_address(host)
            if not resource_named(source):
                counted["unknown_client"] += 1
                continue
            line = self.written(data, source, datetime.fromtimestamp(arrived, UTC), self.scribe)
            if line is None:
                counted["malformed"] += 1
            else:
                lines.append(line)
        return lines
