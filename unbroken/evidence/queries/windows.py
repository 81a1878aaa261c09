"""Windows of work that somebody gave notice of."""

from datetime import datetime, timedelta

from unbroken.evidence import facts
from unbroken.evidence.models import PlannedWindow

NEAR = timedelta(hours=2)


def planned_windows(
    *, since: datetime, until: datetime, known_by: datetime
) -> list[facts.PlannedWindow]:
    """Those that touch this span or stand close to it, as far as they had been told by then."""
    found = PlannedWindow.objects.filter(
        since__lte=until + NEAR, until__gte=since - NEAR, arrived_at__lte=known_by
    )
    return [_window(one) for one in found.order_by("since", "key")]


def window_called(key: str) -> facts.PlannedWindow | None:
    """The one with this key: who sent it and its number there."""
    found = PlannedWindow.objects.filter(key=key).first()
    return _window(found) if found else None


def _window(one: PlannedWindow) -> facts.PlannedWindow:
    return facts.PlannedWindow(
        key=one.key,
        since=one.since,
        until=one.until,
        resources=tuple(one.resources),
        impact=one.impact,
        status=one.status,
        provider=one.provider,
    )
