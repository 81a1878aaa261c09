"""The look at a request's line, as its page shows it: causes, records, claims, next check."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from unbroken.console.verdict.claims import ClaimsSeen, claims_seen
from unbroken.console.verdict.recorded import Recorded, recorded
from unbroken.conversation.events_line import ClaimCorrected
from unbroken.conversation.queries import TicketFacts
from unbroken.conversation.queries.line import corrections_on
from unbroken.evidence import wording
from unbroken.evidence.looking import Look
from unbroken.evidence.of_tickets import look_at
from unbroken.evidence.rules import all_rules
from unbroken.ground.words import current_language, in_language

CAUSES_MAX = 4
NOTHING_CORRECTED: Mapping[str, ClaimCorrected] = {}
RECORDS_MAX = 8


@dataclass(frozen=True, slots=True)
class CauseSeen:
    """One cause with its records, what would refute it, and what only the customer knows."""

    label: str
    percent: int
    speaks_for: tuple[Recorded, ...]
    speaks_against: tuple[Recorded, ...]
    next_check: str
    refuted_by: str
    ask: str


@dataclass(frozen=True, slots=True)
class Seen:
    """One look in the reader's language."""

    look: Look
    sentence: str
    percent: int
    since: datetime | None
    next_check: str
    causes: tuple[CauseSeen, ...]
    said: ClaimsSeen
    missing: tuple[str, ...]


def seen_on(ticket: TicketFacts, at: datetime) -> Seen | None:
    """What is seen on the line of this request now; None when it is about no service."""
    known = corrections_on(ticket.id) if ticket.service_id is not None else {}
    found = look_at(ticket, at, known)
    return worded(found, known) if found is not None else None


def worded(found: Look, known: Mapping[str, ClaimCorrected] = NOTHING_CORRECTED) -> Seen:
    """In the reader's language."""
    language = current_language()
    told = found.document(language)
    records = {one["id"]: one for one in told["evidence"]}

    def shown(ids: Sequence[int]) -> tuple[Recorded, ...]:
        return tuple(recorded(records[one]) for one in ids[-RECORDS_MAX:])

    causes = tuple(
        CauseSeen(
            wording.label(one["key"]), round(one["certainty"] * 100), shown(one["for"]),
            shown(one["against"]), one["next_check"], one["refuted_by"], _ask(one["key"]),
        )
        for one in told["hypotheses"][:CAUSES_MAX]
    )  # fmt: skip
    verdict = found.verdict
    return Seen(
        found, told["sentence"], round(verdict.certainty * 100), verdict.since,
        wording.next_check(verdict.key, language), causes,
        claims_seen(found, known),
        tuple(told["missing"]),
    )  # fmt: skip


def _ask(key: str) -> str:
    """What only the customer can know."""
    rule = all_rules().get(key)
    return in_language(rule.ask) if rule is not None and rule.ask is not None else ""
