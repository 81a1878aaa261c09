"""`unbroken import observations FILE…`: readings and alarms, as JSON Lines."""

import argparse
import sys

NAME = "import observations"
HELP = "take in readings and alarms from JSON Lines"

_ALL_DONE, _SOME_REFUSED = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="- is standard input; .gz too")
    parser.add_argument("--json", action="store_true", help="what became of it, as one document")


def run(args: argparse.Namespace) -> int:
    """Take everything in; a second run changes nothing."""
    from unbroken.evidence.importing.observations import import_observations

    taken = import_observations(args.files)
    sys.stdout.write(taken.as_json() if args.json else "\n".join(taken.as_lines()))
    sys.stdout.write("\n")
    return _SOME_REFUSED if taken.refused else _ALL_DONE
