"""Fills a desk with a million tickets of ten messages each, by the path that history takes.

    .venv/bin/python bench/load_million.py --data DIR [--tickets N] [--messages N]

Written in batches of one transaction each, under the same guards as everything else, so what
stands there afterwards is a record like any other: numbers, words, events. What only reading
needs (the indexes that no guard and no constraint uses) is taken away first and built again
at the end. Running it again adds more. The last line on standard output is a JSON document.
"""

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from unbroken.conversation.history import PastTicket

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

TABLES = (
    "trouble_ticket", "message", "participant", "ground_said", "ground_event", "attachment",
    "intake_reference",
)  # fmt: skip
BATCH = 1000
FIRST_DAY = datetime(2019, 1, 1, tzinfo=UTC)
DAYS = 2500
Person = tuple[int, int, str, str]
"""Customer, contact, name and address."""

OPEN = 4000
"""Tickets still open, whatever the size of the archive: a provider of 500 requests a day."""

SUBJECTS = {
    "en": ("no sync on the DSL line", "slow in the evening", "invoice of last month",
           "router keeps restarting", "moving house", "mail cannot be sent", "static address"),
    "ru": ("пропал интернет", "низкая скорость вечером", "вопрос по счёту", "роутер зависает",
           "переезд", "не отправляется почта", "постоянный адрес"),
    "it": ("la linea cade", "lenta la sera", "fattura del mese scorso", "il router si riavvia",
           "trasloco", "la posta non parte", "indirizzo statico"),
}  # fmt: skip
SENTENCES = {
    "en": ("Since two days the internet breaks and the DSL lamp goes out.",
           "We restarted the router twice and it did not help.",
           "In the evening pages take half a minute, in the morning all is well.",
           "Please tell me until when a technician comes.", "The neighbours have the same.",
           "We looked at your line and see four drops today, each with a new training.",
           "The card in the node was replaced at noon; please look again.",
           "Thank you, it works since this morning."),
    "ru": ("Уже два дня интернет пропадает, и лампочка DSL гаснет.",
           "Мы дважды перезагрузили роутер, это не помогло.",
           "Вечером страницы открываются по полминуты, утром всё хорошо.",
           "Сообщите, пожалуйста, когда придёт мастер.", "У соседей то же самое.",
           "Мы посмотрели вашу линию: сегодня четыре обрыва, каждый с новой синхронизацией.",
           "Плату на узле заменили в полдень, проверьте, пожалуйста.",
           "Спасибо, с утра всё работает."),
    "it": ("Da due giorni la linea cade e la spia DSL si spegne.",
           "Abbiamo riavviato il router due volte, senza effetto.",
           "La sera le pagine impiegano mezzo minuto, la mattina va tutto bene.",
           "Ditemi per favore quando viene il tecnico.", "I vicini hanno lo stesso problema.",
           "Abbiamo guardato la linea: oggi quattro cadute, ognuna con un nuovo allineamento.",
           "La scheda nella centrale è stata sostituita a mezzogiorno.",
           "Grazie, da stamattina funziona."),
}  # fmt: skip


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True, help="folder of the desk (UNBROKEN_DATA)")
    parser.add_argument("--tickets", type=int, default=1_000_000)
    parser.add_argument("--messages", type=int, default=10, help="on each ticket")
    parser.add_argument("--customers", type=int, default=15_000)
    parser.add_argument("--processes", type=int, default=2, help="that write at the same time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--adopt", type=int, default=OPEN, help="open tickets to adopt at the end")
    parser.add_argument("--open", type=int, default=OPEN, help="tickets that are not over")
    parser.add_argument("--keep-indexes", action="store_true")
    return parser.parse_args()


def main() -> int:
    """Load, and say how fast."""
    args = arguments()
    args.run = time.time_ns()
    os.environ["UNBROKEN_DATA"] = args.data
    from unbroken.house import cli

    cli.set_up_rooms()
    with cli.database_at_hand("load"):
        figures = load(args)
    print(json.dumps(figures))
    return 0


def load(args: argparse.Namespace) -> dict[str, object]:
    """The whole load; every figure in seconds or rows a second."""
    from django.db import connection

    began = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    people = customers(args.customers)
    peopled = time.monotonic()
    with indexes_away(keep=args.keep_indexes) as index_seconds:
        write(args, people)
        written = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    vacuumed = time.monotonic()
    adopted = adopt(args.adopt)
    rows = args.tickets * (4 + args.messages * 4)
    return {
        "tickets": args.tickets,
        "messages": args.tickets * args.messages,
        "rows": rows,
        "customers_seconds": round(peopled - began, 1),
        "write_seconds": round(written - peopled, 1),
        "rows_per_second": round(rows / (written - peopled)),
        "tickets_per_second": round(args.tickets / (written - peopled)),
        "index_seconds": {name: round(spent, 1) for name, spent in index_seconds.items()},
        "vacuum_seconds": round(vacuumed - written - sum(index_seconds.values()), 1),
        "adopted": adopted,
        "total_seconds": round(time.monotonic() - began, 1),
    }


def customers(count: int) -> "list[Person]":
    """Customer, contact, name and address of each; those of an earlier load are used again."""
    from unbroken.directory import actions, queries
    from unbroken.ground.actor import HOUSE
    from unbroken.ground.clock import now

    people: list[tuple[int, int, str, str]] = []
    for number in range(count):
        key, name = f"load-{number}", f"Customer {number}"
        address = f"customer{number}@load.example"
        known = queries.customer_by_key(key)
        if known is None:
            customer = actions.register_customer(
                key=key, name=name, kind="household", by=HOUSE, at=now()
            )
            contact = actions.register_contact(
                name=name, email=address, customer_id=customer, by=HOUSE, at=now()
            )
        else:
            customer, contact = known.id, queries.contacts_of(known.id)[0].id
        people.append((customer, contact, name, address))
        progress("customers", number + 1, count)
    return people


