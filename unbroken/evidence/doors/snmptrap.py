"""The door for SNMP traps (v2c, UDP), from devices of the inventory.

A trap is kept as a line that can be searched; those of SNMPv2-MIB and IF-MIB mean something. The
community is no secret and proves nothing: who sends is known by the address.
"""

import asyncio
import logging
import threading
from datetime import datetime

from django.conf import settings

from unbroken.evidence import listening
from unbroken.evidence.doors.writing import Datagrams, Writer
from unbroken.evidence.logged import Scribe
from unbroken.evidence.snmp.traps import NotATrap, read
from unbroken.evidence.state.logs import Logged
from unbroken.evidence.syslog.lines import Line
from unbroken.ground.loops import Stop

log = logging.getLogger(__name__)

BUFFER_BYTES = 2 << 20
LOOK_SECONDS = 0.2


def main(stop: Stop) -> None:
    """Keep the door open until told to stop."""
    address = settings.UNBROKEN.snmptrap
    writer = Writer("snmptrap", written, stop)
    writing = threading.Thread(target=writer.run, name="trap writer", daemon=True)
    writing.start()
    while not stop.is_asked:
        try:
            asyncio.run(_stand_open(address.host, address.port, writer, stop))
        except OSError as error:
            log.error("nothing can listen at %s (%s); trying again", address, error)
            stop.pause(listening.AGAIN_SECONDS)
    writing.join(2.0)


async def _stand_open(host: str, port: int, writer: Writer, stop: Stop) -> None:
    loop = asyncio.get_running_loop()
    udp, _ = await loop.create_datagram_endpoint(lambda: Datagrams(writer), (host, port))
    listening.widen(udp.get_extra_info("socket"), BUFFER_BYTES)
    log.info("SNMP traps are taken in at %s:%s", host, port)
    try:
        while not stop.is_asked:
            await asyncio.sleep(LOOK_SECONDS)
    finally:
        udp.close()


def written(data: bytes, source: str, received_at: datetime, scribe: Scribe) -> Logged | None:
    """A trap as it is kept; None when it cannot be read."""
    try:
        trap = read(data)
    except NotATrap:
        return None
    line = Line(source, received_at, None, trap.in_words())
    return scribe.write(line, received_at=received_at, source=source, kind=trap.kind)
