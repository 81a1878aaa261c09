"""`unbroken agent password EMAIL`: a new password for somebody who forgot theirs."""

import argparse
import secrets
import sys

from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.staffing import actions, queries

NAME = "agent password"
HELP = "a new password for an agent; the old one ends, and so do their sessions"

_DONE, _REFUSED = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("email", metavar="EMAIL")


def run(args: argparse.Namespace) -> int:
    """Set it and print it once."""
    card = queries.agent_by_email(args.email)
    if card is None:
        sys.stderr.write(f"unbroken: nobody here signs in as {args.email}\n")
        return _REFUSED
    password = secrets.token_urlsafe(12)
    actions.set_password(agent_id=card.id, password=password, by=HOUSE, at=now())
    sys.stdout.write(f"{card.name} signs in as {card.email} with the password {password}\n")
    return _DONE
