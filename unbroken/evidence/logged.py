"""Lines as they are kept: which device of the inventory it is, and what the words mean."""

from collections import OrderedDict
from datetime import datetime

from unbroken.directory.network_queries import resource_of_circuit, resource_of_host
from unbroken.evidence.observed import AHEAD_MAX, EARLIEST
from unbroken.evidence.state.logs import Logged
from unbroken.evidence.syslog.lines import Line
from unbroken.evidence.syslog.meaning import meaning_of
from unbroken.ground.kept import KeptMany

REMEMBERED = 20_000
"""Of so many lines it is known whether they were said before."""

_by_host: KeptMany[str] = KeptMany(60.0)
_by_circuit: KeptMany[str] = KeptMany(60.0)


class Scribe:
    """Turns what was read into what is kept; counts lines that are alike."""

    def __init__(self) -> None:
        self._said: OrderedDict[tuple[str, datetime, str], int] = OrderedDict()

    def write(
        self, line: Line, *, received_at: datetime | None, source: str = "", kind: str = ""
    ) -> Logged | None:
        """None for a line that names no time and came at none. `kind`: where it is known anyway."""
        at = line.at or received_at
        if at is None:
            return None
        latest = received_at or at
        if not EARLIEST <= at <= latest + AHEAD_MAX:
            at = latest  # its clock is not set; when it came is true
        if at < EARLIEST:
            return None
        host = line.host or source
        meaning = meaning_of(line.text)
        resource = resource_named(host) or (resource_named(source) if source else "")
        if meaning is not None and meaning.circuit:
            circuit = meaning.circuit
            resource = _by_circuit.get(circuit, lambda: resource_of_circuit(circuit)) or resource
        return Logged(
            at=at,
            received_at=latest,
            host=host,
            text=line.text,
            resource=resource,
            user=meaning.user if meaning else "",
            severity=line.severity,
            kind=kind or (meaning.kind if meaning else ""),
            again=self._again(host, at, line.text),
        )

    def _again(self, host: str, at: datetime, text: str) -> int:
        said = (host, at, text)
        count = self._said.get(said, -1) + 1
        self._said[said] = count
        self._said.move_to_end(said)
        if len(self._said) > REMEMBERED:
            self._said.popitem(last=False)
        return count


def resource_named(host: str) -> str:
    """The key of the resource that has this name or address; empty for none."""
    return _by_host.get(host, lambda: resource_of_host(host)) if host else ""
