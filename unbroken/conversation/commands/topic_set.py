"""`unbroken topic set KEY`: a branch of the one tree that requests and articles hang on."""

import argparse
import sys
from typing import Any

from unbroken.conversation.actions import set_topic
from unbroken.conversation.models import Topic
from unbroken.conversation.states import TICKET_TYPES
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.words import LANGUAGES

NAME = "topic set"
HELP = "a topic of the one tree: add it, or change what is named"

_DONE, _REFUSED = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options; what is not named stays as it is."""
    parser.add_argument(
        "key", metavar="KEY", help="internet/slow hangs below internet, which must be there"
    )
    parser.add_argument(
        "--name", action="append", type=_named, default=[], metavar="LANGUAGE=NAME",
        help="what customers read, as en=Slow connection (may be repeated)",
    )  # fmt: skip
    parser.add_argument(
        "--hint", action="append", metavar="WORD",
        help="the beginning of a word by which a request is recognised (may be repeated)",
    )  # fmt: skip
    parser.add_argument("--type", choices=TICKET_TYPES, help="what a request under it usually is")
    parser.add_argument("--position", type=int, metavar="N", help="its place among its neighbours")
    parser.add_argument(
        "--active", action=argparse.BooleanOptionalAction, help="whether it is in use"
    )


def run(args: argparse.Namespace) -> int:
    """Set it; a second time changes nothing."""
    parent = args.key.rpartition("/")[0] or None
    if parent and not Topic.objects.filter(key=parent).exists():
        sys.stderr.write(f"unbroken: there is no topic {parent} to hang it below.\n")
        return _REFUSED
    known = Topic.objects.filter(key=args.key).first()
    if known is not None:  # it may have been moved since
        parent = known.parent.key if known.parent else None
    given = {
        "hints": args.hint,
        "ticket_type": args.type,
        "position": args.position,
        "active": args.active,
    }
    wanted = _as_it_is(known) if known else {"names": {"en": _spelled(args.key)}}
    wanted |= {name: value for name, value in given.items() if value is not None}
    wanted["names"] = {**wanted["names"], **dict(args.name)}
    set_topic(key=args.key, parent_key=parent, **wanted, by=HOUSE, at=now())
    return _DONE


def _as_it_is(topic: Topic) -> dict[str, Any]:
    kept = ("names", "hints", "ticket_type", "position", "active")
    return {name: getattr(topic, name) for name in kept}


def _spelled(key: str) -> str:
    return key.rpartition("/")[2].replace("-", " ").capitalize()


def _named(text: str) -> tuple[str, str]:
    language, equals, name = text.partition("=")
    if not equals or language not in LANGUAGES or not name.strip():
        raise argparse.ArgumentTypeError(f"“{text}” is not LANGUAGE=NAME ({', '.join(LANGUAGES)})")
    return language, name.strip()
