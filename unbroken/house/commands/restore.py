"""`unbroken restore FILE`: a backup into an empty desk, on this or another machine."""

import argparse
import os
import sys
from pathlib import Path

NAME = "restore"
HELP = "restore a backup into an empty desk"
NEEDS_DATABASE = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """From where."""
    parser.add_argument("file", type=Path, help="a file that `unbroken backup` wrote")
    parser.add_argument(
        "--erased", type=Path, help="the list of erasures of the old machine (its erased.jsonl)"
    )


def run(args: argparse.Namespace) -> int:
    """Restore it; a desk that is not empty stays as it is."""
    from django.conf import settings

    from unbroken.house import backup
    from unbroken.house.behind import take_desk_lock
    from unbroken.house.cli import database_at_hand
    from unbroken.house.postgres_folder import open_data_folder

    open_data_folder(settings.UNBROKEN.data)
    with take_desk_lock(settings.UNBROKEN.data), database_at_hand("restore"):
        again = backup.read(args.file.absolute(), erased=args.erased)
    for whose in again:
        print(f"{whose} was erased after this backup and is erased again.")
    if os.environ.get("UNBROKEN_SECRET_KEY"):
        sys.stderr.write("UNBROKEN_SECRET_KEY is set and goes before the key in the backup.\n")
    print("Restored. Start the desk with ./bin/run.")
    return 0
