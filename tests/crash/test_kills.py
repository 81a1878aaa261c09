"""Kill any process at any instant, a hundred times, under load: nothing lost, nothing twice."""

import contextlib
import email
import random
import smtplib
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from tests.house.desk import Desk, a_desk
from unbroken.house.postgres import database_in

KILLS = 100
FEEDERS = 2
PAUSE_SECONDS = 0.2
"""Between two mails of one caller: ten a second are load enough, and all are read soon after."""

STILL_SECONDS_MAX = 300.0
"""Without a letter less or more: whoever is slow, on a machine that others use, is not stuck."""

ALIVE_AGAIN_SECONDS_MAX = 300.0
VICTIMS = ("doors mail", "watch urgent", "watch rest", "worker", "web", "postgres")

MAIL = """\
From: Caller {n} <caller{n}@home.example>
To: support@lindenhof.example
Subject: no sync {n}
Message-ID: <{n}.{seed}@home.example>
Date: Sun, 24 May 2026 08:05:00 +0200

Since two days the internet breaks, number {n}.
"""


@dataclass
class Callers:
    """Mail servers that hand in mail as real ones do: again and again until they hear 250."""

    desk: Desk
    seed: int
    accepted: set[str] = field(default_factory=set)
    next_number: int = 0
    is_over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self) -> None:
        while not self.is_over.is_set():
            with self.lock:
                self.next_number += 1
                number = self.next_number
            self.hand_in(number)

    def hand_in(self, number: int) -> None:
        text = MAIL.format(n=number, seed=self.seed)
        while True:
            try:
                with smtplib.LMTP("127.0.0.1", self.desk.lmtp, timeout=60) as door:
                    refused = door.sendmail("c@home.example", ["support@lindenhof.example"], text)
                if not refused:
                    self.accepted.add(f"{number}.{self.seed}@home.example")
                    time.sleep(PAUSE_SECONDS)
                    return
            except (OSError, smtplib.SMTPException):
                pass
            time.sleep(0.05)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path / "data", is_made=True) as found:
        found.start()
        yield found


@pytest.mark.crash
def test_a_hundred_kills_lose_nothing_and_send_nothing_twice(desk: Desk) -> None:
    """Power cuts, the out-of-memory killer, an operator's kill -9, in any order."""
    dice = random.Random(20260524)
    callers = Callers(desk, seed=dice.randrange(10**6))
    threads = [threading.Thread(target=callers.run) for _ in range(FEEDERS)]
    for thread in threads:
        thread.start()

    killed = Counter(_kill_one(desk, dice) for _ in range(KILLS))
    callers.is_over.set()
    for thread in threads:
        thread.join()
    _wait_until_quiet(desk)

    assert sum(killed.values()) == KILLS, killed
    assert set(killed) == set(VICTIMS), killed
    assert len(callers.accepted) == callers.next_number
    assert _every_mail_once(desk, callers.accepted)
    assert _one_receipt_each(desk)
    assert _each_receipt_lies_in_the_folder_once(desk)


def _kill_one(desk: Desk, dice: random.Random) -> str:
    """Somebody who is alive dies; most often in the middle of something."""
    until = time.monotonic() + ALIVE_AGAIN_SECONDS_MAX
    while time.monotonic() < until:
        time.sleep(dice.uniform(0.05, 0.9))
        victim = dice.choice(VICTIMS)
        if desk.processes().get(victim):
            desk.kill(victim)
            return victim
    raise AssertionError(f"nobody came back to life:\n{desk.said()[-4000:]}")


@contextlib.contextmanager
def _database(desk: Desk) -> Iterator[psycopg.Cursor[tuple[int, ...]]]:
    where = database_in(desk.data)
    with (
        psycopg.connect(
            host=where.host, port=where.port, user=where.user, dbname=where.name
        ) as connection,
        connection.cursor() as cursor,
    ):
        yield cursor


_LEFT = """
SELECT box, count(*), count(parked_at), max(attempts), min(not_before)::text, min(error)
FROM ground_letter GROUP BY box
"""


_OWNERS = """
-- Who is there, what they do, and how many loops they own: a loop without an owner is the find.
SELECT activity.pid, activity.application_name, activity.state, left(activity.query, 60),
       activity.wait_event, (now() - activity.state_change)::text,
       (SELECT count(*) FROM pg_locks WHERE pg_locks.pid = activity.pid AND locktype = 'advisory')
FROM pg_stat_activity activity WHERE datname = current_database()
"""


def _wait_until_quiet(desk: Desk) -> None:
    """As long as it takes, while something moves."""
    until = time.monotonic() + STILL_SECONDS_MAX
    left: object = None
    while time.monotonic() < until:
        with contextlib.suppress(psycopg.OperationalError), _database(desk) as cursor:
            cursor.execute(
                "SELECT (SELECT count(*) FROM ground_letter), (SELECT count(*) FROM intake_outbox)"
            )
            before, left = left, cursor.fetchone()
            if left == (0, 0):
                return
            if left != before:
                until = time.monotonic() + STILL_SECONDS_MAX
        time.sleep(0.5)
    with _database(desk) as cursor:
        boxes = cursor.execute(_LEFT).fetchall()
        owners = "\n".join(str(row) for row in cursor.execute(_OWNERS).fetchall())
    told = f"letters and mails left: {left}, in {boxes}\n{owners}\n{desk.processes()}"
    raise AssertionError(f"{told}\n{desk.said()[-4000:]}")


def _every_mail_once(desk: Desk, accepted: set[str]) -> bool:
    with _database(desk) as cursor:
        cursor.execute("SELECT trim(both '<>' from message_id) FROM message WHERE direction = 'in'")
        kept = Counter(str(row[0]) for row in cursor.fetchall())
    assert set(kept) == accepted
    assert set(kept.values()) == {1}
    return True


def _one_receipt_each(desk: Desk) -> bool:
    with _database(desk) as cursor:
        cursor.execute(
            "SELECT ticket.id, count(delivery.id) FROM trouble_ticket ticket"
            " LEFT JOIN delivery ON delivery.ticket_id = ticket.id AND delivery.kind = 'receipt'"
            " AND delivery.state = 'sent' GROUP BY ticket.id"
        )
        receipts = Counter(row[1] for row in cursor.fetchall())
    assert set(receipts) == {1}, receipts
    return True


def _each_receipt_lies_in_the_folder_once(desk: Desk) -> bool:
    sent = [
        email.message_from_bytes(path.read_bytes())["Message-ID"]
        for path in (desk.data / "sent").glob("*.eml")
    ]
    with _database(desk) as cursor:
        cursor.execute("SELECT count(*) FROM delivery WHERE state = 'sent'")
        told = cursor.fetchone()
    assert len(sent) == len(set(sent)) == (told or (0,))[0]
    return True
