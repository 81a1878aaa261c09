"""`unbroken holidays list`: the sets of days off, and the calendars that rest on them."""

import argparse
import dataclasses
import json
import sys
from typing import Any

from unbroken.calendars.queries import HolidaySetRow, holiday_sets

NAME = "holidays list"
HELP = "the sets of days off, and the calendars that rest on them"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--json", action="store_true", help="as one JSON document, with the days")


def _plain(row: HolidaySetRow) -> dict[str, Any]:
    told = dataclasses.asdict(row) | {"known_until": row.known_until}
    del told["id"]
    return told


def run(args: argparse.Namespace) -> int:
    """One line a set: how many days, up to which one they are known, for which calendars."""
    found = holiday_sets()
    if args.json:
        rows = [_plain(row) for row in found]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False) + "\n")
        return 0
    for row in found:
        until = f"until {row.known_until}" if row.known_until else "every year"
        used = ", ".join(row.calendars) or "no calendar yet"
        sys.stdout.write(f"{row.key:<12} {len(row.dates):>4} days {until:<17} {used}\n")
    return 0
