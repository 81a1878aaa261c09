"""Questions about queues."""

from unbroken.conversation import queries as conversation
from unbroken.ground.kept import Kept
from unbroken.routing.models import Queue
from unbroken.routing.triage import QueueRow


def queues() -> list[QueueRow]:
    """Every queue in use."""
    return kept_queues()


def _queues() -> list[QueueRow]:
    rows = Queue.objects.filter(active=True).order_by("name")
    return [
        QueueRow(row.pk, row.key, row.name, row.team_id, tuple(row.mailboxes), tuple(row.topics),
                 row.is_default)
        for row in rows
    ]  # fmt: skip


kept_queues = Kept(_queues)


def queue_by_key(key: str) -> QueueRow | None:
    """The queue with this key."""
    return next((queue for queue in queues() if queue.key == key), None)


def topic_keys_above(topic_id: int | None) -> tuple[str, ...]:
    """The keys of a topic and of every topic above it, nearest first."""
    known = {row.id: row for row in conversation.topic_tree()}
    keys: list[str] = []
    while topic_id is not None:
        row = known.get(topic_id) or conversation.topic(topic_id)
        if row is None or row.key in keys:
            break
        keys.append(row.key)
        topic_id = row.parent_id
    return tuple(keys)
