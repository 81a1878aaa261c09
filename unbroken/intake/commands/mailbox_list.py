"""`unbroken mailbox list`: the addresses that are ours, and how fetching their mail goes."""

import argparse
import json
import sys
from typing import Any

from unbroken.intake.models import Mailbox, MailboxMark

NAME = "mailbox list"
HELP = "the addresses that are ours, without their passwords"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--json", action="store_true", help="as one JSON document")


def run(args: argparse.Namespace) -> int:
    """One line a mailbox, the default first."""
    marks = {mark.mailbox_id: mark for mark in MailboxMark.objects.all()}
    found = [
        _row(mailbox, marks.get(mailbox.pk))
        for mailbox in Mailbox.objects.order_by("-is_default", "key")
    ]
    if args.json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        return 0
    for row in found:
        sys.stdout.write(f"{row['key']:<14} {row['address']:<34} {_notes(row)}".rstrip() + "\n")
    return 0


def _row(mailbox: Mailbox, mark: MailboxMark | None) -> dict[str, Any]:
    imap = {name: value for name, value in mailbox.imap.items() if name != "password"}
    return {
        "key": mailbox.key,
        "address": mailbox.address,
        "name": mailbox.name,
        "language": mailbox.language,
        "plus": mailbox.plus_addressing,
        "default": mailbox.is_default,
        "active": mailbox.active,
        "imap": imap or None,
        "fetched_at": mark.seen_at.isoformat() if mark and mark.seen_at else None,
        "error": mark.error if mark else "",
    }


def _notes(row: dict[str, Any]) -> str:
    told = [
        "default" if row["default"] else "",
        "plus" if row["plus"] else "",
        "" if row["active"] else "not in use",
        f"fetched from {row['imap']['host']}" if row["imap"] else "",
        row["error"],
    ]
    return ", ".join(note for note in told if note)
