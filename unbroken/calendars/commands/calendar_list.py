"""`unbroken calendar list`: the working hours that promises stand on."""

import argparse
import json
import sys

from unbroken.calendars.queries import calendars

NAME = "calendar list"
HELP = "the working hours that promises stand on"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--json", action="store_true", help="as one JSON document, whole")


def run(args: argparse.Namespace) -> int:
    """One line a calendar; with --json also what `calendar set` takes back."""
    found = calendars()
    if args.json:
        rows = [
            {"key": row.key, "name": row.name, "definition": json.loads(row.text)} for row in found
        ]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False) + "\n")
        return 0
    for row in found:
        zone = json.loads(row.text)["timezone"]
        sys.stdout.write(f"{row.key:<18} {zone:<20} {row.name}\n")
    return 0
