"""What a judgement may see of one service: records and nothing else.

Pure. `queries/` fills it from the tables, a test or the simulated town from memory, and the rules
in `rules/` read it. Every time is aware; everything in it had *arrived* by `at`, whatever its own
time says. What is not known is empty or None, never a guess. Names of readings are TR-181 paths
without `Device.` and instance numbers, in the units of TR-181 (interfaces.md, "Observations").

Rows that come by the thousand are named tuples, the rest frozen dataclasses. What devices told
comes in blocks, as it is kept: a `Reading` is made where a rule asks for that name (`picture.py`).

How much of it is looked at, so that a line over a year is judged in 50 ms:

- `sessions`: of a year, all of them, by start;
- `blocks` of the service's own chain: eight days in full, to 35 days the last of every three hours,
  to 120 days the last of each day;
- `neighbours`: at most `NEIGHBOURS_MAX` for each element of the chain, spread over its children,
  with their sessions that touch the last 14 days; their readings (only `TOLD_BY_NEIGHBOURS`),
  alarms and reports stand in the same tuples as the service's own.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Literal, NamedTuple

import msgspec

NEIGHBOURS_MAX = 48
YEAR = timedelta(days=366)
IN_FULL = timedelta(days=8)
EVERY_THREE_HOURS = timedelta(days=35)
DAY_BY_DAY = timedelta(days=120)
"""How far back readings go: all of them, of every three hours the last, of every day the last."""
NEIGHBOURS_FOR = timedelta(days=14)

LINK_STATUS = "DSL.Line.LinkStatus"
MARGIN_DOWN = "DSL.Line.DownstreamNoiseMargin"
MARGIN_UP = "DSL.Line.UpstreamNoiseMargin"
ATTENUATION_DOWN = "DSL.Line.DownstreamAttenuation"
ERRORED_SECONDS = "DSL.Line.Stats.Total.ErroredSecs"
SEVERE_SECONDS = "DSL.Line.Stats.Total.SeverelyErroredSecs"
RETRAINS = "DSL.Channel.Stats.Total.LinkRetrain"
RETRAINS_TOO = "DSL.Line.Stats.Total.LinkRetrain"
RATE_DOWN = "DSL.Channel.DownstreamCurrRate"
RATE_UP = "DSL.Channel.UpstreamCurrRate"
ATTAINABLE_DOWN = "DSL.Line.DownstreamMaxBitRate"
LIGHT = "Optical.Interface.OpticalSignalLevel"
RAIN = "Weather.Precipitation"
SOFTWARE = "DeviceInfo.SoftwareVersion"
UPTIME = "DeviceInfo.UpTime"
PPP_ERROR = "PPP.Interface.LastConnectionError"
BYTES_SENT = "Ethernet.Interface.Stats.BytesSent"
MAX_BIT_RATE = "Ethernet.Interface.MaxBitRate"

TOLD_BY_NEIGHBOURS = (
    LINK_STATUS, RETRAINS, RETRAINS_TOO, ERRORED_SECONDS, LIGHT, SOFTWARE,
)  # fmt: skip
"""Of a neighbour these readings are looked at, 14 days of them."""


class Session(NamedTuple):
    """One session, folded from its accounting records.

    `ended_by`: stop, accounting_on, accounting_off, or empty while it is open; `cause` is the RFC
    name of Acct-Terminate-Cause. `heard_at`: event time of its latest record. `timeout`: the
    Session-Timeout of its Access-Accept, seconds. `interim`: seconds between its interims.
    `mac`: Calling-Station-Id. Rates: what the access node reported at its start, kbit/s.
    """

    service: str
    nas: str
    session: str
    started: datetime
    ended: datetime | None
    ended_by: str = ""
    cause: str = ""
    input_octets: int = 0
    output_octets: int = 0
    heard_at: datetime | None = None
    timeout: int | None = None
    interim: int | None = None
    mac: str = ""
    address: str = ""
    rate_down: int | None = None
    rate_up: int | None = None


class Reading(NamedTuple):
    """One value that a device told, or that was measured about it."""

    resource: str
    name: str
    at: datetime
    value: float | str


@dataclass(frozen=True)
class Block:
    """What one resource told under the same names: `[[time, [value, …]], …]` in JSON, by time.

    It is parsed when a rule asks: most of what neighbours told is never looked at.
    """

    resource: str
    names: tuple[str, ...]
    told: str

    @cached_property
    def rows(self) -> list[tuple[datetime, list[Any]]]:
        """When, and the values in the order of the names."""
        return _parsed(self.told)

    @cached_property
    def times(self) -> list[datetime]:
        """When each row was told."""
        return [at for at, _values in self.rows]

    def column(self, name: str) -> list[Any]:
        """What was told under one name, row by row; None where nothing was."""
        place = self.names.index(name)
        return [values[place] for _at, values in self.rows]


_parsed = msgspec.json.Decoder(list[tuple[datetime, list[Any]]]).decode


class Alarm(NamedTuple):
    """Raised or cleared, by a device or about it: types of interfaces.md (LOS, dying-gasp …)."""

    resource: str
    at: datetime
    type: str
    state: str


class LogFinding(NamedTuple):
    """A log line that the catalogue understood: which device, what it means, its words."""

    resource: str
    at: datetime
    kind: str
    text: str = ""
    service: str = ""


class Reject(NamedTuple):
    """The provider's RADIUS server refused to let this service in."""

    at: datetime
    user: str
    nas: str = ""
    message: str = ""


