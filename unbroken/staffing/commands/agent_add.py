"""`unbroken agent add`: the first agent of an empty desk, and every later one."""

import argparse
import json
import secrets
import sys

from django.db import transaction

from unbroken.ground.actor import HOUSE
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.staffing import actions, queries
from unbroken.staffing.ids import AgentId

NAME = "agent add"
HELP = "let somebody work here: name, e-mail address, teams; prints a password"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--name", required=True)
    parser.add_argument("--email", required=True, help="what they sign in with")
    parser.add_argument("--team", action="append", default=[], metavar="KEY", help="opened if new")
    parser.add_argument("--lead", action="append", default=[], metavar="KEY", help="lead of a team")
    parser.add_argument("--admin", action="store_true", help="may change the desk itself")
    parser.add_argument("--language", default="en")
    parser.add_argument("--timezone", default="UTC")
    parser.add_argument("--json", action="store_true", help="as one JSON document")


def run(args: argparse.Namespace) -> int:
    """Hire them; all of it or nothing."""
    password = secrets.token_urlsafe(12)
    with transaction.atomic():
        agent_id = actions.hire_agent(
            name=args.name,
            email=args.email,
            language=args.language,
            timezone=args.timezone,
            is_admin=args.admin,
            password=password,
            by=HOUSE,
            at=now(),
        )
        for key in dict.fromkeys([*args.team, *args.lead]):
            _join(agent_id, key, "lead" if key in args.lead else "member")
    card = queries.agent(agent_id)
    if card is None:
        raise Refused("agent.has_left")
    answer = {"id": card.id, "email": card.email, "password": password}
    if args.json:
        sys.stdout.write(json.dumps(answer) + "\n")
    else:
        sys.stdout.write(f"{card.name} signs in as {card.email} with the password {password}\n")
    return 0


def _join(agent_id: AgentId, key: str, role: str) -> None:
    team = queries.team_by_key(key)
    team_id = (
        team.id
        if team is not None
        else actions.open_team(key=key, name=key.capitalize(), by=HOUSE, at=now())
    )
    actions.join_team(agent_id=agent_id, team_id=team_id, role=role, by=HOUSE, at=now())
