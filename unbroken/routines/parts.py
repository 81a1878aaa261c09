"""The three parts of a hand-over among the steps of a macro or a rule. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from unbroken.ground.words import Phrase, _

PARTS: Final = ("done", "needed", "due")
HANDS: Final = ("team", "agent")
DUES: Final[dict[str, Phrase]] = {
    "1": _("within an hour"),
    "2": _("within 2 hours"),
    "4": _("within 4 hours"),
    "8": _("within 8 hours"),
    "24": _("within a day"),
    "72": _("within 3 days"),
    "168": _("within a week"),
}


def is_whole(steps: Mapping[str, Any]) -> bool:
    """Whether nothing is handed over, or with all three parts to somebody."""
    given = [one for one in PARTS if steps.get(one)]
    return not given or (len(given) == len(PARTS) and any(steps.get(one) for one in HANDS))


def due_at(value: object, at: datetime) -> datetime | None:
    """So many hours on; None for what nobody offered."""
    return at + timedelta(hours=int(str(value))) if value in DUES else None
