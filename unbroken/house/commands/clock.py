"""`unbroken clock due | worked | batch`: working-time arithmetic, with no desk behind it.

A calendar is a JSON file; a name that is no file is looked up among the desk's own
calendars, and only then is the database opened.
"""

import argparse
import contextlib
import io
import json
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import cast

from unbroken.calendars.batch import Desk, notes_on, read_time
from unbroken.calendars.definition import BadCalendar
from unbroken.calendars.working_time import Calendar, Pause
from unbroken.ground.words import _
from unbroken.house.cli import CANNOT_RUN, DONE, REFUSED, WRONG_USE, database_at_hand, set_up_rooms

NAME = "clock"
HELP = "working-time arithmetic: due, worked, and batch for JSON Lines"
NEEDS_ROOMS = False

CHUNK_BYTES = 1 << 16


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    asks = parser.add_subparsers(dest="ask", required=True)
    due = asks.add_parser("due", help="when so many working seconds have passed")
    due.add_argument("--start", type=_time, required=True, metavar="T")
    due.add_argument("--seconds", type=_seconds, required=True, metavar="N")
    worked = asks.add_parser("worked", help="how many working seconds lie between two times")
    worked.add_argument("--from", dest="since", type=_time, required=True, metavar="T")
    worked.add_argument("--to", dest="until", type=_time, required=True, metavar="T")
    for ask in (due, worked):
        ask.add_argument("--calendar", required=True, metavar="FILE", help="a file, - or a name")
        ask.add_argument(
            "--pause", type=_pause, action="append", default=[], metavar="FROM/TO",
            help="time that does not count; FROM/ has not ended",
        )  # fmt: skip
        ask.add_argument("--json", action="store_true", help="as one JSON document")
    batch = asks.add_parser("batch", help="questions as JSON Lines on standard input")
    batch.add_argument(
        "--calendar", type=_named_file, action="append", default=[], metavar="NAME=FILE",
        help="a calendar that the lines may call by NAME",
    )  # fmt: skip
    batch.add_argument("--json", action="store_true", help="answers are JSON Lines anyway")


def run(args: argparse.Namespace) -> int:
    """Answer, or say what cannot be read."""
    with Shelf() as shelf:
        try:
            if args.ask == "batch":
                return _answer_lines(shelf, dict(args.calendar))
            is_piped = args.calendar == "-"
            calendar = read_calendar(sys.stdin.read()) if is_piped else shelf.fetch(args.calendar)
            return _answer(args, calendar)
        except (BadCalendar, UnicodeDecodeError) as error:
            return _complain(str(error), WRONG_USE)
        except OSError as error:
            return _complain(f"{error.filename}: {error.strerror}", CANNOT_RUN)


class Shelf(contextlib.ExitStack):
    """Where calendars are fetched from: files first, then the desk's own."""

    _is_open = False

    def fetch(self, name: str) -> Calendar:
        """The calendar in this file or of this name; BadCalendar when there is neither."""
        path = Path(name)
        if path.is_file() or "/" in name or name.endswith(".json"):
            return read_calendar(path.read_text(encoding="utf-8"))
        found = self.stored(name)
        if found is None:
            raise BadCalendar(_("There is no calendar “{name}”."), name=name)
        return found

    def stored(self, key: str) -> Calendar | None:
        """The desk's calendar with this key; opens the database the first time."""
        if not self._is_open:
            set_up_rooms()
            self.enter_context(database_at_hand("clock"))
            self._is_open = True
        from unbroken.calendars import queries

        return queries.calendar(key)


def read_calendar(text: str) -> Calendar:
    """A calendar from the text of its file."""
    try:
        source = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadCalendar(_("This is not JSON: {error}."), error=error) from error
    return Calendar.read(source)


def _answer(args: argparse.Namespace, calendar: Calendar) -> int:
    notes = notes_on(calendar, args.pause)
    if args.ask == "due":
        due = calendar.due(args.start, args.seconds, args.pause)
        answer: dict[str, object] = {"due": due.isoformat() if due else None}
    else:
        answer = {"seconds": calendar.worked(args.since, args.until, args.pause)}
    if args.json:
        print(json.dumps(answer | ({"notes": notes} if notes else {}), ensure_ascii=False))
        return DONE
    for note in notes:
        print(f"unbroken: {note}", file=sys.stderr)
    (value,) = answer.values()
    print("never" if value is None else value)
    return DONE


def _answer_lines(shelf: Shelf, files: dict[str, str]) -> int:
    """Answer as lines come in, so that another program may hold a conversation."""

    def named(name: str) -> Calendar | None:
        try:
            return shelf.fetch(files.get(name, name))
        except OSError as error:
            raise BadCalendar(_("There is no calendar “{name}”."), name=name) from error

    desk = Desk(named)
    for lines in _complete_lines(cast(io.BufferedReader, sys.stdin.buffer).read1):
        sys.stdout.buffer.write(b"".join(desk.answers(lines)))
        sys.stdout.buffer.flush()
    return REFUSED if desk.refused else DONE


def _complete_lines(read: Callable[[int], bytes]) -> Iterator[list[bytes]]:
    """Whatever has arrived, cut into whole lines."""
    rest: list[bytes] = []
    while chunk := read(CHUNK_BYTES):
        head, newline, tail = chunk.rpartition(b"\n")
        if newline:
            yield b"".join([*rest, head]).split(b"\n")
            rest = []
        rest.append(tail)
    if any(rest):
        yield [b"".join(rest)]


def _time(text: str) -> datetime:
    try:
        at = read_time(text)
    except BadCalendar as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if at.tzinfo is None:
        raise argparse.ArgumentTypeError(f"“{text}” has no offset: write {text}+02:00")
    return at


def _seconds(text: str) -> float:
    try:
        return int(text) if text.isdigit() else float(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of seconds") from error


def _pause(text: str) -> Pause:
    begins, slash, ends = text.partition("/")
    if not slash:
        raise argparse.ArgumentTypeError(f"“{text}” is not FROM/TO")
    return _time(begins), _time(ends) if ends not in ("", "..") else None


def _named_file(text: str) -> tuple[str, str]:
    name, equals, file = text.partition("=")
    return (name, file) if equals else (Path(text).stem, text)


def _complain(sentence: str, status: int) -> int:
    sys.stderr.write(f"unbroken: {sentence}\n")
    return status
