"""`unbroken token revoke`: whoever holds the key is let in no more."""

import argparse
import sys

from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.staffing.actions import revoke_token
from unbroken.staffing.ids import TokenId
from unbroken.staffing.tokens import tokens

NAME = "token revoke"
HELP = "withdraw an API token, by its number"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("id", type=int, metavar="ID", help="see `unbroken token list`")


def run(args: argparse.Namespace) -> int:
    """Withdraw it; 1 when there is no such token."""
    if not any(token.id == args.id for token in tokens()):
        sys.stderr.write(f"unbroken: there is no token {args.id}\n")
        return 1
    revoke_token(token_id=TokenId(args.id), by=HOUSE, at=now())
    return 0
