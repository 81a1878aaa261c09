"""What `staffing need` and `staffing at` share: how a load is typed, and how the answer is told."""

import argparse
import json
import math
import sys

from unbroken.staffing.erlang import Load, Service, scheduled

WRONG_USE, DONE = 2, 0


def add_load(parser: argparse.ArgumentParser) -> None:
    """The options by which a load is told."""
    parser.add_argument(
        "--calls", type=_not_negative, required=True, help="calls that come in an interval"
    )
    parser.add_argument(
        "--interval", type=_positive, required=True, metavar="SECONDS", help="how long it is"
    )
    parser.add_argument(
        "--aht", type=_positive, required=True, metavar="SECONDS",
        help="average handling time: talking and what follows it",
    )  # fmt: skip
    parser.add_argument(
        "--answer-within", type=_not_negative, required=True, metavar="SECONDS",
        help="a call answered by then is answered in time",
    )  # fmt: skip
    parser.add_argument(
        "--patience", type=_not_negative, metavar="SECONDS",
        help="how long callers wait on average before they hang up; without it, for ever; "
        "0: nobody can wait (Erlang B)",
    )  # fmt: skip
    parser.add_argument(
        "--shrinkage", type=_part, default=0.0, metavar="SHARE",
        help="the share of those on the roster who are on leave, ill or in a meeting: 0.3",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="as one JSON document")


def load(args: argparse.Namespace) -> Load:
    """What was typed."""
    return Load(args.calls, args.interval, args.aht, args.patience)


def tell(found: Service, args: argparse.Namespace) -> int:
    """Print the answer."""
    on_roster = scheduled(found.agents, args.shrinkage)
    if args.json:
        sys.stdout.write(json.dumps(_document(found, on_roster)) + "\n")
        return DONE
    if found.asa_seconds is None:
        sys.stdout.write(f"{found.agents} people are not enough: the queue grows without end.\n")
        return DONE
    sys.stdout.write(
        f"{found.agents} people ({on_roster} on the roster), {found.occupancy:.0%} busy: "
        f"{found.service_level:.1%} are answered in time, {found.asa_seconds:.1f} s on average"
        + (f", {found.abandoned:.1%} hang up" if found.abandoned is not None else "")
        + ".\n"
    )
    return DONE


def refuse(sentence: str) -> int:
    """Say why there is no answer."""
    sys.stderr.write(f"{sentence}\n")
    return WRONG_USE


def _document(found: Service, on_roster: int) -> dict[str, object]:
    return {
        "model": found.model,
        "erlangs": found.erlangs,
        "agents": found.agents,
        "scheduled": on_roster,
        "stable": found.is_stable,
        "wait_probability": found.wait_probability,
        "service_level": found.service_level,
        "asa": found.asa_seconds,
        "occupancy": found.occupancy,
        "abandoned": found.abandoned,
    }


def share(text: str) -> float:
    """More than nothing, at most all."""
    number = _number(text)
    if not 0 < number <= 1:
        raise argparse.ArgumentTypeError("a share above 0 and at most 1, as 0.8")
    return number


def _part(text: str) -> float:
    number = _number(text)
    if not 0 <= number < 1:
        raise argparse.ArgumentTypeError("a share from 0 to below 1, as 0.3")
    return number


def _positive(text: str) -> float:
    number = _number(text)
    if number <= 0:
        raise argparse.ArgumentTypeError("a number above 0")
    return number


def _not_negative(text: str) -> float:
    number = _number(text)
    if number < 0:
        raise argparse.ArgumentTypeError("a number, 0 or above")
    return number


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise argparse.ArgumentTypeError("a number")
    return number
