"""`unbroken retention preview`: what would go tonight; nothing does."""

import argparse
import json
import sys

from unbroken.ground import retention
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.keeping import kinds
from unbroken.house.cli import DONE

NAME = "retention preview"
HELP = "count what would be removed tonight, or if a kind were kept for other days"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("kind", nargs="?", metavar="KIND", help="see `unbroken retention list`")
    parser.add_argument("--days", type=int, help="as if it were kept for so many days")
    parser.add_argument("--json", action="store_true", help="as one JSON document")


def run(args: argparse.Namespace) -> int:
    """Print how much of each kind is older than it is kept."""
    if args.kind is not None and args.kind not in kinds():
        raise Refused("retention.no_such_kind", kind=args.kind)
    at, found = now(), []
    for kept in retention.settled_kinds():
        days = kept.days if args.days is None else args.days
        if args.kind not in (None, kept.kind.key) or days is None:
            continue
        if args.kind is None and days < kept.kind.least:
            continue
        old = retention.would_go(kept.kind, days, at=at)
        oldest = old.oldest_at.isoformat() if old.oldest_at else None
        found.append({"kind": kept.kind.key, "days": days, "count": old.count, "oldest": oldest})
    if args.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return DONE
    for one in found:
        sys.stdout.write(f"{one['kind']:<12} {one['count']:>9} older than {one['days']} days\n")
    return DONE
