"""`unbroken ticket recount`: count the open tickets of every team anew, from the record."""

import argparse
import sys

from unbroken.conversation import projections

NAME = "ticket recount"
HELP = "count the open tickets of every team anew, should a number beside a queue be wrong"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""


def run(args: argparse.Namespace) -> int:
    """Changes wait for the second it takes."""
    projections.count_again()
    sys.stdout.write("Counted.\n")
    return 0
