"""`unbroken clocks rebuild`: every clock counted again from the record, while everybody works."""

import argparse
import json
import subprocess
import sys
import time

from django.db import connection

from unbroken.conversation.states import OPEN, STATUSES
from unbroken.ground.clock import now
from unbroken.promise.actions import check_clocks

NAME = "clocks rebuild"
HELP = "count every clock again from the record, and write those that differ"

CLI = "unbroken.house.cli"
BATCH = 250
PROCESSES_MAX = 16


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument(
        "--all", action="store_true", help="also the clocks of requests that have ended"
    )
    parser.add_argument(
        "--processes", type=int, default=2, metavar="N", help="share the work out (2)"
    )
    parser.add_argument("--from", dest="first", type=int, default=0, metavar="NUMBER",
                        help="go on behind this request")  # fmt: skip
    parser.add_argument("--upto", type=int, metavar="NUMBER", help="end with this request")
    parser.add_argument("--json", action="store_true", help="as one JSON document")


def run(args: argparse.Namespace) -> int:
    """In several processes, each with its stretch of numbers."""
    upto = args.upto or _last()
    processes = min(max(1, args.processes), PROCESSES_MAX)
    if processes == 1:
        return _tell(_count(args.first, upto, whole=args.all), args.json)
    edges = _edges(args.first, upto, processes, whole=args.all)
    workers = [_worker(since, until, args.all) for since, until in edges]
    found = [json.loads(one.communicate()[0] or "{}") for one in workers]
    if any(one.returncode for one in workers):
        sys.stderr.write("Part of it was not counted: see above, and run it again.\n")
        return 3
    told = {
        "tickets": sum(one["tickets"] for one in found),
        "differed": sum(one["differed"] for one in found),
        "processor_seconds": round(sum(one["processor_seconds"] for one in found), 1),
    }
    return _tell(told, args.json)


def _worker(since: int, until: int, whole: bool) -> "subprocess.Popen[str]":
    """This command again, for one stretch."""
    asked = [sys.executable, "-P", "-m", CLI, *NAME.split(), "--json", "--processes", "1"]
    asked += ["--from", str(since), "--upto", str(until), *(["--all"] if whole else [])]
    return subprocess.Popen(asked, stdout=subprocess.PIPE, text=True)


def _count(after: int, upto: int, *, whole: bool) -> dict[str, float]:
    began, tickets, differed = time.process_time(), 0, 0
    while True:
        looked = check_clocks(
            after=after, at=now(), limit=BATCH, upto=upto, states=STATUSES if whole else OPEN
        )
        if looked is None:
            return {
                "tickets": tickets,
                "differed": differed,
                "processor_seconds": time.process_time() - began,
            }
        after, tickets = looked.reached, tickets + looked.count
        differed += len(looked.differing)


def _tell(told: dict[str, float], as_json: bool) -> int:
    if as_json:
        sys.stdout.write(json.dumps(told) + "\n")
    else:
        sys.stdout.write("Counted: {tickets} tickets, {differed} of them anew.\n".format(**told))
    return 0


def _last() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM trouble_ticket")
        return int(cursor.fetchone()[0])


def _edges(first: int, upto: int, parts: int, *, whole: bool) -> list[tuple[int, int]]:
    """Stretches with as many tickets each."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(id) FROM (SELECT id, ntile(%s) OVER (ORDER BY id) AS part"
            " FROM trouble_ticket WHERE id > %s AND id <= %s AND status = ANY (%s)) cut"
            " GROUP BY part ORDER BY part",
            [parts, first, upto, sorted(STATUSES if whole else OPEN)],
        )
        ends = [row[0] for row in cursor.fetchall()]
    return list(zip([first, *ends[:-1]], ends, strict=True))
