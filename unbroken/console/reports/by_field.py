"""A report grouped by a custom field: what the group is called, how it is read, which word is it.

A group of a field is called as in the words of a list: `field.router_model`.
"""

from unbroken.console.aside.lines import YES_NO
from unbroken.console.tickets.by_field import PREFIX
from unbroken.conversation import queries as record
from unbroken.conversation.fields import FieldRow
from unbroken.conversation.queries.fields import kept_fields
from unbroken.ground.words import _, current_language, in_language

NOTHING_IN_IT = _("Not filled in")
GROUP_SQL = (
    "coalesce((SELECT held.value FROM field_value held"
    " WHERE held.ticket_id = ticket.id AND held.field_id = FIELD), '')"
)


SUM, MEAN = "sum.", "mean."
SUM_OF, MEAN_OF = _("{field}: all together"), _("{field}: on average")
NUMBER_SQL = (
    "(SELECT held.number FROM field_value held"
    " WHERE held.ticket_id = ticket.id AND held.field_id = FIELD)"
)


def number_field(measure: str) -> FieldRow | None:
    """The field of numbers that a measure adds up or averages: an order's price, say."""
    how, _dot, group = measure.partition(".")
    row = field_of(group) if f"{how}." in (SUM, MEAN) else None
    return row if row is not None and row.kind == "number" else None


def number_measures() -> list[tuple[str, str]]:
    """What can be measured of the fields of numbers in use."""
    language = current_language()
    return [
        (f"{how}{PREFIX}{row.key}", in_language(phrase, field=row.name_in(language)))
        for row in kept_fields()
        if row.active and row.kind == "number"
        for how, phrase in ((SUM, SUM_OF), (MEAN, MEAN_OF))
    ]


def number_name(measure: str, row: FieldRow) -> str:
    """What such a measure is called."""
    phrase = SUM_OF if measure.startswith(SUM) else MEAN_OF
    return in_language(phrase, field=row.name_in(current_language()))


def number_sql(measure: str, row: FieldRow) -> str:
    """Its part of the statement: a number of ours, never what somebody typed."""
    held = NUMBER_SQL.replace("FIELD", str(int(row.id)))
    return f"{'sum' if measure.startswith(SUM) else 'avg'}({held})::float8"


def field_of(group: str) -> FieldRow | None:
    """The field that a group is named after; None for every other group."""
    return record.field_by_key(group.removeprefix(PREFIX)) if group.startswith(PREFIX) else None


def field_groups() -> list[tuple[str, str]]:
    """The fields in use: group and name in the reader's language."""
    language = current_language()
    return [(PREFIX + row.key, row.name_in(language)) for row in kept_fields() if row.active]


def group_sql(row: FieldRow) -> str:
    """Its part of the statement: a number of ours, never what somebody typed."""
    return GROUP_SQL.replace("FIELD", str(int(row.id)))


def value_name(row: FieldRow, value: str) -> str:
    """What it holds, for people."""
    if not value:
        return in_language(NOTHING_IN_IT)
    if row.kind == "yes_no" and value in YES_NO:
        return in_language(YES_NO[value])
    if row.kind == "choice":
        return dict(row.choices_in(current_language())).get(value, value)
    return value


def value_word(row: FieldRow, value: str) -> str | None:
    """The word of a list that means it; None where a list cannot say it."""
    word = value.replace(" ", "_")
    if not value or value[0] in "<>" or set(value) & set(",\"'"):
        return None
    return None if word != value and "_" in value else f"{PREFIX}{row.key}:{word}"
