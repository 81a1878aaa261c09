"""`unbroken agent retire EMAIL`: somebody works here no longer."""

import argparse
import sys

from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.staffing import actions, queries

NAME = "agent retire"
HELP = "somebody works here no longer: no sign-in, no team; what they did stays theirs"

_DONE, _REFUSED = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("email", metavar="EMAIL")


def run(args: argparse.Namespace) -> int:
    """Let them go; a second time changes nothing."""
    card = queries.agent_by_email(args.email)
    if card is None:
        sys.stderr.write(f"unbroken: nobody here signs in as {args.email}\n")
        return _REFUSED
    actions.retire_agent(agent_id=card.id, by=HOUSE, at=now())
    sys.stdout.write(f"{card.name} works here no longer.\n")
    return _DONE
