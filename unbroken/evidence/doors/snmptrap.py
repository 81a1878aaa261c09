"""The door for SNMP traps (v2c and v3, UDP), from devices of the inventory.

A trap is kept as a line that can be searched; those of SNMPv2-MIB and IF-MIB mean something. The
community is no secret and proves nothing: who sends is known by the address. Of v3 only what is
signed by a user of the operator's file is taken.
"""

import logging
import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.conf import settings

from unbroken.evidence.doors.standing import Closes, datagrams, keep_open
from unbroken.evidence.doors.writing import Writer
from unbroken.evidence.logged import Scribe
from unbroken.evidence.snmp.traps import NotATrap, of_pdu, read, version_of
from unbroken.evidence.snmp.usm import Opener, User, users_in
from unbroken.evidence.state.logs import Logged
from unbroken.evidence.syslog.lines import Line
from unbroken.ground.loops import Stop

log = logging.getLogger(__name__)

BUFFER_BYTES = 2 << 20
V3 = 3


def main(stop: Stop) -> None:
    """Keep the door open until told to stop."""
    address = settings.UNBROKEN.snmptrap
    told = Told(_users(settings.UNBROKEN.sources.snmp_devices))

    async def opens(writer: Writer) -> list[Closes]:
        return [await datagrams(writer, address.host, address.port, BUFFER_BYTES)]

    keep_open(Writer("snmptrap", told.written, stop), address, opens, stop)


class Told:
    """Traps as they are kept."""

    def __init__(self, users: Mapping[str, User]) -> None:
        self.opener = Opener(users)

    def written(
        self, data: bytes, source: str, received_at: datetime, scribe: Scribe
    ) -> Logged | None:
        """A trap as a line; None when it cannot be read, or is not to be believed."""
        try:
            is_signed = version_of(data) == V3
            trap = of_pdu(*self.opener.open(data), who="") if is_signed else read(data)
        except NotATrap:
            return None
        line = Line(source, received_at, None, trap.in_words())
        return scribe.write(line, received_at=received_at, source=source, kind=trap.kind)


def _users(path: str) -> dict[str, User]:
    """Who may sign, as the operator's file says; read when the door opens."""
    try:
        told = tomllib.loads(Path(path).read_text(encoding="utf-8")) if path else {}
        return users_in(told.get("user"))
    except (OSError, ValueError) as problem:
        log.error("the users of SNMPv3 cannot be read: %s", problem)
        return {}
