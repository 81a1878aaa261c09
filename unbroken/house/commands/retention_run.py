"""`unbroken retention run`: what is old goes now instead of tonight."""

import argparse
import json
import sys

from unbroken.ground import retention
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.keeping import kinds
from unbroken.house.cli import DONE

NAME = "retention run"
HELP = "remove what is older than it is kept, now instead of tonight"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("kind", nargs="?", metavar="KIND", help="only this kind")
    parser.add_argument("--json", action="store_true", help="as one JSON document")


def run(args: argparse.Namespace) -> int:
    """Remove all of it, batch by batch; what was removed is on record."""
    if args.kind is not None and args.kind not in kinds():
        raise Refused("retention.no_such_kind", kind=args.kind)
    removed = {}
    for kept in retention.settled_kinds():
        if kept.days is None or args.kind not in (None, kept.kind.key):
            continue
        count, has_more = 0, True
        while has_more:
            went, has_more = retention.remove(kept.kind, kept.days, at=now())
            count += went
        removed[kept.kind.key] = count
    if args.json:
        sys.stdout.write(json.dumps(removed) + "\n")
        return DONE
    for key, count in removed.items():
        sys.stdout.write(f"{key:<12} {count:>9} removed\n")
    return DONE
