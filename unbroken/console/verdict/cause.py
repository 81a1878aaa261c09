"""What the line of a request really had: one small field, the verdict's cause preselected."""

from collections.abc import Mapping
from dataclasses import dataclass

from unbroken.conversation import actions
from unbroken.conversation.events_line import CauseRecorded
from unbroken.conversation.ids import TicketId
from unbroken.conversation.queries import TicketFacts
from unbroken.conversation.queries.line import recorded_cause
from unbroken.conversation.queries.looked import finding_of
from unbroken.evidence import wording
from unbroken.evidence.judging import NO_FAULT, UNKNOWN, Verdict
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.words import _, in_language

refusals({"console.no_such_cause": _("Choose one of the causes.")})

NOT_KNOWN = _("not known")
SURE = 0.8
"""A verdict less certain than this is not proposed: whoever knows better says so."""
FIELD, WAS = "true_cause", "true_cause_was"
TYPES = frozenset({"incident", "complaint"})
"""Requests about a fault: their cause is kept when they are resolved."""


@dataclass(frozen=True, slots=True)
class CauseField:
    """The choices, which one stands there, which one was recorded, whether resolving keeps it."""

    choices: tuple[tuple[str, str], ...]
    value: str
    recorded: str
    recorded_word: str
    is_kept_by_resolving: bool


def cause_field(ticket: TicketFacts, verdict: Verdict) -> CauseField:
    """In the reader's language."""
    recorded = recorded_cause(ticket.id)
    sure = verdict.certainty >= SURE and verdict.key != UNKNOWN
    every = {NO_FAULT: wording.label(NO_FAULT)} | wording.causes()
    return CauseField(
        (("", in_language(NOT_KNOWN)), *every.items()),
        recorded or (verdict.key if sure else ""), recorded,
        every.get(recorded, ""), ticket.ticket_type in TYPES,
    )  # fmt: skip


def record(ticket_id: TicketId, cause: str, by: Actor, *, how: str = "said") -> None:
    """Beside what the look before anybody spoke had found."""
    if cause != NO_FAULT and cause not in wording.causes():
        raise Refused("console.no_such_cause")
    looked = finding_of(ticket_id)
    found = CauseRecorded(
        cause, looked.cause if looked else "", looked.certainty if looked else None, how
    )
    actions.record_cause(ticket_id=ticket_id, found=found, by=by, at=now())


def record_at_resolving(ticket_id: TicketId, posted: Mapping[str, str], by: Actor) -> None:
    """The field was on the page when somebody resolved the request; nothing where it was not."""
    cause = posted.get(FIELD, "")
    if cause:
        left = cause == posted.get(WAS, "")
        record(ticket_id, cause, by, how="resolving" if left else "said")
