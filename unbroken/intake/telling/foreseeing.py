"""What will the customer get from this ticket? What they got, and what would make them get more.

Nothing is decided here: the same policy, wishes and addresses that are heeded when something
leaves are read beforehand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from unbroken.conversation.queries import TicketFacts
from unbroken.ground.sql import rows
from unbroken.ground.words import Phrase, _
from unbroken.intake.telling.policy import BY_KEY, Chosen, Message
from unbroken.intake.wishes import is_wanted

IMPORTED = _("It is history from another desk: nobody is written to about the past.")
NO_ADDRESS = _("No address of theirs works.")
NOT_WISHED = _("They chose not to get such mail.")
SWITCHED_OFF = _("Switched off by the operator.")
OVER = _("It is over.")
OF_A_TICKET = ("answer", "question", "next_news", "end")


@dataclass(frozen=True, slots=True)
class Got:
    """One message that left, waits to leave, or did not leave and why."""

    id: int
    kind: str
    channel: str
    state: str
    error: str
    not_before: datetime
    sent_at: datetime | None
    author: str
    name: str
    address: str
    copies: int


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who takes part, and what they wish."""

    contact_id: int
    name: str
    mails: str
    follows: bool
    role: str
    email: str


@dataclass(frozen=True, slots=True)
class Coming:
    """A message that this ticket may still cause: who gets it, who does not and why, by when.

    `why_not` alone says that nobody gets it. `by`: the time by which it is promised, if it is.
    """

    message: Message
    readers: tuple[Reader, ...]
    spared: tuple[tuple[Reader, Phrase], ...] = ()
    why_not: Phrase | None = None
    by: datetime | None = None


def got(ticket_id: int) -> list[Got]:
    """What left for the customer, or waits to leave, the oldest first."""
    return rows(Got, "intake/queries/told.sql", ticket=ticket_id)


def readers_of(ticket_id: int) -> list[Reader]:
    """Whoever takes part now."""
    return rows(Reader, "intake/queries/those_told.sql", ticket=ticket_id)


def coming(
    ticket: TicketFacts,
    readers: Sequence[Reader],
    policy: Chosen,
    *,
    is_receipted: bool,
    news_by: datetime | None,
) -> list[Coming]:
    """What may still come, in the order of the policy. Pure."""
    keys = [*(() if is_receipted else ("receipt",)), *OF_A_TICKET]
    return [_coming(key, ticket, readers, policy, news_by) for key in keys]


def _coming(
    key: str,
    ticket: TicketFacts,
    readers: Sequence[Reader],
    policy: Chosen,
    news_by: datetime | None,
) -> Coming:
    message = BY_KEY[key]
    if key == "receipt" and ticket.imported:
        return Coming(message, (), why_not=IMPORTED)
    if not ticket.is_open:
        return Coming(message, (), why_not=OVER)
    if not policy.is_on(key):
        return Coming(message, (), why_not=SWITCHED_OFF)
    told, spared = [], []
    for one in _those_meant(message, readers):
        reason = _spared(message, one, ticket.channel)
        if reason is None:
            told.append(one)
        else:
            spared.append((one, reason))
    by = news_by if key == "next_news" else None
    return Coming(message, tuple(told), tuple(spared), by=by)


def _those_meant(message: Message, readers: Sequence[Reader]) -> Sequence[Reader]:
    if message.key != "receipt":
        return readers
    return [one for one in readers if one.role == "reporter"] or readers[:1]


def _spared(message: Message, reader: Reader, channel: str) -> Phrase | None:
    if channel in ("mail", "web") and not reader.email:
        return NO_ADDRESS
    if message.turn in ("always", "question"):
        return None
    news = "end" if message.turn == "end" else "news"
    return None if is_wanted(reader.mails, reader.follows, news) else NOT_WISHED  # type: ignore[arg-type]
