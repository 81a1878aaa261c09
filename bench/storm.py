"""What a storm of mail costs, step by step, in processor time.

    bin/bench storm --data DIR --peers FOLDER [--mails 500] [--batch SECONDS] [--profile BOX]

The folder was filled by `bench/load_corpus.py`; FOLDER holds `gen.py`, which writes the mails,
every fifth an answer that has to thread. One process does what the doors, the watches and the
worker do: takes the mails in by groups of eight, empties each letterbox in batches, hands over
what is due. Nothing is taken back: the folder grows. Standard output: one line a step (milliseconds
of processor a mail, ours and PostgreSQL's, questions and kilobytes of log a mail), and whether
every mail became a ticket or joined its own. `--profile` adds where the time of one step goes.
"""

import argparse
import cProfile
import json
import os
import pstats
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HERE), str(HERE / "bench")]

GROUP = 8
FIRST_NUMBER = 100001
SUPPORT = "support@bench.example"
AFTER_SECONDS = 1.2
"""The relay's second, and some more."""

STANDS = """
SELECT (SELECT count(*) FROM trouble_ticket),
       (SELECT count(*) FROM message WHERE kind = 'message'),
       (SELECT count(*) FROM message WHERE kind = 'receipt'),
       (SELECT count(*) FROM intake WHERE outcome = '')
"""
LOGGED = "SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn"


@dataclass
class Step:
    """What one step took for all the mails."""

    ours_ms: float = 0.0
    database_ms: float = 0.0
    statements: int = 0
    turns: int = 0
    log_bytes: int = 0


@dataclass
class Storm:
    """The steps so far; one of them may be looked at closely."""

    looked_at: str = ""
    profile: cProfile.Profile = field(default_factory=cProfile.Profile)
    steps: dict[str, Step] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        from django.db import connection

        def count(execute: Any, sql: str, *rest: Any) -> Any:
            step.statements += 1
            return execute(sql, *rest)

        step = self.steps.setdefault(name, Step())
        logged = int(asked(LOGGED)[0])
        ours, database = time.process_time(), database_ms()
        with connection.execute_wrapper(count):
            if name == self.looked_at:
                self.profile.enable()
            yield
            self.profile.disable()
        step.ours_ms += (time.process_time() - ours) * 1000
        step.database_ms += database_ms() - database
        step.log_bytes += int(asked(LOGGED)[0]) - logged
        step.turns += 1

    def tell(self, mails: int) -> None:
        print(f"{'a mail':24} {'ours':>7} {'base':>7} {'asked':>7} {'log kB':>7} {'turns':>6}")
        for name, step in self.steps.items():
            print(
                f"{name:24} {step.ours_ms / mails:7.2f} {step.database_ms / mails:7.2f} "
                f"{step.statements / mails:7.2f} {step.log_bytes / mails / 1024:7.1f} "
                f"{step.turns:6}"
            )
        ours = sum(step.ours_ms for step in self.steps.values()) / mails
        database = sum(step.database_ms for step in self.steps.values()) / mails
        print(f"{'all':24} {ours:7.2f} {database:7.2f}")


