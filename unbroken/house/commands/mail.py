"""`unbroken mail read`: how the desk reads mail; nothing is stored."""

import argparse
import json
import sys
from pathlib import Path

from unbroken.house import environment
from unbroken.intake.inbound import BounceReport, Inbound, Mailbox, PartFound
from unbroken.intake.mail import Desk, read
from unbroken.intake.mail.folders import mails_in

NAME = "mail"
HELP = "show how the desk reads mail"
NEEDS_ROOMS = False

Plain = dict[str, object]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="read")
    reading = actions.add_parser(
        "read", help="read mails and print what they say; nothing is stored"
    )
    reading.add_argument(
        "files", nargs="+", metavar="FILE|FOLDER", help="mail, mbox, maildir or folder"
    )
    reading.add_argument(
        "--jsonl", action="store_true", help="one JSON object a line, also on a terminal"
    )


def run(args: argparse.Namespace) -> int:
    """Print every mail; one that cannot be opened is named and the rest is still read."""
    desk = Desk(secret=environment.read().secret_key.encode())
    refused = 0
    as_lines = args.jsonl or not sys.stdout.isatty()
    for name in args.files:
        for found in mails_in(Path(name)):
            if found.problem and not found.raw:
                print(f"{found.label} cannot be read: {found.problem}.", file=sys.stderr)
                refused += 1
                continue
            inbound = read(found.raw, desk)
            if as_lines:
                _print_line(as_plain(found.label, inbound))
            else:
                _print_sheet(found.label, inbound)
    return 1 if refused else 0


def _print_line(said: Plain) -> None:
    """UTF-8 whatever the terminal's locale is: a pipe must not stumble over a letter."""
    sys.stdout.flush()
    line = json.dumps(said, ensure_ascii=False) + "\n"
    if hasattr(sys.stdout, "buffer"):
        sys.stdout.buffer.write(line.encode())
        sys.stdout.buffer.flush()
    else:
        sys.stdout.write(line)


def as_plain(label: str, inbound: Inbound) -> Plain:
    """The contract's words for one mail."""
    bounces = [_bounce(report) for report in inbound.bounces]
    said: Plain = {
        "file": label,
        "kind": inbound.kind,
        "from": _mailbox(inbound.sender) if inbound.sender else None,
        "to": [_mailbox(mailbox) for mailbox in inbound.to],
        "cc": [_mailbox(mailbox) for mailbox in inbound.cc],
        "reply_to": [_mailbox(mailbox) for mailbox in inbound.reply_to],
        "subject": inbound.subject,
        "date": inbound.sent_at.isoformat() if inbound.sent_at else None,
        "message_id": inbound.message_id,
        "new_text": inbound.new_text,
        "quoted_text": inbound.quoted_text,
        "html_text": inbound.html_text,
        "attachments": [_attachment(part) for part in inbound.attachments],
        "ticket": inbound.ticket,
        "may_auto_answer": inbound.may_auto_answer,
        "bounces": bounces,
        "bounce": bounces[0] if bounces else None,
        "language": inbound.language,
    }
    return said | {"problem": inbound.problem} if inbound.problem else said


def _attachment(part: PartFound) -> Plain:
    found: Plain = {"name": part.name, "type": part.type, "size": part.size, "inline": part.inline}
    return found | {"held": part.held} if part.held else found


def _mailbox(mailbox: Mailbox) -> Plain:
    return {"name": mailbox.name, "email": mailbox.email}


def _bounce(report: BounceReport) -> Plain:
    return {
        "recipient": report.recipient,
        "class": report.bounce_class,
        "permanent": report.permanent,
        "status": report.status,
    }


def _print_sheet(label: str, inbound: Inbound) -> None:
    """For eyes."""
    sender = inbound.sender or Mailbox("", "nobody")
    print(f"{label}: {inbound.kind}")
    print(f"  from      {sender.name} <{sender.email}>".replace("  <", " <"))
    print(f"  subject   {inbound.subject}")
    if inbound.ticket:
        print(f"  ticket    {inbound.ticket}")
    for report in inbound.bounces:
        dead = "dead" if report.permanent else "not dead"
        print(f"  bounce    {report.recipient}: {report.bounce_class}, {dead}")
    for part in inbound.attachments:
        held = f", held: {part.held}" if part.held else ""
        print(f"  attached  {part.name} ({part.type}, {part.size} bytes{held})")
    if inbound.problem:
        print(f"  problem   {inbound.problem}")
    for line in inbound.new_text.split("\n")[:40]:
        print(f"  | {line}")
    print()
