"""Who hears the end of a problem, and when: each household once its own services are back.

At the end: everybody but those of whom a service is still away. They hear it when it returns; when
the time that a straggler gets is over they hear that theirs is not back, once, and that is the end
of it. Whoever heard it is not told again, however often the same event is read.
"""

from collections.abc import Callable
from dataclasses import dataclass

from unbroken.ground.events import LoggedEvent
from unbroken.ground.sql import rows
from unbroken.outage import queries as outage

NEWS_FOR_SECONDS = 6 * 3600
"""So long after the end "yours is not back" is news; later it is none."""


@dataclass(frozen=True, slots=True)
class _Id:
    id: int


def is_an_end(event: LoggedEvent) -> bool:
    """Whether this is the end for anybody; services that return while it lasts are not."""
    if event.kind == "problem.service_restored":
        return bool(event.data.get("late"))
    if event.kind == "problem.left_alone":
        found = outage.problem(event.subject_id)
        return bool(
            found and found.until and (event.at - found.until).total_seconds() <= NEWS_FOR_SECONDS
        )
    return True


def for_whom(event: LoggedEvent) -> Callable[[int, int], bool]:
    """Whether it is the end for this contact of this customer."""
    problem, services = event.subject_id, list(event.data.get("services") or ())
    heard = _ids("intake/queries/notice_heard_end.sql", problem=problem)
    away = _ids("intake/queries/notice_still_away.sql", problem=problem)
    owners = _ids("intake/queries/notice_owners.sql", services=services)

    def is_end(customer: int, contact: int) -> bool:
        if contact in heard or (customer in away) != (event.kind == "problem.left_alone"):
            return False
        return event.kind == "problem.ended" or customer in owners

    return is_end


def _ids(path: str, **params: object) -> set[int]:
    return {one.id for one in rows(_Id, path, **params)}
