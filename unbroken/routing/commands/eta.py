"""`unbroken eta NUMBER`: when a request will be resolved, and when there is news of it."""

import argparse
import json
import sys
from datetime import datetime

from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.ground.clock import now
from unbroken.routing import eta
from unbroken.routing.estimate.spoken import by_when

NAME = "eta"
HELP = "when a request will be resolved and heard of, from shifts, queues and what was before"

_DONE, _REFUSED, _WRONG_USE = 0, 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("numbers", nargs="*", type=int, metavar="NUMBER")
    parser.add_argument("--all", action="store_true", help="every open request, one line each")
    parser.add_argument("--learn", action="store_true", help="learn anew first")
    parser.add_argument("--json", action="store_true", help="as JSON, durations in seconds")


def run(args: argparse.Namespace) -> int:
    """Answer from what was learned last; learn first where nothing was yet."""
    if not (args.numbers or args.all or args.learn):
        return _complain("say which request, or --all", _WRONG_USE)
    at = now()
    if args.learn or not eta.is_anything_known():
        eta.learn_now(at=at)
    if not eta.is_anything_known():
        return _complain(
            f"fewer than {eta.ENDS_MIN} requests have ended here, too few to learn from", _REFUSED
        )
    wanted = None if args.all else list(dict.fromkeys(args.numbers))
    found = {one.number: one for one in eta.estimates(wanted, at=at)} if wanted != [] else {}
    for number in found if wanted is None else wanted:
        if number in found:
            told = as_json(found[number], at)
            sys.stdout.write((json.dumps(told) if args.json else _words(told)) + "\n")
    missing = [number for number in wanted or () if number not in found]
    for number in missing:
        is_there = record.ticket_facts(TicketId(number)) is not None
        _complain(f"{number} is over" if is_there else f"there is no request {number}", _REFUSED)
    return _REFUSED if missing else _DONE


def as_json(one: eta.Estimate, at: datetime) -> dict[str, object]:
    """One estimate; `by` is the round time that a person would name."""
    news = None
    if one.news_p50_at is not None and one.news_p80_at is not None:
        news = {
            "p50": round((one.news_p50_at - at).total_seconds(), 1),
            "p80": round((one.news_p80_at - at).total_seconds(), 1),
            "by": by_when(one.news_p80_at, at, "UTC").isoformat(),
        }
    return {
        "number": one.number,
        "at": at.isoformat(),
        "p50": round((one.p50_at - at).total_seconds(), 1),
        "p80": round((one.p80_at - at).total_seconds(), 1),
        "by": by_when(one.p80_at, at, "UTC").isoformat(),
        "news": news,
        "how": one.how,
        "before": one.before,
        "begins": one.begins_at.isoformat() if one.begins_at else None,
        "learned_from": one.learned_from,
        "learned_at": one.learned_at.isoformat(),
    }


def _words(told: dict[str, object]) -> str:
    half, most = (float(str(told[key])) / 3600 for key in ("p50", "p80"))
    by = str(told["by"])[:16]
    return f"{told['number']}  half within {half:.1f} h, four of five within {most:.1f} h, by {by}"


def _complain(sentence: str, status: int) -> int:
    sys.stderr.write(f"unbroken: {sentence}.\n")
    return status
