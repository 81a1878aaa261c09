"""Mailboxes elsewhere, read by IMAP: each by a thread of its own, so none waits for another.

A mail is fetched raw, taken in, committed; only then the bookmark moves on, and only then the
mail is marked read or moved. What was fetched twice because of a crash is known by its key.
A mail that cannot be fetched is passed over and named; a server that is away is asked again
with growing pauses. What ails a mailbox stands with its bookmark.
"""

import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection

from unbroken.ground.clock import now
from unbroken.ground.loops import Stop
from unbroken.intake import state
from unbroken.intake.actions import RawThing, take_in_all
from unbroken.intake.actions.mailboxes import opened
from unbroken.intake.imap_box import Box, BoxSettings, BoxTrouble, Waiting
from unbroken.intake.mail import dedupe_key
from unbroken.intake.models import Mailbox
from unbroken.intake.state import Mark

log = logging.getLogger(__name__)

LOOK_SECONDS = 5.0
GROUP_MAILS_MAX = 50
GROUP_BYTES_MAX = 8_000_000
CUT_AT_BYTES = 1_000_000
"""How much of a mail is taken that is larger than the house allows; the rest stays there."""

TRIES_MAX = 3
PAUSE_SECONDS_MAX = 300.0
STOP_SECONDS_MAX = 3.0
LOOK_BACK = timedelta(days=2)


@dataclass(frozen=True)
class Known:
    """A mailbox as it is set up; a change of any of it begins its reading anew."""

    id: int
    key: str
    imap: str


def run(stop: Stop) -> None:
    """The loop: a reader for each mailbox that is to be read, until told to stop."""
    readers: dict[Known, Reader] = {}
    try:
        while not stop.is_asked:
            wanted = _wanted()
            for known in readers.keys() - wanted.keys():
                readers.pop(known).end()
            for known, stored in wanted.items():
                if known not in readers or not readers[known].is_alive():
                    readers[known] = Reader(known, stored)
            stop.wait(LOOK_SECONDS)
    finally:
        for reader in readers.values():
            reader.end()
        for reader in readers.values():
            reader.join(STOP_SECONDS_MAX)


def _wanted() -> dict[Known, dict[str, Any]]:
    rows = Mailbox.objects.filter(active=True).exclude(imap={})
    return {
        Known(pk, key, repr(sorted(imap.items()))): imap
        for pk, key, imap in rows.values_list("pk", "key", "imap")
    }


