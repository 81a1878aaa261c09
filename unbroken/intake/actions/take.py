"""Taking in: raw, durable, then acknowledged. Nothing is read here."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from unbroken.ground.actor import HOUSE
from unbroken.ground.batch import begin_all
from unbroken.intake.events import IntakeTaken
from unbroken.intake.ids import IntakeId
from unbroken.intake.models import Intake


@dataclass(frozen=True)
class RawThing:
    """Something at the door: its bytes, the channel, and what the door knows of it.

    `dedupe` is the same for the same thing handed in again; None where that cannot happen.
    `envelope` holds what the door was told beside the bytes (mail_from, rcpt_to, peer).
    """

    channel: str
    raw: bytes
    dedupe: bytes | None = None
    mailbox: str = ""
    envelope: dict[str, Any] = field(default_factory=dict)


def take_in(thing: RawThing, *, at: datetime) -> tuple[IntakeId, bool]:
    """Keep one raw thing; returns its id and whether it is new. Committed when this returns,
    unless the caller holds a transaction of its own."""
    return take_in_all([thing], at=at)[0]


def take_in_all(things: Sequence[RawThing], *, at: datetime) -> list[tuple[IntakeId, bool]]:
    """Keep several in one transaction: all of them, or none and the other side tries again."""
    with transaction.atomic():
        known = known_already([thing.dedupe for thing in things if thing.dedupe])
        new: dict[bytes | int, RawThing] = {}
        for place, thing in enumerate(things):
            if thing.dedupe is None or thing.dedupe not in known:
                new.setdefault(thing.dedupe or place, thing)
        kept = dict(zip(new, _keep(list(new.values()), at=at), strict=True))
    taken = []
    for place, thing in enumerate(things):
        key = thing.dedupe or place
        is_new = new.get(key) is thing
        taken.append((kept[key] if key in kept else known[thing.dedupe or b""], is_new))
    return taken


def known_already(keys: list[bytes]) -> dict[bytes, IntakeId]:
    """The same thing may come through two doors at once: one waits here for the other."""
    if not keys:
        return {}
    with connection.cursor() as cursor:
        locks = sorted({int.from_bytes(key[:8], "big", signed=True) for key in keys})
        cursor.execute("SELECT pg_advisory_xact_lock(k) FROM unnest(%s::bigint[]) AS k", [locks])
        cursor.execute("SELECT dedupe, id FROM intake WHERE dedupe = ANY(%s)", [keys])
        return {bytes(row[0]): IntakeId(row[1]) for row in cursor.fetchall()}


def _keep(things: Sequence[RawThing], *, at: datetime) -> list[IntakeId]:
    new = [
        (
            {
                "channel": thing.channel,
                "mailbox": thing.mailbox,
                "raw": thing.raw,
                "size": len(thing.raw),
                "sha256": hashlib.sha256(thing.raw).digest(),
                "dedupe": thing.dedupe,
                "envelope": thing.envelope,
                "taken_at": at,
                "outcome": "",
                "problem": "",
            },
            IntakeTaken(channel=thing.channel, size=len(thing.raw)),
        )
        for thing in things
    ]
    return [IntakeId(intake_id) for intake_id in begin_all(Intake, new, by=HOUSE, at=at)]
