"""A list narrowed by custom fields: `field.router_model:zte`, `field.speed:>50`."""

from typing import Any

from unbroken.conversation import queries as record
from unbroken.conversation.fields import FieldRow, Value, asked_value, read_value
from unbroken.ground.sql import text_of

PREFIX = "field."
QUERY = "console/tickets/queries/narrow_field.sql"
_SIGNS = (">=", "<=", ">", "<")


def by_fields(
    asked: tuple[tuple[str, tuple[str, ...]], ...],
) -> tuple[str, dict[str, Any], tuple[str, ...]]:
    """Parts of a statement, their values, and words that name no field."""
    clause, strangers = "", []
    values: dict[str, Any] = {}
    for place, (key, wanted) in enumerate(asked):
        row = record.field_by_key(key)
        part = _part(row, wanted) if row else None
        if row is None or part is None:
            strangers.append(f"{PREFIX}{key}:{','.join(wanted)}")
            continue
        fits, value = part
        text = text_of(QUERY).replace("FITS", fits).replace("PLACE", str(place))
        clause += "\n" + text
        values |= {f"field_{place}": row.id, f"is_{place}": value}
    return clause, values, tuple(strangers)


def _part(row: FieldRow, wanted: tuple[str, ...]) -> tuple[str, Any] | None:
    """A checked comparison and its value; None when the value makes no sense."""
    sign = next((sign for sign in _SIGNS if wanted[0].startswith(sign)), "")
    if not sign:
        values = [asked_value(row, one.replace("_", " ")) for one in wanted]
        values += [asked_value(row, one) for one in wanted]
        return "held.value = ANY (%(is_PLACE)s::text[])", sorted(set(values))
    read = read_value(row, wanted[0].removeprefix(sign))
    if not isinstance(read, Value) or len(wanted) > 1:
        return None
    if row.kind == "number" and read.number is not None:
        return f"held.number {sign} %(is_PLACE)s::numeric", read.number
    if row.kind == "date" and read.day is not None:
        return f"held.day {sign} %(is_PLACE)s::date", read.day
    return None
