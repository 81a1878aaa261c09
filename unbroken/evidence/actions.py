"""What is noted in the evidence room by deed: windows of work that somebody gave notice of."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from unbroken.evidence.events import WindowNoted
from unbroken.evidence.models import PlannedWindow
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.words import _

IMPACTS = ("NO-IMPACT", "REDUCED-REDUNDANCY", "DEGRADED", "OUTAGE")
STATUSES = (
    "TENTATIVE", "CONFIRMED", "CANCELLED", "IN-PROCESS", "COMPLETED", "RE-SCHEDULED",
)  # fmt: skip
"""As MAINTNOTE has them (jda/maintnote-std); RE-SCHEDULED is what carriers send besides."""

LASTS_MAX = timedelta(days=31)
"""A notice for longer than that has a slip of the pen in it, and would excuse everything."""

refusals(
    {
        "window.no_key": _("A notice of work needs the number its sender gave it."),
        "window.ends_first": _("The work would end before it begins."),
        "window.too_long": _("No work lasts longer than {days} days: a date must be wrong."),
        "window.no_time": _("The notice does not say from when to when."),
        "window.unknown_things": _("The inventory does not know {things}."),
        "window.nothing_named": _("The notice names nothing that the inventory knows."),
        "window.unknown_impact": _("There is no impact {impact} in MAINTNOTE."),
        "window.unknown_status": _("There is no status {status} in MAINTNOTE."),
    }
)


def note_planned_window(
    *,
    key: str,
    since: datetime,
    until: datetime,
    resources: Sequence[str],
    impact: str = "OUTAGE",
    status: str = "CONFIRMED",
    provider: str = "",
    arrived_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> bool:
    """Work was announced, moved or called off; False when all that was known already.

    `key`: the sender and the number it has there. `resources`: keys of the inventory.
    `arrived_at`: when the notice was first there, for one that is taken in later.
    """
    _checked(key, since, until, resources, impact, status)
    values: dict[str, Any] = {
        "since": since,
        "until": until,
        "resources": sorted(set(resources)),
        "impact": impact,
        "status": status,
        "provider": provider,
    }
    known = PlannedWindow.objects.filter(key=key).first()
    if known is None:
        with begin(PlannedWindow, by=by, at=at) as window:
            window.key, window.arrived_at = key, arrived_at or at
            _set(window, values)
            window.tell(WindowNoted(key=key, now=_plain(values)))
        return True
    was = {name: getattr(known, name) for name in values}
    if was == values:
        return False
    with change(PlannedWindow, known.pk, by=by, at=at) as window:
        _set(window, values)
        window.tell(WindowNoted(key=key, was=_plain(was), now=_plain(values)))
    return True


def _checked(
    key: str,
    since: datetime,
    until: datetime,
    resources: Sequence[str],
    impact: str,
    status: str,
) -> None:
    if not key.strip():
        raise Refused("window.no_key")
    if until <= since:
        raise Refused("window.ends_first")
    if until - since > LASTS_MAX:
        raise Refused("window.too_long", days=LASTS_MAX.days)
    if not resources:
        raise Refused("window.nothing_named")
    if impact not in IMPACTS:
        raise Refused("window.unknown_impact", impact=impact[:40])
    if status not in STATUSES:
        raise Refused("window.unknown_status", status=status[:40])


def _set(window: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(window, name, value)


def _plain(values: dict[str, Any]) -> dict[str, object]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }
