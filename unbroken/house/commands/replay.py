"""`unbroken replay INTAKE`: read a stored raw thing again and say what would become of it now.

Nothing is changed: nobody is registered, no ticket is touched.
"""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import datetime
from typing import Any

NAME = "replay"
HELP = "read something that was taken in once more, changing nothing"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("intake", type=int, metavar="INTAKE", help="its number")
    parser.add_argument("--raw", action="store_true", help="print the bytes as they came")
    parser.add_argument("--json", action="store_true", help="as one JSON document")


def run(args: argparse.Namespace) -> int:
    """Read it again."""
    from unbroken.intake.replay import replay, stored

    kept = stored(args.intake)
    if kept is None:
        print(f"unbroken: nothing was taken in under number {args.intake}.", file=sys.stderr)
        return 1
    if kept.raw is None:
        print(f"unbroken: what was taken in under {args.intake} is erased.", file=sys.stderr)
        return 1
    if args.raw:
        sys.stdout.buffer.write(kept.raw)
        return 0
    told = as_plain(replay(kept))
    if args.json:
        print(json.dumps(told, ensure_ascii=False, indent=2, default=_plainly))
        return 0
    _print_sheet(told)
    return 0


def as_plain(replayed: Any) -> dict[str, Any]:
    """What was recorded, what would be now, what it says."""
    from unbroken.house.commands.mail import as_plain as mail_as_plain
    from unbroken.intake.inbound import Inbound

    said = replayed.said
    says = mail_as_plain("", said) if isinstance(said, Inbound) else asdict(said)
    says.pop("file", None)
    return {
        "intake": replayed.kept.id,
        "channel": replayed.kept.channel,
        "mailbox": replayed.kept.mailbox,
        "taken_at": replayed.kept.taken_at,
        "sha256": replayed.kept.sha256.hex(),
        "envelope": replayed.kept.envelope,
        "recorded": {"outcome": replayed.kept.outcome, "ticket": replayed.kept.ticket_id},
        "now": {
            "outcome": replayed.outcome,
            "ticket": replayed.ticket_id,
            "by": replayed.by,
            "linked": list(replayed.linked),
        },
        "says": says,
    }


def _plainly(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _print_sheet(told: dict[str, Any]) -> None:
    now, recorded = told["now"], told["recorded"]
    taken_at = f"{told['taken_at']:%Y-%m-%d %H:%M}"
    print(f"intake    {told['intake']} ({told['channel']}, taken in {taken_at})")
    print(f"recorded  {recorded['outcome'] or 'not read yet'} {recorded['ticket'] or ''}".rstrip())
    print(f"now       {now['outcome']} {now['ticket'] or ''} {now['by']}".rstrip())
    for name in ("kind", "subject", "language", "problem"):
        if told["says"].get(name):
            print(f"{name:<9} {told['says'][name]}")
    text = told["says"].get("new_text") or told["says"].get("words") or ""
    for line in text.split("\n")[:40]:
        print(f"  | {line}")
