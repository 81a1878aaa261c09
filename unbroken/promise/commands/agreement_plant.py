"""`unbroken agreement plant --timezone ZONE`: agreements and calendars to begin with.

A new desk plants them in UTC by itself; this puts their hours where people work.
"""

import argparse
import json
import sys
import zoneinfo

from unbroken.calendars.actions import set_calendar
from unbroken.calendars.queries import calendars
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.promise.actions import plant_agreements
from unbroken.promise.presets import CALENDARS

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
    _move_hours(args.timezone)
    sys.stderr.write("`unbroken agreement list` shows what is promised now.\n")
    return 0


def _move_hours(zone: str) -> None:
    stored = {row.key: json.loads(row.text) for row in calendars()}
    for hours in CALENDARS:
        is_untouched = stored[hours.key] == hours.definition(stored[hours.key]["timezone"])
        if is_untouched and stored[hours.key]["timezone"] != zone:
            definition = hours.definition(zone)
            set_calendar(key=hours.key, name=hours.name, definition=definition, by=HOUSE, at=now())


def _zone(text: str) -> str:
    try:
        return zoneinfo.ZoneInfo(text).key
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise argparse.ArgumentTypeError(f"there is no time zone “{text}”") from error
