"""`unbroken search rebuild`: everything that can be found, gathered anew from the record."""

import argparse
import json
import sys

NAME = "search rebuild"
HELP = "gather anew everything that search finds; goes on where it was interrupted"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--again", action="store_true", help="from the beginning")
    parser.add_argument(
        "--processes", type=int, default=2, metavar="N", help="connections that work at a time"
    )
    parser.add_argument("--json", action="store_true", help="what was done, as one document")


def run(args: argparse.Namespace) -> int:
    """Tell how far it is now and then."""
    from unbroken.search.rebuilding import rebuild

    def told(done: int, total: int, seconds: float) -> None:
        if done % 20_000 < 500:
            sys.stderr.write(f"{done:,} of {total:,} tickets, {seconds:.0f} s\n")

    tickets, seconds = rebuild(again=args.again, processes=max(1, args.processes), told=told)
    if args.json:
        sys.stdout.write(json.dumps({"tickets": tickets, "seconds": round(seconds, 1)}) + "\n")
    else:
        sys.stdout.write(f"Indexed: {tickets:,} tickets in {seconds:.0f} s.\n")
    return 0
