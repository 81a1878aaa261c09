"""Custom fields on a face for agents: what is asked, what stands there, what was typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict

from unbroken.conversation import fields
from unbroken.conversation.fields import FieldRow
from unbroken.ground.change import Refused
from unbroken.ground.words import Phrase, _, current_language, in_language

PREFIX = "field-"
YES_NO: dict[str, Phrase] = {"yes": _("Yes"), "no": _("No")}


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field as a form and a page need it."""

    id: int
    key: str
    name: str
    kind: str
    value: str
    text: str
    is_required: bool
    at_closing: bool
    is_shown: bool
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def input_kind(self) -> str:
        """Which field of a form it is."""
        kinds = {"choice": "select", "yes_no": "select", "date": "date"}
        return kinds.get(self.kind, "text")


def line(
    row: FieldRow, value: str, text: str, *, typed: str | None = None, whose: str = "agents"
) -> FieldLine:
    """A field, what it holds, and what somebody typed that could not be kept."""
    language = current_language()
    choices: list[tuple[str, str]] = []
    if row.kind == "choice":
        choices = [("", "–"), *row.choices_in(language)]
    elif row.kind == "yes_no":
        choices = [("", "–"), *((key, in_language(word)) for key, word in YES_NO.items())]
    shown = fields.shown(row, value, text, language)
    if row.kind == "yes_no" and value in YES_NO:
        shown = in_language(YES_NO[value])
    held = value if row.kind in ("choice", "yes_no", "date") else text
    return FieldLine(
        id=row.id,
        key=row.key,
        name=row.name_in(language),
        kind=row.kind,
        value=held if typed is None else typed,
        text=shown,
        is_required=(row.for_agents if whose == "agents" else row.for_customers) == "must",
        at_closing=row.at_closing,
        is_shown=row.is_shown,
        choices=tuple(choices),
    )


def typed_in(data: QueryDict, rows: Iterable[FieldRow]) -> dict[str, str]:
    """What a form says about these fields; one that it does not hold is left as it is."""
    return {row.key: str(data[PREFIX + row.key]) for row in rows if PREFIX + row.key in data}


def check_missing(rows: Iterable[FieldRow], typed: Mapping[str, str], *, whose: str) -> None:
    """What must be filled in and is blank."""
    rows = list(rows)
    filled = {row.id: typed.get(row.key, "").strip() for row in rows}
    wanting = fields.missing(rows, filled, whose=whose)
    if wanting:
        raise Refused("field.missing", name=wanting[0].name_in(current_language()))
