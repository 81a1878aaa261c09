"""The network in memory: read once and again when the inventory changed, or after a minute."""

import threading
import time
from dataclasses import dataclass

from django.db import connection

from unbroken.evidence.facts import Element
from unbroken.evidence.silence.network import Network
from unbroken.ground.sql import text_of

SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Remembered:
    """The network, and under which names the sessions of a service come; its place."""

    network: Network
    access_names: dict[str, str]
    places: dict[str, str]


_lock = threading.Lock()
_kept: tuple[float, tuple[object, ...], Remembered] | None = None


def remembered() -> Remembered:
    """The whole network, at most a minute old; at once anew when something was added."""
    global _kept
    with connection.cursor() as cursor:
        cursor.execute(text_of("evidence/queries/network_stamp.sql"))
        stamp = (connection.settings_dict["NAME"], *cursor.fetchone())
    with _lock:
        kept = _kept
        if kept is not None and kept[1] == stamp and time.monotonic() - kept[0] < SECONDS:
            return kept[2]
        found = _read()
        _kept = (time.monotonic(), stamp, found)
        return found


def _read() -> Remembered:
    with connection.cursor() as cursor:
        cursor.execute(text_of("evidence/queries/network.sql"))
        elements = [
            Element(key, kind, tuple(parents), 0, 0, name, model, owner, circuit, place)
            for key, kind, name, model, owner, circuit, place, parents in cursor.fetchall()
        ]
        cursor.execute(text_of("evidence/queries/network_services.sql"))
        rows = cursor.fetchall()
    network = Network(elements, {key: resource for key, resource, _name, _place in rows})
    names = {key: name for key, _resource, name, _place in rows if name}
    return Remembered(network, names, {key: place for key, _r, _n, place in rows if place})
