"""`unbroken queue set KEY --team KEY`: which team new requests of a mailbox or topic go to."""

import argparse
import sys

from unbroken.conversation import queries as conversation
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.routing.actions import set_queue
from unbroken.routing.models import Queue
from unbroken.staffing import queries as staffing

NAME = "queue set"
HELP = "which team gets the requests of a mailbox or topic: add it, or change what is named"

_DONE, _REFUSED, _WRONG_USE = 0, 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options; what is not named stays as it is."""
    parser.add_argument("key", metavar="KEY", help="its short name, as first-line")
    parser.add_argument("--team", metavar="KEY", help="the team it goes to; needed for a new one")
    parser.add_argument("--name", help="what people call it")
    parser.add_argument(
        "--mailbox", action="append", metavar="KEY", help="mail to this one (may be repeated)"
    )
    parser.add_argument(
        "--topic", action="append", metavar="KEY", help="this topic and all below (may be repeated)"
    )
    parser.add_argument(
        "--default", action="store_true", help="whatever fits nowhere else (the first is it)"
    )
    parser.add_argument(
        "--active", action=argparse.BooleanOptionalAction, help="whether it is in use"
    )


def run(args: argparse.Namespace) -> int:
    """Set it; a second time changes nothing."""
    known = Queue.objects.filter(key=args.key).first()
    if known is None and args.team is None:
        return _complain(f"there is no queue {args.key} yet: name its --team", _WRONG_USE)
    team = staffing.team_by_key(args.team) if args.team else None
    if args.team and team is None:
        teams = ", ".join(one.key for one in staffing.teams()) or "none; agent add opens one"
        return _complain(f"there is no team {args.team} (there are: {teams})", _REFUSED)
    topics = {topic.key for topic in conversation.topic_tree()}
    if unknown := [key for key in args.topic or () if key not in topics]:
        return _complain(f"there is no topic {unknown[0]}", _REFUSED)
    given = {
        "name": args.name,
        "team_id": team.id if team else None,
        "mailboxes": args.mailbox,
        "topics": args.topic,
        "is_default": True if args.default or not _has_default() else None,
        "active": args.active,
    }
    wanted = {name: value for name, value in given.items() if value is not None}
    if known is None:
        wanted.setdefault("name", args.key.capitalize())
    set_queue(key=args.key, **wanted, by=HOUSE, at=now())
    return _DONE


def _has_default() -> bool:
    return Queue.objects.filter(is_default=True).exists()


def _complain(sentence: str, status: int) -> int:
    sys.stderr.write(f"unbroken: {sentence}.\n")
    return status
