"""What happens in the chain of work on a request. `ticket` is its number, `leg` the leg's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.events import event
from unbroken.ground.words import _


@event(
    "chain.begun",
    says=_("The work is counted leg by leg"),
    sample={"ticket": 100001, "legs": [4, 5], "plan": "internet/routing"},
)
@dataclass(frozen=True)
class ChainBegun:
    """Its legs are kept from now on. `plan`: the topic whose plan was laid down, if one was."""

    ticket: int
    legs: tuple[int, ...] = ()
    plan: str = ""


@event(
    "chain.handed_over",
    says=_("Handed over"),
    sample={
        "ticket": 100001, "leg": 5, "before": 4, "team": 2, "agent": 3, "done": 11, "needed": 12,
        "due_at": "2026-05-24T18:00:00+02:00",
    },
)  # fmt: skip
@dataclass(frozen=True)
class HandedOver:
    """One leg is over, the next begins: what was done, what is needed, by when.

    Without `needed` somebody moved it without a word.
    """

    ticket: int
    leg: int
    before: int | None
    team: int | None
    agent: int | None = None
    done: int | None = None
    needed: int | None = None
    due_at: datetime | None = None


@event("chain.accepted", says=_("Accepted"), sample={"ticket": 100001, "leg": 5, "agent": 3})
@dataclass(frozen=True)
class LegAccepted:
    """Somebody of the team that got it works on it."""

    ticket: int
    leg: int
    agent: int | None = None


@event(
    "chain.asked_back",
    says=_("Asked back"),
    sample={"ticket": 100001, "leg": 5, "words": 13, "of": 3},
)
@dataclass(frozen=True)
class AskedBack:
    """Whoever got it has a question first. `of`: the agent who handed it over."""

    ticket: int
    leg: int
    words: int
    of: int | None = None


@event(
    "chain.answered",
    says=_("The question was answered"),
    sample={"ticket": 100001, "leg": 5, "words": 14, "agent": 3},
)
@dataclass(frozen=True)
class AskedAnswered:
    """Whoever handed it over answered. `agent`: who had asked."""

    ticket: int
    leg: int
    words: int
    agent: int | None = None


@event(
    "chain.returned",
    says=_("Given back"),
    sample={
        "ticket": 100001,
        "leg": 6,
        "before": 5,
        "team": 1,
        "agent": 2,
        "reason": 15,
        "times": 2,
        "giver_team": 2,
    },
)
@dataclass(frozen=True)
class LegReturned:
    """It went back to whom it came from, with a reason. `times`: how often it came back there.

    `giver_team`: who gave it back.
    """

    ticket: int
    leg: int
    before: int
    team: int | None
    agent: int | None
    reason: int
    times: int = 1
    giver_team: int | None = None


@event(
    "chain.progressed",
    says=_("Progress was reported"),
    sample={"ticket": 100001, "leg": 5, "done": 3, "of": 7, "unit": "port"},
)
@dataclass(frozen=True)
class LegProgressed:
    """So many of so many are done."""

    ticket: int
    leg: int
    done: int
    of: int
    unit: str


@event(
    "chain.leg_ended",
    says=_("A leg of the work is over"),
    sample={"ticket": 100001, "leg": 5, "state": "done", "words": 16, "begun": [6, 7]},
)
@dataclass(frozen=True)
class LegEnded:
    """It was done, or is not needed. `begun`: the legs that waited for it and begin now."""

    ticket: int
    leg: int
    state: str
    words: int | None = None
    begun: tuple[int, ...] = ()


@event(
    "chain.leg_added",
    says=_("The plan of the work was changed"),
    sample={"ticket": 100001, "leg": 8, "kind": "child", "beside": 100002},
)
@dataclass(frozen=True)
class LegAdded:
    """Something more to do: later, or beside. `beside`: the talk, request or approval it is."""

    ticket: int
    leg: int
    kind: str
    beside: int | None = None


@event(
    "chain_plan.set",
    says=_("A plan of legs changed"),
    sample={"topic": "internet", "was": {"steps": []}, "now": {"steps": [{"team": 2}]}},
)
@dataclass(frozen=True)
class PlanSet:
    """What a request about this topic usually takes was put down anew."""

    topic: str
    was: Mapping[str, object] | Sequence[object] | None = None
    now: Mapping[str, object] | Sequence[object] | None = None
