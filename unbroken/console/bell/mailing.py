"""What rings unseen for an agent who is away from their screen goes to them by mail.

One mail tells of all that came on a request until then. It waits two minutes, so that several
words make one mail and whoever looks gets none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from unbroken.console.access import sight
from unbroken.console.bell import state
from unbroken.console.bell.words import why
from unbroken.console.tickets.labels import promise_word
from unbroken.conversation import queries as record
from unbroken.ground.sql import rows
from unbroken.ground.time_words import day_and_hour
from unbroken.ground.words import _, in_language, speaking
from unbroken.intake.agents_mail import send_notice
from unbroken.intake.entering.agents import LETTERS_MAX
from unbroken.promise import queries as promise
from unbroken.staffing import queries as staffing
from unbroken.staffing.ids import AgentId
from unbroken.staffing.queries import AgentCard

WAITS = timedelta(minutes=2)
AT_ONCE_MAX = 50
PROMISED = _("Promised: {what}, by {time}.")
MISSED = _("Missed: {what}, due {time}.")


@dataclass(frozen=True, slots=True)
class Unseen:
    """A ring that nobody answered; `seen`: up to where the agent has read the request."""

    id: int
    agent_id: int
    ticket_id: int
    event_id: int
    kinds: Sequence[str]
    seen: int
    always: bool


def send_due(at: datetime) -> int:
    """Mail what waits long enough; returns how many mails were queued."""
    sent = 0
    with transaction.atomic():
        found = rows(
            Unseen, "console/bell/queries/to_mail.sql",
            at=at, until=at - WAITS, limit=AT_ONCE_MAX,
        )  # fmt: skip
        cards = {one: staffing.agent(AgentId(one)) for one in {ring.agent_id for ring in found}}
        for ring in found:
            agent = cards[ring.agent_id]
            if agent is None or not agent.active:
                state.note_mailed(ring.id, ring.event_id)
            elif ring.always or not agent.takes_work:
                sent += _send(ring, agent, at)
                state.note_mailed(ring.id, ring.event_id)
    return sent


def _send(ring: Unseen, agent: AgentCard, at: datetime) -> bool:
    """Nothing is told of a request that the agent may not see any more."""
    ticket = record.before_writing(
        ring.ticket_id, seen=ring.seen, sight=sight(agent), letters=LETTERS_MAX
    )
    if ticket is None:
        return False
    with speaking(agent.language):
        owed = [one for one in promise.promises_of(ticket.id, at=at) if one.is_owed]
        facts = [_promised(one, one.due, agent) for one in owed if one.due]
        send_notice(
            agent, ticket, why=why(ring.kinds), facts=facts, is_note="called" in ring.kinds, at=at
        )
    return True


def _promised(one: promise.PromiseRow, due: datetime, agent: AgentCard) -> str:
    """A promise that is running: until when, or since when it is missed."""
    words = MISSED if one.state == "missed" else PROMISED
    time = day_and_hour(due, zone=agent.timezone, language=agent.language)
    return in_language(words, what=promise_word(one.key), time=time)
