"""`unbroken town`: plant the demo town in this desk, or go on where a planting was cut off."""

import argparse
import importlib
import importlib.util
import sys

NAME = "town"
HELP = "plant the demo town in this desk"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options: every step of a planting may be repeated."""


def run(args: argparse.Namespace) -> int:
    """Plant it and tell whom to sign in as."""
    from django.conf import settings

    from unbroken.house.notes import PLANTED, Notes

    if importlib.util.find_spec("town") is None:
        sys.stderr.write("The demo town comes with a checkout, not with the installed package.\n")
        return 3
    whom = importlib.import_module("town.plant").plant()
    notes = Notes(settings.UNBROKEN.data)
    notes.write("sign-ins", whom)
    notes.write("town", PLANTED)
    print(whom)
    return 0
