"""What a probe found, as it is kept and as it becomes a reading. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

PING, TCP = "IP.Diagnostics.IPPing", "IP.Diagnostics.TCPConnect"
DNS, TRACE = "DNS.Diagnostics.NSLookup", "IP.Diagnostics.TraceRoute"
_NAMES = {"ping": PING, "tcp": TCP, "dns": DNS, "trace": TRACE}


@dataclass(frozen=True, slots=True)
class Measured:
    """One probe of one address. Times in milliseconds, one for each answer.

    `role`: customer, nas or place. `problem`: why it could not be tried; empty when it was.
    `hops`: the way there, "" where nobody answered.
    """

    probe: str
    role: str
    name: str
    address: str
    resource: str
    sent: int = 0
    times_ms: tuple[float, ...] = ()
    problem: str = ""
    hops: tuple[str, ...] = ()

    @property
    def lost(self) -> int:
        return self.sent - len(self.times_ms)

    @property
    def average_ms(self) -> float:
        """Of those that were answered; 0 for none."""
        return round(sum(self.times_ms) / len(self.times_ms), 1) if self.times_ms else 0.0

    @property
    def maximum_ms(self) -> float:
        return round(max(self.times_ms, default=0.0), 1)

    def reading(self) -> dict[str, float | int]:
        """As an observation keeps it: names as TR-181 has them where it has one, ms."""
        if self.problem or self.probe == "trace":
            return {}
        base = _NAMES[self.probe]
        told: dict[str, float | int] = {
            f"{base}.SuccessCount": len(self.times_ms),
            f"{base}.FailureCount": self.lost,
        }
        if self.times_ms:
            told[f"{base}.AverageResponseTime"] = self.average_ms
            told[f"{base}.MinimumResponseTime"] = round(min(self.times_ms), 1)
            told[f"{base}.MaximumResponseTime"] = self.maximum_ms
        return told

    def as_json(self) -> dict[str, Any]:
        """As it is kept with the test."""
        return asdict(self)


def from_json(kept: Mapping[str, Any]) -> Measured:
    """As it was kept."""
    lists: dict[str, Sequence[Any]] = {name: kept[name] for name in ("times_ms", "hops")}
    return Measured(**{**kept, **{name: tuple(some) for name, some in lists.items()}})
