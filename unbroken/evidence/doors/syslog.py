"""The syslog door: UDP (RFC 5426) and TCP (RFC 6587), from devices of the inventory.

Nobody is answered: what cannot be kept for long is dropped and counted, and what a stranger sends
is counted only. Memory is bounded in every way a sender could stretch it.
"""

import asyncio
import logging
import threading
import time
from collections import Counter, deque
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from unbroken.evidence import listening
from unbroken.evidence.doors.framing import Framing
from unbroken.evidence.logged import Scribe, resource_named
from unbroken.evidence.radius.naming import plain_address
from unbroken.evidence.state import counts, logs
from unbroken.evidence.state.logs import Logged
from unbroken.evidence.syslog.lines import NotLogged, nearest_year, read
from unbroken.ground.clock import now
from unbroken.ground.loops import Stop

log = logging.getLogger(__name__)

BUFFER_BYTES = 4 << 20
WAITING_MAX = 20_000
BATCH_MAX = 2_000
EVERY_SECONDS = 0.5
LOOK_SECONDS = 0.2
CONNECTIONS_MAX = 500
IDLE_SECONDS = 900.0

Said = tuple[bytes, str, float]
"""A line, the address it came from, when: seconds since 1970."""


def main(stop: Stop) -> None:
    """Keep the door open until told to stop."""
    address = settings.UNBROKEN.syslog
    writer = Writer(stop)
    writing = threading.Thread(target=writer.run, name="syslog writer", daemon=True)
    writing.start()
    while not stop.is_asked:
        try:
            asyncio.run(_stand_open(address.host, address.port, writer, stop))
        except OSError as error:
            log.error("nothing can listen at %s (%s); trying again", address, error)
            stop.pause(listening.AGAIN_SECONDS)
    writing.join(2.0)


async def _stand_open(host: str, port: int, writer: "Writer", stop: Stop) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Stream(writer), host, port)
    udp, _ = await loop.create_datagram_endpoint(lambda: Datagrams(writer), (host, port))
    listening.widen(udp.get_extra_info("socket"), BUFFER_BYTES)
    log.info("log lines are taken in at %s:%s", host, port)
    try:
        while not stop.is_asked:
            await asyncio.sleep(LOOK_SECONDS)
    finally:
        udp.close()
        server.close()


class Datagrams(asyncio.DatagramProtocol):
    """A line each."""

    def __init__(self, writer: "Writer") -> None:
        self.writer = writer

    def datagram_received(self, data: bytes, addr: Any) -> None:
        """Put it with the others."""
        self.writer.take(data, addr[0])


class Stream(asyncio.Protocol):
    """A connection of a device; one that says nothing for long is closed."""

    def __init__(self, writer: "Writer") -> None:
        self.writer = writer
        self.framing = Framing()
        self.transport: asyncio.BaseTransport | None = None
        self.host = ""
        self.idle: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """One more, if there is room."""
        self.transport = transport
        peer = transport.get_extra_info("peername")
        self.host = peer[0] if peer else ""
        self.writer.open += 1
        if self.writer.open > CONNECTIONS_MAX:
            transport.close()
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Lines, or parts of them."""
        self._wait()
        for line in self.framing.lines(data):
            self.writer.take(line, self.host)

    def connection_lost(self, exc: Exception | None) -> None:
        """The last line may have no end."""
        self.writer.open -= 1
        if self.idle is not None:
            self.idle.cancel()
        for line in self.framing.rest():
            self.writer.take(line, self.host)

    def _wait(self) -> None:
        if self.idle is not None:
            self.idle.cancel()
        if self.transport is not None:
            close = self.transport.close
            self.idle = asyncio.get_running_loop().call_later(IDLE_SECONDS, close)


class Writer:
    """Keeps lines, many with one commit."""

    def __init__(self, stop: Stop) -> None:
        self.stop = stop
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
        self.waiting.append((data, host, time.time()))

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
                counts.add("syslog", counted)
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
        zone: tzinfo = ZoneInfo(settings.UNBROKEN.timezone)
        calendar, lines = nearest_year(zone, now()), []
        for data, host, arrived in said:
            source = plain_address(host)
            if not resource_named(source):
                counted["unknown_client"] += 1
                continue
            received_at = datetime.fromtimestamp(arrived, UTC)
            try:
                line = self.scribe.write(
                    read(data, calendar), received_at=received_at, source=source
                )
            except NotLogged:
                line = None
            if line is None:
                counted["malformed"] += 1
            else:
                lines.append(line)
        return lines
