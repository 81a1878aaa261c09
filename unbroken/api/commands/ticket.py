"""`unbroken ticket NUMBER`: one ticket with its timeline, its promises and its chain of hands."""

import argparse
import json
import sys

from unbroken.api.tickets.whole import timeline_of, whole_ticket
from unbroken.conversation import queries as record
from unbroken.ground.clock import now

NAME = "ticket"
HELP = "one ticket with everything that happened to it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("number", type=int, metavar="NUMBER")
    parser.add_argument("--json", action="store_true", help="as one JSON document")


def run(args: argparse.Namespace) -> int:
    """Print it; 1 when there is no such ticket."""
    if record.ticket_facts(args.number) is None:
        sys.stderr.write(f"unbroken: there is no ticket {args.number}\n")
        return 1
    ticket = whole_ticket(args.number, at=now()) | {"timeline": timeline_of(args.number)}
    if args.json:
        sys.stdout.write(json.dumps(ticket, ensure_ascii=False, indent=2) + "\n")
        return 0
    sys.stdout.write("{number}  {name}\n{status}, {priority}, {channel}\n\n".format(**ticket))
    for happening in ticket["timeline"]:
        sys.stdout.write("{at:.19}  {by:<12} {kind}\n".format(**happening))
    return 0
