"""`unbroken adopt NUMBER…`: imported tickets become ours, and promises begin on them."""

import argparse
import json
import sys

NAME = "adopt"
HELP = "take over imported tickets: promises begin now"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("numbers", nargs="+", type=int, metavar="NUMBER", help="ticket numbers")
    parser.add_argument("--json", action="store_true", help="what became of it, as one document")


def run(args: argparse.Namespace) -> int:
    """Adopt each; one that cannot be adopted is named and does not stop the rest."""
    adopted: list[int] = []
    refused: list[dict[str, object]] = []
    for number in dict.fromkeys(args.numbers):
        reason = adopt(number)
        if reason is None:
            adopted.append(number)
        else:
            refused.append({"item": number, "reason": reason})
            if not args.json:
                print(f"unbroken: {number}: {reason}", file=sys.stderr)
    if args.json:
        print(json.dumps({"adopted": adopted, "refused": refused}, ensure_ascii=False))
    elif adopted:
        print(f"Adopted: {', '.join(map(str, adopted))}.")
    return 1 if refused else 0


def adopt(number: int) -> str | None:
    """Why it was not adopted; None when it was."""
    from unbroken.conversation import actions, queries
    from unbroken.ground.actor import HOUSE
    from unbroken.ground.change import Refused
    from unbroken.ground.clock import now

    facts = queries.ticket_facts(number)
    if facts is None:
        return "There is no such ticket."
    try:
        actions.adopt_ticket(ticket_id=facts.id, by=HOUSE, at=now())  # type: ignore[arg-type]
    except Refused as refusal:
        return str(refusal)
    return None
