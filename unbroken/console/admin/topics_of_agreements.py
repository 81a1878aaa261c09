"""Topics on the form of an agreement: a topic with times of its own has a table of its own.

A table is called by the type of request it is for, or by `@` and the key of a topic.
"""

from collections.abc import Iterable, Sequence

from unbroken.conversation.queries.topics import TopicRow, every_topic, kept_tree
from unbroken.ground.words import _, current_language, in_language
from unbroken.promise.book import ANY_TYPE, Aim

MARK = "@"
OF_TOPIC = _("Topic: {name}")


def kind_of(topic: str) -> str:
    """The table of a topic."""
    return MARK + topic.strip()[:200]


def kind(aim: Aim) -> str:
    """The table that an objective stands in; one for a type within a topic stands in none."""
    if aim.topic:
        return kind_of(aim.topic) if not aim.ticket_type else f"{aim.ticket_type}{MARK}{aim.topic}"
    return aim.ticket_type


def type_and_topic(kind: str) -> tuple[str, str]:
    """What a table is for."""
    return (ANY_TYPE, kind[1:]) if kind.startswith(MARK) else (kind, "")


def shown(asked: Iterable[str]) -> list[tuple[str, str]]:
    """The tables of these topics with their names, in the order of the tree; others are dropped."""
    wanted = {one for one in asked if one}
    if not wanted:
        return []
    return [
        (kind_of(one.key), in_language(OF_TOPIC, name=_name(one)))
        for one in every_topic()
        if one.key in wanted
    ]


def others(tables: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The topics that have no table yet, to choose from."""
    known = {kind for kind, _word in tables}
    return [
        (one.key, "\u2003" * one.depth + _name(one))
        for one in kept_tree()
        if kind_of(one.key) not in known
    ]


def name_of(key: str) -> str:
    """A topic in the reader's language, for the history."""
    return next((_name(one) for one in kept_tree() if one.key == key), key)


def _name(topic: TopicRow) -> str:
    return topic.name_in(current_language())
