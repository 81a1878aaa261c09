"""The door for SNMP traps (v2c and v3, UDP), from devices of the inventory.

A trap is kept as a line that can be searched; those of SNMPv2-MIB and IF-MIB mean something: a link
that the inventory knows and that nobody shut is said to be down, or up again. The community is no
secret and proves nothing: who sends is known by the address. Of v3 only what is signed by a user of
the operator's file is taken.
"""

import logging
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.conf import settings

from unbroken.directory.network_queries import resource_meant
from unbroken.evidence.doors.standing import Closes, datagrams, keep_open
from unbroken.evidence.doors.writing import Writer
from unbroken.evidence.logged import Scribe
from unbroken.evidence.observed import Observed
from unbroken.evidence.snmp.traps import NotATrap, Trap, of_pdu, read, version_of
from unbroken.evidence.snmp.usm import Opener, User, users_in
from unbroken.evidence.state.logs import Logged
from unbroken.evidence.syslog.lines import Line
from unbroken.ground.kept import KeptMany
from unbroken.ground.loops import Stop

log = logging.getLogger(__name__)

BUFFER_BYTES = 2 << 20
V3 = 3
SHUT = "2"
"""ifAdminStatus down: somebody wanted it so."""

_meant: KeptMany[str] = KeptMany(60.0)


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
        kept = scribe.write(line, received_at=received_at, source=source, kind=trap.kind)
        alarm = _alarm(trap, kept.resource, received_at) if kept else None
        return replace(kept, alarm=alarm) if kept and alarm else kept


def _alarm(trap: Trap, device: str, at: datetime) -> Observed | None:
    """What became of a link, if the inventory knows it by DEVICE NAME or by its circuit."""
    state = {"port_down": "raised", "port_up": "cleared"}.get(trap.kind)
    told = {name.partition(".")[0]: value for name, value in trap.bindings}
    if state is None or told.get("ifAdminStatus") == SHUT:
        return None
    names = [f"{device} {told[name]}" for name in ("ifName", "ifDescr") if told.get(name)]
    names += filter(None, [told.get("ifAlias")])
    link = next(filter(None, (_meant.get(name, _finder(name)) for name in names)), "")
    return Observed(link, at, at, alarm=("down", state)) if link else None


def _finder(name: str) -> Callable[[], str]:
    return lambda: resource_meant(name)


def _users(path: str) -> dict[str, User]:
    """Who may sign, as the operator's file says; read when the door opens."""
    try:
        told = tomllib.loads(Path(path).read_text(encoding="utf-8")) if path else {}
        return users_in(told.get("user"))
    except (OSError, ValueError) as problem:
        log.error("the users of SNMPv3 cannot be read: %s", problem)
        return {}
