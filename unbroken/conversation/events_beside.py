"""What can happen beside the conversation: who watches, what was ticked, how long it took."""

from dataclasses import dataclass
from typing import Any

from unbroken.ground.events import event
from unbroken.ground.words import _


@event("ticket.watched", says=_("Somebody follows it"), sample={"agent": 2})
@dataclass(frozen=True)
class TicketWatched:
    """They hear what becomes of it; `by` is somebody else when they were asked to."""

    agent: int


@event("ticket.unwatched", says=_("Somebody follows it no longer"), sample={"agent": 2})
@dataclass(frozen=True)
class TicketUnwatched:
    """They hear nothing more of it."""

    agent: int


@event("ticket.time_spent", says=_("Time spent"), sample={"entry": 1, "agent": 2, "minutes": 15})
@dataclass(frozen=True)
class TimeWasSpent:
    """An agent worked on it so long; on what, lies in the words of the entry."""

    entry: int
    agent: int
    minutes: int


@event(
    "ticket.time_corrected",
    says=_("Time spent corrected"),
    sample={"entry": 1, "agent": 2, "minutes": 10, "minutes_before": 15},
)
@dataclass(frozen=True)
class TimeCorrected:
    """The entry was wrong; nought takes it back."""

    entry: int
    agent: int
    minutes: int
    minutes_before: int


@event(
    "ticket.checklist_added",
    says=_("Things to do added"),
    sample={"items": [1, 2], "checklist": 3},
)
@dataclass(frozen=True)
class ChecklistAdded:
    """More is to be done; from the topic's list `checklist`, or written by hand."""

    items: tuple[int, ...]
    checklist: int | None = None


@event("ticket.item_ticked", says=_("Ticked off"), sample={"item": 1})
@dataclass(frozen=True)
class ItemTicked:
    """One of the things to do is done."""

    item: int


@event("ticket.item_unticked", says=_("Not done after all"), sample={"item": 1})
@dataclass(frozen=True)
class ItemUnticked:
    """It was ticked by mistake, or has to be done again."""

    item: int


@event("ticket.item_dropped", says=_("Taken off the things to do"), sample={"item": 1})
@dataclass(frozen=True)
class ItemDropped:
    """It need not be done here."""

    item: int


@event(
    "checklist.set",
    says=_("Checklist changed"),
    sample={"topic": 1, "names": {"en": "No sync"}, "items": {"en": ["Restart the port"]}},
)
@dataclass(frozen=True)
class ChecklistSet:
    """A list of things to do was added, changed or retired; this is how it stands now."""

    topic: int
    names: dict[str, str]
    items: dict[str, list[str]]
    active: bool = True


@event("ticket.fields_filled", says=_("Fields filled in"), sample={"fields": [1, 2], "words": 8})
@dataclass(frozen=True)
class FieldsFilled:
    """Custom fields hold something else now; `words`: which, before and after."""

    fields: tuple[int, ...]
    words: int


@event(
    "field.set",
    says=_("Custom field changed"),
    sample={
        "key": "router_model",
        "topic": 1,
        "kind": "choice",
        "names": {"en": "Router"},
        "choices": [{"key": "zte", "names": {"en": "ZTE"}}],
        "position": 1,
        "for_agents": "must",
        "for_customers": "may",
        "at_closing": True,
        "active": True,
    },
)
@dataclass(frozen=True)
class FieldSet:
    """A custom field was added, changed or taken out of use; this is how it stands now."""

    key: str
    topic: int
    kind: str
    names: dict[str, str]
    choices: list[dict[str, Any]]
    position: int = 0
    for_agents: str = "may"
    for_customers: str = "hidden"
    at_closing: bool = False
    active: bool = True


@event(
    "ticket.side_opened",
    says=_("Somebody was asked aside"),
    sample={"side": 1, "message": 11, "delivery": 3, "child": 100007},
)
@dataclass(frozen=True)
class SideOpened:
    """A question beside the customer's conversation and never part of it: a mail to a third party,
    or a request (`child`) of another team."""

    side: int
    message: int
    delivery: int | None = None
    child: int | None = None


@event(
    "ticket.side_said",
    says=_("We wrote again to whom we asked aside"),
    sample={"side": 1, "message": 12, "delivery": 4},
)
@dataclass(frozen=True)
class SideSaid:
    """More words of ours in a side conversation; without a delivery to another team."""

    side: int
    message: int
    delivery: int | None = None


@event(
    "ticket.side_answered",
    says=_("An answer came aside"),
    sample={"side": 1, "message": 13},
)
@dataclass(frozen=True)
class SideAnswered:
    """The third party, or the other team, answered; only agents read it."""

    side: int
    message: int


@event(
    "ticket.side_withdrawn",
    says=_("An answer given aside was taken back"),
    sample={"side": 1, "message": 13},
)
@dataclass(frozen=True)
class SideWithdrawn:
    """The other team took its answer back within the ten seconds."""

    side: int
    message: int


@event("ticket.side_ended", says=_("The other team ended what it was asked"), sample={"side": 1})
@dataclass(frozen=True)
class SideEnded:
    """The request of the other team is over; it goes on when we write again."""

    side: int


@event(
    "ticket.people_changed",
    says=_("The customer or the person turned out to be another"),
    sample={"was": {"customer_id": 4}, "now": {"customer_id": 5}},
)
@dataclass(frozen=True)
class PeopleChanged:
    """Two entries of the card index became one, or two again: the ticket follows."""

    was: dict[str, Any]
    now: dict[str, Any]
