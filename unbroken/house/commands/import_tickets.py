"""`unbroken import tickets FILE…`: another desk's requests and what happened to them."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from unbroken.house.commands.import_mail import Bar

if TYPE_CHECKING:
    from unbroken.intake.past_tickets.importing import Report

NAME = "import tickets"
HELP = "take in another desk's requests and their steps from CSV or JSON Lines; nothing is sent"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="FILE", help="requests and steps, in any order"
    )
    parser.add_argument(
        "--timezone", default="UTC", metavar="ZONE", help="of times that name no offset"
    )
    parser.add_argument(
        "--adopt", action="store_true", help="promises begin now on what is still open"
    )
    parser.add_argument("--json", action="store_true", help="what became of it, as one document")


def run(args: argparse.Namespace) -> int:
    """Take everything in; what is in the record already changes nothing."""
    from unbroken.ground.clock import now
    from unbroken.ground.zones import available_timezones
    from unbroken.intake.past_tickets.importing import import_tickets
    from unbroken.intake.past_tickets.tables import NotATable

    if args.timezone not in available_timezones():
        return _complain(f"there is no time zone called {args.timezone}.", 2)
    bar = Bar()
    try:
        report = import_tickets(
            args.paths,
            zone=ZoneInfo(args.timezone),
            adopt=args.adopt,
            at=now(),
            progress=bar.draw,
        )
    except NotATable as problem:
        return _complain(f"{problem}.", 3)
    except OSError as problem:
        return _complain(f"{problem.filename} cannot be read: {problem.strerror}.", 3)
    finally:
        bar.end()
    print(as_json(report) if args.json else as_words(report))
    if not args.json:
        for item, reason in report.refused:
            print(f"unbroken: {item}: {reason}", file=sys.stderr)
    return 1 if report.refused else 0


def as_json(report: "Report") -> str:
    """The contract's words; everything but `steps` counts requests."""
    told = {
        "read": report.read,
        "new": report.new,
        "known": report.known,
        "refused": [{"item": item, "reason": reason} for item, reason in report.refused],
        "continued": report.continued,
        "steps": report.steps,
        "notes": report.notes,
        "adopted": report.adopted,
    }
    return json.dumps(told, ensure_ascii=False)


def as_words(report: "Report") -> str:
    """The same for eyes."""
    lines = [
        f"{report.read} requests read: {report.new} new, {report.known} known already "
        f"({report.continued} went on), with {report.steps} steps; {len(report.refused)} refused."
    ]
    lines += [f"note: {note}" for note in report.notes]
    if report.adopted:
        lines.append(f"{report.adopted} adopted.")
    return "\n".join(lines)


def _complain(sentence: str, status: int) -> int:
    print(f"unbroken: {sentence}", file=sys.stderr)
    return status
