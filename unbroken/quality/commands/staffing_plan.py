"""`unbroken staffing plan`: a week of shifts that covers the forecast, and how good it is."""

import argparse
import json
import sys
from datetime import date

from unbroken.ground.clock import now
from unbroken.quality.commands.staffing_forecast import monday_of
from unbroken.quality.foreseeing import foreseen, planned, rostered, workers
from unbroken.staffing.forecast import DAYS_MIN, TooLittle
from unbroken.staffing.planning import SECONDS_MAX, NoSolver, Shift, marks, people_there, quality

NAME = "staffing plan"
HELP = "a week of shifts that covers the forecast, with gaps and quality; it changes nothing"
UNKNOWN, DONE = 1, 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument(
        "--week", type=date.fromisoformat, metavar="DAY", help="a day of the week; without it, next"
    )
    parser.add_argument(
        "--present", action="store_true", help="judge the roster as it is, instead of a new one"
    )
    parser.add_argument(
        "--seconds", type=float, default=SECONDS_MAX, metavar="N", help="how long to look for one"
    )
    parser.add_argument("--json", action="store_true", help="as one JSON document")


def run(args: argparse.Namespace) -> int:
    """The plan; 1 where there is too little history or no solver."""
    monday = monday_of(args.week)
    try:
        if args.present:
            week, shifts = foreseen(monday, at=now()), dict(rostered(monday))
        else:
            week, found = planned(monday, at=now(), seconds_max=args.seconds)
            shifts = dict(found.shifts)
    except TooLittle as little:
        sys.stderr.write(f"unbroken: {little.days} days of history; it takes {DAYS_MIN}\n")
        return UNKNOWN
    except NoSolver:
        sys.stderr.write("unbroken: plans need the package highspy\n")
        return UNKNOWN
    people, need = workers(monday), week.hourly
    told = marks(shifts, need, people)
    there = people_there(shifts)
    if args.json:
        document = {
            "monday": monday.isoformat(),
            "quality": quality(told),
            "marks": {one.key: {"points": one.points, "of": one.of, "value": one.value}
                      for one in told},
            "need": list(need),
            "there": list(there),
            "missing_hours": sum(max(0, n - t) for n, t in zip(need, there, strict=True)),
            "shifts": [
                {"agent": who, "day": day, "begins": one.begins, "ends": one.ends}
                for (who, day), one in sorted(shifts.items())
            ],
        }  # fmt: skip
        sys.stdout.write(json.dumps(document) + "\n")
        return DONE
    _print(shifts, {one.id: one.name for one in people})
    short = sum(max(0, n - t) for n, t in zip(need, there, strict=True))
    sys.stdout.write(f"quality {quality(told)} of 100; {short} hours of people missing\n")
    return DONE


def _print(shifts: dict[tuple[int, int], Shift], names: dict[int, str]) -> None:
    for who, name in sorted(names.items(), key=lambda one: one[1]):
        week = [shifts.get((who, day)) for day in range(7)]
        cells = [f"{one.begins:02}-{one.ends % 24:02}" if one else "-----" for one in week]
        sys.stdout.write(f"{name:24} {' '.join(cells)}\n")
