"""Emptying letterboxes: batches of letters, each charged for its own failure.

One thread owns a box at a time. A batch is one transaction; when a letter fails, the batch is
opened again with a savepoint per letter. When it dies as a whole (deadlock, lost connection,
killed process) its letters are run one by one, each noted beforehand: what dies with its process
alone, again and again, is parked. What merely stood there when somebody pulled the plug is not:
it is tried `DEATHS` times, with pauses that outlast a storm, while the others go on (decision
0020).
"""

import logging
import time
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from django.db import DatabaseError, connection, transaction

from unbroken.ground.actor import Actor
from unbroken.ground.clock import now
from unbroken.ground.events import logged
from unbroken.ground.foreseen import foresight
from unbroken.ground.letter_rows import (
    Letter,
    close_batch,
    delete,
    locked,
    note_batch,
    note_failure,
    note_opening,
    park,
    was_interrupted,
)
from unbroken.ground.letters import (
    BOXES,
    foresee_preparing,
    foresee_reacting,
    foresees,
    prepared_for,
    react,
)
from unbroken.ground.statements import gathered
from unbroken.ground.writers import LetterSkipped, tell_house

log = logging.getLogger(__name__)

BATCH_MAX = 200
BATCH_MIN = 20
PREPARE_SECONDS = 0.03
TOGETHER = 16
"""So many letters' questions are foreseen at once, and their changes leave in one message."""

BATCH_SECONDS = 0.1
"""How long a batch is acted on: every row it changes stays locked until its end, and people wait
for those rows. Two hundred letters at leisure kept answers waiting for four seconds."""
DEATHS = 5
"""So often may whoever opens a letter alone die of it, or of anything else meanwhile: with the
pauses between, that is more than a minute in which it and it alone was fatal each time."""


_Ready = tuple[Letter, dict[int, Any]]
_Failed = tuple[Letter, Exception]

_WAITING = """
-- The oldest letters of a box that may be opened now; those behind a parked or
-- postponed letter of their own stream wait (delayed boxes have no order to keep).
SELECT letter.id, letter.attempts, letter.deaths, event.id, event.stream, event.version,
       event.kind, event.at, event.by, event.data, event.imported
FROM ground_letter letter
JOIN ground_event event ON event.id = letter.event_id
WHERE letter.box = %(box)s AND letter.parked_at IS NULL
  AND (letter.not_before IS NULL OR letter.not_before <= %(now)s)
  AND NOT EXISTS (
      SELECT 1 FROM ground_letter before
      WHERE before.box = letter.box AND before.stream = letter.stream
        AND before.event_id < letter.event_id AND (before.attempts > 0 OR before.deaths > 0)
        AND (before.parked_at IS NOT NULL OR before.not_before > %(now)s))
ORDER BY letter.event_id
LIMIT %(limit)s
"""


