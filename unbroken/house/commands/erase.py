"""`unbroken erase CONTACT`: a person is forgotten; that they wrote, and when, stays.

Whoever was merged into them is forgotten with them; the number of one who was leads to who is.

It is also noted outside the database, so that a restored older backup forgets them again.
"""

import argparse
import json
import sys

from unbroken.directory import queries as directory
from unbroken.directory.cards import ContactCard
from unbroken.directory.ids import ContactId
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.clock import now
from unbroken.ground.writers import erase
from unbroken.house import erasures
from unbroken.house.cli import DONE, REFUSED

NAME = "erase"
HELP = "forget a person: their words, names, addresses, files"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("contact", metavar="CONTACT", help="a contact's number, or an address")
    parser.add_argument("--reason", required=True, help="kept on record; name nobody in it")
    parser.add_argument("--json", action="store_true", help="as one JSON document")


def run(args: argparse.Namespace) -> int:
    """Erase one contact, or say why that is not clear enough."""
    found = _found(args.contact)
    if len(found) != 1:
        return _complain(args.contact, found)
    counts: dict[str, int] = {}
    at = now()
    for one in (found[0].id, *directory.merged_into(found[0].id)):
        for table, count in erase(Actor.contact(one), args.reason, by=HOUSE, at=at).items():
            counts[table] = counts.get(table, 0) + count
    erasures.keep()
    told = {table: count for table, count in counts.items() if count}
    if args.json:
        print(json.dumps({"contact": found[0].id, "erased": told}))
    else:
        print(f"Contact {found[0].id} is forgotten.")
        for table, count in told.items():
            print(f"  {count:>6} rows of {table}")
    return DONE


def _found(text: str) -> list[ContactCard]:
    if text.isascii() and text.isdigit():
        card = directory.who_they_are_now(ContactId(int(text)))
        return [card] if card else []
    kind = "email" if "@" in text else "phone"
    return list(directory.contacts_at(kind, text))


def _complain(asked: str, found: list[ContactCard]) -> int:
    if not found:
        sys.stderr.write(f"unbroken: there is no contact {asked}; give a number or an address\n")
        return REFUSED
    numbers = ", ".join(str(card.id) for card in found)
    sys.stderr.write(f"unbroken: {asked} is shared by the contacts {numbers}; give one number\n")
    return REFUSED
