"""`unbroken rehearse week`: play a week of the reference provider, and say how it went."""

import argparse
import json
import sys
from pathlib import Path

from django.db import transaction

from unbroken.routing.rehearse.play import play, promise_of_sums
from unbroken.routing.rehearse.report import page
from unbroken.staffing import queries as staffing

NAME = "rehearse week"
HELP = "play a week of the reference provider through the real actions, on an empty desk"

_DONE, _BROKEN, _REFUSED = 0, 1, 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options; as they stand, the reference provider."""
    parser.add_argument("--requests", type=float, default=500, help="a day (500)")
    parser.add_argument("--agents", type=int, default=24, help="who work there (24)")
    parser.add_argument("--days", type=int, default=7, help="how many (7)")
    parser.add_argument("--customers", type=int, default=15_000, help="of the provider (15,000)")
    parser.add_argument("--report", type=Path, help="write the page with pictures to this file")
    parser.add_argument("--json", action="store_true", help="the result as one JSON document")


def run(args: argparse.Namespace) -> int:
    """Everything happens in one transaction that is undone: the desk is as it was."""
    if staffing.anybody():
        sys.stderr.write("unbroken: people work on this desk; rehearse on an empty one, with an "
                         "UNBROKEN_DATA of its own.\n")  # fmt: skip
        return _REFUSED
    _tell(promise_of_sums(args.agents, args.requests, args.days))
    with transaction.atomic():
        result = play(
            agents=args.agents, a_day=args.requests, days=args.days, customers=args.customers,
            tell=_tell,
        )  # fmt: skip
        transaction.set_rollback(True)
    if args.report is not None:
        args.report.write_text(page(result), encoding="utf-8")
    if args.json:
        sys.stdout.write(json.dumps(result.as_json()) + "\n")
    else:
        for name, value, is_good in result.checks():
            sys.stdout.write(f"{'good' if is_good else 'BAD ':<5} {name}: {value}\n")
    return _DONE if all(is_good for _, _, is_good in result.checks()) else _BROKEN


def _tell(line: str) -> None:
    sys.stderr.write(line + "\n")
