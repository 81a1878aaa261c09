"""`unbroken agent list`: who works here, in which teams."""

import argparse
import json
import sys

from unbroken.staffing import queries

NAME = "agent list"
HELP = "who works here, in which teams"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--json", action="store_true", help="as one JSON document")


def run(args: argparse.Namespace) -> int:
    """One line an agent."""
    names = {team.id: team.key for team in queries.teams()}
    rows = [
        {
            "id": card.id,
            "name": card.name,
            "email": card.email,
            "teams": [names[team_id] for team_id in card.team_ids if team_id in names],
            "admin": card.is_admin,
        }
        for card in queries.agents()
    ]
    if args.json:
        sys.stdout.write(json.dumps(rows, ensure_ascii=False) + "\n")
        return 0
    for row in rows:
        mark = " (admin)" if row["admin"] else ""
        teams = row["teams"] if isinstance(row["teams"], list) else []
        sys.stdout.write(f"{row['name']} <{row['email']}> {', '.join(teams)}{mark}\n")
    return 0
