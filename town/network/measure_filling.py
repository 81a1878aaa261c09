"""Measures the forecasts of links that fill up on invented links with known futures.

`python -m town.network.measure_filling --of tuning` while working; `--of report --write` for
docs/diagnosis.md, on seeds and ranges that nothing was tuned on.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from town.network.filling import PRESENT_WEEK, REPORT, TUNING, Grown, Ways, links
from town.network.page import write
from unbroken.evidence.filling.forecast import HORIZON_WEEKS, Filling, filling

SEEDS_FROM = {"tuning": 0, "report": 920_000}


@dataclass
class Counted:
    """What all forecasts came to. `told`: soonest, latest in weeks, what came (None: not)."""

    links: int = 0
    unknown: int = 0
    full: int = 0
    never: Counter[bool] = field(default_factory=Counter)
    inside: Counter[str] = field(default_factory=Counter)
    by_way: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    both_ends: Counter[str] = field(default_factory=Counter)
    widths: list[int] = field(default_factory=list)
    off: list[int] = field(default_factory=list)
    chances: list[tuple[float, bool]] = field(default_factory=list)


def count(seeds: Sequence[int], ways: Ways) -> Counted:
    """One forecast for every link, on its present Monday."""
    found = Counted()
    for seed in seeds:
        for one in links(seed, ways):
            _add(found, one)
    return found


def _add(found: Counted, one: Grown) -> None:
    found.links += 1
    told = filling(one.link.until(one.present), one.present)
    if told is None:
        found.unknown += 1
        return
    if told.is_full:
        found.full += 1
        return
    came = one.full_in
    came = None if came is None or came >= HORIZON_WEEKS else came
    found.chances.append((told.quarter, came is not None and came < 13))
    if told.soonest is None:
        found.never[came is None] += 1
        return
    word = _where(told, came)
    found.inside[word] += 1
    found.by_way[one.way][word] += 1
    if told.latest is not None:
        found.both_ends[word] += 1
        found.widths.append((told.latest - told.soonest) // 7)
    if told.likely is not None and came is not None:
        found.off.append(abs(came - told.likely // 7))


def _where(told: Filling, came: int | None) -> str:
    assert told.soonest is not None
    if came is None:
        return "inside" if told.latest is None else "later"
    if came < told.soonest // 7:
        return "sooner"
    return "later" if told.latest is not None and came > told.latest // 7 else "inside"


def coverage(found: Counted) -> float:
    """The share of intervals in which it lay; eight of ten are promised."""
    return found.inside["inside"] / max(1, sum(found.inside.values()))


def report(found: Counted) -> str:
    """All figures as a table in Markdown."""
    n = sum(found.inside.values())
    calm = sum(found.never.values())
    lines = [
        "| Figure | Value |", "| --- | --- |",
        f"| links, weeks known of each | {found.links}, {PRESENT_WEEK} |",
        f"| full already; too little known | {found.full}; {found.unknown} |",
        f"| an interval was told, and it was full within it (80 % are promised) | "
        f"{found.inside['inside']} of {n}: {coverage(found):.0%} |",
        f"| of these with both ends told (not “not before …”) | {found.both_ends['inside']} of "
        f"{sum(found.both_ends.values())}: "
        f"{found.both_ends['inside'] / max(1, sum(found.both_ends.values())):.0%} |",
        f"| full sooner than said; later than said | {found.inside['sooner'] / n:.0%}; "
        f"{found.inside['later'] / n:.0%} |",
        f"| “not within a year”, and it was not | {found.never[True]} of "
        f"{calm}: {found.never[True] / max(1, calm):.0%} |",
        f"| weeks from the soonest to the latest where both are told, median | "
        f"{median(found.widths):.0f} |",
        f"| weeks between the likeliest week and the one it was, median | "
        f"{median(found.off):.0f} |",
        "", "| Chance said to be full within 13 weeks | Was full | Links |", "| --- | --- | --- |",
    ]  # fmt: skip
    bins: dict[int, list[bool]] = defaultdict(list)
    for chance, came in found.chances:
        bins[min(4, int(chance * 5))].append(came)
    lines += [f"| {20 * low}–{20 * low + 20} % | {sum(some) / len(some):.0%} | {len(some)} |"
              for low, some in sorted(bins.items())]  # fmt: skip
    by = [
        f"{way} {counted['inside']} of {sum(counted.values())}"
        for way, counted in sorted(found.by_way.items())
    ]
    return "\n".join([*lines, "", f"Within the interval by how traffic grew: {', '.join(by)}."])


def main() -> int:
    """Count, tell, and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--of", choices=("tuning", "report"), default="tuning")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="into docs/diagnosis.md")
    args = parser.parse_args()
    begin = SEEDS_FROM[args.of]
    ways = TUNING if args.of == "tuning" else REPORT
    told = report(count(range(begin, begin + args.seeds), ways))
    sys.stdout.write(told + "\n")
    if args.write:
        write(told, "filling", "filling end")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
