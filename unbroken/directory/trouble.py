"""The socket for what is known to be wrong at somebody's services.

A room above that knows of it (outages) says so here when it starts: `tells(asker)`. Faces ask
`known_trouble`; while no room answers, nothing is known and nothing is shown. An asker gets all
services of a reader at once and asks the database once for all of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from unbroken.directory.ids import ServiceId


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong that we know of, in words meant for the customer.

    `services`: which of those asked about are struck. `over_by` and `news_by` are times that we
    promise; either may be unknown.
    """

    key: str
    words: str
    since: datetime
    services: tuple[ServiceId, ...]
    over_by: datetime | None = None
    news_by: datetime | None = None


Asker = Callable[[Sequence[ServiceId], str, datetime], Sequence[Trouble]]
"""Takes the services, the reader's language and the present moment."""

_askers: list[Asker] = []


def tells(asker: Asker) -> Asker:
    """From now on this is asked; said once by each room, when it starts."""
    if asker not in _askers:
        _askers.append(asker)
    return asker


def tells_no_more(asker: Asker) -> None:
    """A test is over."""
    _askers.remove(asker)


def known_trouble(
    services: Sequence[ServiceId], *, language: str, at: datetime
) -> tuple[Trouble, ...]:
    """What is known to be wrong at these services, what began first first."""
    if not services:
        return ()
    found = [one for asker in _askers for one in asker(services, language, at)]
    return tuple(sorted(found, key=lambda one: (one.since, one.key)))
