"""Traffic of each line in five minutes, added up from flows. Pure; memory is bounded by lines.

Slots go by when flows arrived: clocks of routers lie. Questions to name servers and their answers
are counted apart: many questions and no answer is a fault that looks like none.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from unbroken.evidence.netflow.packets import Flow

SLOT_SECONDS = 300
SETTLED_SECONDS = 60
LINES_MAX = 60_000
DNS = 53

DOWN, UP = "Traffic.Down.Bytes", "Traffic.Up.Bytes"
QUESTIONS, ANSWERS = "Traffic.DNS.Questions", "Traffic.DNS.Answers"


@dataclass(slots=True)
class Sums:
    """What went to and from each line, by slot."""

    by_line: dict[tuple[int, str], Counter[str]] = field(default_factory=dict)
    dropped: int = 0

    def add(self, flows: Iterable[Flow], line_of: Callable[[str], str], at: float) -> int:
        """These flows came now; how many were of lines of ours."""
        slot, count = int(at // SLOT_SECONDS), 0
        for flow in flows:
            for address, way, dns, port in (
                (flow.target, DOWN, ANSWERS, flow.from_port),
                (flow.source, UP, QUESTIONS, flow.to_port),
            ):
                line = line_of(address)
                if not line:
                    continue
                sums = self._of(slot, line)
                if sums is None:
                    self.dropped += 1
                    continue
                count += 1
                sums[way] += flow.octets
                if port == DNS:
                    sums[dns] += flow.packets
        return count

    def settled(
        self, at: float, *, is_over: bool = False
    ) -> Iterator[tuple[int, str, dict[str, int]]]:
        """Slots that are complete: when each began (seconds), the line, its sums."""
        for slot, line in list(self.by_line):
            if is_over or (slot + 1) * SLOT_SECONDS + SETTLED_SECONDS <= at:
                sums = self.by_line.pop((slot, line))
                told = {name: min(sums[name], 2**62) for name in (DOWN, UP, QUESTIONS, ANSWERS)}
                yield slot * SLOT_SECONDS, line, told

    def _of(self, slot: int, line: str) -> Counter[str] | None:
        if (slot, line) not in self.by_line:
            if len(self.by_line) >= LINES_MAX:
                return None
            self.by_line[slot, line] = Counter()
        return self.by_line[slot, line]
