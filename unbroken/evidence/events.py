"""What happens in the evidence room: what the network says is no event, what it means is."""

from collections.abc import Mapping
from dataclasses import dataclass

from unbroken.ground.events import event
from unbroken.ground.words import _


@event(
    "window.noted",
    says=_("Planned work noted"),
    sample={
        "key": "netco MW-2026-117",
        "was": None,
        "now": {
            "since": "2026-05-24T01:00:00+00:00",
            "until": "2026-05-24T05:00:00+00:00",
            "resources": ["cable-44"],
            "impact": "OUTAGE",
            "status": "CONFIRMED",
            "provider": "netco",
        },
    },
)
@dataclass(frozen=True)
class WindowNoted:
    """Somebody gave notice of work, or changed what was noticed before."""

    key: str
    was: Mapping[str, object] | None = None
    now: Mapping[str, object] | None = None
