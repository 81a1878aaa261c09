"""`unbroken watch`: one watch process; any number of them may run."""

import argparse

NAME = "watch"
HELP = "run the loops: letterboxes, timers, mailboxes, pollers (one process)"
NEEDS_DATABASE = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which loops it favours; without a word it takes all of them alike."""
    parser.add_argument(
        "favours",
        nargs="?",
        default="",
        choices=("urgent", "rest"),
        help="urgent: keep free for what comes in; rest: for all that follows from it",
    )


def run(args: argparse.Namespace) -> int:
    """Work until told to stop."""
    from unbroken.house import watch

    watch.main(args.favours)
    return 0
