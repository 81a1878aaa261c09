"""`unbroken messages`: every message in and out, and the ticket it is on."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

NAME = "messages"
HELP = "every message in and out, with its ticket"

PAGE = 2000


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One message; `sha256` is of the bytes as they came, None for what we wrote here."""

    id: int
    version: int
    message_id: str
    ticket: int
    direction: str
    kind: str
    channel: str
    from_name: str
    from_address: str
    subject: str
    at: datetime
    to: Any
    cc: Any
    sha256: str | None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--ticket", type=int, metavar="N", help="only those on this ticket")
    parser.add_argument("--json", action="store_true", help="as JSON Lines, one message a line")


def run(args: argparse.Namespace) -> int:
    """Print them, page by page, however many there are."""
    for message in every_message(args.ticket):
        if args.json:
            print(json.dumps(as_plain(message), ensure_ascii=False))
        else:
            arrow = "->" if message.direction == "out" else "<-"
            when = f"{message.at:%Y-%m-%d %H:%M}"
            who = ", ".join(_addresses(message.to)) if arrow == "->" else message.from_address
            print(
                f"{message.ticket:>8} {arrow} {when}  {message.kind:<12} {who}  {message.subject}"
            )
    return 0


def every_message(ticket: int | None) -> Iterator[MessageLine]:
    """All of them, or those of one ticket; memory holds one page."""
    from unbroken.ground.sql import rows

    ticket_after = version_after = id_after = 0
    while page := rows(
        MessageLine,
        "house/queries/messages.sql",
        ticket=ticket,
        ticket_after=ticket_after,
        version_after=version_after,
        id_after=id_after,
        limit=PAGE,
    ):
        yield from page
        last = page[-1]
        ticket_after, version_after, id_after = last.ticket, last.version, last.id


def as_plain(message: MessageLine) -> dict[str, object]:
    """The contract's words for one message."""
    return {
        "message_id": message.message_id,
        "ticket": message.ticket,
        "direction": message.direction,
        "kind": message.kind,
        "channel": message.channel,
        "from": message.from_address,
        "from_name": message.from_name,
        "to": _addresses(message.to),
        "cc": _addresses(message.cc),
        "subject": message.subject,
        "at": message.at.isoformat(),
        "sha256": message.sha256,
    }


def _addresses(stored: Any) -> list[str]:
    pairs = json.loads(stored) if isinstance(stored, str) else stored
    return [address for _name, address in pairs or ()]
