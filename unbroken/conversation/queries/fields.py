"""Custom fields: which ones ask about requests of a topic, and what a ticket's hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from unbroken.conversation import fields
from unbroken.conversation.fields import FieldRow
from unbroken.conversation.models_beside import CustomField, FieldValue
from unbroken.conversation.queries.beside import topics_above
from unbroken.ground.kept import Kept

_COLUMNS = (
    "id", "key", "topic_id", "kind", "names", "choices", "position", "for_agents",
    "for_customers", "at_closing", "active",
)  # fmt: skip


def every_field() -> list[FieldRow]:
    """All fields, those out of use too."""
    rows = CustomField.objects.order_by("position", "id").values_list(*_COLUMNS)
    return [FieldRow(*row) for row in rows]


kept_fields = Kept(every_field)


def fields_for(topic_id: int | None) -> tuple[FieldRow, ...]:
    """The fields in use of a topic and of all above it, those of the root first."""
    every = [row for row in kept_fields() if row.active]
    if not every or topic_id is None:
        return ()
    above = topics_above(topic_id)[::-1]
    return tuple(row for topic in above for row in every if row.topic_id == topic)


def field_by_key(key: str) -> FieldRow | None:
    """The field with this short name, also one that is out of use."""
    return next((row for row in kept_fields() if row.key == key), None)


@dataclass(frozen=True, slots=True)
class FieldValueRow:
    """What one field of one ticket holds."""

    ticket_id: int
    field_id: int
    value: str
    text: str
    number: Decimal | None
    day: date | None


def field_values(ticket_ids: Sequence[int]) -> list[FieldValueRow]:
    """What the fields of these tickets hold; empty ones are left out."""
    rows = FieldValue.objects.filter(ticket_id__in=list(ticket_ids)).exclude(value="")
    names = ("ticket_id", "field_id", "value", "text", "number", "day")
    return [FieldValueRow(*row) for row in rows.order_by("ticket_id", "id").values_list(*names)]


def missing_at_closing(ticket_id: int, topic_id: int | None) -> list[FieldRow]:
    """The fields that must be filled in before this ticket ends."""
    wanted = [row for row in fields_for(topic_id) if row.at_closing]
    if not wanted:
        return []
    filled = {row.field_id: row.value for row in field_values([ticket_id])}
    return fields.missing(wanted, filled, whose="closing")