def waiting(box: str, *, at: datetime, limit: int = BATCH_MAX) -> list[Letter]:
    """What may be opened now, whole streams together, in ascending stream order."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, {"box": box, "now": at, "limit": limit})
        letters = [Letter(row[0], row[1], logged(row[3:]), row[2]) for row in cursor.fetchall()]
    # The number counts, not its digits: what came first goes first.
    return sorted(letters, key=lambda le: (len(le.event.stream), le.event.stream, le.event.id))


def empty_box(box: str) -> int:
    """Open one batch; returns how many letters were settled (0: nothing to do now)."""
    letters = waiting(box, at=now(), limit=_sizes.get(box, BATCH_MAX))
    if not letters:
        return 0
    if was_interrupted(box):
        log.warning("box %s: the last batch was cut off; opening letters one by one", box)
        done = _one_by_one(box, waiting(box, at=now()))
        note_batch(box, is_open=False)
        return done
    suspects = [letter for letter in letters if letter.deaths]
    if suspects:  # whatever is fatal takes no other with it
        streams = {letter.event.stream for letter in suspects}
        letters = [letter for letter in letters if letter.event.stream not in streams]
    cleared = _one_by_one(box, suspects)
    return cleared + (_empty(box, letters) if letters else 0)


def _empty(box: str, letters: list[Letter]) -> int:
    """A batch of which nothing bad is known; as far as time allows."""
    note_batch(box, is_open=True)
    try:
        done = _open_batch(box, letters)
    except Exception:
        log.exception("box %s: a batch failed as a whole; opening letters one by one", box)
        connection.close()
        done = _one_by_one(box, waiting(box, at=now()))
        note_batch(box, is_open=False)
    _sizes[box] = min(BATCH_MAX, max(BATCH_MIN, 2 * done))
    return done


_sizes: dict[str, int] = {}
"""How many letters of a box are fetched: twice what its last batch came to, since those that
are fetched and not opened in time are fetched again."""


def _open_batch(box: str, letters: list[Letter]) -> int:
    """As many letters as can be acted on in a tenth of a second, in one transaction."""
    ready, failed = _prepared(box, letters)
    if not failed:
        try:
            return _act_on_all(box, ready)
        except Exception as error:
            if _whole_batch_is_lost(error):
                raise
    return _act_on_each(box, ready, failed)


def _prepared(box: str, letters: list[Letter]) -> tuple[list[_Ready], list[_Failed]]:
    """Letters with what their reactions need; one that cannot be prepared fails alone."""
    until = time.monotonic() + PREPARE_SECONDS
    left = _left.pop(box, {})
    ready: list[_Ready] = []
    failed: list[_Failed] = []
    with foresight():
        foresee_preparing(box, [letter.event for letter in letters if letter.id not in left])
        for letter in letters:
            try:
                ready.append((letter, left.get(letter.id) or prepared_for(letter.event, box)))
            except DatabaseError:
                raise
            except Exception as error:
                failed.append((letter, error))
            if time.monotonic() > until:
                break
    return ready, failed


_left: dict[str, dict[int, dict[int, Any]]] = {}
"""What was prepared for letters of a box that the time of their batch did not suffice for."""


def _act_on_all(box: str, ready: list[_Ready]) -> int:
    """Without a savepoint for each, as nearly always goes well; the first failure undoes all."""
    done: list[int] = []
    together = gathered if foresees(box) else nullcontext
    with transaction.atomic(durable=True), foresight():
        mine = locked([letter.id for letter, _ in ready])
        opened = [(letter, prepared) for letter, prepared in ready if letter.id in mine]
        until = time.monotonic() + BATCH_SECONDS
        for start in range(0, len(opened), TOGETHER):
            some = opened[start : start + TOGETHER]
            foresee_reacting(box, [(letter.event, prepared) for letter, prepared in some])
            with together():
                done += _react_until(until, box, some)
            if time.monotonic() > until:
                break
        close_batch(box, done)
    if foresees(box):
        settled = set(done)
        _left[box] = {letter.id: told for letter, told in opened if letter.id not in settled}
    return len(done)


def _react_until(until: float, box: str, some: list[_Ready]) -> list[int]:
    """One letter at least; the others as long as there is time."""
    done: list[int] = []
    for letter, prepared in some:
        react(letter.event, box, at=now(), prepared=prepared)
        done.append(letter.id)
        if time.monotonic() > until:
            break
    return done


def _act_on_each(box: str, ready: list[_Ready], failed: list[_Failed]) -> int:
    """Somebody fails: a savepoint for each letter, so that only the guilty one does."""
    with transaction.atomic(durable=True):
        mine = locked([letter.id for letter, _ in ready] + [letter.id for letter, _ in failed])
        done = _settle(box, [(le, p) for le, p in ready if le.id in mine], failed)
        close_batch(box, done)
    return len(done) + len(failed)


def _settle(box: str, ready: list[_Ready], failed: list[_Failed]) -> list[int]:
    done: list[int] = []
    stuck = {letter.event.stream for letter, _ in failed}
    until = time.monotonic() + BATCH_SECONDS
    for letter, prepared in ready:
        if time.monotonic() > until:
            break
        if letter.event.stream in stuck:
            continue
        try:
            _act(letter, box, prepared)
            done.append(letter.id)
        except Exception as error:
            if _whole_batch_is_lost(error):
                raise
            stuck.add(letter.event.stream)
            failed.append((letter, error))
    for letter, reason in failed:
        note_failure(letter, reason)
    return done


def _act(letter: Letter, box: str, prepared: dict[int, Any]) -> None:
    with transaction.atomic():
        react(letter.event, box, at=now(), prepared=prepared)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def _whole_batch_is_lost(error: Exception) -> bool:
    """Deadlocks, serialisation failures and lost connections are nobody's own fault."""
    cause: BaseException | None = error
    while cause is not None:
        state = getattr(cause, "sqlstate", None)
        if state in ("40001", "40P01") or (state or "").startswith(("08", "57")):
            return True
        cause = cause.__cause__
    return not connection.is_usable()


