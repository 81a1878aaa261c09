"""`unbroken doors [NAME…]`: listen for mail and network messages; any number may run."""

import argparse
import sys

NAME = "doors"
HELP = "listen for mail and network messages (one process)"
NEEDS_DATABASE = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which doors; all of them when none is named."""
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="a door, as mail or radius, or all of the network; default: all",
    )


def run(args: argparse.Namespace) -> int:
    """Keep them open until told to stop."""
    from unbroken.house import doors

    known = doors.all_doors()
    names = doors.named(args.names)
    if unknown := [name for name in names if name not in known]:
        sys.stderr.write(f"There is no door {unknown[0]!r}; there are: {', '.join(known)}.\n")
        return 2
    return doors.main(names)
