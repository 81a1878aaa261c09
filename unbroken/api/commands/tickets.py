"""`unbroken tickets`: the list of tickets, the newest number first."""

import argparse
import json
import sys
from collections.abc import Iterator

from unbroken.api.tickets.narrowing import Narrowing
from unbroken.api.tickets.queries import SEES_ALL, Json, tickets
from unbroken.conversation.states import STATUSES

NAME = "tickets"
HELP = "the list of tickets, the newest first"

PAGE = 1000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument(
        "--status", action="append", choices=STATUSES, help="in this state (may be repeated)"
    )
    parser.add_argument(
        "--customer", action="append", metavar="ID", help="of this customer, by the provider's id"
    )
    parser.add_argument("--json", action="store_true", help="as JSON Lines, one ticket a line")


def run(args: argparse.Namespace) -> int:
    """Print them, page by page, however many there are."""
    narrowing = Narrowing(
        statuses=tuple(args.status) if args.status else None,
        customers=tuple(args.customer) if args.customer else None,
    )
    for ticket in every_ticket(narrowing):
        if args.json:
            line = json.dumps(ticket, ensure_ascii=False)
        else:
            line = "{number:>8}  {status:<12} {priority:<8} {creationDate:.16}  {name}".format(
                **ticket
            )
        sys.stdout.write(f"{line}\n")
    return 0


def every_ticket(narrowing: Narrowing) -> Iterator[Json]:
    """All that fit; memory holds one page."""
    before: int | None = None
    while page := tickets(narrowing, sight=SEES_ALL, limit=PAGE, before=before):
        yield from page
        before = page[-1]["number"]
