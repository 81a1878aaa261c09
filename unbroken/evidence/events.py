"""What happens in the evidence room: what the network says is no event, what it means is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

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


_SINCE = "2026-05-24T04:10:03+00:00"


@event(
    "evidence.element_silent",
    says=_("An element fell silent"),
    sample={
        "element": "cable-44",
        "since": _SINCE,
        "detected_at": "2026-05-24T04:11:20+00:00",
        "cause": "cable_cut",
        "services": [77, 78],
        "seconds": [1779595803, 1779595811],
    },
)
@dataclass(frozen=True)
class ElementSilent:
    """Many services fell silent together. `seconds`: when each did, in seconds since 1970."""

    element: str
    since: datetime
    detected_at: datetime
    cause: str
    announced: str = ""
    overran: bool = False
    services: tuple[int, ...] = ()
    seconds: tuple[int, ...] = ()


@event(
    "evidence.element_named",
    says=_("The silence was named more exactly"),
    sample={"element": "dslam-7", "was": "cable-44", "cause": "access_node"},
)
@dataclass(frozen=True)
class ElementNamed:
    """It lies elsewhere, has another likely cause, belongs to announced work, or outlasts that."""

    element: str
    was: str
    cause: str
    announced: str = ""
    overran: bool = False


@event(
    "evidence.services_silent",
    says=_("More services fell silent with it"),
    sample={"services": [79], "seconds": [1779595903]},
)
@dataclass(frozen=True)
class ServicesSilent:
    """These went with it; `seconds`: when each did, in seconds since 1970."""

    services: tuple[int, ...]
    seconds: tuple[int, ...]


@event(
    "evidence.services_back",
    says=_("Services are heard again"),
    sample={"services": [79], "seconds": [1779601203]},
)
@dataclass(frozen=True)
class ServicesBack:
    """These are back; `seconds`: when each was heard again."""

    services: tuple[int, ...]
    seconds: tuple[int, ...]


@event(
    "evidence.element_back",
    says=_("The silence is over"),
    sample={"until": "2026-05-24T07:40:00+00:00"},
)
@dataclass(frozen=True)
class ElementBack:
    """Nearly all are back. Whoever is not stays away for reasons of their own."""

    until: datetime


@event("evidence.element_again", says=_("It is silent again"), sample={"since": _SINCE})
@dataclass(frozen=True)
class ElementAgain:
    """The same trouble, so soon that it was never over."""

    since: datetime


@event("evidence.element_merged", says=_("It was part of something bigger"), sample={"into": 12})
@dataclass(frozen=True)
class ElementMerged:
    """What was found here is but a part of another silence."""

    into: int
