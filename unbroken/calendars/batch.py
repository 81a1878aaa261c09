"""Working-time questions by the thousand: JSON Lines in, JSON Lines out, in order.

`{"id","op":"due","calendar","start","seconds","pauses"}` or
`{"id","op":"worked","calendar","from","to","pauses"}`; `calendar` is an object or a name.
A question that cannot be read is answered with its error and stops nothing.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

import msgspec

from unbroken.calendars.definition import BadCalendar
from unbroken.calendars.working_time import Calendar, Pause, do_overlap
from unbroken.ground.words import _

CALENDARS_KEPT = 1000

Named = Callable[[str], Calendar | None]


class Question(msgspec.Struct):
    """One line. `id` and `calendar` stay as written: one is echoed, the other is a cache key."""

    id: msgspec.Raw = msgspec.Raw(b"null")
    op: str = ""
    calendar: msgspec.Raw = msgspec.Raw(b"null")
    start: str | None = None
    seconds: int | float | None = None
    since: str | None = msgspec.field(name="from", default=None)
    until: str | None = msgspec.field(name="to", default=None)
    pauses: list[tuple[str, str | None]] | None = None


_question = msgspec.json.Decoder(Question)


class Desk:
    """Answers questions and remembers the calendars it has read."""

    def __init__(self, named: Named) -> None:
        self.refused = 0
        self._named = named
        self._read: dict[bytes, Calendar] = {}

    def answers(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """One answer per line, each with its line end; empty lines are passed over."""
        for line in lines:
            if line.strip():
                yield self.answer(line)

    def answer(self, line: bytes) -> bytes:
        """One question's answer."""
        try:
            line.decode()
            question = _question.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            return self._refuse(_id_of(line), f"This line cannot be read: {error}.")
        raw_id = bytes(question.id)
        try:
            return b'{"id":%b,%b}\n' % (raw_id, self._reckon(question))
        except BadCalendar as error:
            return self._refuse(raw_id, str(error))

    def _refuse(self, raw_id: bytes, error: str) -> bytes:
        self.refused += 1
        return b'{"id":%b,"error":%b}\n' % (raw_id, json.dumps(error, ensure_ascii=False).encode())

    def _reckon(self, question: Question) -> bytes:
        calendar = self._calendar(question.calendar)
        pauses = [
            (read_time(begins), None if ends is None else read_time(ends))
            for begins, ends in question.pauses or ()
        ]
        notes = notes_on(calendar, pauses)
        if question.op == "due":
            if question.seconds is None:
                raise BadCalendar(_("“{name}” is missing."), name="seconds")
            due = calendar.due(_given(question.start, "start"), question.seconds, pauses)
            answer = b'"due":null' if due is None else b'"due":"%b"' % due.isoformat().encode()
        elif question.op == "worked":
            since, until = _given(question.since, "from"), _given(question.until, "to")
            answer = b'"seconds":%b' % str(calendar.worked(since, until, pauses)).encode()
        else:
            raise BadCalendar(_("“op” is due or worked."))
        return answer + _noted(notes)

    def _calendar(self, raw: msgspec.Raw) -> Calendar:
        key = bytes(raw)
        calendar = self._read.get(key)
        if calendar is None:
            calendar = self._read_calendar(json.loads(key))
            if len(self._read) >= CALENDARS_KEPT:
                self._read.pop(next(iter(self._read)))
            self._read[key] = calendar
        return calendar

    def _read_calendar(self, source: Any) -> Calendar:
        if not isinstance(source, str):
            return Calendar.read(source)
        calendar = self._named(source)
        if calendar is None:
            raise BadCalendar(_("There is no calendar “{name}”."), name=source)
        return calendar


def read_time(text: str) -> datetime:
    """An instant as people write it; what has no offset is refused when it is used."""
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        sentence = _("“{time}” is not a time such as 2026-05-24T12:00:00+02:00.")
        raise BadCalendar(sentence, time=text) from error


def notes_on(calendar: Calendar, pauses: list[Pause]) -> list[str]:
    """What was understood although it was odd: hours or pauses given twice."""
    notes = [str(note) for note in calendar.hours.notes]
    if len(pauses) > 1 and do_overlap(pauses):
        notes.append("Pauses overlap and count once.")
    return notes


def _given(text: str | None, name: str) -> datetime:
    if text is None:
        raise BadCalendar(_("“{name}” is missing."), name=name)
    return read_time(text)


def _noted(notes: list[str]) -> bytes:
    return b',"notes":%b' % json.dumps(notes, ensure_ascii=False).encode() if notes else b""


def _id_of(line: bytes) -> bytes:
    """The id of a line that is otherwise wrong, if there is one."""
    try:
        source = json.loads(line)
    except (ValueError, RecursionError):
        return b"null"
    found = source.get("id") if isinstance(source, dict) else None
    return json.dumps(found, ensure_ascii=False).encode()
