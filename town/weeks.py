"""The weeks before the first start: what the town's lines said, as files handed in.

Always the same and told relative to the planting. On cable 45 the case that gave the product its
name; on cable 44 the joint that got wet this morning; at the Marktplatz a fibre that slowly dims;
everybody else is reset once a day and notices nothing.
"""

import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from town.network import named
from unbroken.evidence.importing.observations import import_observations
from unbroken.evidence.importing.radius import import_radius

NAS = "127.0.0.1"
DAY = timedelta(days=1)
DAYS = 30
MORNING = tuple(timedelta(hours=before) for before in (9.8, 8.1, 6.6, 5.4, 2.9))
"""So long before the planting cable 44 lost its lines."""

WET = ("77", "78", "80", "81")
COPPER, GARDENS, FIBRE = (
    ("77", "78", "79", "80", "81", "82"),
    ("84", "85", "86"),
    ("20", "32", "41"),
)
DIMMING = "31"

Told = list[dict[str, Any]]


def look_back(at: datetime) -> None:
    """Take all of it in; a second time nothing is new."""
    records, told = weeks(at)
    with tempfile.TemporaryDirectory() as folder:
        detail, readings = Path(folder, "detail"), Path(folder, "observations.jsonl")
        detail.write_text("\n".join(records), encoding="utf-8")
        readings.write_text("\n".join(json.dumps(one) for one in told), encoding="utf-8")
        taken = [import_radius([str(detail)], zone=UTC), import_observations([str(readings)])]
    refused = [one for some in taken for one in some.refused]
    if refused:
        raise RuntimeError(f"the town's own weeks are refused: {refused[:3]}")


def weeks(at: datetime) -> tuple[list[str], Told]:
    """Accounting records as blocks, readings as lines, up to this instant."""
    at = at.replace(microsecond=0)
    random = Random(44)
    blocks, told = named.lived("83@lindenhof", NAS, ("line-83", "line-84"), at - named.AT)
    blocks = [one for one in blocks if one[1]["Acct-Status-Type"] != "Interim-Update"]
    for number in COPPER:
        cuts = [at - one for one in MORNING] if number in WET else []
        blocks += _resets(random, number, at, cuts)
        told += _copper(random, number, at, cuts)
    for number in GARDENS:
        blocks += _resets(random, number, at, [])
    for number in (*FIBRE, DIMMING):
        blocks += _resets(random, number, at, [], every=timedelta(days=9))
        told += _light(random, number, at)
    told += _rain(at) + _alarms(at)
    blocks.sort(key=lambda one: one[0])
    return [named.block(*one) for one in blocks], told


def _resets(
    random: Random, number: str, at: datetime, cuts: list[datetime], *, every: timedelta = DAY
) -> Iterator[named.Block]:
    """One session after the other: reset at a constant length, lost where the line was cut."""
    begun = at - DAYS * DAY + timedelta(seconds=random.randrange(86400))
    mac, count = f"00:1e:73:44:00:{int(number) % 100:02d}", 0
    while begun < at:
        count += 1
        ended, cause, gap = begun + every, "Session-Timeout", random.uniform(2, 8)
        cut = next((one for one in cuts if begun < one < ended), None)
        if cut is not None:
            ended, cause = cut + timedelta(seconds=random.randrange(3)), "Lost-Carrier"
            gap = random.uniform(70, 160)
        is_over = ended <= at
        some = named.session(
            f"{number}@lindenhof", f"{number}{count:05x}", begun, ended if is_over else None,
            cause, mac, nas=NAS,
        )  # fmt: skip
        yield from some if is_over else some[:1]
        begun = ended + timedelta(seconds=gap)


def _copper(random: Random, number: str, at: datetime, cuts: list[datetime]) -> Told:
    """The access node's counters: every six hours, on the last day every half hour."""
    found: Told = []
    trained, errored, base = 3 + int(number) % 5, 900 + 7 * int(number), 92 - 3 * (int(number) % 6)
    length = 280 + 11 * (int(number) % 9)
    moment = at - DAYS * DAY
    while moment <= at:
        step = timedelta(minutes=30) if at - moment <= DAY else timedelta(hours=6)
        lost = sum(moment - step < one <= moment for one in cuts)
        is_wet = bool(cuts) and at - moment < timedelta(hours=10)
        errored += 30 * lost + round(random.uniform(0, 0.4) * step / timedelta(hours=1))
        trained += lost
        found.append({"at": moment.isoformat(), "resource": f"line-{number}", "values": {
            "DSL.Line.LinkStatus": "Up", "DSL.Channel.Stats.Total.LinkRetrain": trained,
            "DSL.Line.Stats.Total.ErroredSecs": errored,
            "DSL.Line.DownstreamNoiseMargin": base - 34 * is_wet + random.randrange(-5, 6),
            "DSL.Line.UpstreamNoiseMargin": base - 6 - 20 * is_wet + random.randrange(-4, 5),
            "DSL.Line.DownstreamAttenuation": length + 14 * is_wet,
            "DSL.Channel.DownstreamCurrRate": 50_000 - 4_000 * is_wet,
        }})  # fmt: skip
        moment += step
    return found


def _rain(at: datetime) -> Told:
    """Two dry weeks, then rain from last night on, hour by hour."""
    return [
        {
            "at": (at - timedelta(hours=before)).isoformat(),
            "resource": "linden-weather",
            "values": {"Weather.Precipitation": 2.4 if before <= 14 else 0.0},
        }
        for before in range(14 * 24)
    ]


def _alarms(at: datetime) -> Told:
    """The access node says when a line lost its signal and when it had it again."""
    lost = [(f"line-{number}", at - before) for number in WET for before in MORNING]
    lost += [("line-83", one + (at - named.AT)) for one in named.FOUR_DROPS]
    return [
        {"at": moment.isoformat(), "resource": line, "alarm": {"type": "LOS", "state": state}}
        for line, begun in lost
        for moment, state in ((begun, "raised"), (begun + timedelta(seconds=55), "cleared"))
    ]


def _light(random: Random, number: str, at: datetime) -> Told:
    """Optical power at the terminal; one dims by almost a decibel a week."""
    found: Told = []
    level = -19_500 - 220 * (int(number) % 7)
    for step in range(DAYS * 4 + 1):
        moment = at - DAYS * DAY + step * DAY / 4
        slope = -130 * step / 4 if number == DIMMING else 0
        found.append({"at": moment.isoformat(), "resource": f"cpe-{number}", "values": {
            "Optical.Interface.OpticalSignalLevel": round(level + slope + random.gauss(0, 60)),
        }})  # fmt: skip
    return found
