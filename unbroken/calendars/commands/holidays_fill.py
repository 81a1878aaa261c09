"""`unbroken holidays fill COUNTRY`: the holidays of a country or region, for calendars."""

import argparse

from django.db import transaction

from unbroken.calendars.actions import fill_holidays, rest_on
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now

NAME = "holidays fill"
HELP = "the holidays of a country or region, kept up to date, for calendars"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("country", metavar="COUNTRY", help="two letters, as DE", type=str.upper)
    parser.add_argument("--region", default="", help="its state or province, as BY")
    parser.add_argument("--key", help="the set's short name; de-by, if not named")
    parser.add_argument("--name", help="what people call it; the country and region, if not named")
    parser.add_argument(
        "--for", metavar="CALENDAR", nargs="+", default=[], dest="calendars",
        help="calendars that rest on these days from now on",
    )  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Fill the set; promises that stand on it are counted again by the timer."""
    place, at = "-".join(filter(None, (args.country, args.region))), now()
    key = args.key or place.lower()
    with transaction.atomic():
        fill_holidays(
            key=key,
            name=args.name or place,
            country=args.country,
            region=args.region,
            by=HOUSE,
            at=at,
        )
        for calendar in args.calendars:
            rest_on(calendar_key=calendar, holiday_sets=[key], by=HOUSE, at=at)
    return 0