class NasRestart(NamedTuple):
    """Accounting-On or Accounting-Off of a NAS (its resource key)."""

    nas: str
    at: datetime
    kind: Literal["on", "off"]


class Silence(NamedTuple):
    """For longer than three interims nothing was heard of any session of this NAS.

    `until` None: still so at the moment of the judgement.
    """

    nas: str
    since: datetime
    until: datetime | None


class Report(NamedTuple):
    """A request that somebody wrote about this service or a neighbour's."""

    service: str
    at: datetime
    ticket: int
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """A thing on the way from the customer's device up into the network, or one that feeds it.

    `parents`: keys of what it stops working without. `distance`: 0 for the service's own resource.
    `services`: how many services hang on it in all. `place`: key of where it stands.
    """

    key: str
    kind: str
    parents: tuple[str, ...] = ()
    distance: int = 0
    services: int = 0
    name: str = ""
    model: str = ""
    owner: str = "us"
    circuit: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another service on some element of the same chain.

    `shared`: keys of the chain's elements it hangs on too. `resources`: what is its own, that is
    its device and line. `model`: of its device. `sessions`: those touching the last 14 days.
    """

    service: str
    shared: tuple[str, ...]
    resources: tuple[str, ...] = ()
    model: str = ""
    sessions: tuple[Session, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedWindow:
    """Work that somebody gave notice of. Resources by key; impact and status as MAINTNOTE has them.

    A cancelled one is given too: it explains nothing, but somebody may ask.
    """

    key: str
    since: datetime
    until: datetime
    resources: tuple[str, ...]
    impact: str = "OUTAGE"
    status: str = "CONFIRMED"
    provider: str = ""


@dataclass(frozen=True, slots=True)
class ServiceFact:
    """The service as the inventory has it. Rate: what the product promises, kbit/s down."""

    key: str
    technology: str = ""
    access: str = ""
    product: str = ""
    resource: str = ""
    state: str = "active"
    zone: str = "UTC"
    session_timeout: int | None = None
    quota_octets: int | None = None
    quota_day: int | None = None
    rate_down: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything about one service that had arrived by `at`.

    `chain`: from its own resource upward, nearest first, feeders included. `sites`: keys of
    resources whose weather is that of this line. `readings` and `blocks` say the same kind of
    thing; a simulated town gives the former, the tables the latter. `first_heard`: the earliest
    record there is of it, so that "not before" and "no data before" are told apart.
    """

    service: ServiceFact
    at: datetime
    sessions: tuple[Session, ...] = ()
    readings: tuple[Reading, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    logs: tuple[LogFinding, ...] = ()
    rejects: tuple[Reject, ...] = ()
    restarts: tuple[NasRestart, ...] = ()
    silences: tuple[Silence, ...] = ()
    windows: tuple[PlannedWindow, ...] = ()
    chain: tuple[Element, ...] = ()
    sites: tuple[str, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    reports: tuple[Report, ...] = ()
    first_heard: datetime | None = None
    blocks: tuple[Block, ...] = ()
