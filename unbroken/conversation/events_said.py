"""What was said on a ticket, what was sent of it, and what came back."""

from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.events import event
from unbroken.ground.words import _

T = "2026-05-24T08:05:00+02:00"


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
    sample={
        "message": 4,
        "delivery": 1,
        "tell_children": True,
        "drafted_by": 2,
        "spared": [100003],
        "in_languages": {"it": 12},
    },
)
@dataclass(frozen=True)
class TicketReplied:
    """A person's answer to the customer; it leaves at the delivery's `not_before`.

    `drafted_by`: the agent whose draft it was, when another one sent it. `tell_children`: requests
    below it get it too, but for those `spared`; `in_languages`: in these words (their ids) where
    their customer speaks another language.
    """

    message: int
    delivery: int | None = None
    tell_children: bool = False
    drafted_by: int | None = None
    spared: tuple[int, ...] | None = None
    in_languages: dict[str, int] | None = None


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
