"""`unbroken queue list`: which team gets what."""

import argparse
import json
import sys

from unbroken.routing.queries import queues
from unbroken.staffing import queries as staffing

NAME = "queue list"
HELP = "which team gets the requests of which mailbox and topic"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--json", action="store_true", help="as one JSON document")


def run(args: argparse.Namespace) -> int:
    """One line a queue."""
    teams = {int(team.id): team.key for team in staffing.teams()}
    found = [
        {
            "key": queue.key,
            "name": queue.name,
            "team": teams.get(queue.team_id),
            "mailboxes": list(queue.mailboxes),
            "topics": list(queue.topics),
            "causes": list(queue.causes),
            "default": queue.is_default,
        }
        for queue in queues()
    ]
    if args.json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        return 0
    for row, queue in zip(found, queues(), strict=True):
        flows = [
            *queue.mailboxes,
            *queue.topics,
            *queue.causes,
            *(["all the rest"] if queue.is_default else []),
        ]
        sys.stdout.write(f"{queue.key:<14} {row['team'] or '-':<14} {', '.join(flows)}\n")
    return 0
