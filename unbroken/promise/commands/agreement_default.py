"""`unbroken agreement default KEY`: what is promised to whom nobody promised anything else."""

import argparse

from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.promise.actions import make_default

NAME = "agreement default"
HELP = "what is promised to whom nobody promised anything else"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which one."""
    parser.add_argument("key", metavar="KEY", help="see `unbroken agreement list`")


def run(args: argparse.Namespace) -> int:
    """From now on; open requests are counted again by the timer."""
    make_default(key=args.key, by=HOUSE, at=now())
    return 0
