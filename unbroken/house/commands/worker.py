"""`unbroken worker`: one worker process; any number of them may run."""

import argparse

NAME = "worker"
HELP = "do the calls to the outside (one process)"
NEEDS_DATABASE = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options: sizes are settings."""


def run(args: argparse.Namespace) -> int:
    """Work until told to stop."""
    from unbroken.house import worker

    worker.main()
    return 0