def _one_by_one(box: str, letters: list[Letter]) -> int:
    """Each letter in a transaction of its own, noted before it is opened; behind one that is not
    settled its stream waits."""
    done = 0
    stuck: set[str] = set()
    for letter in letters:
        if letter.event.stream in stuck:
            continue
        if letter.deaths >= DEATHS:
            with transaction.atomic(durable=True):
                park(letter, f"whoever opened it alone died, {DEATHS} times")
        elif _open_alone(box, letter):
            done += 1
            continue
        stuck.add(letter.event.stream)
    return done


def _open_alone(box: str, letter: Letter) -> bool:
    """Whether it was acted on. A lost database is no failure of its own: only the note stands."""
    with transaction.atomic(durable=True):
        note_opening(letter)
    try:
        prepared = prepared_for(letter.event, box)
        with transaction.atomic(durable=True):
            if not locked([letter.id]):
                return False
            _act(letter, box, prepared)
            delete([letter.id])
    except Exception as error:
        log.exception("box %s: letter %s failed alone", box, letter.id)
        if _whole_batch_is_lost(error):
            connection.close()
        else:
            with transaction.atomic(durable=True):
                note_failure(letter, error)
        return False
    return True


def retry_letter(letter_id: int) -> None:
    """An agent asks for another try of a parked letter."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ground_letter SET attempts = 0, deaths = 0, parked_at = NULL, not_before = NULL"
            " WHERE id = %s",
            [letter_id],
        )


def skip_letter(letter_id: int, *, by: Actor, at: datetime) -> None:
    """Give a parked letter up, on record: who, which event, which box."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM ground_letter WHERE id = %s AND parked_at IS NOT NULL"
            " RETURNING box, event_id",
            [letter_id],
        )
        row = cursor.fetchone()
        if row:
            tell_house(LetterSkipped(row[0], row[1]), by=by, at=at)


def drain(
    *, upto: datetime | None = None, at: datetime | None = None, rounds_max: int = 1000
) -> int:
    """For tests and the demo: open every letter in the caller's transaction, errors raised.

    `at` lets the rooms react as of another instant: a story that happened yesterday.
    """
    total = 0
    for _ in range(rounds_max):
        opened, filled = 0, _filled()
        for box in BOXES.names():
            if box not in filled:
                continue
            for letter in waiting(box, at=upto or now()):
                _act_plainly(letter, box, at or now())
                opened += 1
            filled = _filled()
        total += opened
        if not opened:
            return total
    raise RuntimeError("the letterboxes never run empty: two reactions feed each other")


def _filled() -> set[str]:
    """The boxes in which any letter lies: one question in place of one for each box."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT box FROM ground_letter WHERE parked_at IS NULL")
        return {box for (box,) in cursor.fetchall()}


def clear_the_way(*, has_grown: bool) -> None:
    """For a rehearsal in one long transaction, between two drains: letters that were settled in it
    would lie in the way until its end, and plans be made for tables that were empty."""
    if not _filled():
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE ground_letter")
            if has_grown:
                cursor.execute("ANALYZE")


def _act_plainly(letter: Letter, box: str, at: datetime) -> None:
    with transaction.atomic():
        prepared = prepared_for(letter.event, box)
        react(letter.event, box, at=max(at, letter.event.at), prepared=prepared)
        delete([letter.id])
