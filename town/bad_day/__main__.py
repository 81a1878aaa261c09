"""`python -m town.bad_day`: play the bad day through a desk of its own and judge it.

    python -m town.bad_day [--seed N] [--of tuning|report] [--short] [--data DIR] [--speed 60]

The whole day takes 27 minutes at sixty times, `--short` two and a half. Prints figures and whatever
was wrong as JSON; the exit status is 1 when anything was.
"""

import argparse
import json
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from town.bad_day.day import SHORT, WHOLE, make
from town.bad_day.judge import judge
from town.bad_day.play import Stage, play
from town.bad_day.stream import stream
from town.network.ranges import REPORT, TUNING


def main() -> int:
    """Play and judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--of", choices=("tuning", "report"), default="tuning")
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--speed", type=float, default=60.0)
    args = parser.parse_args()
    begins = datetime(2026, 5, 27, 8 if args.short else 5, tzinfo=ZoneInfo("Europe/Berlin"))
    ranges = TUNING if args.of == "tuning" else REPORT
    hours = SHORT if args.short else WHOLE
    day = make(args.seed, ranges, begins, hours)
    with (
        tempfile.TemporaryDirectory() as scratch,
        Stage(args.data or Path(scratch, "desk"), day, speed=args.speed) as stage,
    ):
        if args.short:  # nobody minds at what hour it begins: as soon as the desk is there
            day = stage.day = make(args.seed, ranges, stage.soon(), hours)
        said = stream(day)
        played = play(stage, said)
        verdict = judge(stage)
    told = {
        "services": len(day.lives),
        "people": len(day.people),
        "said": len(said),
        "late at most, seconds": round(played.late_max),
        "packets repeated": played.repeated,
        "unheard": played.unheard,
        **verdict.figures,
        "wrong": verdict.wrong,
    }
    sys.stdout.write(json.dumps(told, indent=1, ensure_ascii=False, default=str) + "\n")
    return 1 if verdict.wrong or played.unheard else 0


if __name__ == "__main__":
    raise SystemExit(main())
