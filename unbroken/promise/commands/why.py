"""`unbroken why NUMBER`: why each promise of a ticket is due when it is, to the second."""

import argparse
import json
import sys

from unbroken.ground.clock import now
from unbroken.promise.queries.telling_why import as_json
from unbroken.promise.queries.why import Explained, Why, why

NAME = "why"
HELP = "why each promise of a ticket is due when it is, to the second"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("number", type=int, metavar="NUMBER")
    parser.add_argument("--json", action="store_true", help="as one JSON document")


def run(args: argparse.Namespace) -> int:
    """Print it; 1 when there is no such ticket."""
    found = why(args.number, at=now())
    if found is None:
        sys.stderr.write(f"unbroken: there is no ticket {args.number}\n")
        return 1
    if args.json:
        sys.stdout.write(json.dumps(as_json(found), ensure_ascii=False, indent=2) + "\n")
        return 0
    for line in _lines(found):
        sys.stdout.write(line + "\n")
    return 0


def _lines(found: Why) -> list[str]:
    reason = f" ({found.reason})" if found.reason else ""
    lines = [f"agreement {found.agreement or '-'}{reason}, hours {found.calendar or '-'}"]
    for one in found.promises:
        lines += ["", *_promise(one)]
    return lines


def _promise(one: Explained) -> list[str]:
    row = one.promise
    due = f"{row.due:%Y-%m-%d %H:%M:%S %Z}" if row.due else "not due as things stand"
    steps = [
        f"  {step.since:%Y-%m-%d %H:%M:%S} - "
        f"{f'{step.until:%Y-%m-%d %H:%M:%S}' if step.until else 'now':19}  "
        f"{step.kind:6} {step.seconds:10.0f} s  of {step.total:10.0f} s  {step.reason}".rstrip()
        for step in one.steps
    ]
    return [f"{row.key}: {row.state}, {row.target_seconds} s, {due}", *steps]
