"""`unbroken report times`: how long requests took, by priority, topic or group."""

import argparse
import json
import sys
from dataclasses import dataclass

from unbroken.ground.sql import rows

NAME = "report times"
HELP = "how long requests took: the median, and within which time four of five were resolved"


@dataclass(frozen=True, slots=True)
class Times:
    """What one priority, topic or group took, in seconds; the key is empty where there is none."""

    key: str
    tickets: int
    median: float
    p80: float


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--by", required=True, choices=("priority", "topic", "group"))
    parser.add_argument("--json", action="store_true", help="as one JSON document")


def run(args: argparse.Namespace) -> int:
    """Print one line for each."""
    found = rows(Times, "api/tickets/queries/times.sql", by=args.by)
    if args.json:
        told = [
            {
                args.by: times.key or None,
                "tickets": times.tickets,
                "median": round(times.median, 3),
                "p80": round(times.p80, 3),
            }
            for times in found
        ]
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        return 0
    for times in found:
        hours = f"{times.median / 3600:>10.1f} h  {times.p80 / 3600:>10.1f} h"
        sys.stdout.write(f"{times.key or '-':<20} {times.tickets:>8}  {hours}\n")
    return 0