def write(args: argparse.Namespace, people: "list[Person]") -> None:
    """Batches in turn by several processes, so that both halves of the machine work."""
    parts = range(args.processes)
    if len(parts) == 1:
        write_part(args, people, 0)
        return
    with ProcessPoolExecutor(len(parts), mp_context=get_context("spawn")) as writers:
        for part in [writers.submit(write_part, args, people, part) for part in parts]:
            part.result()


def write_part(args: argparse.Namespace, people: "list[Person]", part: int) -> None:
    """Every so-manieth batch of tickets, each one transaction."""
    from unbroken.house import cli

    cli.set_up_rooms()
    from django.db import connection, transaction

    from unbroken.conversation.history import write_tickets
    from unbroken.ground.history import Historian
    from unbroken.intake.state import learn_references

    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    dice = random.Random(args.seed * 1000 + part)
    historian = Historian(at_once=BATCH * 10)
    for first in range(part * BATCH, args.tickets, args.processes * BATCH):
        many = min(BATCH, args.tickets - first)
        tickets = list(generated(range(first, first + many), args, people, dice))
        with transaction.atomic():
            written = write_tickets(tickets, historian=historian)
            learn_references(names_on(zip(tickets, written, strict=True)))
        if part == 0:
            progress("tickets", min(args.tickets, first + args.processes * BATCH), args.tickets)


def names_on(tickets: "Iterable[tuple[PastTicket, int]]") -> Iterator[tuple[str, int]]:
    """Every Message-ID with its ticket, so that an answer to any of them finds it."""
    from unbroken.intake.threading import reference_key

    for ticket, number in tickets:
        for message in ticket.messages:
            yield reference_key(message.said.message_id), number


def generated(
    numbers: Iterable[int],
    args: argparse.Namespace,
    people: "list[Person]",
    dice: random.Random,
) -> "Iterator[PastTicket]":
    """Tickets of a provider's years: conversations in three languages, nearly all over."""
    from unbroken.conversation import events
    from unbroken.conversation.history import PastMessage, PastMove, PastTicket
    from unbroken.conversation.incoming import Incoming, Opening
    from unbroken.ground.actor import HOUSE, Actor

    desk = ("Support", "support@isp.example")
    for number in numbers:
        customer, contact, name, address = people[dice.randrange(len(people))]
        language = ("en", "ru", "it")[number % 3]
        at = FIRST_DAY + timedelta(days=DAYS * number / args.tickets, seconds=dice.randrange(3600))
        subject = dice.choice(SUBJECTS[language])
        messages = []
        for place in range(args.messages):
            is_ours = place % 2 == 1
            at += timedelta(minutes=dice.randrange(5, 600))
            said = Incoming(
                author=HOUSE if is_ours else Actor.contact(contact),
                channel="mail",
                words=" ".join(dice.choices(SENTENCES[language], k=3)),
                at=at,
                subject=subject,
                sender=desk if is_ours else (name, address),
                to=((name, address),) if is_ours else (desk,),
                message_id=f"<{number}.{place}.{args.run}@load.example>",
            )
            messages.append(PastMessage(said, "out" if is_ours else "in"))
        is_over = dice.random() * args.tickets > args.open
        over_at = at + timedelta(hours=5)
        yield PastTicket(
            opening=Opening(
                name=subject,
                channel="mail",
                reported_at=messages[0].said.at,
                language=language,
                contact_id=contact,
                contact_confirmed=True,
                customer_id=customer,
                impact=dice.choice(("high", "medium", "medium", "low")),
                urgency=dice.choice(("high", "medium", "medium", "low")),
            ),
            messages=tuple(messages),
            moves=(PastMove(events.TicketClosed(), over_at),) if is_over else (),
            status="closed" if is_over else "inProgress",
            resolved_at=over_at if is_over else None,
            closed_at=over_at if is_over else None,
        )


@contextmanager
def indexes_away(*, keep: bool) -> Iterator[dict[str, float]]:
    """Without the indexes that only reading needs; built again however the block ends."""
    from django.db import connection

    spent: dict[str, float] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s)"
            " AND schemaname = current_schema() AND indexdef NOT LIKE 'CREATE UNIQUE%%'",
            [list(TABLES)],
        )
        away = [] if keep else cursor.fetchall()
        for name, _definition in away:
            cursor.execute(f'DROP INDEX "{name}"')
    try:
        yield spent
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '1GB'")
            for name, definition in away:
                began = time.monotonic()
                cursor.execute(definition)
                spent[name] = time.monotonic() - began


def adopt(count: int) -> int:
    """Open tickets become ours, so that promises run on them; the oldest first."""
    from unbroken.conversation import actions, queries
    from unbroken.ground.actor import HOUSE
    from unbroken.ground.clock import now

    if not count:
        return 0
    open_ones = queries.imported_open(limit=count)
    for number in open_ones:
        actions.adopt_ticket(ticket_id=number, by=HOUSE, at=now())
    return len(open_ones)


_began: dict[str, float] = {}


def progress(what: str, done: int, total: int) -> None:
    """A line on standard error, now and then."""
    began = _began.setdefault(what, time.monotonic())
    if done % max(1, total // 50) == 0 or done == total:
        passed = time.monotonic() - began
        print(f"{what}: {done}/{total}, {passed:.0f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
