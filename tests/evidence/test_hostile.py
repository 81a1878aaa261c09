"""Whatever comes, by packet or by file: nothing breaks, nothing else is held up by it."""

import random
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.evidence.radius import (
    INTERIM,
    MORNING,
    START,
    STOP,
    accounting,
    attribute,
    packet,
    vendor,
)
from tests.evidence.test_import_radius import DETAIL
from unbroken.directory.importing.run import import_inventory
from unbroken.evidence import folding
from unbroken.evidence.doors.writing import BATCH_MAX, WAITING_MAX, Writer
from unbroken.evidence.importing.radius import import_radius
from unbroken.evidence.logged import Scribe
from unbroken.evidence.models import Session
from unbroken.evidence.queries.doors import door_counts
from unbroken.evidence.radius.attributes import read_packet
from unbroken.evidence.radius.dictionary import dictionary
from unbroken.evidence.radius.entries import PACKET, Entry, pack
from unbroken.evidence.radius.naming import Naming
from unbroken.evidence.state import partitions, radius
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.kept import forget_everything
from unbroken.ground.loops import Stop

WORST = [
    attribute(46, 2**32 - 1) + attribute(49, 2**32 - 1),
    attribute(42, 2**32 - 1) + attribute(52, 2**32 - 1),
    attribute(1, b"\xff\x00\xed\xa0\x80' OR 1=1 --") + attribute(31, b"\x00" * 200),
    attribute(8, b"\xff" * 4) + attribute(97, b"\x00\xff" + b"\xff" * 16),
    attribute(26, b"\x00\x00"), attribute(26, b"\x00\x00\x0d\xe9\x01\xff\x00"),
    vendor(3561, 130, 2**32 - 1) + vendor(3561, 1, "x" * 200), b"".join(
        vendor(3561, 129 + n % 10, n) for n in range(200)
    ),
]  # fmt: skip
"""Attributes at their limits and beyond."""


def kept(*bodies: bytes) -> None:
    """As the door keeps them."""
    at = now()
    partitions.ensure("radius_batch", {at.date()})
    entries = [Entry(at.timestamp(), "127.0.0.1", PACKET, packet(body)) for body in bodies]
    radius.keep(pack(entries), len(entries), taken_at=at)


@pytest.mark.django_db
def test_attributes_at_their_limits_become_sessions_like_others() -> None:
    times = [MORNING, datetime(1970, 1, 1, tzinfo=UTC), datetime(2106, 2, 7, tzinfo=UTC)]
    kept(*(
        accounting(status, f"s-{number}-{place}", at=at, more=more)
        for number, more in enumerate(WORST)
        for place, at in enumerate(times)
        for status in (START, INTERIM, STOP)
    ))  # fmt: skip

    folding.fold_all()

    assert Session.objects.count() == len(WORST) * len(times)


@pytest.mark.django_db
def test_a_batch_that_cannot_be_unpacked_keeps_no_other_waiting() -> None:
    """Accident: a row was damaged on the disk."""
    kept(accounting(START, "before"))
    radius.keep(b"\x01not what we packed", 1, taken_at=now())
    kept(accounting(START, "behind"))

    folding.fold_all()

    assert set(Session.objects.values_list("session", flat=True)) == {"before", "behind"}


def test_signed_garbage_is_read_or_left_out() -> None:
    """Attack: a NAS that knows its secret and fills attributes by chance."""
    chance, words = random.Random(11), dictionary()
    for _ in range(3_000):
        body = b"".join(
            attribute(chance.choice((1, 4, 8, 26, 31, 32, 40, 44, 46, 55, 97)), chance.randbytes(
                chance.randrange(20)
            ))
            for _ in range(chance.randrange(12))
        )  # fmt: skip
        read = {"source": "127.0.0.1", "arrived_at": MORNING, "naming": Naming(), "words": words}
        record = read_packet(packet(body), **read)  # type: ignore[arg-type]
        assert record is None or record.key()


@pytest.mark.django_db
def test_a_mutated_file_is_taken_in_as_far_as_it_can_be_read(tmp_path: Path) -> None:
    chance, file = random.Random(5), tmp_path / "detail"
    blocks = []
    for _ in range(60):
        octets = bytearray(DETAIL.encode())
        for _ in range(6):
            octets[chance.randrange(len(octets))] = chance.randrange(256)
        blocks.append(bytes(octets))
    late = DETAIL.replace("2026", "0001").replace("Timestamp = ", "X-Stamp = ").encode()
    file.write_bytes(b"\n\n".join([*blocks, late, DETAIL.encode()]))

    taken = import_radius([str(file)], zone=ZoneInfo("UTC"))

    assert taken.read == taken.new + taken.known + len(taken.refused)
    assert taken.new > 40


@pytest.mark.django_db
def test_a_flood_at_one_door_is_bounded_and_counted_and_takes_nothing_from_another() -> None:
    """Attack: a stranger sends more log lines than can be kept; a device tells one thing."""
    nas = '{"resources": [{"id": "nas-1", "kind": "nas", "address": "192.0.2.9"}]}'
    import_inventory([nas], by=HOUSE, at=now())
    forget_everything()
    kept: list[bytes] = []

    def written(data: bytes, _source: str, _at: datetime, _scribe: Scribe) -> None:
        kept.append(data)

    flooded, quiet = Writer("syslog", written, Stop()), Writer("snmptrap", written, Stop())
    for _ in range(WAITING_MAX + 500):
        flooded.take(b"noise", "198.51.100.1")
    quiet.take(b"linkDown", "192.0.2.9")

    quiet._keep()
    flooded._keep()

    assert kept == [b"linkDown"]
    assert len(flooded.waiting) == WAITING_MAX - BATCH_MAX
    told = door_counts()
    assert told["snmptrap"] == {"malformed": 1, "received": 1}
    assert told["syslog"] == {
        "dropped": 500, "received": WAITING_MAX + 500, "unknown_client": BATCH_MAX,
    }  # fmt: skip
