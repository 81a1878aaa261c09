"""Pages over HTTP, by 1 to 32 clients at once, and if wished while mail is worked off.

    bin/bench pages --data DIR [--clients 1,2,8,32] [--seconds 3] [--what list,…] [--backlog 0]

The folder was filled by `bench/load_corpus.py` or `bench/load_million.py`. Each client is a process
with an agent of its own. `--backlog` hands so many mails to the LMTP door first and does not wait
until they are read. Standard output: a JSON document a line: milliseconds, the
processor's time of the whole desk (PostgreSQL included) for each request, what of the machine
was taken by others meanwhile, and how many mails were unread before and after.
"""

import argparse
import json
import multiprocessing
import os
import random
import smtplib
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from http.cookiejar import CookieJar
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import quote
from urllib.request import HTTPCookieProcessor, build_opener

import psycopg
from flatness import HERE, WORDS, Desk

LONG = 500
LONG_NOTE = "bench-long-ticket"
TICK = os.sysconf("SC_CLK_TCK")
Ask = Callable[[Desk, random.Random], object]

ASKS: dict[str, Ask] = {
    "list": lambda desk, dice: desk.get("/console/"),
    "ticket": lambda desk, dice: desk.get(f"/console/tickets/{dice.choice(desk.numbers)}"),
    "ticket of 500": lambda desk, dice: desk.get(
        f"/console/tickets/{(desk.data / LONG_NOTE).read_text()}"
    ),
    "search": lambda desk, dice: desk.get(f"/console/search?q={quote(dice.choice(WORDS))}"),
    "reply": lambda desk, dice: desk.post(
        f"/console/tickets/{dice.choice(desk.numbers)}/messages",
        {"mode": "reply", "words": "We look at your line now."},
    ),
    "api": lambda desk, dice: desk.create(
        {
            "name": "no sync on the DSL line",
            "description": "Since two days the lamp goes out.",
            "contact": {"email": f"customer{dice.randrange(15_000)}@load.example"},
        }
    ),
}


@dataclass(frozen=True)
class Round:
    """What one client is told: whom to ask for what, and for how long once all are ready."""

    desk: Desk
    what: str
    seconds: float
    ready: Any
    told: Any


def client(number: int, this: Round) -> None:
    """Ask again and again; the first answer warms up."""
    dice, spent, ask = random.Random(time.time_ns() + number), [], ASKS[this.what]
    sign_in(this.desk, f"agent{number % 10}@bench.example")
    ask(this.desk, dice)
    this.ready.wait()
    end = time.perf_counter() + this.seconds
    while (began := time.perf_counter()) < end:
        ask(this.desk, dice)
        spent.append((time.perf_counter() - began) * 1000)
    this.told.put(spent)


def sign_in(desk: Desk, email: str) -> None:
    """A browser of one's own."""
    desk.cookies = CookieJar()
    desk.opener = build_opener(HTTPCookieProcessor(desk.cookies))
    desk.get("/sign-in")
    desk.post("/sign-in", {"email": email, "password": "bench by night"})


def measured(desk: Desk, what: str, clients: int, seconds: float) -> dict[str, object]:
    """One kind of page by so many clients."""
    told: Any = multiprocessing.Queue()
    this = Round(desk, what, seconds, multiprocessing.Barrier(clients + 1), told)
    people = [multiprocessing.Process(target=client, args=(n, this)) for n in range(clients)]
    for one in people:
        one.start()
    this.ready.wait()
    before, own, busy = unread(desk), processor_ms(desk), machine_ms()
    spent = [ms for _person in people for ms in told.get()]
    own, busy = processor_ms(desk) - own, machine_ms() - busy
    for one in people:
        one.join()
    return {
        "what": what, "clients": clients, "n": len(spent), "p50 ms": round(median(spent), 1),
        "p99 ms": round(quantiles(spent, n=100, method="inclusive")[98], 1),
        "processor ms each": round(own / len(spent), 1),
        "others' cores": round(max(0.0, busy - own) / 1000 / seconds, 2),
        "unread": [before, unread(desk)],
    }  # fmt: skip


def processor_ms(desk: Desk) -> float:
    """What all processes of this desk have worked so far; PostgreSQL's are children of its own."""
    mark, total, ours = f"UNBROKEN_DATA={desk.data}".encode(), 0, set[str]()
    for process in sorted(Path("/proc").glob("[0-9]*"), key=lambda one: int(one.name)):
        try:
            stat = (process / "stat").read_text().rpartition(")")[2].split()
            command = (process / "cmdline").read_bytes()
            is_server = b"-D\0" + bytes(desk.data) in command or stat[1] in ours
            if is_server:
                ours.add(process.name)
            is_house = mark in (process / "environ").read_bytes().split(b"\0")
            if is_server or (is_house and b"unbroken" in command):
                total += int(stat[11]) + int(stat[12])
        except OSError:
            continue  # it ended meanwhile
    return total * 1000 / TICK


def machine_ms() -> float:
    """What the whole machine has worked so far."""
    told = Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    return (sum(map(int, told[:3])) + sum(map(int, told[5:8]))) * 1000 / TICK


def unread(desk: Desk) -> int:
    """Mails taken in and not read yet."""
    with at_its_database(desk) as line:
        found = line.execute("SELECT count(*) FROM intake WHERE outcome = ''").fetchone()
    return int(found[0]) if found else 0


def at_its_database(desk: Desk) -> psycopg.Connection[tuple[Any, ...]]:
    """Beside the desk, over its socket."""
    from unbroken.house.postgres import database_in

    return psycopg.connect(database_in(desk.data.resolve()).dsn(), autocommit=True)


def make_backlog(desk: Desk, mails: int) -> None:
    """Hand mails in faster than they are read."""
    host, _, port = desk.environment["UNBROKEN_LMTP"].partition(":")
    with smtplib.LMTP(host, int(port)) as door:
        for number in range(mails):
            mail = EmailMessage()
            sender = f"customer{number % 15_000}@load.example"
            mail["From"], mail["To"] = sender, "support@bench.example"
            mail["Subject"], mail["Message-ID"] = "no sync", f"<{time.time_ns()}@bench.example>"
            mail.set_content("Since two days the lamp on the modem goes out. " * 8)
            door.send_message(mail, sender, ["support@bench.example"])


def long_ticket(desk: Desk) -> None:
    """A ticket of 500 messages, made once and remembered in the folder."""
    note = desk.data / LONG_NOTE
    if note.exists():
        return
    number = desk.create(
        {
            "name": "A long story",
            "description": "It begins.",
            "contact": {"email": "a@load.example"},
        }
    )
    for turn in range(LONG - 1):
        desk.create({"text": f"And then, for the {turn}th time. " * 5}, f"/{number}/notes")
    note.write_text(str(number))


def main() -> int:
    """Start the desk, ask everything, stop it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--clients", default="1,2,8,32")
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--what", default=",".join(ASKS))
    parser.add_argument("--backlog", type=int, default=0)
    args = parser.parse_args()
    os.environ["PYTHONPATH"] = f"{HERE}:{HERE / 'bench'}"
    with Desk("small", args.data) as desk:
        if "ticket of 500" in args.what:
            long_ticket(desk)
        for what in args.what.split(","):
            for clients in map(int, args.clients.split(",")):
                if args.backlog:
                    make_backlog(desk, args.backlog)
                print(json.dumps(measured(desk, what, clients, args.seconds)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
