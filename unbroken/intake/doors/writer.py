"""Group commit: whatever mails wait are taken in together, in one transaction.

One thread writes. It takes what is there (one mail as readily as fifty), commits, and only
then is anybody answered. With the database away everybody is asked to come again; when
one mail of a group cannot be kept, the others are taken in without it.
"""

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection

from unbroken.ground.clock import now
from unbroken.intake.actions import RawThing, take_in_all
from unbroken.intake.mail import dedupe_key
from unbroken.intake.mailboxes import mailbox_for

log = logging.getLogger(__name__)

GROUP_MAILS_MAX = 100
GROUP_BYTES_MAX = 16_000_000


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as a door was given it, with what was said beside it."""

    raw: bytes
    envelope: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mail: its intake, or None when it has to come again."""

    intake_id: int | None
    is_new: bool = False


class Handing:
    """One mail waiting for its verdict."""

    __slots__ = ("mail", "tell")

    def __init__(self, mail: Mail, tell: Callable[[Verdict], None]) -> None:
        self.mail = mail
        self.tell = tell


class Writer:
    """The thread that takes in. `announce` is handed whole groups with their verdicts."""

    def __init__(self, announce: Callable[[list[tuple[Handing, Verdict]]], None]) -> None:
        self.announce = announce
        self._waiting: queue.SimpleQueue[Handing | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="mail writer", daemon=True)
        self._thread.start()

    def hand_in(self, handing: Handing) -> None:
        """Put a mail into the next group."""
        self._waiting.put(handing)

    def end(self, seconds: float) -> None:
        """Take in what waits already, then stop."""
        self._waiting.put(None)
        self._thread.join(seconds)

    def _run(self) -> None:
        is_over = False
        while not is_over:
            group, is_over = self._next_group()
            if group:
                verdicts = taken_in([handing.mail for handing in group])
                self.announce(list(zip(group, verdicts, strict=True)))
        connection.close()

    def _next_group(self) -> tuple[list[Handing], bool]:
        first = self._waiting.get()
        if first is None:
            return [], True
        group, size = [first], len(first.mail.raw)
        while len(group) < GROUP_MAILS_MAX and size < GROUP_BYTES_MAX:
            try:
                following = self._waiting.get_nowait()
            except queue.Empty:
                break
            if following is None:
                return group, True
            group.append(following)
            size += len(following.mail.raw)
        return group, False


def taken_in(mails: Sequence[Mail]) -> list[Verdict]:
    """All in one transaction; when that fails for a reason of one mail, each alone."""
    try:
        things = [_thing(mail) for mail in mails]
        return [Verdict(id, is_new) for id, is_new in take_in_all(things, at=now())]
    except Exception as error:
        if _is_away(error):
            log.warning("mail cannot be kept just now: %s", str(error).strip())
            connection.close()
            return [Verdict(None)] * len(mails)
        log.exception("a group of %d mails could not be taken in", len(mails))
        connection.close()
    return [Verdict(None)] if len(mails) == 1 else [taken_in([mail])[0] for mail in mails]


def _thing(mail: Mail) -> RawThing:
    box = mailbox_for(mail.envelope["rcpt_to"])
    return RawThing(
        channel="mail",
        raw=mail.raw,
        dedupe=dedupe_key(mail.raw),
        mailbox=box.key if box else "",
        envelope=mail.envelope,
    )


def _is_away(error: BaseException) -> bool:
    """Whether the database is gone or refuses everybody, so that no mail is to blame."""
    if not isinstance(error, DatabaseError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    if state is None:
        return True
    return str(state)[:2] in ("08", "25", "53", "55", "57", "58")
