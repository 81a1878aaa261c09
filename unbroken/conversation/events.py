"""What can happen to a ticket, in the words of the trade.

What is said, approved and done beside it lies in files of their own.

Ids and plain values only: what people wrote lies in `ground.said`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from unbroken.conversation import events_approval as events_approval
from unbroken.conversation import events_beside as events_beside
from unbroken.conversation import events_complaint as events_complaint
from unbroken.conversation import events_line as events_line
from unbroken.conversation import events_looked as events_looked
from unbroken.conversation import events_past as events_past
from unbroken.conversation import events_said as events_said
from unbroken.conversation import events_told as events_told
from unbroken.ground.events import event
from unbroken.ground.words import _

T = "2026-05-24T08:05:00+02:00"


@event(
    "ticket.acknowledged",
    says=_("Request received and numbered"),
    sample={"message": 1, "reported_at": T, "ticket_type": "incident", "channel": "mail"},
)
@dataclass(frozen=True)
class TicketAcknowledged:
    """It has a number from now on. `reported_at`: when the raw thing was taken in."""

    message: int | None
    reported_at: datetime
    ticket_type: str
    channel: str
    priority: str = "moderate"
    customer: int | None = None
    contact: int | None = None
    service: int | None = None
    may_answer: bool = True
    topic: int | None = None


@event("ticket.started", says=_("Work began"))
@dataclass(frozen=True)
class WorkStarted:
    """Somebody has it in hand: `inProgress`."""


@event(
    "ticket.customer_asked",
    says=_("Waiting for the customer"),
    sample={"until": "2026-05-26T08:00:00+02:00"},
)
@dataclass(frozen=True)
class CustomerAsked:
    """`pending`: the next move is the customer's."""

    until: datetime | None = None


@event("ticket.customer_answered", says=_("The customer answered"), sample={"message": 6})
@dataclass(frozen=True)
class CustomerAnswered:
    """What we waited for came; the ticket is in progress again."""

    message: int


@event(
    "ticket.held",
    says=_("On hold"),
    sample={"waiting_for": "partner", "until": "2026-05-26T08:00:00+02:00"},
)
@dataclass(frozen=True)
class TicketHeld:
    """`held`: waits for a partner, an appointment or a date. `partner`: which one, if named."""

    waiting_for: str
    until: datetime | None = None
    partner: int | None = None


@event("ticket.resumed", says=_("Work goes on"))
@dataclass(frozen=True)
class TicketResumed:
    """The wait is over."""


@event("ticket.resolved", says=_("Resolved"), sample={"parent": 100001, "spared": [100003]})
@dataclass(frozen=True)
class TicketResolved:
    """The service is back, or the question answered. `parent`: resolved along with it; `spared`:
    those below it that are not."""

    parent: int | None = None
    spared: tuple[int, ...] | None = None


@event("ticket.reopened", says=_("Opened again"), sample={"message": 7})
@dataclass(frozen=True)
class TicketReopened:
    """It was not over."""

    message: int | None = None


@event("ticket.closed", says=_("Closed"), sample={"parent": 100001})
@dataclass(frozen=True)
class TicketClosed:
    """Nobody objects any more."""

    parent: int | None = None


@event("ticket.cancelled", says=_("Withdrawn by the customer"), sample={"reason": 8})
@dataclass(frozen=True)
class TicketCancelled:
    """The customer does not need it any more."""

    reason: int | None = None


@event("ticket.rejected", says=_("Refused"), sample={"reason": 8})
@dataclass(frozen=True)
class TicketRejected:
    """Not ours to do: spam, the wrong provider, a request we refuse. `reason`: words."""

    reason: int | None = None


@event(
    "ticket.classified",
    says=_("Type, topic or priority changed"),
    sample={"ticket_type": "incident", "impact": "high", "urgency": "high", "priority": "critical"},
)
@dataclass(frozen=True)
class TicketClassified:
    """What it is about and how much it matters; only what changed is named. `topic` 0: none now."""

    ticket_type: str | None = None
    topic: int | None = None
    impact: str | None = None
    urgency: str | None = None
    priority: str | None = None
    service: int | None = None
    name_changed: bool = False


@event("ticket.assigned", says=_("Given to a team or a person"), sample={"team": 1, "agent": 2})
@dataclass(frozen=True)
class TicketAssigned:
    """In whose hands it is now; `because` (way, reasons, why how many others did not get it) where
    that was chosen by rules."""

    team: int | None = None
    agent: int | None = None
    team_before: int | None = None
    agent_before: int | None = None
    because: Mapping[str, object] | None = None


@event("ticket.queued", says=_("Sorted to its queue"), sample={"team": 1})
@dataclass(frozen=True)
class TicketQueued:
    """Stage of the relay: routing has triaged. `skipped`: it was too slow, the relay went on."""

    team: int | None = None
    skipped: bool = False


