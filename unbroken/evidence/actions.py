"""What is noted in the evidence room by deed: announced work, elements that fell silent."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from unbroken.evidence.events import (
    ElementAgain,
    ElementBack,
    ElementMerged,
    ElementNamed,
    ElementSilent,
    ServicesBack,
    ServicesSilent,
    WindowNoted,
)
from unbroken.evidence.models import PlannedWindow, Silence
from unbroken.evidence.silence.telling import Again, Back, Gone, Named, News, Over, Standing
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


def note_silence(
    *, standing: Standing, since: datetime, detected_at: datetime, by: Actor, at: datetime
) -> int:
    """An element fell silent with everybody below it, and it is no history. Returns its number."""
    with begin(Silence, by=by, at=at) as row:
        row.element, row.cause, row.since = standing.element, standing.cause, since
        row.detected_at = detected_at
        row.announced, row.overran = standing.announced, standing.overran
        row.tell(
            ElementSilent(
                element=standing.element,
                since=since,
                detected_at=detected_at,
                cause=standing.cause,
                announced=standing.announced,
                overran=standing.overran,
                services=tuple(standing.away),
                seconds=tuple(standing.away.values()),
            )
        )
        return int(row.id)


def follow_silence(
    *, silence_id: int, news: Iterable[News], now: Standing, by: Actor, at: datetime
) -> None:
    """What became of it since: more went, some are back, it is over."""
    for one in news:
        with change(Silence, silence_id, by=by, at=at) as row:
            match one:
                case Named(was):
                    row.element, row.cause = now.element, now.cause
                    row.announced, row.overran = now.announced, now.overran
                    row.tell(ElementNamed(now.element, was, now.cause, now.announced, now.overran))
                case Gone(services):
                    row.tell(ServicesSilent(tuple(services), tuple(services.values())))
                case Back(services):
                    row.tell(ServicesBack(tuple(services), tuple(services.values())))
                case Over(until):
                    row.until = datetime.fromtimestamp(until, UTC)
                    row.tell(ElementBack(row.until))
                case Again(since):
                    row.until = None
                    row.tell(ElementAgain(datetime.fromtimestamp(since, UTC)))


def merge_silence(*, silence_id: int, into: int, by: Actor, at: datetime) -> None:
    """It was but a part of something bigger."""
    with change(Silence, silence_id, by=by, at=at) as row:
        row.merged_into, row.until = into, row.at
        row.tell(ElementMerged(into))
