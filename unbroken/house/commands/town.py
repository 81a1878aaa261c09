"""`unbroken town`: plant the demo town in this desk, whole or the part that is missing."""

import argparse
import importlib
import importlib.util
import sys

NAME = "town"
HELP = "plant the demo town: people, network, some thirty requests; again changes nothing"

_DONE, _CANNOT_RUN = 0, 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(args: argparse.Namespace) -> int:
    """Plant it and tell whom to sign in as."""
    if importlib.util.find_spec("town.plant") is None:
        sys.stderr.write("unbroken: the town stands in the checkout; it is not installed here\n")
        return _CANNOT_RUN
    print(importlib.import_module("town.plant").plant())
    return _DONE
