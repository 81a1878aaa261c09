"""`unbroken agreement list`: what is promised, under which key."""

import argparse
import json
import sys

from unbroken.conversation.states import PRIORITIES
from unbroken.promise.book import Aim
from unbroken.promise.queries import agreements

NAME = "agreement list"
HELP = "what is promised, in working hours, under which key"

HOUR = 3600


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--json", action="store_true", help="as one JSON document")


def run(args: argparse.Namespace) -> int:
    """An agreement a paragraph."""
    found = agreements()
    if args.json:
        rows = [
            {
                "key": row.key,
                "name": row.name,
                "calendar": row.calendar,
                "default": row.is_default,
                "objectives": [
                    {
                        "measure": aim.measure,
                        "ticket_type": aim.ticket_type or None,
                        "topic": aim.topic or None,
                        "seconds": dict(aim.seconds),
                        "warning_share": aim.warning_share,
                    }
                    for aim in row.aims
                ],
            }
            for row in found
        ]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False) + "\n")
        return 0
    for row in found:
        mark = ", default" if row.is_default else ""
        sys.stdout.write(f"{row.key}: {row.name} ({row.calendar}{mark})\n")
        for aim in row.aims:
            sys.stdout.write(f"  {_in_words(aim)}\n")
    return 0


def _in_words(aim: Aim) -> str:
    known = [name for name in PRIORITIES if name in aim.seconds]
    hours = ", ".join(f"{name} {aim.seconds[name] / HOUR:g} h" for name in known)
    of = f" of a {aim.ticket_type}" if aim.ticket_type else ""
    about = f" about {aim.topic}" if aim.topic else ""
    return f"{aim.measure}{of}{about}: {hours}"
