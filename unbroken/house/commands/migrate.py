"""`unbroken migrate`: bring the tables up to this release, while the desk goes on working."""

import argparse

from unbroken.house import schema

NAME = "migrate"
HELP = "bring the database up to this release"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--check", action="store_true", help="only say what is missing")


def run(args: argparse.Namespace) -> int:
    """Apply what is missing; with --check the status is 1 when something is."""
    if args.check:
        missing = schema.missing()
        print("\n".join(missing) or "Nothing is missing.")
        return 1 if missing else 0
    applied = schema.upgrade()
    print("\n".join(applied) or "Nothing was missing.")
    return 0
