"""Twelve weeks of busy hours before the first start, as counters handed in.

The uplink of the OLT at the Marktplatz grows towards its gigabit; the line of one household has got
a second screen too many; another one hardly moves. Always the same, told relative to the planting.
"""

import json
import tempfile
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random

from unbroken.evidence.importing.observations import import_observations

WEEKS = 12
HOURS = (15, 16, 17, 18, 19, 20)
HILL = (0.55, 0.62, 0.8, 0.94, 1.0, 0.86)
"""Of the hours above: how much of the busiest one."""

WEEKDAYS = (0.92, 0.93, 0.94, 0.95, 0.97, 1.0, 1.0)
UPLINK, FULL_LINE, CALM_LINE = "olt-2", "line-81", "line-79"
GBIT, MBIT = 1e9, 1e6


def look_back(at: datetime) -> None:
    """Take all of it in, before the network is known: no list is made of half of it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "traffic.jsonl")
        file.write_text("\n".join(readings(at)), encoding="utf-8")
        refused = import_observations([str(file)]).refused
    if refused:
        raise RuntimeError(f"the town's own traffic is refused: {refused[:3]}")


def readings(at: datetime) -> list[str]:
    """Evening by evening up to this instant: a counter of the port, sums of flows of the lines."""
    random, sent, found = Random(81), 0.0, []
    monday = at.date() - timedelta(days=at.weekday())
    for day in range(-7 * WEEKS, at.weekday() + 1):
        on = monday + timedelta(days=day)
        week, luck = day / 7 + WEEKS, random.gauss(1, 0.02)
        for hour, hill in zip(HOURS, HILL, strict=True):
            moment = datetime.combine(on, time(hour, 59), UTC)
            if moment > at:
                break
            much = hill * WEEKDAYS[on.weekday()] * luck
            sent += (0.52 + 0.017 * week) * much * GBIT / 8 * 3600
            told = {
                UPLINK: {"Ethernet.Interface.Stats.BytesSent": round(sent),
                         "Ethernet.Interface.Stats.BytesReceived": round(sent / 6),
                         "Ethernet.Interface.MaxBitRate": 1000},
                FULL_LINE: _flows((0.5 + 0.022 * week) * much * 50 * MBIT),
                CALM_LINE: _flows(0.34 * much * 50 * MBIT),
            }  # fmt: skip
            found += [
                json.dumps({"at": moment.isoformat(), "resource": key, "values": values})
                for key, values in told.items()
            ]
    return found


def _flows(bits: float) -> dict[str, int]:
    """What an hour of so many bits a second adds up to."""
    octets = bits / 8 * 3600
    return {"Traffic.Down.Bytes": round(octets), "Traffic.Up.Bytes": round(octets / 9)}
