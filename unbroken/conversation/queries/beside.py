"""What stands beside a ticket's conversation: watchers, time, things to do, the topics' lists."""

from dataclasses import dataclass
from typing import Any

from unbroken.conversation.models_beside import Checklist, ChecklistItem, Watcher
from unbroken.conversation.queries.topics import kept_tree


def watchers_of(ticket_id: int) -> list[int]:
    """Who watches it: ids of agents."""
    rows = Watcher.objects.filter(ticket_id=ticket_id, left_at__isnull=True).order_by("id")
    return list(rows.values_list("agent_id", flat=True))


def open_items(ticket_id: int) -> int:
    """How many things to do are not done."""
    return ChecklistItem.objects.filter(
        ticket_id=ticket_id, done_at__isnull=True, dropped_at__isnull=True
    ).count()


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """A list of things to do, and under which topic it stands."""

    id: int
    topic_id: int
    names: dict[str, str]
    items: dict[str, list[str]]
    active: bool

    def name_in(self, language: str) -> str:
        """Its name in a language, else in English, else in any."""
        return self.names.get(language) or self.names.get("en") or next(iter(self.names.values()))

    def items_in(self, language: str) -> list[str]:
        """Its items in a language, else in English, else in any."""
        return self.items.get(language) or self.items.get("en") or next(iter(self.items.values()))


_COLUMNS = ("id", "topic_id", "names", "items", "active")


def checklists_of(topic_id: int, *, also_retired: bool = False) -> list[ChecklistRow]:
    """The lists of one topic itself."""
    found = Checklist.objects.filter(topic_id=topic_id).order_by("id")
    if not also_retired:
        found = found.filter(active=True)
    return [_row(row) for row in found.values_list(*_COLUMNS)]


def checklists_for(topic_id: int | None) -> list[ChecklistRow]:
    """The lists that a request of this topic may take: its own and those of all topics above."""
    above = topics_above(topic_id)
    if not above:
        return []
    found = Checklist.objects.filter(topic_id__in=above, active=True).order_by("id")
    return [_row(row) for row in found.values_list(*_COLUMNS)]


def checklist(checklist_id: int) -> ChecklistRow | None:
    """One of them."""
    row = Checklist.objects.filter(pk=checklist_id).values_list(*_COLUMNS).first()
    return _row(row) if row else None


def topics_above(topic_id: int | None) -> tuple[int, ...]:
    """A topic and all above it, up to the root."""
    parents = {one.id: one.parent_id for one in kept_tree()}
    found: list[int] = []
    while topic_id is not None and topic_id not in found:
        found.append(topic_id)
        topic_id = parents.get(topic_id)
    return tuple(found)


def _row(row: Any) -> ChecklistRow:
    return ChecklistRow(*row)
