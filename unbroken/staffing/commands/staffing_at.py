"""`unbroken staffing at`: how so many people do under so many calls."""

import argparse

from unbroken.staffing import roster_words
from unbroken.staffing.erlang import AGENTS_MAX, service

NAME = "staffing at"
HELP = "how so many people do under so many calls (Erlang C; with --patience, Erlang A)"
NEEDS_ROOMS = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    roster_words.add_load(parser)
    parser.add_argument("--agents", type=_agents, required=True, metavar="N", help="who answer")
    parser.add_argument("--service-level", type=roster_words.share, help=argparse.SUPPRESS)
    parser.add_argument("--max-occupancy", type=roster_words.share, help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """What becomes of the calls."""
    found = service(roster_words.load(args), args.agents, within_seconds=args.answer_within)
    return roster_words.tell(found, args)


def _agents(text: str) -> int:
    number = int(text)
    if not 1 <= number <= AGENTS_MAX:
        raise argparse.ArgumentTypeError(f"between 1 and {AGENTS_MAX}")
    return number
