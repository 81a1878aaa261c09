"""The list of erased people, kept outside the database: a restored older backup repeats it.

Every erasure is an event; this copies them into `erased.jsonl` in the data folder, one line
each with whose, when and why (never what). Restoring reads the list and erases again whoever
the backup still knows.
"""

import fcntl
import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.writers import erase

KIND = "house.erased"
FILE = "erased.jsonl"


@dataclass(frozen=True, slots=True)
class Erasure:
    """One person's right, exercised."""

    whose: str
    reason: str
    at: str


def path() -> Path:
    """Where the list lies."""
    data: Path = settings.UNBROKEN.data
    return data / FILE


def in_database() -> list[Erasure]:
    """Every erasure that the record knows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT data->>'whose', data->>'reason', at FROM ground_event"
            " WHERE stream = 'house' AND kind = %s ORDER BY version",
            [KIND],
        )
        return [Erasure(whose, reason, at.isoformat()) for whose, reason, at in cursor.fetchall()]


def listed(file: Path) -> list[Erasure]:
    """Every erasure in a list; a line cut off by a crash is passed over."""
    if not file.exists():
        return []
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        try:
            found.append(Erasure(**json.loads(line)))
        except (ValueError, TypeError):
            continue
    return found


def keep() -> int:
    """Copy into the list what it does not hold yet; returns how many were new."""
    return add_missing(path(), in_database())


def add_missing(file: Path, erasures: list[Erasure]) -> int:
    """Write down those that the list does not hold; one process at a time, so none stands twice."""
    if not erasures:
        return 0
    with file.open("a", encoding="utf-8") as kept:
        fcntl.flock(kept, fcntl.LOCK_EX)
        known = {(erasure.whose, erasure.at) for erasure in listed(file)}
        new = [erasure for erasure in erasures if (erasure.whose, erasure.at) not in known]
        if new:
            if file.read_bytes()[-1:] not in (b"", b"\n"):
                kept.write("\n")  # a line cut off by a crash stays alone
            kept.writelines(json.dumps(asdict(erasure)) + "\n" for erasure in new)
            kept.flush()
            os.fsync(kept.fileno())
    return len(new)


def repeat(erasures: list[Erasure], *, at: datetime) -> list[str]:
    """Erase again whoever this database does not know to be erased; returns whom."""
    known = {(erasure.whose, erasure.at) for erasure in in_database()}
    again = {
        erasure.whose: erasure.reason
        for erasure in erasures
        if (erasure.whose, erasure.at) not in known
    }
    for whose, reason in again.items():
        erase(Actor.parse(whose), f"{reason} (repeated after a restore)", at=at, by=HOUSE)
    return list(again)
