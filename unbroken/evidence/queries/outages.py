"""Outages as the records show them: the detector run over history, its findings as documents.

The same detector as the live loop's, so that the answer does not depend on when or in what order
something was imported; it opens nothing and tells nobody.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from unbroken.evidence.facts import PlannedWindow
from unbroken.evidence.queries.presence import WARM_UP, network, presence
from unbroken.evidence.queries.windows import planned_windows
from unbroken.evidence.silence import causes, signs
from unbroken.evidence.silence.fold import Detector
from unbroken.evidence.silence.found import SilentElement
from unbroken.evidence.silence.network import Network
from unbroken.evidence.silence.signs import Sign

KINDS = {
    signs.START: "session_start",
    signs.ALIVE: "session_interim",
    signs.STOP: "session_stop",
    signs.NAS_UP: "accounting_on",
    signs.NAS_DOWN: "accounting_off",
}


@dataclass(frozen=True, slots=True)
class Outage:
    """One element that fell silent, and everybody with it. `overran`: announced, but not over."""

    element: str
    since: datetime
    until: datetime | None
    detected_at: datetime
    cause: str
    announced: str | None
    overran: bool
    affected: tuple[str, ...]
    evidence: tuple[Sign, ...]

    @property
    def id(self) -> str:
        """The element and its moment: the same however often it is asked for."""
        return f"{self.element}@{self.since.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def outages(*, since: datetime, until: datetime) -> list[Outage]:
    """Those that lasted into this span, as far as was known at its end; the earliest first."""
    on, services = network()
    detector = Detector(on)
    detector.hear_all(presence(on, services, since=since, until=until))
    detector.advance(until.timestamp())
    told = planned_windows(since=since - WARM_UP, until=until, known_by=until)
    found = [_outage(on, silence, told, until) for silence in detector.silent]
    found = [one for one in found if one.until is None or one.until >= since]
    return sorted(found, key=lambda one: (one.since, one.element))


def as_json(outage: Outage) -> dict[str, Any]:
    """The document of interfaces.md; `overran` beside it."""
    return {
        "id": outage.id,
        "element": outage.element,
        "since": outage.since.isoformat(),
        "until": outage.until.isoformat() if outage.until else None,
        "detected_at": outage.detected_at.isoformat(),
        "cause": outage.cause,
        "announced": outage.announced,
        "overran": outage.overran,
        "affected": list(outage.affected),
        "evidence": [_evidence(number, sign) for number, sign in enumerate(outage.evidence, 1)],
    }


def _outage(
    on: Network, silence: SilentElement, windows: list[PlannedWindow], at: datetime
) -> Outage:
    window = causes.announced(on, silence, windows)
    until = _time(silence.until) if silence.until is not None else None
    said = {sign for loss in silence.affected.values() for sign in loss.said[:2]}
    return Outage(
        element=silence.element,
        since=_time(silence.since),
        until=until,
        detected_at=_time(silence.detected_at),
        cause=causes.WORK if window else causes.cause_of(on, silence),
        announced=window.key if window else None,
        overran=window is not None and (until or at) > window.until,
        affected=tuple(sorted(silence.affected)),
        evidence=tuple(sorted(said | set(silence.signs), key=lambda sign: (sign.at, sign.subject))),
    )


def _evidence(number: int, sign: Sign) -> dict[str, Any]:
    is_session = sign.kind in KINDS
    ref: dict[str, Any] = {"type": "radius" if is_session else "alarm"}
    data: dict[str, Any] = {}
    if sign.kind in (signs.NAS_UP, signs.NAS_DOWN):
        ref["resource"] = sign.subject
    elif is_session:
        ref |= {"service": sign.subject, "session": sign.session.partition(" ")[2]}
        data["terminate_cause"] = sign.why
    else:
        ref["resource"] = sign.subject
        ref["type"] = "observation" if sign.why == signs.LINK_STATUS else "alarm"
        data["alarm"] = sign.why
    return {
        "id": number,
        "kind": KINDS.get(sign.kind, "link_status" if "alarm" not in ref["type"] else "alarm"),
        "at": _time(sign.at).isoformat(),
        "ref": ref,
        "data": data,
    }


def _time(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
