"""What the customer's words were read as, and the one click that reads them again."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from unbroken.conversation import actions
from unbroken.conversation.events_line import ClaimCorrected
from unbroken.conversation.ids import TicketId
from unbroken.evidence.claims.beside import Checked
from unbroken.evidence.claims.corrected import ABOUT, OTHER, READINGS
from unbroken.evidence.claims.kinds import KINDS
from unbroken.evidence.claims.reading import Claim
from unbroken.evidence.looking import Look
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.words import _, current_language

refusals({"console.no_such_claim": _("These words are not on this request any more.")})
refusals({"console.claim_means_what": _("Say what was meant: a time or a number that can be.")})

FIELDS = {"onset": "datetime-local", "frequency": "number", "speed": "number", "time": "time"}
KIND_WORDS = {
    "drops": _("breaks"),
    "none": _("nothing works"),
    "slow": _("slow"),
    "content": _("one site or service"),
    "wifi": _("Wi-Fi or one device"),
}
LAMP_STATES = {"on": _("on"), "off": _("dark"), "blinking": _("blinking"), "red": _("red")}
_KEY = re.compile(r"about|[a-z]{3,12}\.[0-9a-f]{8}")
NUMBER_MAX = 100_000.0


@dataclass(frozen=True, slots=True)
class ClaimSeen:
    """One claim beside the records. `field`: what can be typed where something else was meant."""

    key: str
    said: str
    record: str
    agrees: bool | None
    field: str
    value: str
    is_corrected: bool


@dataclass(frozen=True, slots=True)
class ClaimsSeen:
    """All of them; `aside`: read as claims and none after all; `kinds`: what is complained of."""

    claims: tuple[ClaimSeen, ...]
    aside: tuple[ClaimSeen, ...]
    kinds: frozenset[str]
    is_about_corrected: bool


def claims_seen(look: Look, known: Mapping[str, ClaimCorrected]) -> ClaimsSeen:
    """As the page shows them, in the reader's language."""
    complaint = look.case.complaint
    return ClaimsSeen(
        tuple(_seen(one, look.zone, known) for one in look.checked),
        tuple(ClaimSeen(one.key, one.said, "", None, "", "", True) for one in look.set_aside),
        complaint.kinds if complaint is not None else frozenset(),
        ABOUT in known and known[ABOUT].reading == OTHER,
    )


def _seen(checked: Checked, zone: str, known: Mapping[str, ClaimCorrected]) -> ClaimSeen:
    claim = checked.claim
    said = known.get(claim.key)
    return ClaimSeen(
        claim.key, claim.said, checked.words(current_language(), zone, exact=False),
        checked.agrees,
        "state" if claim.kind == "lamp" else FIELDS.get(claim.kind, ""), _value(claim, zone),
        said is not None and said.reading == OTHER,
    )  # fmt: skip


def _value(claim: Claim, zone: str) -> str:
    if claim.kind == "onset" and claim.at is not None:
        return f"{claim.at.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}"
    if claim.kind == "time" and claim.clock is not None:
        return f"{claim.clock // 60:02d}:{claim.clock % 60:02d}"
    if claim.kind == "lamp":
        return claim.state
    return "" if claim.number is None else f"{claim.number:g}"


def read_again(
    ticket_id: TicketId,
    look: Look | None,
    typed: Mapping[str, str],
    kinds: list[str],
    by: Actor,
) -> None:
    """What an agent says of one claim; refused where it is none of this request."""
    key, reading = typed.get("claim", ""), typed.get("reading", "")
    every: set[str] = set()
    if look is not None:
        every = {one.key for one in look.set_aside} | {one.claim.key for one in look.checked}
    if not _KEY.fullmatch(key) or reading not in READINGS or key not in every | {ABOUT}:
        raise Refused("console.no_such_claim")
    said = ClaimCorrected(key, reading)
    if reading == OTHER:
        zone = look.zone if look is not None else "UTC"
        said = _meant(key, typed.get("value", "").strip(), kinds, zone)
    actions.correct_claim(ticket_id=ticket_id, correction=said, by=by, at=now())


def _meant(key: str, value: str, kinds: list[str], zone: str) -> ClaimCorrected:
    if key == ABOUT:
        return ClaimCorrected(key, OTHER, kinds=tuple(one for one in KINDS if one in kinds))
    kind = key.partition(".")[0]
    try:
        match kind:
            case "onset":
                at = datetime.fromisoformat(value).replace(tzinfo=ZoneInfo(zone))
                if not now() - timedelta(days=3650) < at <= now() + timedelta(hours=1):
                    raise ValueError
                return ClaimCorrected(key, OTHER, at=at)
            case "time":
                clock = time.fromisoformat(value[:5])
                return ClaimCorrected(key, OTHER, clock=clock.hour * 60 + clock.minute)
            case "frequency" | "speed":
                number = float(value.replace(",", "."))
                if not 0 <= number <= NUMBER_MAX:
                    raise ValueError
                return ClaimCorrected(key, OTHER, number=number)
            case "lamp" if value in LAMP_STATES:
                return ClaimCorrected(key, OTHER, state=value)
    except (ValueError, OverflowError):
        pass
    raise Refused("console.claim_means_what")