class Reader:
    """Reads one mailbox for as long as it is wanted."""

    def __init__(self, known: Known, stored: dict[str, Any]) -> None:
        self.known = known
        self.stored = stored
        self.stop = Stop()
        self.failures = 0
        self.tries: dict[int, int] = {}
        self.troubled: dict[int, str] = {}
        self._thread = threading.Thread(target=self._run, name=f"imap {known.key}", daemon=True)
        self._thread.start()

    def is_alive(self) -> bool:
        """Whether it still reads."""
        return self._thread.is_alive()

    def end(self) -> None:
        """It is not wanted any more."""
        self.stop.ask()

    def join(self, seconds: float) -> None:
        """Wait for its end."""
        self._thread.join(seconds)

    def _run(self) -> None:
        while not self.stop.is_asked:
            try:
                box_settings = BoxSettings.read(opened(self.stored))
                with Box(box_settings) as box:
                    while not self.stop.is_asked:
                        self.take_new(box)
                        self.failures = 0
                        box.wait_for_mail(self.stop)
            except Exception as error:  # whatever it is, it is this mailbox's own trouble
                self._note(error)
                connection.close()
                self.failures += 1
                self.stop.pause(min(2.0**self.failures, PAUSE_SECONDS_MAX))
        connection.close()

    def _note(self, error: Exception) -> None:
        text = str(error) or type(error).__name__
        log.warning("mailbox %s cannot be read just now: %s", self.known.key, text)
        try:
            state.note_trouble(self.known.id, text)
        except DatabaseError:
            log.warning("mailbox %s: its trouble cannot be noted either", self.known.key)

    # ── one look ──────────────────────────────────────────────────────────────

    def take_new(self, box: Box) -> None:
        """Everything that came since the last look."""
        mark = state.mark_of(self.known.id)
        is_same = (
            mark is not None
            and mark.folder == box.settings.folder
            and mark.uid_validity == box.uid_validity
        )
        if mark is not None and is_same:
            reached = self._take(box, box.uids_above(mark.last_uid), mark)
        else:
            reached = self._take_anew(box, mark)
        state.note_read(self.known.id, replace(reached, seen_at=now()))
        if self.troubled:
            state.note_trouble(self.known.id, " ".join(self.troubled.values()))

    def _take_anew(self, box: Box, old: Mark | None) -> Mark:
        """Read for the first time, or numbered anew: the bookmark moves when all of it is ours."""
        if old is not None and old.seen_at is not None and old.folder == box.settings.folder:
            uids = box.uids_since((old.seen_at - LOOK_BACK).date())
        else:
            uids = box.uids_at_first()
        reached = max([box.uid_next - 1, *uids])
        mark = Mark(box.settings.folder, box.uid_validity, reached)
        self._take(box, uids, mark, moves_on=False)
        return mark

    def _take(self, box: Box, uids: list[int], mark: Mark, *, moves_on: bool = True) -> Mark:
        for group in _groups(box.sizes(uids)):
            if self.stop.is_asked:
                return mark
            self._take_group(box, group)
            if moves_on:
                mark = replace(mark, last_uid=group[-1].uid, seen_at=now())
                state.note_read(self.known.id, mark)
        return mark

    def _take_group(self, box: Box, group: list[Waiting]) -> None:
        things = self._fetched(box, group)
        take_in_all([thing for _, thing in things], at=now())
        try:
            box.done_with([uid for uid, _ in things])
        except Exception as error:  # it is ours already; a flag less harms nobody
            if isinstance(error, OSError):
                raise
            log.warning("mailbox %s: mails cannot be marked: %s", self.known.key, error)

    def _fetched(self, box: Box, group: list[Waiting]) -> list[tuple[int, RawThing]]:
        if len(group) > 1:
            try:
                raws = box.mails([one.uid for one in group])
            except BoxTrouble:
                raws = {}
            if len(raws) == len(group):
                return [(one.uid, self._thing(box, one, raws[one.uid])) for one in group]
        alone = ((one, self._fetched_alone(box, one)) for one in group)
        return [(one.uid, thing) for one, thing in alone if thing is not None]

    def _fetched_alone(self, box: Box, one: Waiting) -> RawThing | None:
        """One mail; None when the server will not give it, time and again."""
        try:
            if one.size > settings.UNBROKEN.mail_bytes_max:
                return self._thing(box, one, box.beginning(one.uid, CUT_AT_BYTES))
            raw = box.mails([one.uid]).get(one.uid)
        except BoxTrouble as trouble:
            self.tries[one.uid] = self.tries.get(one.uid, 0) + 1
            if self.tries[one.uid] < TRIES_MAX:
                raise
            self.troubled[one.uid] = f"{trouble} It stays in the mailbox."
            log.error("mailbox %s: %s", self.known.key, trouble)
            return None
        return None if raw is None else self._thing(box, one, raw)

    def _thing(self, box: Box, one: Waiting, raw: bytes) -> RawThing:
        envelope: dict[str, Any] = {
            "door": "imap",
            "mailbox": self.known.key,
            "folder": box.settings.folder,
            "uid": one.uid,
            "uid_validity": box.uid_validity,
        }
        if one.size > settings.UNBROKEN.mail_bytes_max:
            envelope |= {"cut_at": len(raw), "whole_size": one.size}
        return RawThing(
            channel="mail",
            raw=raw,
            dedupe=dedupe_key(raw),
            mailbox=self.known.key,
            envelope=envelope,
        )


def _groups(waiting: Iterator[Waiting]) -> Iterator[list[Waiting]]:
    """Few enough and small enough to be held at once; a large mail stands alone."""
    group: list[Waiting] = []
    size = 0
    large = min(GROUP_BYTES_MAX, settings.UNBROKEN.mail_bytes_max)
    for one in waiting:
        if group and (len(group) >= GROUP_MAILS_MAX or size + one.size > large):
            yield group
            group, size = [], 0
        group.append(one)
        size += one.size
    if group:
        yield group
