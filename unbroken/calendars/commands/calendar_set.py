"""`unbroken calendar set KEY FILE`: working hours and holidays from a JSON file."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from unbroken.calendars.actions import set_calendar
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now

NAME = "calendar set"
HELP = "working hours and holidays, from a JSON file"

_DONE, _CANNOT_RUN = 0, 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("key", metavar="KEY", help="its short name, as weekdays")
    parser.add_argument("file", metavar="FILE", help="a calendar; - is standard input")
    parser.add_argument("--name", help="what people call it; the key, if not named")
    parser.add_argument(
        "--since",
        metavar="DATE",
        type=date.fromisoformat,
        help="from this day on; what counted before stays. Without it all days are put right",
    )
    parser.add_argument(
        "--holidays",
        metavar="SET",
        nargs="*",
        help="the sets of holidays it rests on, instead of those it has; none: only its own",
    )


def run(args: argparse.Namespace) -> int:
    """Set it; promises that stand on it are counted again by the timer."""
    try:
        is_piped = args.file == "-"
        text = sys.stdin.read() if is_piped else Path(args.file).read_text(encoding="utf-8")
        definition = json.loads(text)
    except OSError as error:
        return _complain(f"{error.filename} cannot be read: {error.strerror}")
    except ValueError as error:
        return _complain(f"this is not JSON: {error}")
    set_calendar(
        key=args.key,
        name=args.name or args.key,
        definition=definition,
        holiday_sets=args.holidays,
        since=args.since,
        by=HOUSE,
        at=now(),
    )
    return _DONE


def _complain(sentence: str) -> int:
    sys.stderr.write(f"unbroken: {sentence}.\n")
    return _CANNOT_RUN
