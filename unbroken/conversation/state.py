"""The record's working state: how far somebody has read, and what they are writing."""

from datetime import datetime

from unbroken.conversation.models import Draft, ReadMark


def mark_read(*, agent_id: int, ticket_id: int, version: int) -> None:
    """The agent has seen the ticket up to this version."""
    ReadMark.objects.update_or_create(
        agent_id=agent_id, ticket_id=ticket_id, defaults={"version": version}
    )


def save_draft(*, agent_id: int, ticket_id: int, mode: str, text: str, at: datetime) -> None:
    """Keep what is being written; an empty text drops the draft."""
    if not text:
        Draft.objects.filter(agent_id=agent_id, ticket_id=ticket_id, mode=mode).delete()
        return
    Draft.objects.update_or_create(
        agent_id=agent_id,
        ticket_id=ticket_id,
        mode=mode,
        defaults={"text": text, "saved_at": at},
    )


def draft(*, agent_id: int, ticket_id: int, mode: str) -> str:
    """What was being written, or nothing."""
    found = Draft.objects.filter(agent_id=agent_id, ticket_id=ticket_id, mode=mode)
    return found.values_list("text", flat=True).first() or ""
