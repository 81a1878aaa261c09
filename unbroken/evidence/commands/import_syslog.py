"""`unbroken import syslog FILE…`: what devices logged."""

import argparse
import sys

from unbroken.evidence.importing.zones import zone_of

NAME = "import syslog"
HELP = "take in log lines of devices (RFC 5424, RFC 3164)"

_ALL_DONE, _SOME_REFUSED = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="- is standard input; .gz too")
    parser.add_argument(
        "--timezone", metavar="ZONE", type=zone_of, help="of RFC 3164 lines, as Europe/Berlin"
    )
    parser.add_argument(
        "--year", type=int, help="of the first RFC 3164 line; it turns when December ends"
    )
    parser.add_argument("--json", action="store_true", help="what became of it, as one document")


def run(args: argparse.Namespace) -> int:
    """Take everything in; a second run changes nothing."""
    from unbroken.evidence.importing.syslog import import_syslog

    taken = import_syslog(args.files, zone=args.timezone, year=args.year)
    sys.stdout.write(taken.as_json() if args.json else "\n".join(taken.as_lines()))
    sys.stdout.write("\n")
    return _SOME_REFUSED if taken.refused else _ALL_DONE
