"""What the selects of the ticket page offer: teams, people, topics, and the closed lists."""

import time
from collections.abc import Collection, Iterable
from typing import Any

from unbroken.console.anywhere.statuses import with_status
from unbroken.console.tickets import labels
from unbroken.conversation import queries as record
from unbroken.conversation.queries.pauses import reserved_reasons
from unbroken.directory import queries as directory
from unbroken.directory.cards import ServiceCard
from unbroken.ground.kept import Kept
from unbroken.ground.words import current_language, in_language
from unbroken.staffing import queries as staffing
from unbroken.staffing.permissions import STOP_CLOCKS

Choice = tuple[object, str]
NOTHING: Choice = ("", "–")

KEPT_SECONDS = 5.0
"""How long a process goes on with the people and topics it read: they change rarely."""

_kept: dict[str, tuple[float, dict[str, list[Choice]]]] = {}
_agents, _teams = Kept(staffing.people), Kept(staffing.teams)


def choices(
    services: Iterable[ServiceCard], permissions: Collection[str] = ()
) -> dict[str, list[Choice]]:
    """Everything that can be chosen on the page of a ticket with these services.

    Reasons to hold that are reserved stand there for those who may give them.
    """
    known = _for_everyone(current_language())
    mine = [NOTHING, *((service.id, service_words(service)) for service in services)]
    reserved = () if STOP_CLOCKS in permissions else {reason for reason, _word in known["reserved"]}
    holds = [one for one in known["holds"] if one[0] not in reserved]
    return {**known, "holds": holds, "services": mine}


def service_words(service: ServiceCard) -> str:
    """A service in a few words: what, where."""
    parts = (service.product or service.technology or service.key or "–", service.place_name)
    return " · ".join(part for part in parts if part)


def names(language: str) -> dict[str, str]:
    """How everybody who works here, every team and every topic is called, by actor."""
    return {
        **{f"agent:{agent.id}": agent.name for agent in _agents()},
        **{f"team:{team.id}": team.name for team in _teams()},
        **{f"topic:{topic.id}": topic.name_in(language) for topic in record.topic_tree()},
    }


def forget_choices() -> None:
    """Read them anew: somebody was hired, a topic was added."""
    _kept.clear()
    _agents.forget()
    _teams.forget()


def _for_everyone(language: str) -> dict[str, list[Choice]]:
    read_at, found = _kept.get(language, (0.0, {}))
    if not found or time.monotonic() - read_at > KEPT_SECONDS:
        found = _read(language)
        _kept[language] = (time.monotonic(), found)
    return found


def _read(language: str) -> dict[str, list[Choice]]:
    topics = [(t.id, "\u2003" * t.depth + t.name_in(language)) for t in record.topic_tree()]
    return {
        "types": _worded(labels.TYPES),
        "levels": _worded(labels.LEVELS),
        "holds": _worded(labels.HOLD_REASONS),
        "partners": [NOTHING, *((one.id, one.name) for one in directory.partners())],
        "reserved": [(one, "") for one in reserved_reasons()],
        "topics": [NOTHING, *topics],
        "teams": [NOTHING, *((team.id, team.name) for team in staffing.teams())],
        "agents": [NOTHING, *((agent.id, with_status(agent)) for agent in staffing.agents())],
    }


def _worded(words: dict[str, Any]) -> list[Choice]:
    return [(key, in_language(word)) for key, word in words.items()]
