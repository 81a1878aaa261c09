"""Questions about the record. Frozen rows only; what others need of a ticket stands here."""

from unbroken.conversation.queries.messages import (
    AttachmentRow,
    MessageRow,
    attachment,
    message,
    message_of_intake,
    messages_of,
    reply_goes_to,
)
from unbroken.conversation.queries.tickets import (
    DeliveryRow,
    LinkRow,
    TicketFacts,
    children_of,
    delivery,
    imported_open,
    is_participant,
    links_of,
    merged_from,
    overdue_pendings,
    participants_of,
    surviving,
    ticket_facts,
)
from unbroken.conversation.queries.topics import TopicRow, every_topic, topic, topic_tree

__all__ = [
    "AttachmentRow",
    "DeliveryRow",
    "LinkRow",
    "MessageRow",
    "TicketFacts",
    "TopicRow",
    "attachment",
    "children_of",
    "delivery",
    "every_topic",
    "imported_open",
    "is_participant",
    "links_of",
    "merged_from",
    "message",
    "message_of_intake",
    "messages_of",
    "overdue_pendings",
    "participants_of",
    "reply_goes_to",
    "surviving",
    "ticket_facts",
    "topic",
    "topic_tree",
]
