"""What the doctor asks about the doors of the network: what came, what became of it, what waits."""

from datetime import timedelta
from typing import Any

from unbroken.evidence.queries.doors import door_counts, doors, oldest_waiting
from unbroken.ground.clock import now, real_seconds
from unbroken.house.finding import Finding, has_table

WAITING_SECONDS_MAX = 120


def network() -> tuple[dict[str, Any], list[str]]:
    """Facts by door, and what is wrong with them."""
    if not has_table("door_count"):
        return {}, []
    facts: dict[str, Any] = dict(door_counts())
    waiting = oldest_waiting()
    age = 0.0 if waiting is None else max(0.0, real_seconds(now() - waiting))
    facts.setdefault("radius", {})["oldest_unfolded_seconds"] = round(age, 1)
    problems = []
    if timedelta(seconds=age) > timedelta(seconds=WAITING_SECONDS_MAX):
        problems.append(
            f"Accounting records wait for {age:.0f} s to be read; is `unbroken watch` up?"
        )
    at = now()
    for door in doors():
        facts.setdefault(door.door, {})["latest_at"] = door.latest_at.isoformat(timespec="seconds")
        if door.is_silent(at):
            quiet = real_seconds(at - door.latest_at)
            problems.append(
                f"Nothing came to {door.door} for {quiet:.0f} s; it used to come more often."
            )
    return facts, problems


def with_network(doors: Finding) -> Finding:
    """What is known about the doors anyway, and what came in by those of the network."""
    facts, problems = network()
    return Finding({**doors.facts, **facts}, [*doors.problems, *problems])
