"""`unbroken eta backtest TRAIN --ask ASK`: learn on one log, answer for another's open cases."""

import argparse
import json
import sys
from pathlib import Path

from unbroken.routing.estimate.backtest import answers
from unbroken.routing.estimate.learning import TooLittle
from unbroken.routing.estimate.log import NotALog, read_log

NAME = "eta backtest"
HELP = "learn on one log of steps, and say how much longer the open cases of another will take"
NEEDS_ROOMS = False

_DONE, _CANNOT_RUN = 0, 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument(
        "train", type=Path, metavar="TRAIN", help="a log: case, at, activity, group, person"
    )
    parser.add_argument(
        "--ask", type=Path, required=True, metavar="ASK", help="a log of cases that are open"
    )
    parser.add_argument("--json", action="store_true", help="as JSON Lines: case, at, p50, p80")


def run(args: argparse.Namespace) -> int:
    """One line for each open case of ASK: seconds from its last row."""
    try:
        found = answers(read_log(args.train), read_log(args.ask))
        for one in found:
            told = {"case": one.case, "at": one.at, "p50": one.p50, "p80": one.p80}
            sys.stdout.write(json.dumps(told, ensure_ascii=False) if args.json else _words(told))
            sys.stdout.write("\n")
    except (NotALog, TooLittle) as problem:
        return _complain(str(problem))
    except UnicodeDecodeError as problem:
        return _complain(f"a log is not UTF-8 ({problem.reason})")
    except OSError as problem:
        return _complain(f"{problem.filename} cannot be read: {problem.strerror}")
    return _DONE


def _words(told: dict[str, object]) -> str:
    hours = (float(str(told[key])) / 3600 for key in ("p50", "p80"))
    return "{:<24} {:>10.1f} h {:>10.1f} h".format(str(told["case"]), *hours)


def _complain(sentence: str) -> int:
    sys.stderr.write(f"unbroken: {sentence}.\n")
    return _CANNOT_RUN
