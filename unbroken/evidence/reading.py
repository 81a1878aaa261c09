"""Stored raw records as values: whoever folds them, whenever they came.

One record that cannot be read never keeps the others waiting.
"""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime

from django.conf import settings

from unbroken.directory.network_queries import radius_clients
from unbroken.evidence.radius import detail
from unbroken.evidence.radius.attributes import read_packet
from unbroken.evidence.radius.dictionary import Dictionary, dictionary
from unbroken.evidence.radius.entries import DETAIL, PACKET, Entry, unpack
from unbroken.evidence.radius.naming import Naming, Nas
from unbroken.evidence.radius.records import Record
from unbroken.ground.kept import Kept

log = logging.getLogger(__name__)


def naming_now() -> Naming:
    """The NASes of the inventory as it stands."""
    return Naming(
        Nas(one.key, one.name, one.address, one.secret.encode()) for one in radius_clients()
    )


naming = Kept(naming_now)


def words() -> Dictionary:
    """What attributes are called: ours, and the operator's folder."""
    return dictionary(settings.UNBROKEN.radius_dictionaries)


class Reading:
    """Reads packed entries; `unreadable` counts what could not be."""

    def __init__(self) -> None:
        self.unreadable = 0

    def __call__(self, entries: bytes) -> Iterator[Record]:
        """Every record in them that speaks of a session or of a whole NAS."""
        for entry in unpack(entries):
            record = self.read(entry)
            if record is not None:
                yield record

    def read(self, entry: Entry) -> Record | None:
        """One of them; None for one that cannot be read."""
        arrived_at = datetime.fromtimestamp(entry.arrived, UTC)
        try:
            if entry.kind == PACKET:
                return read_packet(
                    entry.data,
                    source=entry.source,
                    arrived_at=arrived_at,
                    naming=naming(),
                    words=words(),
                )
            if entry.kind == DETAIL:
                return detail.read_block(entry.data, naming=naming(), words=words())
        except (ValueError, OverflowError):
            log.warning("an accounting record of %s could not be read", entry.source)
        self.unreadable += 1
        return None
