"""`unbroken token create`: a key for another system, shown once."""

import argparse
import json
import sys

from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.staffing.actions import issue_token
from unbroken.staffing.token_scopes import SCOPES

NAME = "token create"
HELP = "make an API token for another system; it is shown once"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--name", required=True, help="what it is for")
    parser.add_argument(
        "--scope", action="append", choices=SCOPES, help="what it may do (default: everything)"
    )
    parser.add_argument(
        "--team", action="append", default=[], metavar="KEY", help="only this team's tickets"
    )
    parser.add_argument("--json", action="store_true", help="as one JSON document")


def run(args: argparse.Namespace) -> int:
    """Print the token; the database keeps only its hash."""
    token_id, token = issue_token(
        name=args.name, scopes=args.scope or SCOPES, teams=args.team, by=HOUSE, at=now()
    )
    if args.json:
        sys.stdout.write(json.dumps({"token": token, "id": token_id, "name": args.name}) + "\n")
    else:
        sys.stdout.write(f"{token}\n")
        sys.stderr.write("It is shown this once; keep it where the other system keeps secrets.\n")
    return 0
