"""Which queue a request belongs to. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A queue, and what flows into it."""

    id: int
    key: str
    name: str
    team_id: int
    mailboxes: tuple[str, ...]
    topics: tuple[str, ...]
    is_default: bool


def choose(
    queues: Sequence[QueueRow], *, topic_keys: Sequence[str], mailbox: str
) -> QueueRow | None:
    """The queue for a ticket: by its topic or the nearest one above, by mailbox, the default.

    `topic_keys` begin with the ticket's own topic and rise to the root.
    """
    for key in topic_keys:
        for queue in queues:
            if key in queue.topics:
                return queue
    for queue in queues:
        if mailbox and mailbox in queue.mailboxes:
            return queue
    return next((queue for queue in queues if queue.is_default), None)
