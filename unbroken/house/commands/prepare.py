"""`unbroken prepare`: what `up` does between starting PostgreSQL and the other processes.

The tables are brought up to this release and the assets collected. When the tables are new,
the demo town is planted (unless an empty desk was asked for), and agreements to begin with.
Whether the town is still to be planted is noted in the data folder first, so a start that was
interrupted is made good by the next.
"""

import argparse
import importlib
import importlib.util
from types import ModuleType

from unbroken.house import assets, schema
from unbroken.house.notes import NONE, PLANTED, WANTED, Notes, release_fingerprint

NAME = "prepare"
HELP = "bring the tables up to date; plant the demo town when they are new"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--empty", action="store_true", help="without the demo town")


def run(args: argparse.Namespace) -> int:
    """Do it."""
    from django.conf import settings

    notes = Notes(settings.UNBROKEN.data)
    is_new = schema.is_absent()
    if is_new:
        notes.write("town", NONE if args.empty else WANTED)
    schema.upgrade()
    assets.collect()
    town = _town()
    if notes.read("town") == WANTED and town is not None:
        notes.write("sign-ins", town.plant())
        notes.write("town", PLANTED)
    if is_new:
        _promise_something()
    _open_first_steps()
    notes.write("prepared", release_fingerprint())
    return 0


def _open_first_steps() -> None:
    """A desk in which nobody works has a page for its first administrator, behind a code."""
    from unbroken.console.first import code
    from unbroken.staffing.queries import anybody

    if anybody():
        code.forget()
    else:
        code.make()


def _promise_something() -> None:
    """An empty desk, too, names a time in its first receipt; the operator alters what it is."""
    from unbroken.ground.actor import HOUSE
    from unbroken.ground.clock import now
    from unbroken.promise.actions import plant_agreements

    plant_agreements(timezone="UTC", by=HOUSE, at=now())


def _town() -> ModuleType | None:
    """The demo town stands beside the house: `plant()` sows it and tells whom to sign in as."""
    if importlib.util.find_spec("town.plant") is None:
        return None
    return importlib.import_module("town.plant")
