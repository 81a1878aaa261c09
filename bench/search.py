"""How long the one box takes, question by question, over a loaded desk.

    bin/bench search --data DIR [--rounds 40] [--rebuild]

The whole page is asked for as a browser would, in one process and without a network, by an
agent who sees every queue and by one who does not. `--rebuild` indexes everything first and
says how long that took. The last line on standard output is a JSON document: milliseconds
for each kind of question (median, 99th percentile, worst), and the size of the index. Beside
the time that passed stands the processor's, ours and PostgreSQL's together (Linux, an embedded
database): on a machine with other work it is the figure to judge by.
"""

import argparse
import gc
import json
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.test import Client

HERE = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HERE), str(HERE / "bench")]
Ask = Callable[[random.Random], str]

COMMON = ("internet", "lamp", "интернет", "роутер", "linea", "vicini", "technician")
PAIRS = ("lamp neighbours", "роутер вечером", "fattura vicini", "router invoice", "card node noon")
QUESTIONS: dict[str, Ask] = {
    "a common word": lambda dice: dice.choice(COMMON),
    "two words": lambda dice: dice.choice(PAIRS),
    "a phrase": lambda dice: dice.choice(('"card in the node"', '"due giorni"', '"с утра"')),
    "without a word": lambda dice: f"{dice.choice(COMMON)} -router",
    "a beginning": lambda dice: f"{dice.choice(COMMON)[:4]}*",
    "a word nobody wrote": lambda dice: f"zyx{dice.randrange(10**6)}",
    "a slip": lambda dice: dice.choice(("intrenet", "neigbours", "лапмочка", "bynthytn")),
    "a number": lambda dice: str(100_001 + dice.randrange(10_000)),
    "a customer by number": lambda dice: f"customer:{1 + dice.randrange(1000)}",
    "a customer and a word": lambda dice: f"customer:{1 + dice.randrange(1000)} lamp",
    "an address": lambda dice: f"customer{dice.randrange(1000)}@load.example",
    "who wrote": lambda dice: f"from:customer{dice.randrange(1000)}@load.example lamp",
    "open ones": lambda dice: f"state:open {dice.choice(COMMON)}",
    "a month": lambda dice: f"after:2023-0{dice.randint(1, 5)} before:2023-06 lamp",
    "a telephone": lambda dice: f"+39 340 {dice.randrange(10**6):06}",
    "a circuit": lambda dice: f"CIR-{dice.randrange(10**6):06}",
}


def main() -> int:
    """Ask everything, as both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True, help="folder of the desk (UNBROKEN_DATA)")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--rebuild", action="store_true")
    args = parser.parse_args()
    os.environ["UNBROKEN_DATA"] = args.data
    from unbroken.house import cli

    cli.set_up_rooms()
    with cli.database_at_hand("search bench"):
        figures: dict[str, Any] = {}
        if args.rebuild:
            figures["rebuild"] = rebuilt()
        figures |= sizes()
        every = readers()
        gc.collect()
        gc.freeze()  # as the house does before it forks; else one page in hundreds pays for all
        for who, client in every.items():
            figures[who] = {
                what: measured(client, ask, args.rounds) for what, ask in QUESTIONS.items()
            }
            for what, found in figures[who].items():
                print(f"{who:12} {what:24} {found}", file=sys.stderr, flush=True)
    print(json.dumps(figures))
    return 0


def rebuilt() -> dict[str, float]:
    """Everything indexed anew."""
    from unbroken.search.rebuilding import rebuild

    def told(done: int, total: int, seconds: float) -> None:
        if done % 50_000 < 500:
            print(f"indexed {done} of {total}, {seconds:.0f} s", file=sys.stderr, flush=True)

    tickets, seconds = rebuild(again=False, processes=2, told=told)
    return {"tickets": tickets, "seconds": round(seconds, 1)}


def sizes() -> dict[str, int]:
    """How much there is, and how large its index."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM trouble_ticket), (SELECT count(*) FROM message),"
            " pg_table_size('search_ticket'), pg_relation_size('search_ticket_words')"
        )
        tickets, messages, table, index = cursor.fetchone()
    return {"tickets": tickets, "messages": messages, "table_bytes": table, "index_bytes": index}


def readers() -> "dict[str, Client]":
    """A browser for somebody who sees every queue, and for somebody of one team."""
    from django.conf import settings
    from django.test import Client

    from unbroken.ground.actor import HOUSE
    from unbroken.ground.clock import now
    from unbroken.staffing import actions, queries
    from unbroken.staffing.models import Agent

    settings.ALLOWED_HOSTS = ["*"]
    found = {}
    for who, is_admin in (("sees all", True), ("one team", False)):
        email = f"search-{is_admin}@bench.example".lower()
        if queries.agent_by_email(email) is None:
            actions.hire_agent(
                name=f"Bench {who}", email=email, timezone="Europe/Berlin", is_admin=is_admin,
                password="bench by night", by=HOUSE, at=now(),
            )  # fmt: skip
        found[who] = Client()
        found[who].force_login(Agent.objects.get(email=email).login)
    return found


def measured(client: "Client", ask: Ask, rounds: int) -> dict[str, float]:
    """Milliseconds of whole pages; the first three warm up."""
    dice, spent, worked = random.Random(7), [], []
    for turn in range(rounds + 3):
        words = ask(dice)
        began, busy = time.perf_counter(), processor_ms()
        answer = client.get("/console/search", {"q": words})
        passed = (time.perf_counter() - began) * 1000
        assert answer.status_code == 200, (words, answer.status_code)
        if turn >= 3:
            spent.append(passed)
            worked.append(processor_ms() - busy)
    return {
        "p50": round(median(spent), 1),
        "p99": round(quantiles(spent, n=100, method="inclusive")[98], 1),
        "worst": round(max(spent), 1),
        "processor p50": round(median(worked), 1),
        "processor p99": round(quantiles(worked, n=100, method="inclusive")[98], 1),
    }


def processor_ms() -> float:
    """What this process and its one connection to the database have worked so far."""
    from django.db import connection

    connection.ensure_connection()
    told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    database = int(told.read_text().split()[0]) / 1e6 if told.exists() else 0.0
    return time.process_time() * 1000 + database


if __name__ == "__main__":
    sys.exit(main())
