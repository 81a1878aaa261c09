"""The one tree that tickets and articles hang on."""

from dataclasses import dataclass

from unbroken.conversation.models import Topic


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic with its names by language and its depth in the tree."""

    id: int
    key: str
    parent_id: int | None
    names: dict[str, str]
    active: bool
    depth: int = 0

    def name_in(self, language: str) -> str:
        """Its name in a language, else in English, else its key."""
        return self.names.get(language) or self.names.get("en") or self.key


def topic_tree() -> list[TopicRow]:
    """All topics in use, parents before children, siblings in the operator's order."""
    rows = list(
        Topic.objects.filter(active=True)
        .order_by("position", "key")
        .values_list("id", "key", "parent_id", "names", "active")
    )
    below: dict[int | None, list[TopicRow]] = {}
    for row in rows:
        below.setdefault(row[2], []).append(TopicRow(*row))
    return _walk(below, None, 0)


def _walk(
    below: dict[int | None, list[TopicRow]], parent: int | None, depth: int
) -> list[TopicRow]:
    found: list[TopicRow] = []
    for row in below.get(parent, []):
        found.append(TopicRow(row.id, row.key, row.parent_id, row.names, row.active, depth))
        found += _walk(below, row.id, depth + 1)
    return found


def topic(topic_id: int) -> TopicRow | None:
    """One topic, also one that is retired."""
    row = (
        Topic.objects.filter(pk=topic_id)
        .values_list("id", "key", "parent_id", "names", "active")
        .first()
    )
    return TopicRow(*row) if row else None
