"""Measures the judge on towns with known truth: top-1, top-3, excuses, abstention, calibration.

`python -m town.network.measure --of tuning` while working; `--of report --write` for
docs/diagnosis.md, on seeds and ranges that nothing was tuned on.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from town.network.cases import CAUSES, make
from town.network.page import write
from town.network.ranges import REPORT, TUNING, Ranges
from town.network.remembered import facts_of
from unbroken.evidence.claims.reading import read_complaint
from unbroken.evidence.judging import Verdict, judge

HARMLESS = ("planned_reset", "cpe_scheduled_reconnect")


@dataclass(frozen=True)
class Answer:
    """What was true and what was said."""

    truth: str
    seed: int
    verdict: Verdict

    @property
    def top(self) -> list[str]:
        """The causes, likeliest first."""
        return [one.key for one in self.verdict.hypotheses]


def answers(ranges: Ranges, seeds: Sequence[int], causes: Sequence[str]) -> Iterator[Answer]:
    """Judge a town for each cause and seed."""
    for cause in causes:
        for seed in seeds:
            told = make(cause, seed, ranges)
            complaint = read_complaint(told.claim, told.at, "Europe/Berlin")
            yield Answer(cause, seed, judge(facts_of(told), complaint))


def is_in_three(one: Answer) -> bool:
    """Whether the truth was the verdict or among the three likeliest causes."""
    return one.verdict.key == one.truth or one.truth in one.top[:3]


def excuses(found: Sequence[Answer]) -> tuple[int, int]:
    """Faults excused as a planned reset, and planned resets called faults: both must be none."""
    excused = sum(o.verdict.key in HARMLESS and o.truth not in HARMLESS for o in found)
    fine = (*HARMLESS, "unknown", "no_fault_found")
    accused = sum(o.truth in HARMLESS and o.verdict.key not in fine for o in found)
    return excused, accused


def calibration(found: Sequence[Answer]) -> list[tuple[int, float, int]]:
    """For each tenth of certainty said: its lower end in percent, the share right, how many."""
    bins: dict[int, list[bool]] = defaultdict(list)
    for one in found:
        if one.verdict.key != "unknown":
            bins[min(9, int(one.verdict.certainty * 10))].append(one.verdict.key == one.truth)
    return [(key * 10, sum(some) / len(some), len(some)) for key, some in sorted(bins.items())]


def report(found: Sequence[Answer]) -> str:
    """All figures as a page in Markdown."""
    by_cause: dict[str, list[Answer]] = defaultdict(list)
    for one in found:
        by_cause[one.truth].append(one)
    n = len(found)
    right = sum(one.verdict.key == one.truth for one in found)
    silent = sum(one.verdict.key == "unknown" for one in found if one.truth != "unknown")
    excused, accused = excuses(found)
    lines = [
        "| Figure | Value |", "| --- | --- |", f"| towns | {n} |",
        f"| the verdict is the true cause (top-1) | {right / n:.1%} |",
        f"| the true cause is among the first three | {sum(map(is_in_three, found)) / n:.1%} |",
        f"| abstained although there was something to say | {silent / n:.1%} |",
        f"| faults excused as a planned reset | {excused} |",
        f"| planned resets called faults | {accused} |", "",
        "| Said to be certain | Right | Verdicts |", "| --- | --- | --- |",
    ]  # fmt: skip
    lines += [f"| {low}–{low + 10} % | {share:.0%} | {many} |"
              for low, share, many in calibration(found)]  # fmt: skip
    lines += ["", "| True cause | Top-1 | First three | Taken for |", "| --- | --- | --- | --- |"]
    for cause, some in sorted(by_cause.items()):
        first = sum(one.verdict.key == cause for one in some)
        said = Counter(one.verdict.key for one in some if one.verdict.key != cause)
        wrong = ", ".join(f"`{key}` {count}" for key, count in said.most_common(4))
        third = sum(map(is_in_three, some))
        lines.append(f"| `{cause}` | {first} of {len(some)} | {third} | {wrong} |")
    return "\n".join(lines)


def main() -> int:
    """Judge, tell, and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--of", choices=("tuning", "report"), default="tuning")
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--cause", action="append")
    parser.add_argument("--write", action="store_true", help="into docs/diagnosis.md")
    args = parser.parse_args()
    ranges = TUNING if args.of == "tuning" else REPORT
    found = list(answers(ranges, range(args.seeds), args.cause or list(CAUSES)))
    told = report(found)
    sys.stdout.write(told + "\n")
    if args.write:
        write(told, "figures", "end")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
