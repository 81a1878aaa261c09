"""`unbroken agreement plant --timezone ZONE`: agreements and calendars to begin with.

A new desk plants them in UTC by itself; this puts their hours where people work.
"""

import argparse
import sys
import zoneinfo

from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.promise.actions import move_hours, plant_agreements

NAME = "agreement plant"
HELP = "agreements to begin with, their hours in your time zone; what was altered is left alone"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument(
        "--timezone", metavar="ZONE", type=_zone, required=True, help="as Europe/Berlin"
    )


def run(args: argparse.Namespace) -> int:
    """Plant what is missing, and move the hours that nobody has altered."""
    plant_agreements(timezone=args.timezone, by=HOUSE, at=now())
    move_hours(timezone=args.timezone, by=HOUSE, at=now())
    sys.stderr.write("`unbroken agreement list` shows what is promised now.\n")
    return 0


def _zone(text: str) -> str:
    try:
        return zoneinfo.ZoneInfo(text).key
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise argparse.ArgumentTypeError(f"there is no time zone “{text}”") from error
