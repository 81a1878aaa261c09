"""One accounting record, from whatever source: a packet, a detail file, a row of radacct."""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any

START, STOP, INTERIM, ON, OFF = 1, 2, 3, 7, 8
STATUSES = {START: "start", STOP: "stop", INTERIM: "interim", ON: "accounting_on",
            OFF: "accounting_off"}  # fmt: skip

CAUSES = (
    "", "User Request", "Lost Carrier", "Lost Service", "Idle Timeout", "Session Timeout",
    "Admin Reset", "Admin Reboot", "Port Error", "NAS Error", "NAS Request", "NAS Reboot",
    "Port Unneeded", "Port Preempted", "Port Suspended", "Service Unavailable", "Callback",
    "User Error", "Host Request", "Supplicant Restart", "Reauthentication Failure",
    "Port Reinitialized", "Port Administratively Disabled",
)  # fmt: skip
"""Acct-Terminate-Cause by number: RFC 2866 section 5.10, from 19 on RFC 3580."""

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
COUNTER_MAX = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Record:
    """What a NAS said about a session, or about itself (ON, OFF).

    `at`: when it happened by the NAS; `arrived_at`: when somebody had it first. Octets are whole,
    Gigawords included. `line`: what the access node told about the line, named as in the data file.
    """

    nas: str
    status: int
    session: str
    user: str
    at: datetime
    arrived_at: datetime
    has_own_time: bool = True
    seconds: int | None = None
    input_octets: int | None = None
    output_octets: int | None = None
    cause: int | None = None
    timeout: int | None = None
    address: str | None = None
    prefix: str = ""
    mac: str = ""
    port: str = ""
    circuit: str = ""
    line: dict[str, Any] = field(default_factory=dict)

    @property
    def started_at(self) -> datetime:
        """When its session began, as far as this record tells."""
        if self.status == START:
            return self.at
        return self.at - timedelta(seconds=self.seconds or 0)

    @property
    def is_about_nas(self) -> bool:
        """Whether it speaks of the whole NAS."""
        return self.status in (ON, OFF)

    def key(self) -> uuid.UUID:
        """Its natural key: the same record taken in again has the same one.

        To the second by the NAS: also where it has no own time, arrival less delay is that.
        """
        return self._key_at(int(self.at.timestamp()))

    def keys_near(self) -> tuple[uuid.UUID, ...]:
        """Where its time is only reckoned from its arrival: keys of the seconds around."""
        if self.has_own_time:
            return ()
        second = int(self.at.timestamp())
        return tuple(self._key_at(second + off) for off in (-2, -1, 1, 2))

    def _key_at(self, second: int) -> uuid.UUID:
        parts = (self.nas, self.status, self.session, self.user, second, self.seconds,
                 self.input_octets, self.output_octets)  # fmt: skip
        return uuid.UUID(bytes=blake2b(repr(parts).encode(), digest_size=16).digest())


def cause_named(text: str) -> int | None:
    """A cause by its RFC name, with blanks or hyphens, or by its number."""
    plain = text.strip().replace("-", " ").casefold()
    if plain.isdigit():
        return int(plain)
    return _BY_NAME.get(plain)


def cause_in_words(cause: int | None) -> str | None:
    """The RFC name of a cause; an unknown one as its number."""
    if cause is None:
        return None
    return CAUSES[cause] if 0 < cause < len(CAUSES) else str(cause)


_BY_NAME = {name.casefold(): number for number, name in enumerate(CAUSES) if name}
_BY_NAME |= {"supplicant restart": 19, "reauthentication failure": 20, "port reinit": 21,
             "port disabled": 22, "nas rebooted": 11}  # fmt: skip
