"""The syslog door: UDP (RFC 5426) and TCP (RFC 6587), from devices of the inventory.

Nobody is answered: what cannot be kept for long is dropped and counted, and what a stranger sends
is counted only. Memory is bounded in every way a sender could stretch it.
"""

import asyncio
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from unbroken.evidence.doors.framing import Framing
from unbroken.evidence.doors.standing import Closes, datagrams, keep_open
from unbroken.evidence.doors.writing import Writer
from unbroken.evidence.logged import Scribe
from unbroken.evidence.state.logs import Logged
from unbroken.evidence.syslog.lines import NotLogged, nearest_year, read
from unbroken.ground.loops import Stop

BUFFER_BYTES = 4 << 20
CONNECTIONS_MAX = 500
IDLE_SECONDS = 900.0


def main(stop: Stop) -> None:
    """Keep the door open until told to stop."""
    address = settings.UNBROKEN.syslog

    async def opens(writer: Writer) -> list[Closes]:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: Stream(writer), address.host, address.port)
        udp = await datagrams(writer, address.host, address.port, BUFFER_BYTES)
        return [server, udp]

    keep_open(Writer("syslog", written, stop), address, opens, stop)


class Stream(asyncio.Protocol):
    """A connection of a device; one that says nothing for long is closed."""

    def __init__(self, writer: Writer) -> None:
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


def written(data: bytes, source: str, received_at: datetime, scribe: Scribe) -> Logged | None:
    """A line as it is kept; None when it cannot be read."""
    calendar = nearest_year(ZoneInfo(settings.UNBROKEN.timezone), received_at)
    try:
        return scribe.write(read(data, calendar), received_at=received_at, source=source)
    except NotLogged:
        return None
