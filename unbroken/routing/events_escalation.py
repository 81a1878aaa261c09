"""What happens on the way up: who is on call, what climbs, who was paged, who has it."""

from collections.abc import Mapping
from dataclasses import dataclass

from unbroken.ground.events import event
from unbroken.ground.words import _


@event(
    "rota.set",
    says=_("Who is on call changed"),
    sample={"key": "night", "was": {"people": [3]}, "now": {"people": [3, 4]}},
)
@dataclass(frozen=True)
class RotaSet:
    """A rota was added, or changed from what it was to what it is now."""

    key: str
    was: Mapping[str, object] | None = None
    now: Mapping[str, object] | None = None


@event(
    "escalation_path.set",
    says=_("A path of escalation changed"),
    sample={"key": "critical", "was": {"rounds": 1}, "now": {"rounds": 3}},
)
@dataclass(frozen=True)
class PathSet:
    """A path was added, or changed from what it was to what it is now."""

    key: str
    was: Mapping[str, object] | None = None
    now: Mapping[str, object] | None = None


@event(
    "escalation.begun",
    says=_("Escalated"),
    sample={"path": 1, "why": "promise_missed", "ticket": 100001, "problem": None},
)
@dataclass(frozen=True)
class EscalationBegun:
    """Something climbs a path from now on. `why`: the trigger that began it."""

    path: int
    why: str
    ticket: int | None = None
    problem: int | None = None


@event(
    "escalation.paged",
    says=_("Somebody was paged"),
    sample={"ticket": 100001, "pages": [11], "agents": [3], "ways": ["bell", "mail"], "step": 0},
)
@dataclass(frozen=True)
class EscalationPaged:
    """These people were called; nobody could be, when `agents` is empty."""

    ticket: int | None
    pages: tuple[int, ...]
    agents: tuple[int, ...]
    ways: tuple[str, ...]
    step: int
    round: int = 0


@event(
    "escalation.acknowledged",
    says=_("Somebody has it"),
    sample={"ticket": 100001, "agent": 3, "way": "link"},
)
@dataclass(frozen=True)
class EscalationAcknowledged:
    """Nobody else is paged. `way`: by the link of a page, or on the desk."""

    ticket: int | None
    agent: int
    way: str


@event(
    "escalation.ended",
    says=_("Escalation over"),
    sample={"ticket": 100001, "state": "over"},
)
@dataclass(frozen=True)
class EscalationEnded:
    """What began it is over; or `unheard`: the path is at its end and nobody answered."""

    ticket: int | None
    state: str