def main() -> int:
    """A storm, and all that follows from it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True, help="folder of the desk (UNBROKEN_DATA)")
    parser.add_argument("--peers", required=True, help="folder of the peer-neutral bench")
    parser.add_argument("--mails", type=int, default=500)
    parser.add_argument("--tickets", type=int, default=100000)
    parser.add_argument("--batch", type=float, help="seconds; a busy machine cuts batches short")
    parser.add_argument("--profile", default="")
    args = parser.parse_args()
    sys.path.append(args.peers)
    os.environ["UNBROKEN_DATA"] = args.data
    os.environ.setdefault("UNBROKEN_SMTP_URL", f"file://{args.data}/sent")
    from unbroken.house import cli, wire

    cli.set_up_rooms()
    with cli.database_at_hand("storm bench"):
        wire.without_pool()
        from unbroken.ground import postman
        from unbroken.house.watch import all_loops

        all_loops()
        if args.batch:
            postman.BATCH_SECONDS, postman.PREPARE_SECONDS = args.batch, args.batch / 3
        raws = mails(args.mails, args.tickets)
        settle(Storm(), [])
        storm, before = Storm(args.profile), asked(STANDS)
        settle(storm, raws)
        after = asked(STANDS)
    storm.tell(args.mails)
    new = [now - then for now, then in zip(after, before, strict=True)]
    print(f"tickets {new[0]} of {args.mails - args.mails // 5}, messages {new[1]} of {args.mails},")
    print(f"receipts {new[2]}, unread {after[3]}")
    if args.profile:
        pstats.Stats(storm.profile).sort_stats("cumulative").print_stats(90)
        pstats.Stats(storm.profile).sort_stats("tottime").print_stats(60)
    return 0


def mails(count: int, tickets: int) -> list[bytes]:
    """Every fifth answers a ticket that is there already."""
    import gen

    seed = int(time.time())
    chance, made = random.Random(seed), []  # no secret
    for place in range(count):
        answers = None
        if place % 5 == 4:
            number = chance.randrange(1, tickets)
            ticket = gen.ticket(number)
            answers = {
                "subject": f"[#{FIRST_NUMBER - 1 + number}] {ticket['subject']}",
                "from_": ticket["email"],
                "in_reply_to": f"<load-{number}-0@mail.example>",
            }
        made.append(gen.mail(place, SUPPORT, answers, seed=seed))
    return made


def settle(storm: Storm, raws: list[bytes]) -> None:
    """In at the door, read, and whatever follows until nothing is left to do."""
    from unbroken.ground.letters import BOXES
    from unbroken.intake.doors.writer import Mail, taken_in

    for start in range(0, len(raws), GROUP):
        group = [Mail(raw, envelope()) for raw in raws[start : start + GROUP]]
        with storm.step("door"):
            verdicts = taken_in(group)
        assert all(verdict.intake_id for verdict in verdicts), "a mail was refused"
    urgent = sorted(BOXES.urgent)
    empty(storm, urgent)
    rest = [box for box in BOXES.names() if box not in urgent]
    empty(storm, rest)
    time.sleep(AFTER_SECONDS)
    while empty(storm, rest) + hand_over(storm):
        pass


def envelope() -> dict[str, Any]:
    return {"mail_from": "bench@mail.example", "rcpt_to": [SUPPORT], "peer": "", "door": "lmtp"}


def empty(storm: Storm, boxes: list[str]) -> int:
    """These boxes in turn until all are empty; how many letters that were."""
    from unbroken.ground.postman import empty_box

    settled = 0
    while done := sum(in_step(storm, box, partial(empty_box, box)) for box in boxes):
        settled += done
    return settled


def hand_over(storm: Storm) -> int:
    """What is due leaves, as the outbox and the worker have it."""
    from unbroken.ground.clock import now
    from unbroken.intake import outbox
    from unbroken.intake.tasks import deliver

    due = in_step(storm, "outbox", lambda: outbox.queue_due(at=now()))
    jobs = asked(
        "WITH taken AS (DELETE FROM procrastinate_jobs WHERE task_name = 'intake.deliver'"
        " AND status = 'todo' RETURNING args)"
        " SELECT coalesce(jsonb_agg(args->'delivery_ids'), '[]')::text FROM taken"
    )[0]
    for ids in json.loads(jobs):
        with storm.step("outgoing"):
            deliver(delivery_ids=ids)
    return due


def in_step(storm: Storm, name: str, work: Callable[[], int]) -> int:
    """A step that finds nothing to do does not count."""
    with storm.step(name):
        return work()


def asked(statement: str) -> Any:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()


def database_ms() -> float:
    """What the server of this process's one connection has worked so far."""
    from django.db import connection

    connection.ensure_connection()
    told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(told.read_text().split()[0]) / 1e6 if told.exists() else 0.0


if __name__ == "__main__":
    sys.exit(main())
