"""Measures the weekly lists of lines that will fail on towns with known truth.

`python -m town.network.measure_ageing --of tuning` while working; `--of report --write` for
docs/diagnosis.md, on seeds and ranges that nothing was tuned on.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median

from town.network.ageing import BEGINS, REPORT, TUNING, Grown, Ways, town
from town.network.page import write
from unbroken.evidence.ageing.climate import climate
from unbroken.evidence.ageing.days import LIGHT, MARGIN, values
from unbroken.evidence.ageing.judging import AHEAD_DAYS, ageing

SEEDS_FROM = {"tuning": 0, "report": 700_000}
ANNOUNCED = ("corroding", "fading", "noise")


@dataclass
class Counted:
    """What the lists of all towns came to. An entry is a line on one Monday's list."""

    weeks: int = 0
    lines: int = 0
    entries: list[tuple[float, bool]] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)
    lead_days: list[int] = field(default_factory=list)
    announced: Counter[str] = field(default_factory=Counter)
    foreseen: Counter[str] = field(default_factory=Counter)
    false_lines: set[tuple[int, str]] = field(default_factory=set)
    listed_lines: set[tuple[int, str]] = field(default_factory=set)


def count(seeds: Sequence[int], ways: Ways, *, weeks: int = 1) -> Counted:
    """Every Monday (or only each so many weeks) from the eighth week until four before the end."""
    found = Counted()
    for seed in seeds:
        people = town(seed, ways)
        first: dict[str, date] = {}
        last = BEGINS + timedelta(ways.days - AHEAD_DAYS)
        monday = BEGINS + timedelta(56)
        while monday <= last:
            _one_list(found, seed, people, monday, first)
            monday += timedelta(weeks=weeks)
        _recall(found, people, first, last)
        found.lines += len(people)
    return found


def _one_list(
    found: Counted, seed: int, people: Sequence[Grown], monday: date, first: dict[str, date]
) -> None:
    found.weeks += 1
    lines = [one.line.until(monday) for one in people]
    window = monday - timedelta(days=70)
    common = {
        kind: climate(
            values([d for d in one.days if d.on >= window], kind, dry=False) for one in lines
        )
        for kind in (MARGIN, LIGHT)
    }
    for one, line in zip(people, lines, strict=True):
        told = ageing(line, monday, common)
        if told is None or (
            one.failed is not None and one.failed < monday <= one.failed + timedelta(21)
        ):
            continue
        came = one.failed is not None and monday <= one.failed < monday + timedelta(AHEAD_DAYS)
        found.entries.append((told.chance, came))
        found.listed_lines.add((seed, line.service))
        first.setdefault(line.service, monday)
        will = one.failed is not None and one.failed >= monday
        if not came:
            found.wrong[f"{one.fault or 'well'}{', later' if will else ''}"] += 1
            if not will:
                found.false_lines.add((seed, line.service))


def _recall(found: Counted, people: Sequence[Grown], first: dict[str, date], last: date) -> None:
    for one in people:
        if one.failed is None or not BEGINS + timedelta(63) <= one.failed <= last:
            continue
        found.announced[one.fault] += 1
        listed = first.get(one.line.service)
        if listed is not None and listed <= one.failed - timedelta(days=2):
            found.foreseen[one.fault] += 1
            found.lead_days.append((one.failed - listed).days)


def report(found: Counted) -> str:
    """All figures as a table in Markdown."""
    right = sum(came for _, came in found.entries)
    n = len(found.entries)
    there = sum(found.announced[one] for one in ANNOUNCED)
    seen = sum(found.foreseen[one] for one in ANNOUNCED)
    lines = [
        "| Figure | Value |", "| --- | --- |",
        f"| lines, Mondays | {found.lines}, {found.weeks} |",
        f"| on a list, and failed within four weeks (precision) | {right} of {n}: "
        f"{right / n:.0%} |",
        f"| lines on any list that never failed | {len(found.false_lines)} of "
        f"{len(found.listed_lines)} |",
        f"| failures that announce themselves, listed two days before or more (recall) | {seen} of "
        f"{there}: {seen / there:.0%} |",
        f"| days from the first list to the failure, median | {median(found.lead_days):.0f} |",
        f"| sudden failures foreseen (by chance) | {found.foreseen['sudden']} of "
        f"{found.announced['sudden']} |",
        f"| listed and did not fail within four weeks | "
        f"{', '.join(f'{key} {many}' for key, many in found.wrong.most_common(8))} |",
        "", "| Chance said | Failed | Entries |", "| --- | --- | --- |",
    ]  # fmt: skip
    bins: dict[int, list[bool]] = defaultdict(list)
    for chance, came in found.entries:
        bins[min(9, int(chance * 10))].append(came)
    lines += [f"| {10 * low}–{10 * low + 10} % | {sum(some) / len(some):.0%} | {len(some)} |"
              for low, some in sorted(bins.items())]  # fmt: skip
    by = [f"{one} {found.foreseen[one]} of {found.announced[one]}" for one in ANNOUNCED]
    return "\n".join([*lines, "", f"Foreseen by kind: {', '.join(by)}."])


def main() -> int:
    """Count, tell, and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--of", choices=("tuning", "report"), default="tuning")
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--write", action="store_true", help="into docs/diagnosis.md")
    args = parser.parse_args()
    begin = SEEDS_FROM[args.of]
    ways = TUNING if args.of == "tuning" else REPORT
    told = report(count(range(begin, begin + args.seeds), ways))
    sys.stdout.write(told + "\n")
    if args.write:
        write(told, "ageing", "ageing end")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
