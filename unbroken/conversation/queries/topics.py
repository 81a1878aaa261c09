"""The one tree that tickets and articles hang on."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from unbroken.conversation.models import Topic
from unbroken.ground.kept import Kept


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic with its names by language and its depth in the tree."""

    id: int
    key: str
    parent_id: int | None
    names: dict[str, str]
    active: bool
    hints: tuple[str, ...] = ()
    ticket_type: str = ""
    position: int = 0
    depth: int = 0

    def name_in(self, language: str) -> str:
        """Its name in a language, else in English, else its key."""
        return self.names.get(language) or self.names.get("en") or self.key


_COLUMNS = ("id", "key", "parent_id", "names", "active", "hints", "ticket_type", "position")


def topic_tree() -> list[TopicRow]:
    """All topics in use, parents before children, siblings in the operator's order."""
    return kept_tree()


def every_topic() -> list[TopicRow]:
    """The same with those that are retired, for whoever edits the tree."""
    return _tree(Topic.objects.all())


def _tree(topics: QuerySet[Topic]) -> list[TopicRow]:
    below: dict[int | None, list[TopicRow]] = {}
    for row in topics.order_by("position", "key").values_list(*_COLUMNS):
        below.setdefault(row[2], []).append(_row(*row))
    return _walk(below, None, 0)


def _row(*row: Any) -> TopicRow:
    values = dict(zip(_COLUMNS, row, strict=True))
    return TopicRow(**values | {"hints": tuple(values["hints"])})


def _walk(
    below: dict[int | None, list[TopicRow]], parent: int | None, depth: int
) -> list[TopicRow]:
    found: list[TopicRow] = []
    for row in below.get(parent, []):
        found.append(replace(row, depth=depth))
        found += _walk(below, row.id, depth + 1)
    return found


def topic_paths() -> dict[int, tuple[str, ...]]:
    """Each topic's key and those it hangs on, the nearest first; also of retired ones."""
    found = {
        row_id: (key, parent)
        for row_id, key, parent in Topic.objects.values_list("id", "key", "parent_id")
    }
    paths: dict[int, tuple[str, ...]] = {}
    for row_id in found:
        path: list[str] = []
        at: int | None = row_id
        while at is not None and at in found and found[at][0] not in path:
            path.append(found[at][0])
            at = found[at][1]
        paths[row_id] = tuple(path)
    return paths


kept_tree = Kept(lambda: _tree(Topic.objects.filter(active=True)))


def topic(topic_id: int) -> TopicRow | None:
    """One topic, also one that is retired."""
    row = Topic.objects.filter(pk=topic_id).values_list(*_COLUMNS).first()
    return _row(*row) if row else None