@event("ticket.related", says=_("Linked"), sample={"other": 100002, "relation": "parent"})
@dataclass(frozen=True)
class TicketRelated:
    """`other` is this ticket's parent, duplicate, cause …"""

    other: int
    relation: str


@event("ticket.unrelated", says=_("Link removed"), sample={"other": 100002, "relation": "parent"})
@dataclass(frozen=True)
class TicketUnrelated:
    """The link was a mistake or is over."""

    other: int
    relation: str


@event("ticket.merged", says=_("Merged into another request"), sample={"into": 100002})
@dataclass(frozen=True)
class TicketMerged:
    """This number lives on, but the conversation continues in `into`."""

    into: int


@event(
    "ticket.absorbed", says=_("Another request was merged into this one"), sample={"other": 100001}
)
@dataclass(frozen=True)
class TicketAbsorbed:
    """The surviving half of a merge."""

    other: int


@event(
    "ticket.split_off",
    says=_("A part became a request of its own"),
    sample={"other": 100003, "message": 4},
)
@dataclass(frozen=True)
class TicketSplitOff:
    """One of the messages is about something else and has its own number now."""

    other: int
    message: int


@event("ticket.tagged", says=_("Tags changed"), sample={"added": ["vip"], "removed": []})
@dataclass(frozen=True)
class TicketTagged:
    """Words to find it by."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@event("ticket.participant_joined", says=_("Somebody joined"), sample={"contact": 3, "role": "cc"})
@dataclass(frozen=True)
class ParticipantJoined:
    """A colleague of the customer, a third party."""

    contact: int
    role: str
    confirmed: bool = False


@event("ticket.participant_left", says=_("Somebody was taken off"), sample={"contact": 3})
@dataclass(frozen=True)
class ParticipantLeft:
    """They are told nothing more."""

    contact: int


@event("ticket.owner_confirmed", says=_("The customer is known now"), sample={"customer": 4})
@dataclass(frozen=True)
class OwnerConfirmed:
    """The unknown sender turned out to be this customer."""

    customer: int


@event("ticket.adopted", says=_("Taken over from the old desk"))
@dataclass(frozen=True)
class TicketAdopted:
    """An imported ticket becomes ours: promises start now."""


@event(
    "ticket.snoozed",
    says=_("Sleeps"),
    sample={"sleep": "answer", "until": "2026-05-26T08:00:00+02:00"},
)
@dataclass(frozen=True)
class TicketSnoozed:
    """Out of the lists of what to do; no promise stops. `sleep`: "date" or "answer"."""

    sleep: str
    until: datetime | None = None


@event("ticket.woken", says=_("Back in the list"), sample={"because": "date", "message": 6})
@dataclass(frozen=True)
class TicketWoken:
    """It sleeps no more. `because`: its "date", the customer's "answer", or "somebody" woke it."""

    because: str
    message: int | None = None


@event(
    "ticket.rule_acted",
    says=_("A rule acted"),
    sample={"rule": 3, "outcome": "done", "cause": 17},
)
@dataclass(frozen=True)
class RuleActed:
    """The desk did something by itself, or was kept from it. `cause`: the event that led to it."""

    rule: int
    outcome: str
    cause: int | None = None


@event(
    "topic.set",
    says=_("Topic changed"),
    sample={
        "key": "internet/slow",
        "names": {"en": "Slow connection"},
        "parent": "internet",
        "hints": ["slow"],
        "ticket_type": "incident",
        "position": 2,
        "active": True,
    },
)
@dataclass(frozen=True)
class TopicSet:
    """A topic was added, renamed, moved or retired; this is how it stands now."""

    key: str
    names: dict[str, str] | None = None
    parent: str = ""
    hints: tuple[str, ...] = ()
    ticket_type: str = ""
    position: int = 0
    active: bool = True


@event(
    "pause_rules.set",
    says=_("Who may stop clocks, and why, was changed"),
    sample={"was": {"reserved": ["force_majeure"]}, "now": {"reserved": ["partner"]}},
)
@dataclass(frozen=True)
class PauseRulesSet:
    """Only those who may stop clocks hold a request for these reasons from now on."""

    was: Mapping[str, Sequence[str]]
    now: Mapping[str, Sequence[str]]


@event("priority_matrix.set", says=_("Priority matrix changed"), sample={"cells": {}})
@dataclass(frozen=True)
class PriorityMatrixSet:
    """Impact by urgency, as the operator wants it."""

    cells: dict[str, str]


@event(
    "ticket.follow_set",
    says=_("Somebody chose whether to have mail about this"),
    sample={"contact": 3, "follows": False},
)
@dataclass(frozen=True)
class FollowSet:
    """Without `follows` they get mail only when it is their turn; the portal shows everything."""

    contact: int
    follows: bool
