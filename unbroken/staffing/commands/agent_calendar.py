"""`unbroken agent calendar EMAIL FILE`: shifts and leave from a calendar that somebody hands in."""

import argparse
import sys
from datetime import date
from pathlib import Path

from unbroken.ground.actor import HOUSE
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.staffing import queries
from unbroken.staffing.actions.handed_in import hand_in_calendar

NAME = "agent calendar"
HELP = "shifts and leave of an agent from an iCalendar file; the same file twice changes nothing"

_DONE, _REFUSED = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("email", metavar="EMAIL")
    parser.add_argument("file", metavar="FILE", type=Path, help="an .ics file; - reads the input")
    parser.add_argument(
        "--until", metavar="DAY", type=date.fromisoformat,
        help="the last day that counts (half a year from today)",
    )  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Take it over, and say how many days it has."""
    card = queries.agent_by_email(args.email)
    if card is None:
        sys.stderr.write(f"unbroken: nobody here signs in as {args.email}\n")
        return _REFUSED
    try:
        is_input = str(args.file) == "-"
        text = sys.stdin.read() if is_input else args.file.read_text(encoding="utf-8-sig")
        found = hand_in_calendar(agent_id=card.id, text=text, until=args.until, by=HOUSE, at=now())
    except (OSError, UnicodeDecodeError, Refused) as error:
        sys.stderr.write(f"unbroken: {error}\n")
        return _REFUSED
    sys.stdout.write(
        f"{card.name}: {found.worked} days of work, {found.away} of absence, "
        f"{found.first} to {found.last}\n"
    )
    return _DONE
