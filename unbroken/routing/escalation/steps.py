"""The way up, step by step: when whom next. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from unbroken.ground.change import Refused, refusals
from unbroken.ground.words import Phrase, _

WAYS: Final[dict[str, Phrase]] = {
    "bell": _("the bell on their screen"),
    "mail": _("a mail with one button"),
    "hook": _("the hook (telephone, text message)"),
}
TRIGGERS: Final[dict[str, Phrase]] = {
    "promise_at_risk": _("A promise is at risk"),
    "promise_foreseen": _("A promise will be missed, as far as can be foreseen"),
    "promise_missed": _("A promise was missed"),
    "complaint": _("Somebody complains"),
    "problem": _("Many services are away"),
    "no_owner": _("Nobody has taken it"),
    "by_hand": _("Somebody escalates it by hand"),
}
SEVERITIES: Final = ("minor", "major", "critical")
PLAIN_TARGETS: Final[dict[str, Phrase]] = {
    "owner": _("Whoever has it in hand"),
    "leads": _("Who leads the team it is with"),
    "team": _("Everybody of the team it is with who is on"),
    "heads": _("The heads of support"),
}
TARGET = re.compile(r"owner|leads|team|heads|(?:agent|rota|team):[1-9][0-9]{0,14}")
STEPS_MAX, TIMES_MAX, ROUNDS_MAX, MINUTES_MAX = 12, 20, 20, 7 * 24 * 60
REST: Final = timedelta(minutes=5)
"""Between two rounds, and wherever a path would page again at once."""

refusals(
    {
        "path.needs_step": _("Say whom it pages: at least one step with somebody in it."),
        "path.needs_begin": _("Say upon what it begins."),
        "path.bad_number": _("Minutes, times and rounds are whole numbers within reason."),
        "path.bad_target": _("Nobody can be paged so: {what}."),
        "path.bad_hook": _("A hook begins with https:// or http://."),
    }
)


@dataclass(frozen=True, slots=True)
class Step:
    """After so long whom, by which ways, so many times with so long between."""

    after: timedelta
    to: tuple[str, ...]
    ways: tuple[str, ...]
    times: int = 1
    every: timedelta = REST


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is on a path: which step is said for which time in which round, and when."""

    step: int = 0
    said: int = 0
    round: int = 0
    at: datetime | None = None


def read(kept: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    """The steps of a path as they lie in its row."""
    return tuple(
        Step(
            timedelta(minutes=one.get("after", 0)),
            tuple(one["to"]),
            tuple(one["ways"]),
            one.get("times", 1),
            timedelta(minutes=one.get("every", 5)),
        )
        for one in kept
    )


def first(steps: Sequence[Step], at: datetime) -> Place:
    """Where it begins."""
    return Place(at=at + steps[0].after)


def following(steps: Sequence[Step], rounds: int, place: Place, at: datetime) -> Place | None:
    """Where it goes on after a page; None when the path is at its end."""
    step = steps[place.step]
    if place.said + 1 < step.times:
        return replace(place, said=place.said + 1, at=at + max(step.every, timedelta(minutes=1)))
    if place.step + 1 < len(steps):
        then = steps[place.step + 1]
        return Place(place.step + 1, 0, place.round, at + then.after)
    if place.round + 1 < rounds:
        return Place(0, 0, place.round + 1, at + max(steps[0].after, REST))
    return None


def checked(begins: Mapping[str, Any], steps: Sequence[Mapping[str, Any]], rounds: int) -> None:
    """Refused where a path could not be gone."""
    if not begins or set(begins) - set(TRIGGERS):
        raise Refused("path.needs_begin")
    if not steps or len(steps) > STEPS_MAX or any(not one.get("to") for one in steps):
        raise Refused("path.needs_step")
    for one in steps:
        for target in one["to"]:
            if not TARGET.fullmatch(target):
                raise Refused("path.bad_target", what=target)
        if not one.get("ways") or set(one["ways"]) - set(WAYS):
            raise Refused("path.needs_step")
        _check_number(one.get("after", 0), 0, MINUTES_MAX)
        _check_number(one.get("every", 5), 1, MINUTES_MAX)
        _check_number(one.get("times", 1), 1, TIMES_MAX)
    _check_number(rounds, 1, ROUNDS_MAX)
    _check_number(begins.get("no_owner", {}).get("minutes", 1), 1, MINUTES_MAX)


def _check_number(value: object, least: int, most: int) -> None:
    if not isinstance(value, int) or not least <= value <= most:
        raise Refused("path.bad_number")


def is_for(
    path_teams: Sequence[int],
    path_priorities: Sequence[str],
    *,
    team_id: int | None,
    priority: str,
) -> bool:
    """Whether a path takes this request."""
    if path_teams and team_id not in path_teams:
        return False
    return not path_priorities or priority in path_priorities


def is_bad_enough(begins: Mapping[str, Any], severity: str) -> bool:
    """Whether a problem of this severity begins the path."""
    least = begins.get("problem", {}).get("severity", "major")
    known = {one: n for n, one in enumerate(SEVERITIES)}
    return known.get(severity, -1) >= known.get(least, 1)
