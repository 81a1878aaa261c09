"""How the story tells what happened beside the conversation."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from unbroken.conversation import queries as record
from unbroken.ground.events import LoggedEvent
from unbroken.ground.time_words import how_long
from unbroken.ground.words import _, current_language, in_language

FOLLOWS, LEAVES = _("{name} follows it"), _("{name} follows it no longer")
SPENT = _("{name} worked on it: {time}")
CORRECTED = _("Time of {name} corrected: {before} → {time}")
TO_DO, DONE = _("To do: {what}"), _("Done: {what}")
NOT_DONE, NO_NEED = _("Not done after all: {what}"), _("Need not be done: {what}")
_ITEMS = {
    "ticket.item_ticked": DONE,
    "ticket.item_unticked": NOT_DONE,
    "ticket.item_dropped": NO_NEED,
}


def told(event: LoggedEvent, people: Mapping[str, str]) -> str:
    """One line, or nothing when this is not ours to tell."""
    data = event.data
    name = people.get(f"agent:{data.get('agent')}", "?")
    match event.kind:
        case "ticket.watched":
            return in_language(FOLLOWS, name=name)
        case "ticket.unwatched":
            return in_language(LEAVES, name=name)
        case "ticket.time_spent":
            return in_language(SPENT, name=name, time=_long(data["minutes"]))
        case "ticket.time_corrected":
            before, after = _long(data["minutes_before"]), _long(data["minutes"])
            return in_language(CORRECTED, name=name, before=before, time=after)
        case "ticket.checklist_added":
            return in_language(TO_DO, what="; ".join(_text(people, n) for n in data["items"]))
        case "ticket.item_ticked" | "ticket.item_unticked" | "ticket.item_dropped":
            return in_language(_ITEMS[event.kind], what=_text(people, data["item"]))
        case "ticket.fields_filled":
            return people.get(f"fields:{data['words']}", "")
    return ""


def _long(minutes: int) -> str:
    return how_long(timedelta(minutes=minutes))


def _text(people: Mapping[str, str], item: Any) -> str:
    return people.get(f"item:{item}", "–")


def fields_told(changes: str) -> str:
    """Which fields hold what now: `Router: – → ZTE`. Erased words tell nothing."""
    names = {row.id: row for row in record.every_field()}
    lines = []
    for field_id, before, after in json.loads(changes) if changes else ():
        row = names.get(field_id)
        if row is not None:
            lines.append(f"{row.name_in(current_language())}: {before or '–'} → {after or '–'}")
    return "; ".join(lines)
