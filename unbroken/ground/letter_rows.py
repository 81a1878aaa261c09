"""Letters and boxes as rows: what whoever empties a box notes down (`postman`)."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

from unbroken.ground.clock import now
from unbroken.ground.events import LoggedEvent
from unbroken.ground.letters import ATTEMPTS

log = logging.getLogger(__name__)

PAUSE = timedelta(seconds=2)
"""Before a failed letter is tried again; doubled with every failure, and with every death."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in hand, with what its box prepared for it."""

    id: int
    attempts: int
    event: LoggedEvent
    deaths: int = 0


def locked(ids: list[int]) -> set[int]:
    """Those of these letters that nobody else has in hand; ours until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM ground_letter WHERE id = ANY(%s) FOR UPDATE SKIP LOCKED", [ids]
        )
        return {row[0] for row in cursor.fetchall()}


def delete(ids: list[int]) -> None:
    """What was to be done with these is done."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ground_letter WHERE id = ANY(%s)", [ids])


def note_opening(letter: Letter) -> None:
    """Counted as a death until it comes back; in that case it is not tried again at once."""
    pause = PAUSE * 2 ** (letter.deaths + 1)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ground_letter SET deaths = %s, not_before = %s WHERE id = %s",
            [letter.deaths + 1, now() + pause, letter.id],
        )


def note_failure(letter: Letter, error: Exception) -> None:
    """It failed by its own fault: later again, or parked."""
    attempts = letter.attempts + 1
    text = f"{type(error).__name__}: {error}"[:2000].replace("\0", "")
    if attempts >= ATTEMPTS:
        park(letter, text)
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ground_letter SET attempts = %s, deaths = %s, not_before = %s, error = %s"
            " WHERE id = %s",
            [attempts, letter.deaths, now() + PAUSE * 2**attempts, text, letter.id],
        )


def park(letter: Letter, error: str) -> None:
    """Nobody tries it again until somebody asks."""
    log.error("letter %s for event %s is parked: %s", letter.id, letter.event.id, error)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ground_letter SET attempts = %s, parked_at = %s, error = %s WHERE id = %s",
            [ATTEMPTS, now(), error, letter.id],
        )


def was_interrupted(box: str) -> bool:
    """Whether the last batch of a box was cut off."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT batch_open FROM ground_box WHERE name = %s", [box])
        row = cursor.fetchone()
    return bool(row and row[0])


_NOTE = """
WITH noted AS (
    INSERT INTO ground_box (name, batch_open) VALUES (%s, %s)
    ON CONFLICT (name) DO UPDATE SET batch_open = EXCLUDED.batch_open
    RETURNING true)
SELECT set_config('synchronous_commit', 'off', true) FROM noted
"""


def note_batch(box: str, *, is_open: bool) -> None:
    """Noted without waiting for the disk: losing the note costs one careful batch at most."""
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [box, is_open])


def close_batch(box: str, ids: list[int]) -> None:
    """What was done with these letters is done, and the batch is over: all of it or nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH gone AS (DELETE FROM ground_letter WHERE id = ANY(%s))"
            " UPDATE ground_box SET batch_open = false WHERE name = %s",
            [ids, box],
        )
