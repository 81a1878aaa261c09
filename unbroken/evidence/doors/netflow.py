"""The door for flows (NetFlow v5, v9, IPFIX; UDP), from devices of the inventory.

No flow is kept: what went to and from each line in five minutes becomes one reading of it.
"""

import json
import os
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from unbroken.evidence.doors.standing import Closes, datagrams, keep_open
from unbroken.evidence.doors.writing import BATCH_MAX, Writer
from unbroken.evidence.logged import Scribe, resource_named
from unbroken.evidence.netflow.adding import Sums
from unbroken.evidence.netflow.packets import Flow, NotFlows, Reader
from unbroken.evidence.observed import Observed, read_line
from unbroken.evidence.queries.addresses import lines_by_address
from unbroken.evidence.radius.naming import plain_address
from unbroken.evidence.state import counts, readings
from unbroken.evidence.state.logs import Logged
from unbroken.ground.clock import now, seconds
from unbroken.ground.loops import Stop

BUFFER_BYTES = 8 << 20
LINES_SECONDS = 60.0


def main(stop: Stop) -> None:
    """Keep the door open until told to stop."""
    address = settings.UNBROKEN.netflow

    async def opens(writer: Writer) -> list[Closes]:
        return [await datagrams(writer, address.host, address.port, BUFFER_BYTES)]

    keep_open(FlowWriter(stop), address, opens, stop)


def _no_line(data: bytes, source: str, received_at: datetime, scribe: Scribe) -> Logged | None:
    return None


class FlowWriter(Writer):
    """Adds flows up; what is complete is kept, many lines with one commit."""

    def __init__(self, stop: Stop) -> None:
        super().__init__("netflow", _no_line, stop)
        self.reader, self.sums = Reader(), Sums()
        self.lines: dict[str, str] = {}
        self.lines_at = -LINES_SECONDS
        self.mark = timedelta(microseconds=int.from_bytes(os.urandom(2), "big"))
        """Two doors that heard parts of one slot keep two readings of it."""

    def run(self) -> None:
        """As others; what is not complete at the end is kept as it is."""
        super().run()
        self._keep(is_over=True)
        connection.close()

    def _keep(self, *, is_over: bool = False) -> bool:
        said = [self.waiting.popleft() for _ in range(min(len(self.waiting), BATCH_MAX))]
        counted, self.counted = self.counted, Counter()
        try:
            self._look_up_lines()
            for data, host, arrived in said:
                self._add(data, plain_address(host), arrived, counted)
            counted += self.reader.counted
            counted["dropped"] += self.sums.dropped
            self.reader.counted, self.sums.dropped = Counter(), 0
            settled = list(self._settled(is_over=is_over))
            if settled or counted:
                with transaction.atomic():
                    counted["kept"] += readings.note(settled) if settled else 0
                    counts.add(self.door, counted)
        except DatabaseError:
            connection.close()
            counted["dropped"] += len(said)
            self.counted += counted
            self.stop.pause(1.0)
        return len(said) == BATCH_MAX

    def _add(self, data: bytes, exporter: str, arrived: float, counted: Counter[str]) -> None:
        if not resource_named(exporter):
            counted["unknown_client"] += 1
            return
        try:
            flows: list[Flow] = self.reader.read(data, exporter, arrived)
        except NotFlows:
            counted["malformed"] += 1
            return
        counted["flows"] += len(flows)
        counted["of_lines"] += self.sums.add(flows, self._line_of, arrived)

    def _line_of(self, address: str) -> str:
        return self.lines.get(address, "")

    def _look_up_lines(self) -> None:
        if time.monotonic() - self.lines_at >= LINES_SECONDS:
            self.lines, self.lines_at = lines_by_address(), time.monotonic()

    def _settled(self, *, is_over: bool) -> list[Observed]:
        at, found = seconds(), []
        for began, line, sums in self.sums.settled(at, is_over=is_over):
            told = {
                "resource": line,
                "at": (datetime.fromtimestamp(began, UTC) + self.mark).isoformat(),
                "values": sums,
            }
            found.append(read_line(json.dumps(told), now=now()))
        return found
