"""What is said, renamed, moved or forgotten below reaches the index within a moment.

A letter only puts the ticket aside: what happens to it within a second is indexed once.
"""

from datetime import datetime

from unbroken.ground.events import LoggedEvent
from unbroken.ground.letters import when
from unbroken.search import projections

SAID = frozenset(
    {
        "ticket.acknowledged",
        "ticket.message_added",
        "ticket.remark_added",
        "ticket.customer_answered",
        "ticket.replied",
        "ticket.noted",
        "ticket.reopened",
        "ticket.bounced",
    }
)
MOVED = frozenset(
    {
        "ticket.assigned",
        "ticket.queued",
        "ticket.resolved",
        "ticket.closed",
        "ticket.cancelled",
        "ticket.rejected",
    }
)
ANEW = frozenset(
    {
        "ticket.reply_withdrawn",
        "ticket.owner_confirmed",
        "ticket.people_changed",
        "ticket.classified",
        "ticket.merged",
        "ticket.absorbed",
        "ticket.split_off",
    }
)
NAMED = frozenset(
    f"{kind}.{what}"
    for kind, whats in {
        "customer": ("registered", "changed"),
        "contact": ("registered", "changed", "confirmed", "moved", "merged", "absorbed", "parted"),
        "service": ("registered", "changed"),
        "place": ("registered", "changed"),
    }.items()
    for what in whats
)


@when(SAID | MOVED)
def index_what_is_new(event: LoggedEvent, *, at: datetime) -> None:
    """Put aside: within a moment new words are found, and only by those who may see them."""
    projections.put_aside([event.subject_id], whole=False)


@when(ANEW)
def index_anew(event: LoggedEvent, *, at: datetime) -> None:
    """What it is called, or what belongs to it, is another: its words are gathered again."""
    projections.put_aside([event.subject_id], whole=True)


@when(NAMED)
def index_names(event: LoggedEvent, *, at: datetime) -> None:
    """A name or number of the card index is new."""
    kind, _, what = event.kind.partition(".")
    projections.index_names(kind, event.subject_id)
    if what == "changed" and kind in ("customer", "contact"):
        projections.put_aside_those(f"ticket.{kind}_id = %s", event.subject_id)


@when("house.erased")
def index_what_is_left(event: LoggedEvent, *, at: datetime) -> None:
    """Somebody was forgotten: what others said on those tickets is found again."""
    contact_id = int(str(event.data["whose"]).partition(":")[2])
    projections.put_aside_those("ticket.contact_id = %s", contact_id)
    projections.put_aside_those(
        "ticket.id IN (SELECT ticket_id FROM message WHERE author = %s)", event.data["whose"]
    )
    projections.index_names("contact", contact_id)
