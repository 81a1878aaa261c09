"""`unbroken doctor`: is the whole installation well?"""

import argparse
import json

from unbroken.house.postgres_folder import CannotServe

NAME = "doctor"
HELP = "check the whole installation"
NEEDS_DATABASE = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--json", action="store_true", help="as one JSON document")


def run(args: argparse.Namespace) -> int:
    """Look, print, and end with 1 when something is wrong."""
    from django.db import OperationalError

    from unbroken.house import doctor
    from unbroken.house.cli import database_at_hand

    try:
        with database_at_hand("doctor"):
            found = doctor.examine()
    except (CannotServe, OperationalError) as trouble:
        first = str(trouble).strip().splitlines()[0]
        found = doctor.examine_without_database(f"The database does not answer: {first}")
    problems = [problem for finding in found.values() for problem in finding.problems]
    if args.json:
        facts = {name: finding.facts for name, finding in found.items()}
        print(json.dumps({"well": not problems, "problems": problems, **facts}, indent=2))
    else:
        for name, finding in found.items():
            print(f"{name}: {_in_one_line(finding.facts) or 'nothing to look at'}")
        print("\n".join(["", *problems]) if problems else "\nAll is well.")
    return 1 if problems else 0


def _in_one_line(facts: dict[str, object]) -> str:
    return ", ".join(f"{name} {_short(value)}" for name, value in facts.items())


def _short(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "(" + _in_one_line(value) + ")"
    if isinstance(value, list):
        return "(" + ", ".join(_short(part) for part in value) + ")"
    return "none" if value is None else str(value)
