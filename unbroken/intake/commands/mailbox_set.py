"""`unbroken mailbox set KEY ADDRESS`: an address of ours, and from where its mail is fetched."""

import argparse
import re
import sys
from pathlib import Path
from typing import Any

from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.words import LANGUAGES
from unbroken.intake.actions import set_mailbox
from unbroken.intake.imap_box import BoxSettings, BoxTrouble
from unbroken.intake.models import Mailbox

NAME = "mailbox set"
HELP = "an address of ours: add it, or change what is named"

_DONE, _REFUSED, _WRONG_USE, _CANNOT_RUN = 0, 1, 2, 3
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
_KEPT = ("key", "address", "name", "language", "plus_addressing", "is_default", "active", "imap")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options; what is not named stays as it is."""
    parser.add_argument("key", metavar="KEY", type=_key, help="its short name, as support")
    parser.add_argument(
        "address", metavar="ADDRESS", type=_address, nargs="?", help="needed for a new one"
    )
    parser.add_argument("--name", help="stands as the sender of what leaves from here")
    parser.add_argument("--language", choices=LANGUAGES, help="where the sender's is not known")
    parser.add_argument(
        "--plus", action=argparse.BooleanOptionalAction, help="your server takes local+tag@domain"
    )
    parser.add_argument(
        "--default", action="store_true", help="mail to no address of ours is its (the first is it)"
    )
    parser.add_argument(
        "--active", action=argparse.BooleanOptionalAction, help="whether it is in use"
    )
    imap = parser.add_argument_group("where its mail is fetched, if no server hands it in")
    imap.add_argument("--imap-host", metavar="HOST", help="fetch its mail there by IMAP")
    imap.add_argument("--imap-port", metavar="N", type=int, help="993, or 143 without TLS at once")
    imap.add_argument("--imap-tls", choices=("tls", "starttls", "none"), help="tls, if not named")
    imap.add_argument(
        "--imap-verify", action=argparse.BooleanOptionalAction, help="whether its name must be true"
    )
    imap.add_argument("--imap-user", metavar="USER", help="the address, if not named")
    imap.add_argument("--password-file", metavar="FILE", help="its first line; - is standard input")
    imap.add_argument("--imap-folder", metavar="FOLDER", help="INBOX, if not named")
    imap.add_argument(
        "--imap-seconds", metavar="N", type=int, help="between two looks where it does not tell: 30"
    )
    imap.add_argument(
        "--imap-begin", choices=("unseen", "all", "new"), help="what the first look takes: unseen"
    )
    imap.add_argument(
        "--imap-after", metavar="seen|leave|move:FOLDER", help="what becomes of a mail there: seen"
    )
    imap.add_argument("--no-imap", action="store_true", help="fetch nothing any more")


def run(args: argparse.Namespace) -> int:
    """Set it; a second time changes nothing."""
    known = Mailbox.objects.filter(key=args.key).first()
    if known is None and args.address is None:
        return _complain(f"there is no mailbox {args.key} yet: name its ADDRESS", _WRONG_USE)
    wanted = _as_it_is(known) if known else {"key": args.key, "imap": {}}
    address = args.address or wanted["address"]
    taken = Mailbox.objects.filter(address=address).exclude(key=args.key).first()
    if taken is not None:
        return _complain(f"{address} is the mailbox {taken.key} already", _REFUSED)
    try:
        wanted |= {"address": address, "imap": _imap(args, wanted["imap"], address)}
    except OSError as error:
        return _complain(f"{error.filename} cannot be read: {error.strerror}", _CANNOT_RUN)
    except (ValueError, BoxTrouble) as error:
        return _complain(str(error).rstrip("."), _WRONG_USE)
    wanted |= {name: value for name, value in _given(args).items() if value is not None}
    set_mailbox(**wanted, by=HOUSE, at=now())
    return _DONE


def _given(args: argparse.Namespace) -> dict[str, Any]:
    is_first = not Mailbox.objects.filter(is_default=True).exists()
    return {
        "name": args.name,
        "language": args.language,
        "plus_addressing": args.plus,
        "active": args.active,
        "is_default": True if args.default or is_first else None,
    }


def _imap(args: argparse.Namespace, known: dict[str, Any], address: str) -> dict[str, Any]:
    """Where mail is fetched: what is named over what was so; the rest is as usual."""
    if args.no_imap:
        return {}
    given = {
        "host": args.imap_host,
        "port": args.imap_port,
        "tls": args.imap_tls,
        "verify": args.imap_verify,
        "user": args.imap_user,
        "password": _password(args.password_file),
        "folder": args.imap_folder,
        "seconds": args.imap_seconds,
        "begin": args.imap_begin,
        "after": args.imap_after,
    }
    named = {name: value for name, value in given.items() if value is not None}
    if not known and not named:
        return {}
    found = {"user": address, **known, **named}
    for needed, option in (("host", "--imap-host"), ("password", "--password-file")):
        if not found.get(needed):
            raise ValueError(f"to fetch mail {option} is needed too")
    BoxSettings.read(found)
    return found


def _password(file: str | None) -> str | None:
    """Never on the command line, where everybody on the machine could read it."""
    if file is None:
        return None
    text = sys.stdin.readline() if file == "-" else Path(file).read_text(encoding="utf-8")
    return text.split("\n")[0].rstrip("\r")


def _as_it_is(mailbox: Mailbox) -> dict[str, Any]:
    return {name: getattr(mailbox, name) for name in _KEPT}


def _key(text: str) -> str:
    if not _KEY.fullmatch(text):
        raise argparse.ArgumentTypeError(f"“{text}” is no key: small letters, digits and -")
    return text


def _address(text: str) -> str:
    if not _ADDRESS.fullmatch(text):
        raise argparse.ArgumentTypeError(f"“{text}” is no mail address")
    return text.lower()


def _complain(sentence: str, status: int) -> int:
    sys.stderr.write(f"unbroken: {sentence}.\n")
    return status
