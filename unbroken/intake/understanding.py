"""What a request seems to be about, for the acknowledgement and the queue. Pure.

Better nothing than a wrong word to the customer: a topic is named only when its hints
appear and no other topic fits as well; a service only when there is no doubt which.
"""

import re
from collections.abc import Sequence

from unbroken.conversation.queries.topics import TopicRow
from unbroken.directory.cards import ServiceCard
from unbroken.evidence.claims.kinds import speaks_of

_WORD = re.compile(r"\w+", re.UNICODE)
WORDS_MAX = 400
_SUBJECT_WEIGHT = 2
FAULTS = ("none", "slow", "drops")
"""Kinds of complaint about something that does not work as it should."""


def topic_of(topics: Sequence[TopicRow], *, subject: str, words: str) -> TopicRow | None:
    """The topic whose hints are met most, deeper ones first; None when two fit alike."""
    heard = [(word, _SUBJECT_WEIGHT) for word in _words(subject)]
    heard += [(word, 1) for word in _words(words)[:WORDS_MAX]]
    scored = sorted(
        ((_score(topic, heard), topic.depth, topic) for topic in topics),
        key=lambda entry: entry[:2],
        reverse=True,
    )
    if not scored or scored[0][0] == 0:
        return None
    if len(scored) > 1 and scored[1][:2] == scored[0][:2]:
        return None
    return scored[0][2]


def type_of(topic: TopicRow | None, *, text: str) -> str:
    """The topic's own type of ticket; without one a complaint of a fault is an incident."""
    if topic is not None and topic.ticket_type:
        return topic.ticket_type
    return "incident" if speaks_of(text[:20_000], FAULTS) else "request"


def service_of(services: Sequence[ServiceCard], *, text: str) -> ServiceCard | None:
    """The only active service, or the one the text names by id, access name, circuit or IP."""
    active = [service for service in services if service.state == "active"]
    lower = text.lower()
    named = [
        service
        for service in active
        if any(
            len(name) > 3 and name.lower() in lower
            for name in (service.key or "", service.access_name, service.circuit, service.ip or "")
        )
    ]
    if len(named) == 1:
        return named[0]
    return active[0] if len(active) == 1 else None


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text[:20_000])]


def _score(topic: TopicRow, heard: list[tuple[str, int]]) -> int:
    hints = tuple(hint.lower() for hint in topic.hints)
    return sum(weight for word, weight in heard if hints and word.startswith(hints))
