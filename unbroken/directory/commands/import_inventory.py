"""`unbroken import inventory FILE…`: customers, services and the network, again and again."""

import argparse
import sys
from pathlib import Path

from unbroken.directory.importing.reading import NotAnInventory
from unbroken.directory.importing.run import import_inventory
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now

NAME = "import inventory"
HELP = "take in customers, services and the network from JSON files"

_ALL_DONE, _SOME_REFUSED, _CANNOT_RUN = 0, 1, 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="- is standard input")
    parser.add_argument("--json", action="store_true", help="what became of it, as one document")


def run(args: argparse.Namespace) -> int:
    """Take everything in; a second run changes only what differs."""
    try:
        taken = import_inventory([_text(name) for name in args.files], by=HOUSE, at=now())
    except NotAnInventory as problem:
        return _complain(f"This is no inventory: {problem}.")
    except OSError as problem:
        return _complain(f"{problem.filename} cannot be read: {problem.strerror}.")
    except UnicodeDecodeError as problem:
        return _complain(f"This is no inventory: it is not UTF-8 ({problem.reason}).")
    sys.stdout.write(taken.as_json() if args.json else "\n".join(taken.as_lines()))
    sys.stdout.write("\n")
    return _SOME_REFUSED if taken.refused else _ALL_DONE


def _text(name: str) -> str:
    if name == "-":
        return sys.stdin.buffer.read().decode("utf-8-sig")
    return Path(name).read_text(encoding="utf-8-sig")


def _complain(sentence: str) -> int:
    sys.stderr.write(f"unbroken: {sentence}\n")
    return _CANNOT_RUN
