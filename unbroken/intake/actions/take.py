"""Taking in: raw, durable, then acknowledged. Nothing is read here."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from unbroken.ground.actor import HOUSE
from unbroken.ground.change import begin
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
        known = _known_already([thing.dedupe for thing in things if thing.dedupe])
        taken: list[tuple[IntakeId, bool]] = []
        for thing in things:
            same = known.get(thing.dedupe) if thing.dedupe else None
            if same is not None:
                taken.append((same, False))
                continue
            intake_id = _keep(thing, at=at)
            if thing.dedupe:
                known[thing.dedupe] = intake_id
            taken.append((intake_id, True))
    return taken


def _known_already(keys: list[bytes]) -> dict[bytes, IntakeId]:
    """The same thing may come through two doors at once: one waits here for the other."""
    if not keys:
        return {}
    with connection.cursor() as cursor:
        for lock in sorted({int.from_bytes(key[:8], "big", signed=True) for key in keys}):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])
        cursor.execute("SELECT dedupe, id FROM intake WHERE dedupe = ANY(%s)", [keys])
        return {bytes(row[0]): IntakeId(row[1]) for row in cursor.fetchall()}


def _keep(thing: RawThing, *, at: datetime) -> IntakeId:
    with begin(Intake, by=HOUSE, at=at) as intake:
        intake.channel = thing.channel
        intake.mailbox = thing.mailbox
        intake.raw = thing.raw
        intake.size = len(thing.raw)
        intake.sha256 = hashlib.sha256(thing.raw).digest()
        intake.dedupe = thing.dedupe
        intake.envelope = thing.envelope
        intake.taken_at = at
        intake.tell(IntakeTaken(channel=thing.channel, size=len(thing.raw)))
    return IntakeId(intake.id)
