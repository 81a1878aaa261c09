"""`unbroken import radius FILE…`: what FreeRADIUS wrote down, once and for all."""

import argparse
import sys
from zoneinfo import ZoneInfo

from unbroken.evidence.importing.zones import zone_of

NAME = "import radius"
HELP = "take in FreeRADIUS detail and reply_log files"

_ALL_DONE, _SOME_REFUSED = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="- is standard input; .gz too")
    parser.add_argument(
        "--timezone",
        metavar="ZONE",
        type=zone_of,
        help="of times that name none, as Europe/Berlin; default: UNBROKEN_TIMEZONE",
    )
    parser.add_argument("--json", action="store_true", help="what became of it, as one document")


def run(args: argparse.Namespace) -> int:
    """Take everything in; a second run changes nothing."""
    from django.conf import settings

    from unbroken.evidence.importing.radius import import_radius

    zone = args.timezone or ZoneInfo(settings.UNBROKEN.timezone)
    taken = import_radius(args.files, zone=zone)
    sys.stdout.write(taken.as_json() if args.json else "\n".join(taken.as_lines()))
    sys.stdout.write("\n")
    return _SOME_REFUSED if taken.refused else _ALL_DONE
