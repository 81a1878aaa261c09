"""`unbroken what-follows KIND`: every reaction to a kind of event, floor by floor."""

import argparse
import sys
from pathlib import Path

from unbroken.ground.events import KINDS
from unbroken.house.cli import DONE, REFUSED
from unbroken.house.environment import CHECKOUT
from unbroken.house.what_follows import consequences, page, told

NAME = "what-follows"
HELP = "what the desk does after an event, floor by floor"
NEEDS_DATABASE = False

PAGE = CHECKOUT / "docs" / "what-follows.md"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("kind", nargs="*", metavar="KIND", help="such as ticket.resolved")
    parser.add_argument("--write", action="store_true", help="write the page of the docs anew")


def run(args: argparse.Namespace) -> int:
    """Print the consequences of these kinds, or of all."""
    if args.write:
        write(PAGE)
        return DONE
    for kind in args.kind:
        if kind not in KINDS:
            sys.stderr.write(f"unbroken: there is no event called {kind!r}\n")
            return REFUSED
        if not consequences(kind):
            sys.stderr.write(f"unbroken: nothing follows from {kind}\n")
    sys.stdout.write("\n".join(told(args.kind)) + "\n" if args.kind else page())
    return DONE


def write(path: Path) -> None:
    """The whole page, into a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(), encoding="utf-8")
