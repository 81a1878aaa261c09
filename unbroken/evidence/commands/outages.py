"""`unbroken outages`: which elements fell silent with everybody below them, from the records."""

import argparse
import json
import sys
from datetime import datetime, timedelta

from unbroken.evidence.queries.outages import Outage, as_json, outages
from unbroken.ground.clock import now

_DONE, _WRONG_USE = 0, 2
OPEN_FOR = timedelta(days=6)
"""What is open now may have begun so long ago."""

EARLIEST, LATEST = 2000, 2200

NAME = "outages"
HELP = "which elements fell silent with everybody below them"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--at", type=_moment, metavar="T", help="open at this moment; default now")
    parser.add_argument("--from", dest="since", type=_moment, metavar="T", help="from this moment")
    parser.add_argument(
        "--to", dest="until", type=_moment, metavar="T", help="to this; default now"
    )
    parser.add_argument("--json", action="store_true", help="as one JSON document")


def run(args: argparse.Namespace) -> int:
    """Print them; 2 where the span makes no sense."""
    if args.at and (args.since or args.until):
        return _complain("ask with --at, or with --from and --to")
    if args.until and not args.since:
        return _complain("--to needs --from")
    if args.since:
        until = args.until or now()
        if until <= args.since:
            return _complain("--to lies before --from")
        found = outages(since=args.since, until=until)
    else:
        at = args.at or now()
        found = [one for one in outages(since=at - OPEN_FOR, until=at) if one.until is None]
    if args.json:
        sys.stdout.write(json.dumps([as_json(one) for one in found], indent=1) + "\n")
    else:
        sys.stdout.writelines(f"{_line(one)}\n" for one in found)
    return _DONE


def _complain(text: str) -> int:
    sys.stderr.write(f"unbroken outages: {text}\n")
    return _WRONG_USE


def _line(one: Outage) -> str:
    until = f"{one.until:%d %H:%M:%S}" if one.until else "now"
    note = f" announced as {one.announced}" if one.announced else ""
    return (
        f"{one.since:%Y-%m-%d %H:%M:%S} - {until:11}  {one.element}: {one.cause},"
        f" {len(one.affected)} services{note}"
    )


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no ISO 8601 time") from None
    if at.tzinfo is None:
        raise argparse.ArgumentTypeError(
            f"{text} lacks its offset, as in 2026-05-24T06:10:00+02:00"
        )
    if not EARLIEST <= at.year <= LATEST:
        raise argparse.ArgumentTypeError(f"{text} is no time that any record has")
    return at
