"""`unbroken staffing need`: how many people answer so many calls well enough."""

import argparse

from unbroken.staffing import roster_words
from unbroken.staffing.erlang import TooMany, need

NAME = "staffing need"
HELP = "how many people answer so many calls well enough (Erlang C; with --patience, Erlang A)"
NEEDS_ROOMS = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    roster_words.add_load(parser)
    parser.add_argument(
        "--service-level", type=roster_words.share, required=True, metavar="SHARE",
        help="the share of all calls to be answered in time: 0.8",
    )  # fmt: skip
    parser.add_argument(
        "--max-occupancy", type=roster_words.share, default=1.0, metavar="SHARE",
        help="how busy people may be at most: 0.85",
    )  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """The fewest who are enough."""
    try:
        found = need(
            roster_words.load(args),
            within_seconds=args.answer_within,
            service_level=args.service_level,
            occupancy_max=args.max_occupancy,
        )
    except TooMany:
        return roster_words.refuse("No number of people is enough for that; ask for less.")
    return roster_words.tell(found, args)
