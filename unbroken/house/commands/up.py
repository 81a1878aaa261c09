"""`unbroken up`: the whole desk on this machine (what `./bin/run` does)."""

import argparse
import os

NAME = "up"
HELP = "run the whole desk on this machine"
NEEDS_ROOMS = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--empty", action="store_true", help="without the demo town")
    parser.add_argument("--data", metavar="DIR", help="keep everything in this folder")
    parser.add_argument("--detach", action="store_true", help="come back when it answers")
    parser.add_argument("--reload", action="store_true", help="begin again when a file changes")
    parser.add_argument("--hello-to", type=int, help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Run until told to stop, or leave it running."""
    from unbroken.house import behind, up

    if args.data:
        os.environ["UNBROKEN_DATA"] = args.data
    if args.detach:
        return behind.up_behind(
            [*(["--empty"] if args.empty else []), *(["--reload"] if args.reload else [])]
        )
    return up.up(is_demo=not args.empty, reloads=args.reload, hello_to=args.hello_to)
