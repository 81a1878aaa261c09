"""`unbroken watch`: one watch process; any number of them may run."""

import argparse

NAME = "watch"
HELP = "run the loops: letterboxes, timers, mailboxes, pollers (one process)"
NEEDS_DATABASE = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options: sizes are settings."""


def run(args: argparse.Namespace) -> int:
    """Work until told to stop."""
    from unbroken.house import watch

    watch.main()
    return 0
