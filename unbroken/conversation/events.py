"""Everything that can happen to a ticket, in the words of the trade.

Ids and plain values only: what people wrote lies in `ground.said`.
"""

from dataclasses import dataclass
from datetime import datetime

from unbroken.conversation import events_beside as events_beside
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


@event("ticket.message_added", says=_("The customer wrote"), sample={"message": 2})
@dataclass(frozen=True)
class MessageAdded:
    """Somebody who belongs to the ticket wrote again."""

    message: int


@event(
    "ticket.remark_added",
    says=_("A message from a third party or a machine arrived"),
    sample={"message": 3, "kind": "auto_reply"},
)
@dataclass(frozen=True)
class RemarkAdded:
    """A newcomer, an automatic reply, a bounce: kept and shown to agents, moves no promise."""

    message: int
    kind: str


@event(
    "ticket.replied",
    says=_("We answered"),
    sample={"message": 4, "delivery": 1, "drafted_by": 2},
)
@dataclass(frozen=True)
class TicketReplied:
    """A person's answer to the customer; it leaves at the delivery's `not_before`.

    `drafted_by`: the agent whose draft it was, when another one sent it.
    """

    message: int
    delivery: int | None = None
    tell_children: bool = False
    drafted_by: int | None = None


@event(
    "ticket.reply_withdrawn",
    says=_("An answer was taken back before it left"),
    sample={"message": 4, "delivery": 1},
)
@dataclass(frozen=True)
class ReplyWithdrawn:
    """Undone within the ten seconds; nobody outside ever saw it."""

    message: int
    delivery: int | None = None


@event("ticket.noted", says=_("Internal note"), sample={"message": 5, "mentions": [2]})
@dataclass(frozen=True)
class TicketNoted:
    """Said among ourselves. `mentions`: the agents whom it calls by name."""

    message: int
    mentions: tuple[int, ...] = ()


@event("ticket.note_withdrawn", says=_("A note was taken back"), sample={"message": 5})
@dataclass(frozen=True)
class NoteWithdrawn:
    """A note that was made by mistake, taken back before anybody built on it."""

    message: int


@event(
    "ticket.forwarded",
    says=_("Passed on to somebody outside"),
    sample={"message": 6, "delivery": 2, "original": 1},
)
@dataclass(frozen=True)
class TicketForwarded:
    """A copy of `original` leaves for somebody outside; the customer is not told."""

    message: int
    delivery: int
    original: int


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
    """`held`: waits for a partner, an appointment or a date."""

    waiting_for: str
    until: datetime | None = None


@event("ticket.resumed", says=_("Work goes on"))
@dataclass(frozen=True)
class TicketResumed:
    """The wait is over."""


@event("ticket.resolved", says=_("Resolved"), sample={"parent": 100001})
@dataclass(frozen=True)
class TicketResolved:
    """The service is back, or the question answered. `parent`: resolved along with it."""

    parent: int | None = None


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
    """In whose hands it is now."""

    team: int | None = None
    agent: int | None = None
    team_before: int | None = None
    agent_before: int | None = None


@event("ticket.queued", says=_("Sorted to its queue"), sample={"team": 1})
@dataclass(frozen=True)
class TicketQueued:
    """Stage of the relay: routing has triaged. `skipped`: it was too slow, the relay went on."""

    team: int | None = None
    skipped: bool = False


@event("ticket.receipted", says=_("Acknowledgement sent"), sample={"message": 9, "delivery": 2})
@dataclass(frozen=True)
class TicketReceipted:
    """The one acknowledgement, with the number and the honest time (`due_at`)."""

    message: int
    delivery: int
    due_at: datetime | None = None


@event("ticket.delivered", says=_("The message left"), sample={"delivery": 1})
@dataclass(frozen=True)
class Delivered:
    """The next server took it."""

    delivery: int


@event(
    "ticket.delivery_failed",
    says=_("The message could not be delivered"),
    sample={"delivery": 1, "error": "smtp.550"},
)
@dataclass(frozen=True)
class DeliveryFailed:
    """Given up after the last attempt, or refused for good."""

    delivery: int
    error: str


@event(
    "ticket.bounced",
    says=_("The message came back"),
    sample={"delivery": 1, "message": 10, "bounce_class": "address", "permanent": True},
)
@dataclass(frozen=True)
class Bounced:
    """The other side says it did not arrive."""

    message: int
    delivery: int | None = None
    bounce_class: str = "other"
    permanent: bool = False


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


@event("priority_matrix.set", says=_("Priority matrix changed"), sample={"cells": {}})
@dataclass(frozen=True)
class PriorityMatrixSet:
    """Impact by urgency, as the operator wants it."""

    cells: dict[str, str]


@event(
    "ticket.approval_asked",
    says=_("The customer's company has to approve"),
    sample={"approval": 3, "amount": "80.00", "limit": "50.00", "until": T},
)
@dataclass(frozen=True)
class ApprovalAsked:
    """The order is above what this person may order alone; those who approve are asked."""

    approval: int
    limit: str
    until: datetime
    amount: str | None = None


@event(
    "ticket.approval_reminded",
    says=_("Those who approve were reminded, once"),
    sample={"approval": 3},
)
@dataclass(frozen=True)
class ApprovalReminded:
    """Nobody has decided yet."""

    approval: int


@event(
    "ticket.approved",
    says=_("The customer's company approved"),
    sample={"approval": 3, "words": 17},
)
@dataclass(frozen=True)
class OrderApproved:
    """Work may begin. `words`: what they said with it, if anything."""

    approval: int
    words: int | None = None


@event(
    "ticket.declined",
    says=_("The customer's company declined"),
    sample={"approval": 3, "words": 17},
)
@dataclass(frozen=True)
class OrderDeclined:
    """The order is not to be carried out. `words`: why, if they said."""

    approval: int
    words: int | None = None


@event(
    "ticket.approval_expired",
    says=_("Nobody approved in time"),
    sample={"approval": 3},
)
@dataclass(frozen=True)
class ApprovalExpired:
    """The time to decide is over; the order is not to be carried out."""

    approval: int


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


@event(
    "ticket.receipt_spared",
    says=_("No acknowledgement: it looks like a machine that answers our own mails"),
    sample={"contact": 3},
)
@dataclass(frozen=True)
class ReceiptSpared:
    """This contact answered our automatic mails again and again as a machine does."""

    contact: int


@event(
    "ticket.delivery_spared",
    says=_("Not mailed: they wished to read such news on the portal only"),
    sample={"delivery": 1},
)
@dataclass(frozen=True)
class DeliverySpared:
    """Everybody to whom this would have gone chose to have no mail about such news."""

    delivery: int
