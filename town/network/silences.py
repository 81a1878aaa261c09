"""Measures the detector of silences on towns with known truth: precision, recall, time to detect.

`python -m town.network.silences --of tuning` while working; `--of report` for the page in the docs,
on seeds and ranges that nothing was tuned on. Towns in which nothing falls silent together (resets,
storms, firmware, deaf accounting) count as chances to be wrong.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from town.network.cases import CAUSES, Told, make
from town.network.ranges import REPORT, TUNING, Ranges
from unbroken.evidence import facts
from unbroken.evidence.silence import signs
from unbroken.evidence.silence.causes import announced, cause_of
from unbroken.evidence.silence.fold import Detector
from unbroken.evidence.silence.found import SilentElement
from unbroken.evidence.silence.network import Network
from unbroken.evidence.silence.signs import Sign

MASS = (
    "access_node", "area_power", "cable_cut", "fibre_cut", "nas_restart", "planned_work",
    "uplink_down",
)  # fmt: skip
LATE = (0.2, 20.0)
"""Seconds from the event to its arrival."""

SAME_SHARE = 0.8


@dataclass(frozen=True)
class Found:
    """What was said in one town. `size`: how many services the true fault took; 0 for none."""

    truth: str
    seed: int
    element: str
    size: int
    silences: tuple[SilentElement, ...]
    right: SilentElement | None
    cause: str
    seconds: float

    @property
    def false(self) -> int:
        """How many silences were named where nothing of that kind was."""
        return len(self.silences) - (self.right is not None)


def found(ranges: Ranges, seeds: Sequence[int], causes: Sequence[str]) -> Iterator[Found]:
    """Listen to a town for each cause and seed."""
    for cause in causes:
        for seed in seeds:
            yield listen(make(cause, seed, ranges), seed)


def listen(told: Told, seed: int) -> Found:
    """What the detector makes of everything that was recorded there."""
    network = network_of(told)
    heard = sorted(signs_of(told, network, Random(seed)))
    detector = Detector(network)
    detector.hear_all(heard)
    detector.advance(told.at.timestamp())
    is_mass = told.cause in MASS
    gone = _affected(told, detector) if is_mass else frozenset()
    size = len(gone) if len(gone) >= 3 else 0
    right = next((one for one in detector.silent if size and _is_it(one, told, gone)), None)
    cause = ""
    if right is not None:
        window = announced(network, right, told.windows)
        cause = "planned_work" if window else cause_of(network, right)
    return Found(
        told.cause, seed, told.element, size, tuple(detector.silent), right, cause,
        right.detected_at - told.since.timestamp() if right else 0.0,
    )  # fmt: skip


def network_of(told: Told) -> Network:
    """Its inventory."""
    things = told.street.things.values()
    elements = [
        facts.Element(one.key, one.kind, one.parents, model=one.model, owner=one.owner)
        for one in things
    ]
    return Network(elements, {home.key: home.cpe for home in told.street.homes.values()})


def signs_of(told: Told, network: Network, random: Random) -> Iterator[Sign]:
    """Its records as signs, each arriving a little late."""

    def sign(
        at: datetime, kind: str, subject: str, nas: str = "", session: str = "", why: str = ""
    ) -> Sign:
        moment = at.timestamp()
        return Sign(moment + random.uniform(*LATE), moment, kind, subject, nas, session, why)

    for service, life in told.lives.items():
        for one in life.sessions:
            name = f"{one.nas} {one.session}"
            yield sign(one.started, signs.START, service, one.nas, name)
            step = one.interim or 600
            began, last = one.started.timestamp(), (one.heard_at or one.started).timestamp()
            if one.ended_by == "accounting_on":
                last = min(last, told.since.timestamp())  # a dead NAS says nothing
            for number in range(1, int((last - began) // step) + 1):
                moment = began + number * step
                late = random.uniform(*LATE)
                yield Sign(moment + late, moment, signs.ALIVE, service, one.nas, name)
            if one.ended is not None and one.ended_by == "stop":
                yield sign(one.ended, signs.STOP, service, one.nas, name, one.cause)
    for restart in told.restarts:
        kind = signs.NAS_UP if restart.kind == "on" else signs.NAS_DOWN
        yield sign(restart.at, kind, restart.nas, restart.nas)
    for alarm in told.alarms:
        is_line = network.kind(alarm.resource) in ("line", "cpe")
        lost, back = (
            (signs.LINE_LOST, signs.LINE_BACK) if is_line
            else (signs.ELEMENT_LOST, signs.ELEMENT_BACK)
        )  # fmt: skip
        kind = lost if alarm.state == "raised" else back
        yield sign(alarm.at, kind, alarm.resource, why=alarm.type)
    before: dict[str, str] = {}
    for reading in sorted(told.readings, key=lambda one: one.at):
        if reading.name == facts.LINK_STATUS:
            status = str(reading.value)
            if (status == "Up") != (before.get(reading.resource, "Up") == "Up"):
                kind = signs.LINE_BACK if status == "Up" else signs.LINE_LOST
                yield sign(reading.at, kind, reading.resource, why=signs.LINK_STATUS)
            before[reading.resource] = status


def _affected(told: Told, detector: Detector) -> frozenset[str]:
    """Who really fell silent by the fault: on its element, and there at the time."""
    homes = told.street.homes_on(told.element)
    if told.cause == "area_power":
        homes = [one for one in told.street.homes.values() if one.feeder == told.element]
    since = told.since
    return frozenset(
        home.key for home in homes
        if any(s.started <= since and (s.ended is None or s.ended >= since)
               for s in told.lives[home.key].sessions)
    )  # fmt: skip


def _is_it(one: SilentElement, told: Told, gone: frozenset[str]) -> bool:
    if one.since < told.since.timestamp() - 1200 or one.since > told.since.timestamp() + 1200:
        return False
    return len(gone & one.affected.keys()) >= SAME_SHARE * len(one.affected)


def report(all_found: Sequence[Found]) -> str:
    """All figures as a page in Markdown."""
    big = [one for one in all_found if one.size >= 10]
    small = [one for one in all_found if 3 <= one.size < 10]
    said = sum(len(one.silences) for one in all_found)
    false = sum(one.false for one in all_found)
    lines = [
        "| Figure | Value |", "| --- | --- |", f"| towns | {len(all_found)} |",
        f"| silences named | {said} |",
        f"| of them right (precision) | {1 - false / max(1, said):.1%} |",
        f"| found, ten services or more (recall) | {_recall(big)} |",
        f"| found, three to nine services | {_recall(small)} |", "",
        "| True cause | Towns | Found | Element right | Cause right | Half by, s | 80 % by, s |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    for cause in MASS:
        some = [one for one in all_found if one.truth == cause and one.size]
        if not some:
            continue
        right = [one for one in some if one.right]
        took = sorted(one.seconds for one in right)
        named = sum(one.right is not None and one.right.element == one.element for one in right)
        told = sum(one.cause == cause for one in right)
        half, most = (took[len(took) // 2], took[int(len(took) * 0.8)]) if took else (0.0, 0.0)
        counts = f"{len(some)} | {len(right)} | {named} | {told}"
        lines.append(f"| `{cause}` | {counts} | {half:.0f} | {most:.0f} |")
    wrong = Counter(one.truth for one in all_found for _ in range(one.false))
    lines += ["", "Named where nothing of the kind was: "
              + (", ".join(f"{n} with `{cause}`" for cause, n in wrong.most_common()) or "none")
              + "."]  # fmt: skip
    return "\n".join(lines)


def _recall(some: Sequence[Found]) -> str:
    right = sum(one.right is not None for one in some)
    return f"{right} of {len(some)}" + (f" ({right / len(some):.1%})" if some else "")


def main() -> int:
    """Print the report."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--of", choices=("tuning", "report"), default="tuning")
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--cause", action="append")
    args = parser.parse_args()
    ranges = TUNING if args.of == "tuning" else REPORT
    all_found = list(found(ranges, range(args.seeds), args.cause or list(CAUSES)))
    sys.stdout.write(report(all_found) + "\n")
    for one in all_found:
        if one.false or (one.size and not one.right):
            told = [(s.element, len(s.affected)) for s in one.silences if s is not one.right]
            sys.stderr.write(f"{one.truth} seed {one.seed} {one.element} {one.size}: {told}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
