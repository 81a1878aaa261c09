"""`unbroken import maintenance FILE…`: carriers' notices of planned work, again and again."""

import argparse
import json
import sys
from pathlib import Path

from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.intake.planned_work import take_files

NAME = "import maintenance"
HELP = "take in notices of planned work: MAINTNOTE calendars, or mails that carry one"

_ALL_DONE, _SOME_REFUSED = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=".ics or .eml")
    parser.add_argument("--json", action="store_true", help="what became of it, as one document")


def run(args: argparse.Namespace) -> int:
    """Take everything in; a second run changes only what differs."""
    taken = take_files(args.files, by=HOUSE, at=now())
    if args.json:
        refused = [{"item": item, "reason": reason} for item, reason in taken.refused]
        told = {"read": taken.read, "new": taken.new, "known": taken.known, "refused": refused}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(f"{taken.read} read, {taken.new} new, {taken.known} known\n")
        for item, reason in taken.refused:
            sys.stderr.write(f"unbroken: {item}: {reason}\n")
    return _SOME_REFUSED if taken.refused else _ALL_DONE
