"""`unbroken diagnose SERVICE` or `--batch FILE.jsonl`: a verdict on a line, with its evidence."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from unbroken.directory.cards import ServiceCard
from unbroken.directory.queries import services_by_any_key
from unbroken.evidence.looking import look
from unbroken.evidence.wording import label
from unbroken.ground.clock import now
from unbroken.ground.words import LANGUAGES, _, in_language, supported

NAME = "diagnose"
HELP = "look at a line: what is wrong, since when, and what shows it"

_DONE, _REFUSED, _WRONG_USE, _CANNOT_RUN = 0, 1, 2, 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument(
        "service", nargs="?", metavar="SERVICE", help="its id, access name, circuit or IP address"
    )
    parser.add_argument(
        "--at", metavar="T", help="judge only by what had arrived by then (default: now)"
    )
    parser.add_argument("--claim", default="", metavar="TEXT", help="what the customer says")
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="of the sentences")
    parser.add_argument(
        "--batch", metavar="FILE", help='lines of {"service", "at", "claim"}; - is standard input'
    )
    parser.add_argument("--json", action="store_true", help="one document for each service")


def run(args: argparse.Namespace) -> int:
    """Judge one service, or many in order."""
    if (args.service is None) == (args.batch is None):
        return _complain("Name either one service or --batch FILE.", _WRONG_USE)
    if args.batch is not None:
        try:
            return _judge_many(_lines(args.batch), args.language)
        except (OSError, UnicodeDecodeError) as problem:
            return _complain(f"{args.batch} cannot be read: {problem}.", _CANNOT_RUN)
    try:
        found = _verdict(args.service, args.at, args.claim, args.language)
    except _CannotJudge as problem:
        return _complain(str(problem), _REFUSED)
    sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n" if args.json else _told(found))
    return _DONE


class _CannotJudge(Exception):
    """Nothing by that name, or no such time: the sentence says what to do."""


def _judge_many(lines: Iterable[str], language: str) -> int:
    """One answer a line, in order; one that cannot be judged says why and stops nothing."""
    refused = 0
    for line in lines:
        if not line.strip():
            continue
        asked: Any = None
        try:
            asked = _asked(line)
            spoken = supported(str(asked.get("language") or language))
            answer = _verdict(
                str(asked.get("service", "")),
                asked.get("at"),
                str(asked.get("claim") or ""),
                spoken,
            )
        except _CannotJudge as problem:
            refused += 1
            service = asked.get("service") if isinstance(asked, dict) else None
            answer = {"service": service, "error": str(problem)}
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return _REFUSED if refused else _DONE


def _asked(line: str) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as problem:
        raise _CannotJudge(f"This line is not JSON: {problem}.") from problem
    if not isinstance(asked, dict):
        raise _CannotJudge('This line is no object {"service", "at", "claim"}.')
    return asked


def _verdict(service: str, at: str | None, claim: str, language: str) -> dict[str, Any]:
    return look(_card(service), _time(at), claim).document(language)


def _card(text: str) -> ServiceCard:
    found = services_by_any_key(text) if text.strip() else []
    if len(found) == 1:
        return found[0]
    if found:
        keys = ", ".join(one.key or str(one.id) for one in found[:5])
        raise _CannotJudge(f"“{text}” may be one of several services: {keys}. Name one by its id.")
    raise _CannotJudge(f"There is no service “{text}”: import the inventory, or check the name.")


def _time(text: str | None) -> datetime:
    if not text:
        return now()
    try:
        at = datetime.fromisoformat(text)
    except ValueError as problem:
        raise _CannotJudge(
            f"“{text}” is not a time such as 2026-05-24T12:00:00+02:00."
        ) from problem
    if at.tzinfo is None:
        raise _CannotJudge(f"“{text}” has no offset such as +02:00.")
    return at


def _lines(name: str) -> Iterator[str]:
    if name == "-":
        yield from sys.stdin
        return
    with Path(name).open(encoding="utf-8-sig") as file:
        yield from file


def _told(found: dict[str, Any]) -> str:
    """For people."""
    lines = [f"{found['sentence']} ({found['certainty']:.0%})"]
    if found["since"]:
        lines.append(in_language(_("Since: {time}"), time=found["since"]))
    for one in found["hypotheses"][:4]:
        lines.append(
            f"  {one['certainty']:.0%}  {label(one['key'])}"
            f"  (+{len(one['for'])} / -{len(one['against'])})  {one['next_check']}"
        )
    for claim in found["claims"]:
        mark = {True: "=", False: "≠", None: "?"}[claim["agrees"]]
        lines.append(f"  “{claim['said']}” {mark} {claim['record']}")
    lines += [f"  {one}" for one in found["missing"]]
    return "\n".join(lines) + "\n"


def _complain(sentence: str, status: int) -> int:
    sys.stderr.write(f"unbroken: {sentence}\n")
    return status
