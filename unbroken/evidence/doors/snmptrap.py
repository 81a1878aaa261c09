"""The door for SNMP traps (v2c, UDP), from devices of the inventory.

A trap is kept as a line that can be searched; those of SNMPv2-MIB and IF-MIB mean something. The
community is no secret and proves nothing: who sends is known by the address.
"""

from datetime import datetime

from django.conf import settings

from unbroken.evidence.doors.standing import Closes, datagrams, keep_open
from unbroken.evidence.doors.writing import Writer
from unbroken.evidence.logged import Scribe
from unbroken.evidence.snmp.traps import NotATrap, read
from unbroken.evidence.state.logs import Logged
from unbroken.evidence.syslog.lines import Line
from unbroken.ground.loops import Stop

BUFFER_BYTES = 2 << 20


def main(stop: Stop) -> None:
    """Keep the door open until told to stop."""
    address = settings.UNBROKEN.snmptrap

    async def opens(writer: Writer) -> list[Closes]:
        return [await datagrams(writer, address.host, address.port, BUFFER_BYTES)]

    keep_open(Writer("snmptrap", written, stop), address, opens, stop)


def written(data: bytes, source: str, received_at: datetime, scribe: Scribe) -> Logged | None:
    """A trap as it is kept; None when it cannot be read."""
    try:
        trap = read(data)
    except NotATrap:
        return None
    line = Line(source, received_at, None, trap.in_words())
    return scribe.write(line, received_at=received_at, source=source, kind=trap.kind)
