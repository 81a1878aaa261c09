"""The only functions that change macros, rules and what recurs."""

import json
from datetime import datetime
from typing import Any

from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change
from unbroken.ground.log import events_of, words_of
from unbroken.routines import words as words
from unbroken.routines.events import MacroSet
from unbroken.routines.ids import MacroId
from unbroken.routines.models import Macro
from unbroken.routines.queries import kept_macros
from unbroken.routines.sheets import MacroSheet
from unbroken.routines.steps import Wrong


def set_macro(
    sheet: MacroSheet, *, macro_id: MacroId | None = None, by: Actor, at: datetime
) -> MacroId:
    """Write a macro, or change one. The same as before changes nothing."""
    _check(sheet.wrong())
    body = sheet.write()
    opened = change(Macro, macro_id, by=by, at=at) if macro_id else begin(Macro, by=by, at=at)
    with opened as macro:
        if macro_id and macro.definition == body:
            return macro_id
        was = _said(macro, macro.definition) if macro_id else None
        macro.name, macro.active, macro.definition = sheet.name, sheet.active, body
        macro.tell(MacroSet(body=_said(macro, body), was=was))
    kept_macros.forget()
    return MacroId(macro.id)


def take_back_macro(*, macro_id: MacroId, version: int, by: Actor, at: datetime) -> None:
    """The last change is undone, if it is still the last; that can be taken back too."""
    before = as_before(f"macro:{macro_id}", version)
    set_macro(MacroSheet.read(before), macro_id=macro_id, by=by, at=at)


def as_before(stream: str, version: int) -> dict[str, Any]:
    """How something stood before its last change; refused when that is not known any more."""
    happened = events_of([stream])
    if not happened or happened[-1].version != version:
        raise Refused("routine.changed_since")
    said = happened[-1].data.get("was")
    text = words_of([said]).get(said) if said else None
    if not text:
        raise Refused("routine.cannot_take_back")
    found: dict[str, Any] = json.loads(text)
    return found


def _check(wrong: Wrong | None) -> None:
    if wrong is not None:
        raise Refused(wrong.key, **wrong.values)


def _said(row: Any, body: dict[str, Any]) -> int:
    return int(row.said(json.dumps(body, ensure_ascii=False, sort_keys=True), whose=row.by))
