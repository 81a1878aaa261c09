"""Custom fields: which there are, and what a ticket's hold."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from unbroken.conversation.events_beside import FieldSet, FieldsFilled
from unbroken.conversation.fields import (
    FOR_AGENTS,
    FOR_CUSTOMERS,
    KINDS,
    FieldRow,
    Value,
    Wrong,
    key_problem,
    read_value,
)
from unbroken.conversation.ids import TicketId
from unbroken.conversation.models import TroubleTicket
from unbroken.conversation.models_beside import CustomField, FieldValue
from unbroken.conversation.queries.fields import fields_for, kept_fields
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change
from unbroken.ground.words import current_language


def fill_fields(*, ticket_id: TicketId, typed: Mapping[str, str], by: Actor, at: datetime) -> None:
    """What was typed, by the fields' short names; blanks empty a field. All of it or nothing.

    What stood there before lies with the words of whoever changed it, so that it can be erased.
    """
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        rows = {row.key: row for row in fields_for(ticket.topic_id)}
        strangers = sorted(typed.keys() - rows.keys())
        if strangers:
            raise Refused("field.not_here", key=strangers[0])
        read = [(rows[key], _read(rows[key], text)) for key, text in typed.items()]
        known = {one.field_id: one for one in FieldValue.objects.filter(ticket_id=ticket_id)}
        changes: list[tuple[int, str, str]] = []
        for row, value in read:
            held = known.get(row.id)
            if (held.value, held.text) == (value.value, value.text) if held else not value.value:
                continue
            changes.append((row.id, held.text if held else "", value.text))
            held = held or FieldValue(ticket_id=ticket_id, field_id=row.id)
            _put(held, value, whose=by)
            ticket.add(held)
        if not changes:
            return
        words = ticket.said(json.dumps(changes, ensure_ascii=False), whose=by)
        ticket.tell(FieldsFilled(fields=tuple(one[0] for one in changes), words=words))


def _read(row: FieldRow, text: str) -> Value:
    language = current_language()
    value = read_value(row, text, language=language)
    if isinstance(value, Wrong):
        raise Refused(value.key, name=row.name_in(language), choices=value.choices)
    return value


def _put(held: FieldValue, value: Value, *, whose: Actor) -> None:
    held.value, held.text = value.value, value.text
    held.number, held.day, held.whose = value.number, value.day, str(whose)


def set_field(
    *,
    key: str,
    topic_id: int,
    kind: str,
    names: Mapping[str, str],
    choices: Sequence[Mapping[str, Any]] = (),
    position: int = 0,
    for_agents: str = "may",
    for_customers: str = "hidden",
    at_closing: bool = False,
    active: bool = True,
    by: Actor,
    at: datetime,
) -> int:
    """Add a field, change it or take it out of use. Its kind stays once tickets hold values."""
    wanted: dict[str, Any] = {
        "topic_id": topic_id,
        "kind": kind,
        "names": dict(names),
        "choices": [dict(one) for one in choices] if kind == "choice" else [],
        "position": position,
        "for_agents": for_agents,
        "for_customers": for_customers,
        "at_closing": at_closing,
        "active": active,
    }
    known = CustomField.objects.filter(key=key).first()
    _check(key, wanted, known)
    opened = (
        begin(CustomField, by=by, at=at)
        if known is None
        else change(CustomField, known.pk, by=by, at=at)
    )
    with opened as field:
        if known is not None and all(getattr(field, n) == v for n, v in wanted.items()):
            return int(known.pk)
        field.key = key
        for name, value in wanted.items():
            setattr(field, name, value)
        told = {name: value for name, value in wanted.items() if name != "topic_id"}
        field.tell(FieldSet(key=key, topic=topic_id, **told))
    kept_fields.forget()
    return int(field.id)


def _check(key: str, wanted: Mapping[str, Any], known: CustomField | None) -> None:
    if key_problem(key):
        raise Refused("field.bad_key")
    if not wanted["names"]:
        raise Refused("field.no_name")
    if wanted["kind"] not in KINDS or wanted["for_agents"] not in FOR_AGENTS:
        raise Refused("field.no_such_kind")
    if wanted["for_customers"] not in FOR_CUSTOMERS:
        raise Refused("field.no_such_kind")
    if wanted["kind"] == "choice" and not wanted["choices"]:
        raise Refused("field.no_choices")
    keys = [one["key"] for one in wanted["choices"]]
    if len(keys) != len(set(keys)):
        raise Refused("field.choice_twice")
    is_other = known is not None and known.kind != wanted["kind"]
    if is_other and FieldValue.objects.filter(field__key=key).exclude(value="").exists():
        raise Refused("field.kind_is_used")
