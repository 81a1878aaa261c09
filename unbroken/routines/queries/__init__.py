"""Questions about macros, rules and what recurs; and a request as their conditions see it."""

from dataclasses import dataclass

from unbroken.conversation import queries as record
from unbroken.conversation.queries import TicketFacts
from unbroken.directory import queries as directory
from unbroken.directory.ids import CustomerId
from unbroken.ground.kept import Kept
from unbroken.routines.conditions import Facts
from unbroken.routines.ids import MacroId
from unbroken.routines.models import Macro
from unbroken.routines.sheets import MacroSheet


@dataclass(frozen=True, slots=True)
class MacroRow:
    """A macro that is kept."""

    id: MacroId
    sheet: MacroSheet


def macros() -> list[MacroRow]:
    """All of them, by name, those out of use last."""
    rows = Macro.objects.order_by("-active", "name", "id")
    return [MacroRow(MacroId(row.pk), MacroSheet.read(row.definition)) for row in rows]


kept_macros = Kept(macros)


def macro(macro_id: int) -> MacroRow | None:
    """One of them."""
    row = Macro.objects.filter(pk=macro_id).first()
    return MacroRow(MacroId(row.pk), MacroSheet.read(row.definition)) if row else None


def facts_of(ticket: TicketFacts) -> Facts:
    """A request as conditions see it now."""
    customer = directory.customer(CustomerId(ticket.customer_id)) if ticket.customer_id else None
    return Facts(
        topic=tuple(str(one) for one in topics_above(ticket.topic_id)),
        status=ticket.status,
        channel=ticket.channel,
        team=str(ticket.team_id or ""),
        language=ticket.language,
        type=ticket.ticket_type,
        priority=ticket.priority,
        tags=frozenset(ticket.tags),
        subject=ticket.name,
        is_taken=ticket.assignee_id is not None,
        is_vip=bool(customer and customer.vip),
        fields=_fields_of(ticket.id),
    )


def _fields_of(ticket_id: int) -> dict[str, str]:
    """What its custom fields hold, by their short names; nothing is asked where there are none."""
    keys = {row.id: row.key for row in record.kept_fields() if row.active}
    if not keys:
        return {}
    held = record.field_values([ticket_id])
    return {keys[row.field_id]: row.value for row in held if row.field_id in keys}


def topics_above(topic_id: int | None) -> tuple[int, ...]:
    """A topic and every topic above it, nearest first."""
    known = {row.id: row for row in record.topic_tree()}
    found: list[int] = []
    while topic_id is not None and topic_id not in found:
        found.append(int(topic_id))
        row = known.get(topic_id) or record.topic(topic_id)
        topic_id = row.parent_id if row else None
    return tuple(found)
