"""Loads the peers' corpus into an empty desk: the same tickets, messages, customers, agents.

    PYTHONPATH=BENCH_FOLDER .venv/bin/python bench/load_corpus.py --data DIR [--tickets 100000]

Ticket n of the corpus becomes number 100000 + n, so the desk must be empty. Open tickets are
adopted: their promises run, as they do at a provider. Also makes ten agents, their team, the
mailbox and an API token (in the file `bench-token` of the data folder).
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

BATCH = 500
AGENTS = 10
PASSWORD = "bench by night"


def main() -> int:
    """Load, and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--tickets", type=int, default=100_000)
    args = parser.parse_args()
    os.environ["UNBROKEN_DATA"] = args.data
    from unbroken.house import cli

    cli.set_up_rooms()
    with cli.database_at_hand("load"):
        began = time.monotonic()
        agents, team, token = staff()
        people = customers()
        with indexes():
            write(args.tickets, people, agents, team)
        analyse()
        adopted = adopt()
    (Path(args.data) / "bench-token").write_text(token)  # last: with it the load is whole
    print(json.dumps({"seconds": round(time.monotonic() - began, 1), "adopted": adopted}))
    return 0


def staff() -> tuple[list[int], int, str]:
    """Ten agents of one team, its queue and mailbox, the agreements, an API token."""
    from unbroken.ground.actor import HOUSE
    from unbroken.ground.clock import now
    from unbroken.intake import actions as intake
    from unbroken.promise import actions as promise
    from unbroken.routing import actions as routing
    from unbroken.staffing import actions as staffing

    at = now()
    team = staffing.open_team(key="support", name="Support", by=HOUSE, at=at)
    agents = []
    for i in range(AGENTS):
        agent = staffing.hire_agent(
            name=f"Agent {i}",
            email=f"agent{i}@bench.example",
            password=PASSWORD,
            by=HOUSE,
            at=at,
        )
        staffing.join_team(agent_id=agent, team_id=team, by=HOUSE, at=at)
        agents.append(int(agent))
    intake.set_mailbox(
        key="support", address="support@bench.example", is_default=True, by=HOUSE, at=at
    )
    routing.set_queue(key="support", name="Support", team_id=team, is_default=True, by=HOUSE, at=at)
    promise.plant_agreements(timezone="Europe/Berlin", by=HOUSE, at=at)
    _token_id, secret = staffing.issue_token(name="bench", by=HOUSE, at=at)
    return agents, int(team), secret


def customers() -> dict[str, tuple[int, int]]:
    """Every customer of the corpus with one contact, by e-mail address."""
    import gen

    from unbroken.directory import actions
    from unbroken.directory.actions.many import NewContact
    from unbroken.ground.actor import HOUSE
    from unbroken.ground.clock import now

    people = dict(reversed(gen.customer(number)) for number in range(gen.N_CUSTOMERS))
    owners = actions.register_customers(
        [{"name": name, "kind": "household"} for name in people.values()], by=HOUSE, at=now()
    )
    contacts = actions.register_contacts(
        [
            NewContact(customer_id=owner, values={"name": name}, addresses=(("email", email),))
            for owner, (email, name) in zip(owners, people.items(), strict=True)
        ],
        by=HOUSE,
        at=now(),
    )
    return {
        email: (int(owner), int(contact))
        for email, owner, contact in zip(people, owners, contacts, strict=True)
    }


def indexes() -> Any:
    """Without the indexes that only reading needs, for the time of the load."""
    from load_million import indexes_away

    return indexes_away(keep=False)


def write(count: int, people: dict[str, tuple[int, int]], agents: list[int], team: int) -> None:
    """The tickets, in the order of their numbers."""
    import gen

    from load_million import progress
    from unbroken.conversation.history import write_tickets
    from unbroken.ground.history import Historian

    historian = Historian(at_once=BATCH * 10)
    for first in range(1, count + 1, BATCH):
        numbers = range(first, min(first + BATCH, count + 1))
        batch = [past(gen.ticket(n), people, agents, team) for n in numbers]
        write_tickets(batch, historian=historian)
        progress("tickets", numbers[-1], count)


def past(
    ticket: dict[str, Any], people: dict[str, tuple[int, int]], agents: list[int], team: int
) -> Any:
    """One ticket of the corpus as the record keeps it."""
    from unbroken.conversation import events
    from unbroken.conversation.history import PastMessage, PastMove, PastTicket
    from unbroken.conversation.incoming import Opening

    owner, contact = people[ticket["email"]]
    messages = tuple(PastMessage(said, way) for said, way in said_in(ticket, contact, agents))
    last_at = messages[-1].said.at
    is_over = ticket["status"] != "open"
    return PastTicket(
        opening=Opening(
            name=ticket["subject"],
            channel="mail",
            mailbox="support",
            reported_at=messages[0].said.at,
            language=ticket["lang"],
            contact_id=contact,
            contact_confirmed=True,
            customer_id=owner,
            impact=("high", "medium", "low")[ticket["priority"] % 3],
        ),
        messages=messages,
        moves=(PastMove(events.TicketResolved(), last_at),) if is_over else (),
        status="resolved" if is_over else "inProgress",
        resolved_at=last_at if is_over else None,
        team_id=team,
        assignee_id=agents[ticket["agent"]],
    )


def said_in(ticket: dict[str, Any], contact: int, agents: list[int]) -> Iterator[tuple[Any, str]]:
    """What was said on it, with who and which way."""
    from unbroken.conversation.incoming import Incoming
    from unbroken.ground.actor import Actor

    caller, desk = (ticket["customer"], ticket["email"]), ("Support", "support@bench.example")
    for place, message in enumerate(ticket["messages"]):
        is_ours = message["who"] == "agent"
        yield (
            Incoming(
                author=Actor.agent(agents[ticket["agent"]]) if is_ours else Actor.contact(contact),
                channel="mail",
                words=message["body"],
                at=datetime.fromtimestamp(message["at"], UTC),
                subject=ticket["subject"],
                sender=desk if is_ours else caller,
                to=(caller if is_ours else desk,),
                message_id=f"<load-{ticket['n']}-{place}@mail.example>",
            ),
            "out" if is_ours else "in",
        )


def analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def adopt() -> int:
    """Open tickets become ours; their clocks start, and the letters are opened here."""
    from unbroken.conversation import actions, queries
    from unbroken.ground import postman
    from unbroken.ground.actor import HOUSE
    from unbroken.ground.clock import now
    from unbroken.ground.letters import BOXES

    open_ones = queries.imported_open(limit=1_000_000)
    for number in open_ones:
        actions.adopt_ticket(ticket_id=number, by=HOUSE, at=now())
    while any(postman.empty_box(box) for box in BOXES.names()):
        pass
    return len(open_ones)


if __name__ == "__main__":
    sys.exit(main())
