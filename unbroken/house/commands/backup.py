"""`unbroken backup FILE`: one file with everything, while the desk goes on working."""

import argparse
from pathlib import Path

NAME = "backup"
HELP = "write one file with everything"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("file", type=Path, help="the file to write; an old one is replaced")


def run(args: argparse.Namespace) -> int:
    """Write it."""
    from unbroken.house import backup

    size = backup.write(args.file.absolute())
    print(f"{args.file} holds everything ({size / 1e6:.1f} MB). Keep it apart and private.")
    return 0
