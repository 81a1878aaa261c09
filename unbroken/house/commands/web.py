"""`unbroken web`: one web process; any number of them may run."""

import argparse

NAME = "web"
HELP = "serve the pages (one process)"
NEEDS_DATABASE = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options: addresses and sizes are settings."""


def run(args: argparse.Namespace) -> int:
    """Serve until told to stop."""
    from unbroken.house import web

    web.main()
    return 0
