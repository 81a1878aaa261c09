"""Complaints as others see them, and who worked on what a complaint is about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from unbroken.conversation.models_complaint import Complaint
from unbroken.ground.sql import rows


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """One complaint as it stands."""

    id: int
    ticket_id: int
    owner_id: int | None
    barred: tuple[int, ...]
    steps: Mapping[str, Any]
    word: str
    word_at: datetime | None
    lesson_id: int | None

    def __post_init__(self) -> None:
        object.__setattr__(self, "barred", tuple(self.barred))


@dataclass(frozen=True, slots=True)
class _Worked:
    agent_id: int


_COLUMNS = ("id", "ticket_id", "owner_id", "barred", "steps", "word", "word_at", "lesson_id")


def complaint_of(ticket_id: int) -> ComplaintRow | None:
    """The complaint that a request is, if it is one."""
    row = Complaint.objects.filter(ticket_id=ticket_id).values_list(*_COLUMNS).first()
    return ComplaintRow(*row) if row is not None else None


def who_worked_on(tickets: Iterable[int]) -> list[int]:
    """Agents who answered, held or ended these requests, or had them in hand."""
    streams = [f"ticket:{one}" for one in tickets]
    if not streams:
        return []
    found = rows(_Worked, "conversation/queries/who_worked_on.sql", streams=streams)
    return [one.agent_id for one in found]
