"""`unbroken holidays set KEY DATE …`: days off of one's own, for calendars."""

import argparse

from django.db import transaction

from unbroken.calendars.actions import rest_on, set_holidays
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now

NAME = "holidays set"
HELP = "days off of your own, every year or once, for calendars"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("key", metavar="KEY", help="the set's short name, as company")
    parser.add_argument(
        "dates", metavar="DATE", nargs="+", help="MM-DD is every year, YYYY-MM-DD once"
    )
    parser.add_argument("--name", help="what people call it; the key, if not named")
    parser.add_argument(
        "--for", metavar="CALENDAR", nargs="+", default=[], dest="calendars",
        help="calendars that rest on these days from now on",
    )  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """These days and no others; promises that stand on them are counted again by the timer."""
    at = now()
    with transaction.atomic():
        set_holidays(key=args.key, name=args.name or args.key, dates=args.dates, by=HOUSE, at=at)
        for calendar in args.calendars:
            rest_on(calendar_key=calendar, holiday_sets=[args.key], by=HOUSE, at=at)
    return 0
