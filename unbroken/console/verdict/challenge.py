"""The stop before an answer is sent that the records contradict, and the three ways on.

Change the answer, open the evidence, or send it with a reason, which is kept as a note: who sent
what against which verdict, and why. A look is made only for an answer that asserts a cause.
"""

from dataclasses import dataclass

from unbroken.console.verdict.seen import Seen, worded
from unbroken.conversation import actions
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.evidence import wording
from unbroken.evidence.guard import Contradiction, asserted, asserted_by, contradiction
from unbroken.evidence.of_tickets import look_at
from unbroken.ground.actor import Actor
from unbroken.ground.clock import now
from unbroken.ground.words import _, in_language
from unbroken.knowledge.queries.canned import asserting

REASON_MAX = 500
CONTRADICTED = _("The records say otherwise. Nothing was sent and nothing is lost.")
SENT_ANYWAY = _(
    "Sent although the records say otherwise. Answered: {asserted}; the records: {verdict} "
    "({percent} %). Reason: {reason}"
)


@dataclass(frozen=True, slots=True)
class Challenge:
    """An answer that was stopped: what it asserts, and what is seen."""

    contradiction: Contradiction
    seen: Seen

    @property
    def asserted(self) -> str:
        """What the answer says it is, in the reader's language."""
        return wording.label(self.contradiction.asserted)


def challenged(ticket_id: TicketId, words: str) -> Challenge | None:
    """Whether the records of the line contradict what these words assert."""
    known = asserting()
    if not asserted_by(words, known) and not asserted(words):
        return None
    ticket = record.ticket_facts(ticket_id)
    found = look_at(ticket, now()) if ticket is not None else None
    if found is None:
        return None
    against = contradiction(words, found.verdict, known)
    return Challenge(against, worded(found)) if against is not None else None


def keep_reason(ticket_id: TicketId, challenge: Challenge, reason: str, by: Actor) -> None:
    """Why it was sent all the same, for whoever reads the request later."""
    told = challenge.contradiction
    words = in_language(
        SENT_ANYWAY, asserted=wording.label(told.asserted), verdict=wording.label(told.verdict),
        percent=round(told.certainty * 100), reason=reason[:REASON_MAX],
    )  # fmt: skip
    actions.note_ticket(ticket_id=ticket_id, words=words, files=[], mentions=[], by=by, at=now())
