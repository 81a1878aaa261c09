"""`unbroken figures rebuild`: every figure counted anew from the record."""

import argparse
import json
import sys

NAME = "figures rebuild"
HELP = "count the figures of every request anew; goes on where it was interrupted"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--again", action="store_true", help="from the beginning")
    parser.add_argument("--json", action="store_true", help="what was done, as one document")


def run(args: argparse.Namespace) -> int:
    """Tell how far it is now and then."""
    from unbroken.quality.rebuilding import rebuild

    def told(done: int) -> None:
        if done % 10_000 < 500:
            sys.stderr.write(f"{done:,} tickets\n")

    done = rebuild(again=args.again, told=told)
    if args.json:
        sys.stdout.write(json.dumps({"tickets": done.tickets, "differed": done.differed}) + "\n")
    else:
        sys.stdout.write(f"Counted: {done.tickets:,} tickets, {done.differed:,} of them anew.\n")
    return 0
