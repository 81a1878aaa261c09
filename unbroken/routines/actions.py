"""The only functions that change macros, rules and what recurs."""

import json
from datetime import datetime
from typing import Any

from django.db import transaction

from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change
from unbroken.ground.log import events_of, words_of
from unbroken.routines import words as words
from unbroken.routines.events import MacroSet, RuleMoved, RuleSet, RuleSwitched
from unbroken.routines.ids import MacroId, RuleId
from unbroken.routines.models import Macro, Rule
from unbroken.routines.queries import kept_macros
from unbroken.routines.queries.rules import kept_rules
from unbroken.routines.sheets import MacroSheet, RuleSheet
from unbroken.routines.steps import Wrong


def set_macro(
    sheet: MacroSheet, *, macro_id: MacroId | None = None, by: Actor, at: datetime
) -> MacroId:
    """Write a macro, or change one. The same as before changes nothing."""
    check(sheet.wrong())
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


def check(wrong: Wrong | None) -> None:
    """Refused when something is wrong with a sheet."""
    if wrong is not None:
        raise Refused(wrong.key, **wrong.values)


def _said(row: Any, body: dict[str, Any]) -> int:
    return int(row.said(json.dumps(body, ensure_ascii=False, sort_keys=True), whose=row.by))


def set_rule(sheet: RuleSheet, *, rule_id: RuleId | None = None, by: Actor, at: datetime) -> RuleId:
    """Write a rule, or change one. A new one is last, and does nothing until it is switched on."""
    check(sheet.wrong())
    body = sheet.write()
    opened = change(Rule, rule_id, by=by, at=at) if rule_id else begin(Rule, by=by, at=at)
    with opened as rule:
        if rule_id and rule.definition == body:
            return rule_id
        was = _said(rule, rule.definition) if rule_id else None
        if not rule_id:
            rule.position = _last_position() + 1
        rule.name, rule.definition = sheet.name, body
        rule.tell(RuleSet(body=_said(rule, body), was=was))
    kept_rules.forget()
    return RuleId(rule.id)


def switch_rule(
    *, rule_id: RuleId, on: bool, from_at: datetime | None = None, by: Actor, at: datetime
) -> None:
    """It acts from now on (or from a later time), or no more. Never on what is past."""
    with change(Rule, rule_id, by=by, at=at) as rule:
        begins = max(from_at or at, at) if on else None
        if rule.active == on and (not on or rule.from_at == begins):
            return
        rule.active, rule.from_at = on, begins
        rule.tell(RuleSwitched(on=on, from_at=begins))
    kept_rules.forget()


def move_rule(*, rule_id: RuleId, up: bool, by: Actor, at: datetime) -> None:
    """Change places with the one above or below it."""
    order = list(Rule.objects.order_by("position", "id").values_list("pk", flat=True))
    place = order.index(rule_id)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(order):
        return
    order[place], order[other] = order[other], order[place]
    with transaction.atomic():
        for position, one in enumerate(order, start=1):
            _put_at(one, position, by=by, at=at)
    kept_rules.forget()


def _put_at(rule_id: int, position: int, *, by: Actor, at: datetime) -> None:
    with change(Rule, rule_id, by=by, at=at) as rule:
        if rule.position == position:
            return
        rule.position = position
        rule.tell(RuleMoved(position=position))


def take_back_rule(*, rule_id: RuleId, version: int, by: Actor, at: datetime) -> None:
    """The last change is undone, if it is still the last."""
    before = as_before(f"rule:{rule_id}", version)
    set_rule(RuleSheet.read(before), rule_id=rule_id, by=by, at=at)


def _last_position() -> int:
    return Rule.objects.order_by("-position").values_list("position", flat=True).first() or 0
