"""`unbroken token list`: the keys of other systems, without their secrets."""

import argparse
import json
import sys

from unbroken.staffing.tokens import tokens

NAME = "token list"
HELP = "the API tokens there are, without their secrets"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--json", action="store_true", help="as one JSON document")


def run(args: argparse.Namespace) -> int:
    """Print them, the newest first."""
    found = [
        {
            "id": token.id,
            "name": token.name,
            "scopes": list(token.scopes),
            "teams": list(token.team_ids),
            "created": token.created_at.isoformat(),
            "revoked": token.revoked_at.isoformat() if token.revoked_at else None,
        }
        for token in tokens()
    ]
    if args.json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        return 0
    for token in found:
        state = "revoked" if token["revoked"] else "valid"
        sys.stdout.write(f"{token['id']:>5}  {state:<8} {token['name']}\n")
    return 0
