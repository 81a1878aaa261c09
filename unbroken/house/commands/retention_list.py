"""`unbroken retention list`: for how long each kind of old things is kept."""

import argparse
import json
import sys

from unbroken.ground import retention
from unbroken.house.cli import DONE

NAME = "retention list"
HELP = "for how long each kind of old things is kept"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--json", action="store_true", help="as one JSON document")


def run(args: argparse.Namespace) -> int:
    """Print one line for each kind."""
    found = [
        {
            "kind": kept.kind.key,
            "days": kept.days,
            "as_shipped": kept.kind.days,
            "least": kept.kind.least,
            "about": str(kept.kind.label),
        }
        for kept in retention.settled_kinds()
    ]
    if args.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return DONE
    for one in found:
        lasts = "for ever" if one["days"] is None else f"{one['days']} days"
        sys.stdout.write(f"{one['kind']:<12} {lasts:>12}  {one['about']}\n")
    return DONE
