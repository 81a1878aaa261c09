"""A path of escalation, and something that climbs it: for the addresses."""

from tests.security.crowd import MILA, Crowd
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.routing.actions.escalate import escalate
from unbroken.routing.actions.paths import set_path
from unbroken.routing.models_escalation import Escalation

KEY, STEP = "night", {"after": 5, "to": ["heads"], "ways": ["bell"]}


def path_there() -> int:
    """The number of a path."""
    begins = {"by_hand": {}, "problem": {}}
    return set_path(key=KEY, name="Night", begins=begins, steps=[STEP], by=HOUSE, at=now())


def climbing(crowd: Crowd) -> dict[str, object]:
    """A problem that climbs."""
    path_there()
    escalate(why="problem", cause="p", problem=1, severity="critical", at=now())
    return {"escalation_id": Escalation.objects.latest("id").pk}


def paged_token(crowd: Crowd) -> dict[str, object]:
    """A link that we did not make."""
    return {"token": f"1.{crowd.agents[MILA]}.x"}


def path_by_hand(crowd: Crowd) -> dict[str, object]:
    """What the form on a request says."""
    return {"path": path_there()}


def path_typed(crowd: Crowd) -> dict[str, object]:
    """What the form of a path says."""
    return {
        "key": "mine", "name": "Mine", "begins": ["complaint"], "after_0": "1", "to_0": ["heads"],
        "ways_0": ["mail"],
    }  # fmt: skip


def rota_typed(crowd: Crowd) -> dict[str, object]:
    """What the form of a rota says."""
    return {
        "key": "mine", "name": "Mine", "person_0": crowd.agents[MILA], "since": "2026-05-24",
        "change_at": "09:00", "timezone": "UTC",
    }  # fmt: skip
