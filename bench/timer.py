"""What running clocks cost while nothing is due, and when something is: a desk full of them.

    bin/bench timer --data DIR [--hours 1] [--instants 20]

The folder was filled by `bench/load_corpus.py` (100,000 tickets leave 120,000 clocks running). The
timer of the promises is turned in this process and told what time it is, so an hour passes at
once; whatever it writes is taken back. Standard output: a JSON document. Queries a minute while
nothing is due, processor time (ours and PostgreSQL's) a minute and an instant, megabytes of
this process before and after, and jobs that wait in a queue (none: a clock is a row).
"""

import argparse
import json
import os
import sys
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from unbroken.promise.loops import Timer

HERE = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HERE), str(HERE / "bench")]

SIZES = """
SELECT (SELECT count(*) FROM promise_clock WHERE state = 'running') AS clocks,
       (SELECT count(*) FROM next_promise WHERE next_at IS NOT NULL) AS tickets_that_ring,
       (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo') AS jobs
"""


def main() -> int:
    """Turn the timer through quiet hours, then from one due instant to the next."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True, help="folder of the desk (UNBROKEN_DATA)")
    parser.add_argument("--hours", type=float, default=1.0)
    parser.add_argument("--instants", type=int, default=20)
    args = parser.parse_args()
    os.environ["UNBROKEN_DATA"] = args.data
    from unbroken.house import cli

    cli.set_up_rooms()
    with cli.database_at_hand("timer bench"):
        from unbroken.promise.loops import Timer

        up_to_date()
        figures = sizes() | {"MB before": memory_mb()}
        timer = Timer()
        figures |= quiet(timer, timedelta(hours=args.hours))
        figures |= due(args.instants)
        figures["MB after"] = memory_mb()
    print(json.dumps(figures))
    return 0


def up_to_date() -> None:
    """What is counted under old terms is counted anew, and what rang long ago is rung."""
    from unbroken.ground.clock import now
    from unbroken.promise import actions

    while done := actions.recount_stale(at=now()) + actions.ring(at=now()):
        print(f"{done} tickets counted first", file=sys.stderr, flush=True)


def sizes() -> dict[str, Any]:
    """How many clocks run."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(SIZES)
        names = [column[0] for column in cursor.description]
        return dict(zip(names, cursor.fetchone(), strict=True))


def quiet(timer: "Timer", span: timedelta) -> dict[str, Any]:
    """The timer turned for so long with nothing due: its waits are added up, not waited."""
    from django.db import connection, transaction
    from search import processor_ms  # the same way to measure

    from unbroken.ground.clock import now

    asked: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE next_promise SET next_at = now() + interval '2 days'"
                " WHERE next_at IS NOT NULL"
            )
        at = began = now()
        turns, busy = 0, processor_ms()
        with connection.execute_wrapper(note):
            while at - began < span:
                at += timer.turn(at)
                turns += 1
        busy = processor_ms() - busy
        transaction.set_rollback(True)
    minutes = (at - began) / timedelta(minutes=1)
    return {
        "turns a minute, idle": round(turns / minutes, 1),
        "queries a minute, idle": round(len(asked) / minutes, 1),
        "processor ms a minute, idle": round(busy / minutes, 2),
    }


def due(instants: int) -> dict[str, Any]:
    """From one due instant to the next: what ringing costs."""
    from django.db import transaction
    from search import processor_ms

    from unbroken.promise import actions, projections

    spent, rung = [], 0
    with transaction.atomic():
        for _turn in range(instants):
            at: datetime | None = projections.next_ring()
            if at is None:
                break
            busy = processor_ms()
            rung += actions.ring(at=at)
            spent.append(processor_ms() - busy)
        transaction.set_rollback(True)
    return {
        "due instants": len(spent),
        "tickets rung": rung,
        "processor ms an instant": round(median(spent), 1),
        "worst": round(max(spent), 1),
    }


def memory_mb() -> float:
    """What this process takes, shared pages counted once."""
    told = Path("/proc/self/smaps_rollup").read_text()
    return round(int(told.partition("\nPss:")[2].split()[0]) / 1024, 1)


if __name__ == "__main__":
    sys.exit(main())
