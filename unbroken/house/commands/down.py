"""`unbroken down`: stop the desk of this machine, cleanly."""

import argparse
import os
import sys

from unbroken.house import environment

NAME = "down"
HELP = "stop the desk on this machine"
NEEDS_ROOMS = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--data", metavar="DIR", help="the data folder of the desk to stop")


def run(args: argparse.Namespace) -> int:
    """Stop it and wait until it is down."""
    from unbroken.house import behind

    if args.data:
        os.environ["UNBROKEN_DATA"] = args.data
    data = environment.read().data
    if not behind.down(data):
        sys.stderr.write(f"No desk runs on {data}.\n")
    return 0
